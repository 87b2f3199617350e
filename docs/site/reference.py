"""Makes the reference of the documentation from the program itself.

`python -m docs.site.reference` (`make reference`) writes it; a test holds that it is
current.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import click

from glossary.cli import main
from glossary.config import table
from glossary.formats import FORMATS
from glossary.speech import say
from glossary.store import open_store
from glossary.web import create_app

DOCS: Final = Path(__file__).parents[1]
_HEAD: Final = "<!-- Made by `make reference`; change the program instead. -->\n\n"
#: What the reference says itself, in each language that it is written in.
_SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "settings": "Settings",
        "settings.about": "Environment variables, or lines of the file that "
        "`GLOSSARY_SETTINGS` names.",
        "settings.row": "| variable | default | meaning |",
        "commands": "Commands",
        "commands.about": "`glossary COMMAND --help` says the same. What every command "
        "can do, and the exit codes, stand in the [README](../../README.md#commands).",
        "commands.row": "| option | meaning |",
        "formats": "Formats",
        "formats.about": "By the name that `--format` and `format=` take. What each "
        "can hold stands in [Files](../formats.md).",
        "formats.row": "| name | format | suffixes | type | in | out |",
        "contract": "Contract",
        "contract.about": "The whole of it is the document at `/openapi.json` of a "
        "running server, with the shape of each body; "
        "[The REST interface](../api.md) explains it.",
        "contract.row": "| parameter | in | meaning |",
        "contract.required": "Required.",
        "contract.answers": "Answers: {}.",
    },
    "zh-Hans": {
        "settings": "设置",
        "settings.about": "环境变量，或 `GLOSSARY_SETTINGS` 所指文件中的各行。",
        "settings.row": "| 变量 | 默认值 | 含义 |",
        "commands": "命令",
        "commands.about": "`glossary 命令 --help` 所说相同。各命令的用途与退出码见 "
        "[README](../../../README.zh-Hans.md)。",
        "commands.row": "| 选项 | 含义 |",
        "formats": "格式",
        "formats.about": "按 `--format` 与 `format=` 所用的名称排列。"
        "各格式能容纳什么，见[文件的导入与导出](../formats.md)。",
        "formats.row": "| 名称 | 格式 | 后缀 | 类型 | 读入 | 写出 |",
        "contract": "约定",
        "contract.about": "全文是运行中的服务器的 `/openapi.json`，"
        "其中有每份正文的形状；解释见 [REST 接口](../api.md)。",
        "contract.row": "| 参数 | 位置 | 含义 |",
        "contract.required": "必需。",
        "contract.answers": "状态码：{}。",
    },
}


def pages(contract: Mapping[str, Any]) -> dict[str, str]:
    """Return the pages of the reference by their place under `docs/`."""
    made = {}
    for lang in _SAID:
        folder = "reference" if lang == "en" else f"{lang}/reference"
        made[f"{folder}/settings.md"] = _settings(lang)
        made[f"{folder}/commands.md"] = _commands(lang)
        made[f"{folder}/formats.md"] = _formats(lang)
        made[f"{folder}/contract.md"] = _contract(contract, lang)
    return made


def untranslated(contract: Mapping[str, Any]) -> list[str]:
    """Return the sentences of the contract's reference that have no Chinese."""
    wanted = set(_sentences(contract))
    return sorted(wanted - set(_translations()))


def outworn(contract: Mapping[str, Any]) -> list[str]:
    """Return the sentences that have Chinese and that the contract does not say."""
    return sorted(set(_translations()) - set(_sentences(contract)))


def _page(what: str, lang: str, lines: Iterator[str]) -> str:
    said = _SAID[lang]
    head = f"# {said[what]}\n\n{_HEAD}{said[f'{what}.about']}\n\n"
    return head + "".join(f"{line}\n" for line in lines)


def _table(what: str, lang: str) -> Iterator[str]:
    row = _SAID[lang][f"{what}.row"]
    yield row
    yield "|" + "---|" * (row.count("|") - 1)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _settings(lang: str) -> str:
    def lines() -> Iterator[str]:
        yield from _table("settings", lang)
        for each in table():
            said = _cell(say(each.doc, lang))
            yield f"| `{each.name}` | `{each.default}` | {said} |"

    return _page("settings", lang, lines())


def _formats(lang: str) -> str:
    def lines() -> Iterator[str]:
        yield from _table("formats", lang)
        for each in FORMATS:
            suffixes = " ".join(f"`{suffix}`" for suffix in each.suffixes)
            marks = ["✓" if way else "" for way in (each.read, each.write)]
            yield (
                f"| `{each.name}` | {_cell(say(each.label, lang))} | {suffixes} | "
                f"`{each.media_type}` | {marks[0]} | {marks[1]} |"
            )

    return _page("formats", lang, lines())


def _commands(lang: str) -> str:
    def lines() -> Iterator[str]:
        for name, command in _leaves(main, "glossary"):
            context = click.Context(command)
            usage = " ".join(command.collect_usage_pieces(context)[1:])
            yield f"## `{name}`"
            yield ""
            yield say(command.help or "", lang)
            yield ""
            yield f"```text\n{name} [OPTIONS] {usage}".rstrip() + "\n```"
            options = [
                option
                for option in command.params
                if isinstance(option, click.Option) and not option.hidden
            ]
            if options:
                yield ""
                yield from _table("commands", lang)
            for option in options:
                both = [*option.opts, *option.secondary_opts]
                names = ", ".join(f"`{each}`" for each in both)
                yield f"| {names} | {_cell(say(option.help or '', lang))} |"
            yield ""

    return _page("commands", lang, lines()).rstrip() + "\n"


def _leaves(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _leaves(command, f"{path} {name}")
        elif command is not None and not command.hidden:
            yield f"{path} {name}", command


def document() -> dict[str, Any]:
    """Return the contract, as an application over an empty store answers it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GLOSSARY_DATABASE"] = str(Path(folder) / "empty.db")
        open_store(os.environ["GLOSSARY_DATABASE"]).close()
        answer = create_app().test_client().get("/openapi.json")
        read: dict[str, Any] = json.loads(answer.data)
    return read


def _contract(described: Mapping[str, Any], lang: str) -> str:
    about = {tag["name"]: tag["description"] for tag in described["tags"]}
    by_tag: dict[str, list[str]] = {name: [] for name in about}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                tag = operation["tags"][0]
                by_tag[tag] += _operation(f"{method.upper()} {path}", operation, lang)

    def lines() -> Iterator[str]:
        for name, said in about.items():
            yield f"## {_in(lang, name)}"
            yield ""
            yield _in(lang, said)
            yield from by_tag[name]
            yield ""

    return _page("contract", lang, lines()).rstrip() + "\n"


def _operation(name: str, operation: Mapping[str, Any], lang: str) -> list[str]:
    words = _SAID[lang]
    lines = ["", f"### `{name}`", "", *_prose(operation, lang)]
    parameters = [each for each in operation.get("parameters", ()) if "name" in each]
    if parameters:
        lines += ["", *_table("contract", lang)]
    for each in parameters:
        said = _in(lang, _cell(each.get("description", "")))
        if each.get("required"):
            said = _space(lang).join(filter(None, (said, words["contract.required"])))
        lines.append(f"| `{each['name']}` | {each['in']} | {said} |")
    codes = (", " if lang == "en" else "、").join(sorted(operation["responses"]))
    return [*lines, "", words["contract.answers"].format(codes)]


def _prose(operation: Mapping[str, Any], lang: str) -> list[str]:
    more = [_in(lang, part) for part in _parts(operation)]
    summary = _in(lang, operation.get("summary", ""))
    return [summary, "", _space(lang).join(more)]


def _space(lang: str) -> str:
    """Return what stands between two sentences."""
    return " " if lang == "en" else ""


#: How a description ends, made from the table of who may do what.
_WHO: Final = re.compile(
    r"(?:^|(?<=\. ))(?:Needs the role `\w+`\.|Anybody may\."
    r"|Needs a token or a session, and is about what is one's own\.)$"
)


def _parts(operation: Mapping[str, Any]) -> list[str]:
    """Return what a description has beyond its summary, and who may, apart."""
    text = _cell(operation.get("description", ""))
    text = text.removeprefix(_cell(operation.get("summary", ""))).strip()
    who = _WHO.search(text)
    parts = [text[: who.start()].strip(), who[0]] if who else [text]
    return [part for part in parts if part]


def _sentences(contract: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the reference of the contract says, as it is translated."""
    for tag in contract["tags"]:
        yield from (tag["name"], tag["description"])
    for methods in contract["paths"].values():
        for method, operation in methods.items():
            if method != "parameters":
                yield operation["summary"]
                yield from _parts(operation)
                for each in operation.get("parameters", ()):
                    if said := _cell(each.get("description", "")):
                        yield said


@cache
def _translations() -> Mapping[str, str]:
    lines = Path(__file__).with_name("contract.zh-Hans.tsv").read_text("utf-8")
    pairs = (line.split("\t") for line in lines.splitlines()[1:])
    return {ours: theirs for ours, theirs in pairs}  # noqa: C416 - it checks the width


def _in(lang: str, said: str) -> str:
    return said if lang == "en" else _translations().get(said, said)


def write() -> list[str]:
    """Write every page that is not current; return which."""
    changed = []
    for name, text in pages(document()).items():
        place = DOCS / name
        if not place.exists() or place.read_text("utf-8") != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed


if __name__ == "__main__":
    for each in write():
        print(f"docs/{each}")  # noqa: T201 - it says what it wrote.

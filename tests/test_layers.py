"""The house keeps its shape: who may import whom, how large a module may grow."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "glossary"
MODULES = sorted(HOUSE.rglob("*.py"))
#: From the bottom up; a module imports only from rows below its own, or from its own.
ROWS = [
    ["errors", "period", "spelling", "term"],
    ["language", "query", "config"],
    ["characters"],
    ["entry", "fold"],
    ["inflect", "reading"],
    ["token", "fitting", "answer_size"],
    ["tape"],
    [
        *("difference", "standing", "document", "outcome", "offsets", "gram"),
        *("prose", "closeness", "history", "evidence", "reference"),
    ],
    ["likeness", "matchjson", "unlisted"],
    ["lexicon"],
    ["pieces"],
    ["formats", "client"],
    ["bitext"],
    ["editor", "assistant"],
    ["schema"],
    ["store"],
    ["recognition", "missed"],
    ["occurrence"],
    ["lint", "lookup", "annotate", "curate", "curated", "merging", "tokens"],
    ["renderings"],
    ["check", "highlight", "attest"],
    ["sarif"],
    ["transfer", "dictionary", "proposing", "backup"],
    ["work"],
    ["jobs"],
    ["web"],
    ["cli"],
]
HEIGHT = {name: height for height, row in enumerate(ROWS) for name in row}
#: Each library has one home.
HOMES = {
    "flask": ["web/"],
    "pygls": ["editor.py"],
    "lsprotocol": ["editor.py"],
    "mcp": ["assistant.py"],
    "werkzeug": ["web/"],
    "marshmallow": [
        "schema/",
        "web/openapi.py",
        "web/asked.py",
        "web/texts.py",
        "curated.py",
    ],
    "babel": ["web/locale.py"],
    "sqlite3": ["store/"],
    "sqlite_utils": ["store/"],
    "apispec": ["web/openapi.py"],
    "click": ["cli/"],
    "rich": ["cli/"],
    "granian": ["cli/"],
    "lxml": ["formats/", "bitext/"],
    "polib": ["formats/", "bitext/"],
    "xlsxwriter": ["formats/"],
    "python_calamine": ["formats/", "bitext/"],
    "opencc": ["characters.py"],
    "pypinyin": ["reading.py", "lint/sounds.py"],
    "msgspec": ["document.py"],
    "httpx": ["client/", "web/tools/upstream.py"],
    "daachorse": ["lexicon.py"],
    "psycopg": ["store/"],
    "psycopg_pool": ["store/"],
}
#: What is imported only when it is asked for: it needs an extra, `glossary[postgres]`.
EXTRAS = {("store/__init__.py", "glossary.store.postgres.PostgresStore")}
DRAWERS = re.compile(r"utils?|helpers?|common|misc|base|core|managers?|services?")


def place(module: Path) -> str:
    return module.relative_to(HOUSE).as_posix()


def imports(module: Path) -> Iterator[tuple[str, ast.stmt]]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


@pytest.mark.parametrize("module", MODULES, ids=place)
def test_imports_run_only_downwards(module: Path) -> None:
    own = place(module).removesuffix(".py").split("/")[0]
    if own == "__init__":
        return
    for name, _ in imports(module):
        if name.startswith("glossary.") and room(name) in HEIGHT:
            below = HEIGHT[room(name)] < HEIGHT[own]
            assert below or room(name) == own, f"{own} imports {name}"


@pytest.mark.parametrize("module", MODULES, ids=place)
def test_each_library_has_one_home(module: Path) -> None:
    for name, _ in imports(module):
        homes = HOMES.get(name.split(".")[0])
        if homes:
            assert any(place(module).startswith(home) for home in homes), name


def test_only_the_settings_read_the_environment() -> None:
    for module in MODULES:
        if place(module) != "config.py":
            assert "os.environ" not in module.read_text(encoding="utf-8"), module


def test_only_one_module_touches_what_belongs_to_a_request() -> None:
    for module in MODULES:
        if place(module) not in {"web/current.py", "web/openapi.py"}:
            names = {name for name, _ in imports(module)}
            assert not names & {"flask.g", "flask.current_app"}, module


def test_no_import_hides_in_a_function() -> None:
    for module in MODULES:
        top = ast.parse(module.read_text(encoding="utf-8")).body
        for name, node in imports(module):
            if (place(module), name) not in EXTRAS:
                assert any(ast.dump(node) == ast.dump(each) for each in top), module


def test_only_what_not_everybody_has_installed_is_imported_late() -> None:
    for module in MODULES:
        late = any("import_module" in name for name, _ in imports(module))
        assert late == (place(module) in {"cli/serving.py", "web/__init__.py"})


def test_there_are_no_cycles() -> None:
    graph = {
        place(m).removesuffix(".py").removesuffix("/__init__").replace("/", "."): {
            name.removeprefix("glossary.")
            for name, _ in imports(m)
            if "glossary." in name
        }
        for m in MODULES
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"cycle: {path} {name}"
        if name in done:
            return
        for other in graph[name]:
            target = other if other in graph else other.rpartition(".")[0]
            if target in graph and target != name:
                visit(target, (*path, name))
        done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("module", MODULES, ids=place)
def test_a_module_can_be_held_in_the_head(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400
    assert not DRAWERS.fullmatch(module.stem), "name it after the thing it holds"
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))

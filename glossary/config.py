"""The settings: one table, filled from `GLOSSARY_*` variables and a file."""

import math
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from glossary.errors import BadSetting
from glossary.message import N_, Message

#: What a text setting must be like, and how that is said.
_HOST: Final = re.compile(r"[^\s/]+"), N_("the name or the number of an address")
_NAMED: Final = (
    re.compile(r"[a-z][a-z0-9-]{0,99}"),
    N_("letters a-z, digits and hyphens"),
)
_SERVER: Final = (
    re.compile(r"https?://[^\s/?#]+[^\s?#]*", re.IGNORECASE),
    N_("an address that begins with http:// or https://"),
)
_MAYBE_SERVER: Final = (re.compile(f"|{_SERVER[0].pattern}", re.IGNORECASE), _SERVER[1])
_SECRET: Final = re.compile("[!-~]*"), N_("ASCII letters, digits and signs, no space")
_ANY: Final = re.compile(r"[^\x00-\x1f]*"), N_("text on one line")
_SOME: Final = re.compile(r"[^\x00-\x1f]*[^\x00-\x20][^\x00-\x1f]*"), N_("a text")
_LARGE: Final = 2**62
_DAY: Final = 86_400.0


def _setting(
    default: Any,
    doc: str,
    *,
    least: float = 0,
    most: float = _LARGE,
    like: tuple[re.Pattern[str], str] = _ANY,
) -> Any:
    bounds = {"least": least, "most": most, "like": like}
    return field(default=default, metadata={"doc": doc, **bounds})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default; see `table` for the names and what they do."""

    settings: str = _setting(
        "",
        N_(
            "File with more settings, NAME=value a line, which variables overrule; it "
            "is read at start, and again on SIGHUP."
        ),
    )
    database: str = _setting(
        "glossary.db",
        N_("Where entries are kept: a file, or a postgresql:// address."),
        like=_SOME,
    )
    host: str = _setting(
        "127.0.0.1",
        N_("Address that the server listens on, by number or name."),
        like=_HOST,
    )
    port: int = _setting(
        8000, N_("Port that the server listens on."), least=1, most=65_535
    )
    url: str = _setting(
        "",
        N_("Address of the home page as readers know it, with its prefix, if any."),
        like=_MAYBE_SERVER,
    )
    proxies: int = _setting(
        0, N_("Proxies in front whose X-Forwarded headers are believed."), most=10
    )
    workers: int = _setting(
        0, N_("Server processes; 0 means one for each core."), most=1_000
    )
    threads: int = _setting(
        0,
        N_(
            "Requests that a process answers at a time; 0 means 1 with a file, "
            "16 with PostgreSQL."
        ),
        most=1_000,
    )
    drain: float = _setting(
        20.0,
        N_(
            "Seconds that requests and imports under way may take once the server is "
            "told to stop."
        ),
        most=_DAY,
    )
    linger: float = _setting(
        0.0,
        N_(
            "Seconds that a server that is told to stop still takes requests, with "
            "/readyz red, so that a balancer notices."
        ),
        most=_DAY,
    )
    stuck: float = _setting(
        60.0,
        N_(
            "Seconds after which a process that gives no sign of life is replaced; 0 "
            "waits for ever."
        ),
        most=_DAY,
    )
    glossary: str = _setting(
        "diplomatic", N_("Glossary of a new entry that names none."), like=_NAMED
    )
    open_reads: bool = _setting(default=True, doc=N_("Whether reading needs no token."))
    max_body: int = _setting(1_048_576, N_("Largest request body, in bytes."), least=1)
    max_text: int = _setting(
        500_000,
        N_("Most characters of the texts that one request has annotated."),
        least=1,
    )
    max_check: int = _setting(
        400_000,
        N_("Most characters of the pairs, both sides, that one request has checked."),
        least=1,
    )
    max_texts: int = _setting(
        10_000,
        N_("Most texts, or pairs, that one request has annotated or checked."),
        least=1,
    )
    max_stream: int = _setting(
        8_000_000,
        N_("Largest body of NDJSON with texts or pairs, in bytes."),
        least=1,
    )
    max_answer: int = _setting(
        64_000_000,
        N_("Largest answer about texts or pairs, in bytes."),
        least=1,
    )
    max_query: int = _setting(500, N_("Longest query, in characters."), least=1)
    max_hits: int = _setting(
        100, N_("Largest limit of a lookup or suggestion."), least=1
    )
    max_lookups: int = _setting(500, N_("Most queries of a POST to /lookup."), least=1)
    max_page: int = _setting(500, N_("Largest limit of a list."), least=1)
    max_terms: int = _setting(500, N_("Most terms in one entry."), least=1)
    max_contexts: int = _setting(
        100, N_("Most contexts in which one term is not the term.")
    )
    max_prose: int = _setting(
        5000, N_("Longest definition, note, usage or quote, in characters.")
    )
    refuse_unknown_sources: bool = _setting(
        default=False,
        doc=N_(
            "Whether entries that cite unknown sources are refused, not only flagged."
        ),
    )
    candidates: int = _setting(
        400,
        N_("Most terms that one tier of a lookup ranks; the shortest come first."),
        least=1,
        most=1_000_000,
    )
    cache: int = _setting(
        4096,
        N_("Lookups and suggestions each process remembers until the next write."),
        most=100_000_000,
    )
    max_proposals: int = _setting(
        1_000, N_("Most proposals that wait for an editor; 0 takes none.")
    )
    max_missed: int = _setting(
        10_000, N_("Most look-ups without a hit that are counted; 0 counts none.")
    )
    missed_by_address: int = _setting(
        200, N_("Most look-ups without a hit counted of one address in a day.")
    )
    busy_timeout: float = _setting(
        10.0, N_("Seconds that a write waits for another one."), most=_DAY
    )
    standby_wait: float = _setting(
        0.2,
        N_("Seconds that a read waits for a standby before it asks the leader."),
        most=_DAY,
    )
    imports: str = _setting(
        "",
        N_("Folder of uploaded files and reports; by default beside the store's file."),
    )
    max_import: int = _setting(
        2_000_000_000, N_("Largest file to be imported, in bytes."), least=1
    )
    sync_import: int = _setting(
        1_000_000, N_("Largest file that is imported while the caller waits, in bytes.")
    )
    retire_unasked: float = _setting(
        0.1,
        N_("Share of a glossary that a replacing file may retire without a question."),
    )
    max_problems: int = _setting(
        100, N_("Most problems and records listed in a report; the rest is downloaded.")
    )
    import_days: int = _setting(
        7,
        N_("Days after which an import's file and report are removed."),
        most=36_500,
    )
    max_cell: int = _setting(
        100_000, N_("Longest cell of a file, in characters."), least=1
    )
    max_columns: int = _setting(1_000, N_("Most columns of a table."), least=1)
    max_unpacked: int = _setting(
        500_000_000,
        N_("Largest size of a packed file when unpacked, in bytes."),
        least=1,
    )
    lt_upstream: str = _setting(
        "",
        N_("LanguageTool server whose matches are added to ours: http://host/v2."),
        like=_MAYBE_SERVER,
    )
    lt_timeout: float = _setting(
        3.0,
        N_("Seconds that the LanguageTool server behind may take, for the whole call."),
        least=0.001,
        most=_DAY,
    )
    lt_drafts: bool = _setting(
        default=False,
        doc=N_("Whether LanguageTool clients hear of what rests on a draft."),
    )
    server: str = _setting(
        "http://127.0.0.1:8000",
        N_("Address of the server that commands ask."),
        like=_SERVER,
    )
    token: str = _setting(
        "", N_("Token that commands send to that server."), like=_SECRET
    )
    lang: str = _setting(
        "", N_("Language of the command line; else LC_ALL, LC_MESSAGES or LANG.")
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: the variable's name, its default, and what it does."""

    name: str
    default: object
    doc: str


def table() -> list[Setting]:
    """Return every setting, in the order of the documentation."""
    return [
        Setting(f"GLOSSARY_{f.name.upper()}", f.default, f.metadata["doc"])
        for f in fields(Settings)
        if f.default is not MISSING
    ]


@cache
def settings() -> Settings:
    """Return this process's settings, read once."""
    return load()


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings: from the file that is named, and before it the variables.

    Raise BadSetting for a value that does not fit and for a `GLOSSARY_*` variable
    that is no setting: a misspelt name must not pass unnoticed.
    """
    known = {f"GLOSSARY_{f.name.upper()}": f for f in fields(Settings)}
    given = {name: v for name, v in environ.items() if name.startswith("GLOSSARY_")}
    if path := given.get(_FILE, "").strip():
        given = {**dict(_lines(Path(path))), **given}
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise BadSetting(N_("There is no setting %(name)s."), name=name)
        values[known[name].name] = _parsed(name, value, known[name])
    return Settings(**values)


#: Names the file of settings.
_FILE: Final = "GLOSSARY_SETTINGS"
_LINE: Final = re.compile(r"(?:export\s+)?(GLOSSARY_[A-Z0-9_]+)\s*=\s*(.*)")


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield names and values from a file; raise BadSetting at what is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(
            N_("The file of %(name)s, %(path)s, cannot be read: %(reason)s"),
            name=_FILE,
            path=path,
            reason=error,
        ) from error
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        pair = _LINE.fullmatch(line.strip())
        if pair is None or pair[1] == _FILE:
            raise BadSetting(
                N_("%(path)s, line %(line)s: write GLOSSARY_…=value."),
                path=path,
                line=number,
            )
        value = pair[2]
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
        yield pair[1], value[1:-1] if quoted else value


def language(environ: Mapping[str, str] = os.environ) -> str:
    """Return the tag of the language that the command line is to speak.

    >>> language({"LANG": "zh_CN.UTF-8"}), language({"LC_ALL": "C", "LANG": "zh_CN"})
    ('zh_CN', 'C')
    """
    names = ("GLOSSARY_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environ[name] for name in names if environ.get(name)), "")
    return chosen.partition(".")[0].partition("@")[0]


def _parsed(name: str, value: str, setting: Field[Any]) -> object:
    text, default = value.strip(), setting.default
    if isinstance(default, bool):
        flags = {"1": True, "true": True, "yes": True}
        flags |= {"0": False, "false": False, "no": False}
        if text.lower() in flags:
            return flags[text.lower()]
        raise BadSetting(N_("%(name)s must be 1 or 0."), name=name)
    if isinstance(default, str):
        pattern, like = setting.metadata["like"]
        if pattern.fullmatch(text):
            return text
        # What does not fit may be a secret that was put in the wrong place.
        raise BadSetting(
            N_("%(name)s must be %(like)s."), name=name, like=Message(like)
        )
    return _number(name, text, setting)


def _number(name: str, text: str, setting: Field[Any]) -> int | float:
    least, most = setting.metadata["least"], setting.metadata["most"]
    kind = int if isinstance(setting.default, int) else float
    try:
        number: int | float = kind(text)
    except ValueError:
        number = math.nan
    if least <= number <= most:
        return number
    if most < _LARGE:
        raise BadSetting(
            N_(
                "%(name)s must be a number from %(least)s to %(most)s, not “%(value)s”."
            ),
            name=name,
            least=_plain(least),
            most=_plain(most),
            value=text,
        )
    raise BadSetting(
        N_("%(name)s must be a number, %(least)s or more, not “%(value)s”."),
        name=name,
        least=_plain(least),
        value=text,
    )


def _plain(bound: float) -> str:
    return f"{bound:g}" if bound < 1 else f"{bound:.0f}"


class Notified(NamedTuple):
    """How systemd is told what the server does; see sd_notify(3)."""

    socket: str
    watchdog: float


def notified(environ: Mapping[str, str] = os.environ) -> Notified:
    """Return the socket of systemd and the seconds that its watchdog waits, or 0."""
    pid, micro = environ.get("WATCHDOG_PID", ""), environ.get("WATCHDOG_USEC", "")
    mine = micro.isascii() and micro.isdigit() and pid in {"", str(os.getpid())}
    seconds = int(micro) / 1_000_000 if mine else 0.0
    return Notified(environ.get("NOTIFY_SOCKET", ""), seconds)


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1

"""The settings: one table, filled from `GLOSSARY_*` environment variables."""

import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from typing import Any

from glossary.errors import GlossaryError
from glossary.message import N_


class BadSetting(GlossaryError):
    """A setting's value cannot be used."""

    code = "bad-setting"


def _setting(default: Any, doc: str) -> Any:
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default; see `table` for the names and what they do."""

    database: str = _setting(
        "glossary.db", N_("Where entries are kept: a file, or a postgresql:// address.")
    )
    host: str = _setting("127.0.0.1", N_("Address that the server listens on."))
    port: int = _setting(8000, N_("Port that the server listens on."))
    workers: int = _setting(0, N_("Server processes; 0 means one for each core."))
    threads: int = _setting(
        0,
        N_(
            "Requests that a process answers at a time; 0 means 1 with a file, "
            "16 with PostgreSQL."
        ),
    )
    glossary: str = _setting(
        "diplomatic", N_("Glossary of a new entry that names none.")
    )
    open_reads: bool = _setting(default=True, doc=N_("Whether reading needs no token."))
    max_body: int = _setting(1_048_576, N_("Largest request body, in bytes."))
    max_text: int = _setting(
        500_000, N_("Most characters of the texts that one request has annotated.")
    )
    max_check: int = _setting(
        400_000,
        N_("Most characters of the pairs, both sides, that one request has checked."),
    )
    max_texts: int = _setting(
        10_000, N_("Most texts, or pairs, that one request has annotated or checked.")
    )
    max_stream: int = _setting(
        8_000_000, N_("Largest body of NDJSON with texts or pairs, in bytes.")
    )
    max_answer: int = _setting(
        64_000_000, N_("Largest answer about texts or pairs, in bytes.")
    )
    max_query: int = _setting(500, N_("Longest query, in characters."))
    max_hits: int = _setting(100, N_("Largest limit of a lookup or suggestion."))
    max_page: int = _setting(500, N_("Largest limit of a list."))
    max_terms: int = _setting(500, N_("Most terms in one entry."))
    max_contexts: int = _setting(
        100, N_("Most contexts in which one term is not the term.")
    )
    max_prose: int = _setting(
        5000, N_("Longest definition, note, usage or quote, in characters.")
    )
    candidates: int = _setting(
        400, N_("Most terms that one tier of a lookup ranks; the shortest come first.")
    )
    cache: int = _setting(
        4096, N_("Lookups and suggestions each process remembers until the next write.")
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
        10.0, N_("Seconds that a write waits for another one.")
    )
    standby_wait: float = _setting(
        0.2,
        N_("Seconds that a read waits for a standby before it asks the leader."),
    )
    imports: str = _setting(
        "",
        N_("Folder of uploaded files and reports; by default beside the store's file."),
    )
    max_import: int = _setting(
        2_000_000_000, N_("Largest file to be imported, in bytes.")
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
        7, N_("Days after which an import's file and report are removed.")
    )
    max_cell: int = _setting(100_000, N_("Longest cell of a file, in characters."))
    max_columns: int = _setting(1_000, N_("Most columns of a table."))
    max_unpacked: int = _setting(
        500_000_000, N_("Largest size of a packed file when unpacked, in bytes.")
    )
    lt_upstream: str = _setting(
        "", N_("LanguageTool server whose matches are added to ours: http://host/v2.")
    )
    lt_timeout: float = _setting(
        3.0, N_("Seconds that the LanguageTool server behind may take.")
    )
    server: str = _setting(
        "http://127.0.0.1:8000", N_("Address of the server that commands ask.")
    )
    token: str = _setting("", N_("Token that commands send to that server."))
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
    """Read the settings.

    Raise BadSetting for a value that does not fit and for a `GLOSSARY_*` variable
    that is no setting: a misspelt name must not pass unnoticed.
    """
    known = {f"GLOSSARY_{f.name.upper()}": f for f in fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in environ.items():
        if not name.startswith("GLOSSARY_"):
            continue
        if name not in known:
            raise BadSetting(N_("There is no setting %(name)s."), name=name)
        setting = known[name]
        values[setting.name] = _parsed(name, value, type(setting.default))
    return Settings(**values)


def language(environ: Mapping[str, str] = os.environ) -> str:
    """Return the tag of the language that the command line is to speak.

    >>> language({"LANG": "zh_CN.UTF-8"}), language({"LC_ALL": "C", "LANG": "zh_CN"})
    ('zh_CN', 'C')
    """
    names = ("GLOSSARY_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environ[name] for name in names if environ.get(name)), "")
    return chosen.partition(".")[0].partition("@")[0]


def _parsed(name: str, value: str, kind: type) -> object:
    text = value.strip()
    if kind is bool:
        flags = {"1": True, "true": True, "yes": True}
        flags |= {"0": False, "false": False, "no": False}
        if text.lower() in flags:
            return flags[text.lower()]
        raise BadSetting(N_("%(name)s must be 1 or 0."), name=name)
    if kind is str:
        return text
    try:
        number = kind(text)
    except ValueError:
        number = -1
    if number < 0:
        raise BadSetting(
            N_("%(name)s must be a number, 0 or more, not “%(value)s”."),
            name=name,
            value=value,
        )
    return number


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1

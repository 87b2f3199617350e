"""The settings of this process, read from `GLOSSARY_*` variables and a file."""

import math
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from glossary.config.setting import LARGE
from glossary.config.settings import Settings
from glossary.errors import BadSetting
from glossary.message import N_, Message


@cache
def settings() -> Settings:
    """Return this process's settings, read once."""
    return read_settings()


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings: from the file that is named, and before it the variables.

    Raise BadSetting for a value that does not fit and for a `GLOSSARY_*` variable
    that is no setting: a misspelt name must not pass unnoticed.
    """
    named_fields = {f"GLOSSARY_{f.name.upper()}": f for f in fields(Settings)}
    variables = {name: v for name, v in environ.items() if name.startswith("GLOSSARY_")}
    if path := variables.get(_FILE, "").strip():
        variables = {**dict(_lines(Path(path))), **variables}
    values: dict[str, Any] = {}
    for name, value in variables.items():
        if name not in named_fields:
            raise BadSetting(N_("There is no setting %(name)s."), name=name)
        values[named_fields[name].name] = _parsed(name, value, named_fields[name])
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
    setting = next((environ[name] for name in names if environ.get(name)), "")
    return setting.partition(".")[0].partition("@")[0]


def wants_colour(environ: Mapping[str, str] = os.environ) -> bool:
    """Say whether the command line may use colours (no-color.org).

    >>> wants_colour({}), wants_colour({"NO_COLOR": "1"})
    (True, False)
    """
    return not environ.get("NO_COLOR")


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
    if most < LARGE:
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

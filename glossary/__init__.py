"""A Chinese-English termbase for diplomatic set phrases."""

import ast
import gc
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, Final, cast

#: The name that package indexes know; what is imported and run is `glossary`.
DISTRIBUTION: Final = "glossary-termbase"

#: What stands under `if TYPE_CHECKING:`.
_FOR_CHECKERS: Final = re.compile(r"^if TYPE_CHECKING:\n(?:[ ].*\n|\n)+", re.MULTILINE)


@cache
def release() -> str:
    """Return which version of this program is installed.

    Reading it means reading all that the package says of itself, half a millisecond.
    """
    version: str = import_module("importlib.metadata").version(DISTRIBUTION)
    return version


class _Door(ModuleType):
    """A package whose names are imported when they are first asked for."""

    handed_on: dict[str, tuple[str, str]]

    def __getattr__(self, name: str) -> Any:
        try:
            home, original = self.handed_on[name]
        except KeyError:
            message = f"module {self.__name__!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=self) from None
        if home == self.__name__:
            value: Any = import_module(f"{home}.{original}")
        else:
            value = getattr(import_module(home), original)
        self.__dict__[name] = value
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        """Keep what is handed on, though a module of the room is called alike."""
        if isinstance(value, ModuleType) and name in self.handed_on:
            home, original = self.handed_on[name]
            if (home, original) != (self.__name__, name):
                return
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*self.__dict__, *self.handed_on})


class _Late:
    """A library that is imported when something of it is first asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        value = getattr(import_module(self._name), name)
        self.__dict__[name] = value
        return value


def late(library: str) -> Any:
    """Return a library that is imported when something of it is first asked for.

    For what is large and not always needed; checkers read the import that stands under
    `if TYPE_CHECKING:` beside it.
    """
    return _Late(library)


class _LatePattern:
    """A regular expression that is compiled when it is first matched."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name == "_compiled":
            value: Any = re.compile(self.pattern, self._flags)
        else:
            value = getattr(self._compiled, name)
        self.__dict__[name] = value
        return value


def late_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression that is compiled when it is first matched.

    For one that takes a millisecond to compile, as each set of the scripts without
    spaces does, and that not every start of the program needs.
    """
    return cast("re.Pattern[str]", _LatePattern(pattern, flags))


@contextmanager
def modules_stay() -> Iterator[None]:
    """Read modules without looking for garbage among what they make, which stays.

    Where any was read, the collector leaves out afterwards what stands, in processes
    that are forked too.
    """
    was_enabled, count = gc.isenabled(), len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > count:
            gc.freeze()
        if was_enabled:
            gc.enable()


class _Functions:
    """A module whose functions are read when one of them is first called."""

    def __init__(self, name: str) -> None:
        self._module = _Late(name)

    def __getattr__(self, name: str) -> Any:
        def call(*values: Any, **options: Any) -> Any:
            return getattr(self._module, name)(*values, **options)

        self.__dict__[name] = call
        return call


def late_functions(name: str) -> None:
    """Give a module others of its package, each read when a function is first called.

    For a table of what may be done. They stand under `if TYPE_CHECKING:` in the module
    itself, where checkers and people read them as ordinary imports.
    """
    module = sys.modules[name]
    for own_name, (home, original) in _for_checkers(module).items():
        if f"{home}.".startswith(f"{module.__package__}."):
            module.__dict__[own_name] = _Functions(f"{home}.{original}")


def door(room: str) -> None:
    """Make a package hand its names on late: when one is asked for, its module is read.

    What it hands on stands under `if TYPE_CHECKING:` in the package itself, where
    checkers and people read it as ordinary imports. So a program pays for the modules
    that it uses, and a look-up in a shell need not read the whole house.
    """
    module = sys.modules[room]
    module.__dict__["handed_on"] = _for_checkers(module)
    module.__class__ = _Door


def _for_checkers(module: ModuleType) -> dict[str, tuple[str, str]]:
    """Return what a module imports for checkers: by its name there, where it is."""
    spec = module.__spec__
    assert spec is not None  # noqa: S101 - all are imported from files.  # nosec B101
    source = spec.loader.get_source(module.__name__)  # type: ignore[union-attr]
    return {
        alias.asname or alias.name: (node.module or "", alias.name)
        # The block alone is parsed: a program reads all of these when it starts.
        for block in _FOR_CHECKERS.findall(source)
        for node in ast.walk(ast.parse(block))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

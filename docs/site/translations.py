"""Says which Chinese page is behind its English original.

A page under `docs/zh-Hans/` names its original and its digest at its head. Whoever
changes an original changes the translation, and then marks it as read with
`python -m docs.site.translations NAME…` (`--all` for every page).
"""

import hashlib
import re
import sys
from pathlib import Path
from typing import Final

DOCS: Final = Path(__file__).parents[1]
_MARK: Final = re.compile(r"\A---\noriginal: (\S+)\ndigest: (\w*)\n---\n")
#: So many characters of a SHA-256 tell one state of a page from another.
_LENGTH: Final = 16


def originals() -> dict[str, tuple[Path, str]]:
    """Return the original of each page that is written by hand, and its digest then.

    Raise ValueError when a page does not say them.
    """
    folder = DOCS / "zh-Hans"
    told = {}
    for page in sorted(folder.rglob("*.md")):
        name = page.relative_to(folder).as_posix()
        if name.startswith("reference/"):
            continue
        mark = _MARK.match(page.read_text("utf-8"))
        if mark is None:
            raise ValueError(f"docs/zh-Hans/{name} does not begin with its original")
        told[name] = ((folder / name).parent / mark[1], mark[2])
    return told


def digest(original: Path) -> str:
    """Return what tells this state of a page from all others."""
    return hashlib.sha256(original.read_bytes()).hexdigest()[:_LENGTH]


def behind() -> list[str]:
    """Return the pages under `docs/zh-Hans/` whose original has changed since."""
    return [
        name for name, (place, then) in originals().items() if digest(place) != then
    ]


def mark(names: list[str]) -> None:
    """Write down that these pages say what their originals say now."""
    for name in names:
        original, then = originals()[name]
        page = DOCS / "zh-Hans" / name
        old, new = f"\ndigest: {then}\n", f"\ndigest: {digest(original)}\n"
        page.write_text(page.read_text("utf-8").replace(old, new, 1), "utf-8")


if __name__ == "__main__":
    mark(behind() if sys.argv[1:] == ["--all"] else sys.argv[1:])

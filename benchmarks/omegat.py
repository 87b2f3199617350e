"""OmegaT's own search for the terms of a segment, in a program beside this one.

OmegaT is Debian's package (`/usr/share/omegat/OmegaT.jar`), run without a window; a JDK
compiles what asks it. It looks at every entry for every segment, and remembers how the
entries are cut into words.
"""

import re
import subprocess
from pathlib import Path

from benchmarks.pairs import Spent
from tests.web.tools.omegat_projects import command, java, project_in

_LANGUAGES = {"en": ("EN-US", "ZH-CN"), "zh-Hans": ("ZH-CN", "EN-US")}
_SEGMENT = re.compile(r"[^。.]+[。.]?")


def segments(text: str) -> list[str]:
    """Return the sentences of a text, as OmegaT would show them one by one."""
    return [part.strip() for part in _SEGMENT.findall(text) if part.strip()]


class OmegaT:
    """A running OmegaT that has a glossary and the segments of a text."""

    def __init__(self, folder: Path, lang: str, terms: list[str], text: str) -> None:
        """Start it in a new folder, with the wordings of one language."""
        project = project_in(folder, *_LANGUAGES[lang])
        glossary, file = folder / "terms.utf8", folder / "segments.txt"
        rows = (f"{' '.join(term.split())}\t-\n" for term in terms)
        glossary.write_text("".join(rows), "utf-8")
        file.write_text("".join(f"{line}\n" for line in segments(text)), "utf-8")
        program = Path(__file__).with_name("SearchGlossary.java")
        self._process = subprocess.Popen(
            [*command(java() or "java", program), *map(str, (project, glossary, file))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self.terms: list[str] = []

    def search(self) -> Spent:
        """Look for the terms of every segment once; return its processor time.

        Raises ChildProcessError when OmegaT has ended.
        """
        asked, told = self._process.stdin, self._process.stdout
        if asked is None or told is None:
            raise ChildProcessError("OmegaT has no pipes")
        asked.write("\n")
        asked.flush()
        spent, *self.terms = told.readline().rstrip("\n").split("\t")
        if not spent:
            raise ChildProcessError("OmegaT has ended")
        return Spent(int(spent) / 1e9)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()

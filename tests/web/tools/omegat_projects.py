"""Projects of OmegaT, and what OmegaT itself reads of a glossary in one."""

import shutil
import subprocess
from pathlib import Path

from tests.running import needs

PROJECT = """<?xml version="1.0" encoding="UTF-8"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>{target}</target_lang>
<sentence_seg>true</sentence_seg><support_default_translations>true</support_default_translations>
</project></omegat>"""
JAR = Path("/usr/share/omegat/OmegaT.jar")


def project_in(folder: Path, source: str = "ZH-CN", target: str = "EN-US") -> Path:
    """Make a project of OmegaT in a new folder."""
    for name in (
        "source",
        "target",
        "tm",
        "glossary",
        "dictionary",
        "omegat",
        "config",
    ):
        (folder / name).mkdir(parents=True)
    text = PROJECT.format(source=source, target=target)
    (folder / "omegat.project").write_text(text)
    return folder


def java() -> str | None:
    """Return the Java that runs OmegaT, where it and what compiles for it are there."""
    return shutil.which("java") if shutil.which("javac") and JAR.exists() else None


def command(program: str, source: Path) -> list[str]:
    """Return how that Java runs a program that asks OmegaT, without a window."""
    return [program, "-Djava.awt.headless=true", "-cp", str(JAR), str(source)]


def omegat_reads(project: Path, file: Path) -> list[tuple[str, str, str]]:
    """Return source, target and comment of each entry as OmegaT itself reads them."""
    program = needs(java(), "OmegaT and a JDK")
    reader = Path(__file__).with_name("ReadGlossary.java")
    done = subprocess.run(
        [*command(program, reader), str(project), str(file)],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stdout.decode().splitlines()
    return [tuple(line.split("\t")) for line in lines]  # type: ignore[misc]

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree

from glossary.store import SqliteStore
from glossary.text.language import primary
from tests.running import needs


def test_external_search_is_told_the_address_of_this_server(
    client: FlaskClient,
) -> None:
    answer = client.get(
        "/tools/omegat/finder.xml", base_url="https://terms.example/a&b"
    )
    (item,) = etree.fromstring(answer.data).findall("item")
    assert item.findtext("url") == "https://terms.example/a&b/?q={target}"
    assert item.findtext("keystroke") == "ctrl alt G"
    assert answer.headers["Content-Disposition"].endswith("finder.xml")


PROJECT = """<?xml version="1.0" encoding="UTF-8"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>{target}</target_lang>
<sentence_seg>true</sentence_seg><support_default_translations>true</support_default_translations>
</project></omegat>"""
JAR = Path("/usr/share/omegat/OmegaT.jar")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of OmegaT, from Chinese into English."""
    return project_in(tmp_path / "project")


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


def omegat_reads(project: Path, file: Path) -> list[tuple[str, str, str]]:
    """Return source, target and comment of each entry as OmegaT itself reads them."""
    java = shutil.which("java") if shutil.which("javac") and JAR.exists() else None
    program = needs(java, "OmegaT and a JDK")
    reader = str(Path(__file__).with_name("ReadGlossary.java"))
    done = subprocess.run(
        [program, "-Djava.awt.headless=true", "-cp", JAR, reader, project, file],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stdout.decode().splitlines()
    return [tuple(line.split("\t")) for line in lines]  # type: ignore[misc]


def test_omegat_reads_every_line_of_our_text(
    client: FlaskClient, project: Path
) -> None:
    file = project / "glossary" / "terms.txt"
    file.write_bytes(client.get("/api/v1/export?format=omegat").data)
    lines = file.read_text("utf-8").splitlines()
    sent = [line.split("\t") for line in lines if not line.startswith("# ")]
    assert len(sent) > 300
    assert [[*entry] for entry in omegat_reads(project, file)] == sent


def test_omegat_reads_every_entry_of_our_tbx(
    client: FlaskClient, curated: SqliteStore, project: Path
) -> None:
    file = project / "glossary" / "terms.tbx"
    file.write_bytes(client.get("/api/v1/export?format=tbx2").data)
    expected = Counter(
        (source.text, target.text)
        for entry in curated.all_entries()
        for source in entry.terms
        for target in entry.terms
        if primary(source.lang) == "zh" and primary(target.lang) == "en"
    )
    found = Counter(entry[:2] for entry in omegat_reads(project, file))
    assert sum(found.values()) > 400
    assert found == expected

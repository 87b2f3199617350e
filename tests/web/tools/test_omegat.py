from collections import Counter
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import etree

from glossary.store import SqliteStore
from glossary.text.language import primary
from tests.web.tools.omegat_projects import omegat_reads, project_in


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


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of OmegaT, from Chinese into English."""
    return project_in(tmp_path / "project")


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

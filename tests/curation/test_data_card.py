"""The data card says of the curated glossary what is so."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from glossary.curation.fixtures import sources
from glossary.entry.proof import proof
from tests.nouns import curated_entries

ROOT = Path(__file__).parents[2]


def test_the_table_of_the_data_card_is_counted_from_the_files() -> None:
    card = (ROOT / "docs" / "data-card.md").read_text(encoding="utf-8")
    table = card.partition("## What is in it\n")[2].partition("\n## ")[0]
    numbers = [int(n.replace(",", "")) for n in re.findall(r"\| ([\d,]+) \|", table)]
    curated = curated_entries()
    approved = [entry for entry in curated if entry.state == "approved"]
    proofs = Counter(proof(entry).state for entry in approved)
    assert numbers == [
        len(curated),
        len(approved),
        sum(entry.state == "draft" for entry in curated),
        proofs["pair"],
        proofs["both"],
        proofs["one"],
        proofs["none"],
        sum("zh-Hans" in entry.definition for entry in approved),
        len(sources()),
    ]


def test_the_release_of_the_data_is_the_same_wherever_it_is_named(
    client: FlaskClient,
) -> None:
    answer: Any = client.get("/api/v1/glossaries").json
    listed = next(value for value in answer.values() if isinstance(value, list))
    (curated,) = [g for g in listed if g["id"] == "diplomatic"]
    release, licence = curated["release"], curated["licence"]
    assert (ROOT / "DATA-CHANGELOG.md").read_text("utf-8").count(f"## {release}\n") == 1
    assert f"Release {release}." in (ROOT / "docs" / "data-card.md").read_text("utf-8")
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"version: {json.dumps(release)}" in citation
    assert f"license: {licence}" in citation

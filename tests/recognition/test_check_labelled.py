"""Labelled pairs of a source and its translation: every verdict is right.

`check_terms.tsv` is the glossary, with the kind of admitted wordings, and how far the
wrong ones are banned, where that is not the usual; `check_pairs.tsv` the pairs: a
label, the verdicts in the order of the source (`?` marks advice), source and target.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from glossary.query import Wanted
from glossary.recognition.check import check
from glossary.recognition.snapshot import Recognition, Snapshot
from glossary.store import SqliteStore
from tests.nouns import entry

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture
def snapshot(store: SqliteStore) -> Snapshot:
    with store.write(by="test") as write:
        for row in rows("check_terms.tsv"):
            terms = [{"lang": "zh-Hans", "text": row["zh"], "status": "preferred"}]
            for column, status in (
                ("preferred", "preferred"),
                ("admitted", "admitted"),
                ("wrong", "superseded"),
            ):
                if row[column]:
                    term = {"lang": "en", "text": row[column], "status": status}
                    if column == "admitted" and row["type"]:
                        term["type"] = row["type"]
                    if column == "wrong" and row["ban"]:
                        term["ban"] = row["ban"]
                    terms.append(term)
            write.create(entry(id=row["id"], terms=terms, state="approved"))
    return Recognition(store).snapshot()


def test_verdicts_are_right_and_right_pairs_raise_no_alarm(snapshot: Snapshot) -> None:
    wrong: list[str] = []
    labels: Counter[str] = Counter()
    for row in rows("check_pairs.tsv"):
        found = check(snapshot, row["source"], row["target"], Wanted())
        told = " ".join(f.verdict + "?" * f.advice for f in found)
        labels[row["label"]] += 1
        if told != row["verdicts"]:
            wrong.append(f"{row['label']}: {told} for {row['source']} {row['target']}")
        if set(row["verdicts"].split()) <= {"ok"}:
            labels["sound"] += 1
    number = labels.total() - labels["sound"]
    assert number >= 300
    assert wrong == []

"""How tests of recognition read a text: with entries of their own."""

from glossary.entry.nouns import Finding, Match
from glossary.query import Wanted
from glossary.recognition.annotate import annotate
from glossary.recognition.check import check
from glossary.recognition.snapshot import Recognition, Snapshot
from glossary.store import SqliteStore
from tests.nouns import entry, one


def known(store: SqliteStore, *documents: dict[str, object]) -> Snapshot:
    """Store entries, given as documents, and return the wordings."""
    with store.write(by="test") as write:
        for document in documents:
            write.create(entry(**document))
    return Recognition(store).snapshot()


def found(snapshot: Snapshot, text: str, **wanted: object) -> list[Match]:
    return list(annotate(snapshot, text, Wanted(**wanted)).matches)  # type: ignore[arg-type]


def wordings(snapshot: Snapshot, text: str, **wanted: object) -> list[str]:
    return [match.text for match in found(snapshot, text, **wanted)]


def seas(store: SqliteStore) -> Snapshot:
    return known(
        store,
        one("east-china-sea", "East China Sea", "东海"),
        one("south-china-sea", "South China Sea", "南海"),
    )


def english(snapshot: Snapshot, text: str) -> list[tuple[str, str]]:
    matches: tuple[Match, ...] = annotate(snapshot, text, Wanted(from_="en")).matches
    return [(match.text, match.term.text) for match in matches]


def verdicts(
    snapshot: Snapshot, source: str, target: str, **wanted: object
) -> list[str]:
    found = checked(snapshot, source, target, **wanted)
    return [f.verdict + "?" * f.advice for f in found]


def checked(
    snapshot: Snapshot, source: str, target: str, **wanted: object
) -> tuple[Finding, ...]:
    return check(snapshot, source, target, Wanted(**wanted))  # type: ignore[arg-type]

"""Entries as pairs of a source and its renderings, for formats that hold no more."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from glossary.entry import STATUSES, USABLE
from glossary.formats.record import Drop, Dropped
from glossary.message import N_, Message

SOURCE: Final = "zh-Hans"
TARGET: Final = "en"

Term = Mapping[str, Any]


def pairs_of(entry: Mapping[str, Any], drop: Drop) -> Iterator[tuple[Term, Term]]:
    """Yield every usable Chinese term with every usable English one, best first.

    Tell `drop` of the terms that are in no pair: not to be used, in another language,
    or without a counterpart.
    """
    terms = [(f"/terms/{at}", term) for at, term in enumerate(entry["terms"])]
    sources = [(p, t) for p, t in terms if t["lang"] == SOURCE and _usable(t)]
    targets = [(p, t) for p, t in terms if t["lang"] == TARGET and _usable(t)]
    paired = {p for p, _ in (*sources, *targets)} if sources and targets else set()
    for pointer, term in terms:
        if pointer not in paired:
            drop(Dropped(entry["id"], pointer, _reason(term), term["text"]))
    for _, source in sorted(sources, key=_rank):
        for _, target in sorted(targets, key=_rank):
            yield source, target


def status_of_term(term: Term) -> str:
    """Return a term's status, the usual one when it says none."""
    return str(term.get("status") or "admitted")


def _usable(term: Term) -> bool:
    return status_of_term(term) in USABLE


def _rank(placed: tuple[str, Term]) -> int:
    return STATUSES.index(status_of_term(placed[1]))


def _reason(term: Term) -> Message:
    if term["lang"] not in {SOURCE, TARGET}:
        return Message(
            N_("The format holds %(source)s and %(target)s only."),
            source=SOURCE,
            target=TARGET,
        )
    if not _usable(term):
        return Message(
            N_("The format holds no terms that are %(status)s."),
            status=status_of_term(term),
        )
    return Message(N_("The entry has no usable term in the other language."))

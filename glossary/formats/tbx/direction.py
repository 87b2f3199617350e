"""Entries for readers of TBX that go one way, from a source into a target.

Translate Toolkit, and with it Weblate and Pootle, takes the first wording of the first
language for the source and that of the second for the target; OmegaT takes every
wording of the two languages of its project, whatever their script and their status. So
an entry has the two languages that are asked for and no other, the source first, and
of their wordings only those that may be used, the best first.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from glossary.entry import STATUSES, USABLE
from glossary.formats.noun import is_noun
from glossary.formats.record import Drop, Dropped
from glossary.message import N_, Message

Entry = Mapping[str, Any]


def one_way(
    entries: Iterable[Entry], sides: tuple[str, str], *, drop: Drop
) -> Iterator[Entry]:
    """Yield entries as they go from one language into another; tell of the rest.

    An entry without a usable wording in both is left out. Nouns pass.
    """
    for entry in entries:
        if is_noun(entry):
            yield entry
        elif (turned_entry := _one_way(entry, sides, drop)) is not None:
            yield turned_entry


def _one_way(entry: Entry, sides: tuple[str, str], drop: Drop) -> Entry | None:
    source, target = sides
    by_side: dict[str, list[Entry]] = {source: [], target: []}
    for at, term in enumerate(entry["terms"]):
        message = None
        if term["lang"] not in sides:
            message = Message(
                N_("This format holds only %(source)s and %(target)s."),
                source=source,
                target=target,
            )
        elif term["status"] not in USABLE:
            message = Message(
                N_("This format holds no terms that are %(status)s."),
                status=term["status"],
            )
        if message is None:
            by_side[term["lang"]].append(term)
        else:
            drop(Dropped(entry["id"], f"/terms/{at}", message, term["text"]))
    if not all(by_side.values()):
        message = Message(N_("The entry has no usable term in the other language."))
        drop(Dropped(entry["id"], "", message, entry["id"]))
        return None
    terms = [
        term
        for terms in by_side.values()
        for term in sorted(terms, key=lambda term: STATUSES.index(term["status"]))
    ]
    there = {term["text"] for term in terms}
    return {**entry, "terms": [_alone(term, there) for term in terms]}


def _alone(term: Entry, there: set[str]) -> Entry:
    """Return a term that names no wording which is left out."""
    citations = [
        {**citation, "counterpart": None}
        if citation.get("counterpart") and citation["counterpart"]["text"] not in there
        else citation
        for citation in term["citations"]
    ]
    renders = [text for text in term["renders"] if text in there]
    return {**term, "renders": renders, "citations": citations}

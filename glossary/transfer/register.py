"""Sources, subjects, issuers and glossaries in a file, before what names them.

A line of NDJSON with a `kind`, source, subject, issuer or glossary, is such a noun, as
the API gives it; those of a file stand before its entries.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from glossary.entry import KINDS, Entry, Glossary, Issuer, Noun, Source, Subject, codec
from glossary.errors import Conflict, Invalid
from glossary.formats import Record, Refused
from glossary.message import N_, Message
from glossary.query import Order
from glossary.schema import NOUNS, load
from glossary.store import Store, Write
from glossary.transfer.report import Outcome, Trouble

_KIND: Final = "kind"
_NAMED: Final[Mapping[str, type[Noun]]] = {name: kind for kind, name in KINDS.items()}


def is_noun(record: Record | Refused) -> bool:
    """Say whether a record is no entry, but a noun that entries name."""
    return isinstance(record, Record) and _KIND in record.data


def nouns_of(store: Store, entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Yield the described nouns that entries name, each with its kind.

    Of issuers these are all: whose a wording is, is told by their names together.
    """
    sources: set[str] = set()
    subjects: set[str] = set()
    glossaries: set[str] = set()
    for entry in entries:
        glossaries.add(entry.glossary)
        subjects.update(entry.subjects)
        for term in entry.terms:
            for citation in term.citations:
                sources.add(citation.source)
                if citation.counterpart and citation.counterpart.source:
                    sources.add(citation.counterpart.source)
    named: tuple[tuple[type[Noun], set[str] | None], ...] = (
        (Issuer, None),
        (Subject, subjects),
        (Source, sources),
        (Glossary, glossaries),
    )
    for kind, ids in named:
        for noun in store.nouns.all(kind):
            if ids is None or noun.id in ids:
                yield {_KIND: KINDS[kind], **codec.plain(noun)}


def noun_taken(write: Write, record: Record, order: Order) -> Outcome:
    """Store the noun that a record is; with the mode `add`, only a new one."""
    data = dict(record.data)
    kind = _NAMED.get(str(data.pop(_KIND)))
    if kind is None:
        said = N_("There is no such kind; there are %(kinds)s.")
        message = Message(said, kinds=", ".join(_NAMED))
        return _refused(record, _KIND, "bad-kind", message)
    try:
        noun: Noun = load(NOUNS[kind], data)
        there = write.nouns.find(kind, noun.id) is not None
        if there and order.mode == "add":
            return Outcome(record.line, "unchanged")
        moved = write.nouns.put(noun)
    except Invalid as error:
        problem = error.problems[0]
        detail = problem.detail
        message = detail if isinstance(detail, Message) else Message(detail)
        return _refused(record, problem.pointer, "bad-noun", message)
    except Conflict as error:
        return _refused(record, None, "taken-name", error.message, action="conflict")
    return Outcome(
        record.line, ("update" if there else "create") if moved else "unchanged"
    )


def _refused(
    record: Record,
    column: str | None,
    code: str,
    message: Message,
    *,
    action: str = "reject",
) -> Outcome:
    value = str(record.data.get("id", ""))
    trouble = Trouble(record.line, column, code, message, value)
    return Outcome(record.line, action, troubles=(trouble,))

"""Sources, subjects, issuers and glossaries in a file, before what names them.

A record with a `kind`, source, subject, issuer or glossary, is such a noun, as the API
gives it; those of a file are read before its entries.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from glossary import late_pattern
from glossary.curation import nouns as curated
from glossary.entry import KINDS, Entry, Glossary, Issuer, Noun, Source, Subject, codec
from glossary.errors import Conflict, Forbidden, Invalid
from glossary.formats import KIND, Record, Refused, is_noun, subjects_of
from glossary.message import N_, Message
from glossary.people import Actor
from glossary.query import Order
from glossary.schema import NOUNS, load
from glossary.store import Store, Write
from glossary.text import has_han, language_of
from glossary.transfer.report import Outcome, Trouble

#: Characters of a name, the most that the schema of a noun takes.
_LONGEST_NAME: Final = 200
_BOTH: Final = late_pattern(
    r"([^A-Za-z]*[\u4e00-\u9fff][^A-Za-z]*?)[\s/（(|·]+([A-Za-z][\w &,'’/-]*)[)）]?"
)
_NAMED: Final[Mapping[str, type[Noun]]] = {name: kind for kind, name in KINDS.items()}


def names_noun(record: Record | Refused) -> bool:
    """Say whether a record is no entry, but a noun that entries name."""
    return isinstance(record, Record) and is_noun(record.data)


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
    return _described(store, sources, subjects=subjects, glossaries=glossaries)


def every_noun_of(store: Store) -> Iterator[dict[str, Any]]:
    """Yield the same of all entries in use, without reading them: lists name it."""
    return _described(
        store,
        set(store.browse.tally("source")),
        subjects=set(store.browse.tally("subject")),
        glossaries={name for name, count in store.glossaries() if count},
    )


def _described(
    store: Store, sources: set[str], *, subjects: set[str], glossaries: set[str]
) -> Iterator[dict[str, Any]]:
    kinds: tuple[tuple[type[Noun], set[str] | None], ...] = (
        (Issuer, None),
        (Subject, subjects),
        (Source, sources),
        (Glossary, glossaries),
    )
    for kind, ids in kinds:
        for noun in store.nouns.all(kind):
            if ids is None or noun.id in ids:
                yield {KIND: KINDS[kind], **codec.plain(noun)}


def noun_taken(
    write: Write, record: Record, order: Order, *, by: Actor | str
) -> Outcome:
    """Store the noun that a record is; with the mode `add`, only a new one.

    One that has been changed since the file was made stays as it is, with a warning.
    """
    data = dict(record.data)
    kind = _NAMED.get(str(data.pop(KIND)))
    if kind is None:
        template = N_("There is no such kind; the kinds are: %(kinds)s.")
        message = Message(template, kinds=", ".join(_NAMED))
        return _refused(record, KIND, "bad-kind", message)
    try:
        noun: Noun = load(NOUNS[kind], data)
        return _written(write, noun, record, order, by)
    except Invalid as error:
        problem = error.problems[0]
        detail = problem.detail
        message = detail if isinstance(detail, Message) else Message(detail)
        return _refused(record, problem.pointer, "bad-noun", message)
    except Conflict as error:
        return _refused(record, None, "taken-name", error.message, action="conflict")


def _written(
    write: Write, noun: Noun, record: Record, order: Order, by: Actor | str
) -> Outcome:
    """Store a noun; raise Conflict for an issuer's name that another one has."""
    there = write.nouns.find(type(noun), noun.id)
    if there is not None and (
        order.mode == "add" or replace(noun, version=there.version) == there
    ):
        return Outcome(record.line, "unchanged")
    if there is not None and 0 < _version(record.data) < there.version:
        template = N_("It has changed since this file was made, so it stays as it is.")
        return _left(record, "stale-noun", template)
    try:
        curated.must_describe(by, type(noun), noun.id)
    except Forbidden:
        return _left(record, "reviewer-needed", N_("Only a reviewer may change this."))
    write.nouns.put(noun)
    return Outcome(record.line, "create" if there is None else "update")


def name_subjects(
    write: Write, record: Record, subjects: set[str], *, by: Actor | str
) -> None:
    """Keep the names of subjects that have none yet, where the sender may.

    `subjects` are those that need no look, and grows.
    """
    for subject, name in _names(record.data):
        if subject in subjects:
            continue
        subjects.add(subject)
        if write.nouns.find(Subject, subject) is not None:
            continue
        try:
            curated.must_describe(by, Subject, subject)
        except Forbidden:
            return
        write.nouns.put(Subject(subject, _labels(name)))


def _names(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the ids of a record's subjects with what the file calls them."""
    extra = data.get("extra")
    if not isinstance(extra, Mapping):
        return
    ids = data.get("subjects", ())
    value = extra.get("subjects")
    items = dict(value) if isinstance(value, Mapping) else {}
    tbx = extra.get("tbx")
    concept = tbx.get("concept") if isinstance(tbx, Mapping) else None
    for item in concept if isinstance(concept, list) else ():
        if isinstance(item, Mapping) and item.get("type") == "subjectField":
            items.update(subjects_of(str(item.get("text", ""))))
    for subject, name in items.items():
        if subject in ids and isinstance(name, str) and name != subject:
            yield subject, name[:_LONGEST_NAME]


def _labels(name: str) -> dict[str, str]:
    """Return a subject's name by language: of 外交（Diplomacy） in both."""
    chinese = "zh-Hant" if language_of(name) == "zh-Hant" else "zh-Hans"
    if match := _BOTH.fullmatch(name):
        return {chinese: match[1].strip(), "en": match[2].strip()}
    return {chinese if has_han(name) else "en": name}


def _left(record: Record, code: str, reason: str) -> Outcome:
    value = str(record.data.get("id", ""))
    trouble = Trouble(record.line, None, code, Message(reason), value)
    return Outcome(record.line, "unchanged", warnings=(trouble,))


def _version(data: Mapping[str, Any]) -> int:
    version = data.get("version")
    return version if isinstance(version, int) else 0


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

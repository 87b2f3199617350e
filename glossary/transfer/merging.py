"""What an entry becomes when a record of a file says something about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from glossary.entry import TERM_DETAILS, Citation, Entry, Term
from glossary.store import IssuerNames
from glossary.text import without_region

#: What a record may change of a term that is there.
_OF_A_TERM: Final = ("status", "type", "part_of_speech", *TERM_DETAILS)
_NOBODY: Final = IssuerNames()
#: What a record may say of an entry that has it, all at once or not at all.
_OF_AN_ENTRY: Final = ("since", "until", "expected", "checked")


def merged(
    old: Entry,
    new: Entry,
    fields: Mapping[str, Any],
    *,
    first: bool = True,
    issuers: IssuerNames = _NOBODY,
) -> Entry:
    """Return the union of an entry and a record.

    `given` is the record as the file had it, so that what it leaves out is not taken
    for empty. Terms are united by language and text, and what the record says of a
    term wins, unless an earlier record of the same file spoke of this entry
    (`first` is False): then what that one said stays. A text that is there in the same
    language is that term, whatever region either names. An issuer goes on by the name
    that is stored, where the record has another name of the same.
    """
    new = _in_languages_of(old, new)
    statements = {(t.lang, t.text): _statement(t, g) for t, g in _pairs(new, fields)}
    for term in old.terms:
        statement = statements.get((term.lang, term.text), {})
        if issuers.same(statement.get("issuer")) == issuers.same(term.issuer):
            statement.pop("issuer", None)
    terms = [
        _united(term, statements.pop((term.lang, term.text), None), first)
        for term in old.terms
    ]
    pairs = {(term.lang, term.text) for term in old.terms}
    terms += [term for term in new.terms if (term.lang, term.text) not in pairs]
    extra = _deep(old.extra, new.extra)
    if not first:
        extra = _deep(new.extra, old.extra)
    # Who names the entry by its id edits it; who only has its wordings adds to it.
    edits = bool(fields.get("id")) and first
    together = _edited if edits else _added
    definition, notes = (
        {
            lang: together(before.get(lang, ""), after.get(lang, ""))
            for lang in {**before, **after}
        }
        for before, after in ((old.definition, new.definition), (old.notes, new.notes))
    )
    facts = {
        name: getattr(new, name)
        for name in _OF_AN_ENTRY
        if fields.get(name) and (first or not getattr(old, name))
    }
    return replace(
        old,
        **facts,
        subjects=tuple(dict.fromkeys([*old.subjects, *new.subjects])),
        relations=tuple(dict.fromkeys([*old.relations, *new.relations])),
        definition=definition,
        note=together(old.note, new.note),
        notes=notes,
        terms=tuple(terms),
        state=new.state if "state" in fields and first else old.state,
        extra=extra,
    )


def _added(old_text: str, text: str) -> str:
    r"""Return a text with another one below it, unless it says that already.

    >>> _added("金融机构", "河岸"), _added("金融机构", "金融机构"), _added("", "河岸")
    ('金融机构\n河岸', '金融机构', '河岸')
    """
    if not text or _flat(text) in _flat(old_text):
        return old_text
    return f"{old_text}\n{text}" if old_text else text


def _edited(old_text: str, text: str) -> str:
    """Return a text that stands for another one, but where only spaces differ.

    Formats of one line a record hold no line breaks.
    """
    return old_text if not text or _flat(text) == _flat(old_text) else text


def _flat(text: str) -> str:
    return " ".join(text.split())


def overruled(
    old: Entry, new: Entry, fields: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Return what a later record of a file says and an earlier one denies.

    It is said of a term, of the entry, or kept for another tool. Each is a JSON pointer
    into the record and the value that was left out.
    """
    new = _in_languages_of(old, new)
    own_terms = {(term.lang, term.text): term for term in old.terms}
    losses = []
    for at, (term, term_fields) in enumerate(_pairs(new, fields)):
        there = own_terms.get((term.lang, term.text))
        if there is None:
            continue
        statement = {
            n: v for n, v in _statement(term, term_fields).items() if n != "citations"
        }
        for name, value in statement.items():
            if (before := getattr(there, name)) and before != value:
                losses.append((f"/terms/{at}/{name}", str(value)))
    for name in (*_OF_AN_ENTRY, "state"):
        before, value = getattr(old, name), getattr(new, name)
        if fields.get(name) and before and before != value:
            losses.append((f"/{name}", str(value)))
    losses += _denied(old.extra, new.extra, "/extra")
    return losses


def _denied(
    own: Mapping[str, Any], statement: Mapping[str, Any], pointer: str
) -> Iterator[tuple[str, str]]:
    """Yield what two mappings have of one name and not alike, as the second has it."""
    for name, value in statement.items():
        there = own.get(name)
        if isinstance(there, Mapping) and isinstance(value, Mapping):
            yield from _denied(there, value, f"{pointer}/{name}")
        elif name in own and there != value:
            yield f"{pointer}/{name}", str(value)[:500]


def _in_languages_of(old: Entry, new: Entry) -> Entry:
    """Return a record's entry with the languages that its wordings have in another."""
    there = {(term.lang, term.text) for term in old.terms}
    others = [term for term in new.terms if (term.lang, term.text) not in there]
    if not others:
        return new
    loose = {(without_region(t.lang), t.text): t.lang for t in reversed(old.terms)}
    names = {
        (term.lang, term.text): lang
        for term in others
        if (lang := loose.get((without_region(term.lang), term.text))) is not None
    }
    if not names:
        return new
    terms = tuple(
        replace(t, lang=names.get((t.lang, t.text), t.lang)) for t in new.terms
    )
    extra = {family: _renamed(value, names) for family, value in new.extra.items()}
    return replace(new, terms=terms, extra=extra)


def _renamed(value: Any, names: Mapping[Any, str]) -> Any:
    """Return what a family of formats keeps, which names terms by language and text."""
    if not isinstance(value, Mapping) or not isinstance(value.get("terms"), list):
        return value
    terms = []
    for term in value["terms"]:
        wording = isinstance(term, Mapping) and (term.get("lang"), term.get("text"))
        terms.append({**term, "lang": names[wording]} if wording in names else term)
    return {**value, "terms": terms}


def _pairs(
    new: Entry, fields: Mapping[str, Any]
) -> list[tuple[Term, Mapping[str, Any]]]:
    return list(zip(new.terms, fields["terms"], strict=True))


def _statement(term: Term, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record really says of a term."""
    statement = {name: getattr(term, name) for name in _OF_A_TERM if fields.get(name)}
    if fields.get("reading") and not term.reading_derived:
        statement |= {"reading": term.reading, "reading_derived": False}
    return {**statement, "citations": term.citations}


def _united(term: Term, statement: dict[str, Any] | None, first: bool) -> Term:  # noqa: FBT001 - private.
    if statement is None:
        return term
    citations = _cited(term.citations, statement.pop("citations"))
    if not first:
        empty = {name for name in statement if not getattr(term, name)}
        statement = {name: value for name, value in statement.items() if name in empty}
    if "usage" in statement:
        statement["usage"] = _edited(term.usage, statement["usage"])
    return replace(term, citations=citations, **statement)


def _cited(old: Iterable[Citation], new: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return citations each once; one with its counterpart stands for one without."""
    by_bare: dict[Citation, dict[Citation, None]] = {}
    for citation in (*old, *new):
        bare = replace(citation, counterpart=None)
        by_bare.setdefault(bare, {})[citation] = None
    return tuple(
        citation
        for bare, alike in by_bare.items()
        for citation in (alike if len(alike) == 1 else [c for c in alike if c != bare])
    )


def _deep(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Unite two mappings, the inner ones too; `over` wins."""
    result = dict(under)
    for name, value in over.items():
        inner = result.get(name)
        both = isinstance(inner, Mapping) and isinstance(value, Mapping)
        result[name] = _deep(inner, value) if both and inner is not None else value
    return result

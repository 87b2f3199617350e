"""The wordings of an entry that its terms name: missed, or followed when renamed.

`renders` and the counterpart of a citation name terms of the other language by their
text. They are texts, so that a file says what it means without numbers.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from glossary.entry.nouns import Entry, Term
from glossary.message import N_, Message, Problem
from glossary.text import canonical, primary

_NO_TERM: Final = N_(
    "“%(text)s” is no term of another language in this entry; name one that is, or "
    "add it."
)
_Wording = tuple[str, str]


def dangling(terms: Iterable[Term]) -> Iterator[Problem]:
    """Yield where terms name a wording that the entry has not in another language."""
    all_terms = list(terms)
    if not any(term.renders or term.citations for term in all_terms):
        return
    spoken: dict[str, set[str]] = {}
    for term in all_terms:
        spoken.setdefault(term.text, set()).add(primary(term.lang))
    for at, term in enumerate(all_terms):
        for pointer, text in _named(term):
            if spoken.get(text, set()) <= {primary(term.lang)}:
                message = Message(_NO_TERM, text=text)
                yield Problem(f"/terms/{at}/{pointer}", message)


def _named(term: Term) -> Iterator[tuple[str, str]]:
    """Yield the wordings that a term names, each with its place in the term."""
    for at, text in enumerate(term.renders):
        yield f"renders/{at}", text
    for at, citation in enumerate(term.citations):
        if citation.counterpart is not None:
            yield f"citations/{at}/counterpart/text", citation.counterpart.text


def renamed(old: Entry, document: Any) -> Any:
    """Return an entry as it is sent with the old names of renamed terms made new.

    `document` is what is to replace `old`, not validated yet. A term is renamed where
    another one of its language stands in its place in the list, or is the only one
    that came while it is the only one that went. Names that hold are left alone.
    """
    terms = document.get("terms") if isinstance(document, Mapping) else None
    if not isinstance(terms, list) or not all(map(_has_a_wording, terms)):
        return document
    new = [_wording(term["lang"], term["text"]) for term in terms]
    names = _new_names([(term.lang, term.text) for term in old.terms], new)
    if not names:
        return document
    there = set(new)
    followed = [
        _followed(term, lang, names, there)
        for term, (lang, _) in zip(terms, new, strict=True)
    ]
    return {**document, "terms": followed}


def _has_a_wording(term: Any) -> bool:
    return isinstance(term, Mapping) and all(
        isinstance(term.get(name), str) for name in ("lang", "text")
    )


def _wording(lang: str, text: str) -> _Wording:
    """Return a wording as it will be stored."""
    return canonical(lang) or lang, _composed(text)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _new_names(old: list[_Wording], new: list[_Wording]) -> dict[_Wording, str]:
    """Return what wordings that are gone are called now."""
    removals = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    names: dict[_Wording, str] = {}
    for name in removals:
        lang = name[0]
        at = old.index(name)
        heir = new[at] if at < len(new) else name
        alone = [pair for pair in come if pair[0] == lang]
        if heir in come and heir[0] == lang:
            names[name] = heir[1]
        elif len(alone) == 1 and [pair[0] for pair in removals].count(lang) == 1:
            names[name] = alone[0][1]
    return names


def _followed(
    term: Mapping[str, Any],
    lang: str,
    names: Mapping[_Wording, str],
    there: set[_Wording],
) -> dict[str, Any]:
    """Return a term with the names that it uses made new."""
    texts = {
        text: new
        for (spoken, text), new in names.items()
        if primary(spoken) != primary(lang)
        and not any(t == text and primary(x) != primary(lang) for x, t in there)
    }

    def now(value: Any) -> Any:
        return texts.get(_composed(value), value) if isinstance(value, str) else value

    result = dict(term)
    if isinstance(term.get("renders"), list):
        result["renders"] = [now(text) for text in term["renders"]]
    if isinstance(term.get("citations"), list):
        result["citations"] = [
            _cited_now(citation, now) for citation in term["citations"]
        ]
    return result


def _cited_now(citation: Any, now: Any) -> Any:
    counterpart = citation.get("counterpart") if isinstance(citation, Mapping) else None
    if not isinstance(counterpart, Mapping):
        return citation
    text = now(counterpart.get("text"))
    return {**citation, "counterpart": {**counterpart, "text": text}}

"""What one version of an entry changed, told as a person would tell it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from glossary import late_pattern
from glossary.entry.nouns import BANS, Citation, Entry, LastCheck, Term

#: Fields of a term that are compared, in the order of the class.
_FIELDS: Final = tuple(f.name for f in fields(Term) if f.name not in {"lang", "text"})
#: Fields whose values are words of the data, not text.
CODED: Final = frozenset(
    {"state", "status", "type", "part_of_speech", "match", "ban", "expected"}
)
_LISTS: Final = frozenset({"renders", "not_preceded_by", "not_followed_by"})
_PIECE: Final = late_pattern(r"[^\W\u2e80-\uffff]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that changed: a field, of which term if of one, before and after.

    `field` is a name of the data's shape; `text` is that of a whole term. A value
    that was not there, or is there no more, is empty.
    """

    field: str
    lang: str
    term: str
    before: str
    after: str


def changes(old: Entry, new: Entry) -> list[Changed]:
    """Return what changed between two versions, in the order of a page."""
    deltas = [Changed("state", "", "", old.state, new.state)]
    deltas += (
        Changed("subjects", "", "", *pair)
        for pair in _listed(old.subjects, new.subjects)
    )
    for lang in {**old.definition, **new.definition}:
        pair = (old.definition.get(lang, ""), new.definition.get(lang, ""))
        deltas.append(Changed("definition", lang, "", *pair))
    deltas.append(Changed("note", "", "", old.note, new.note))
    for lang in {**old.notes, **new.notes}:
        pair = (old.notes.get(lang, ""), new.notes.get(lang, ""))
        deltas.append(Changed("notes", lang, "", *pair))
    deltas += (
        Changed(name, "", "", getattr(old, name) or "", getattr(new, name) or "")
        for name in ("since", "until", "expected")
    )
    deltas.append(Changed("checked", "", "", _check(old.checked), _check(new.checked)))
    deltas += _terms(old.terms, new.terms)
    deltas += (
        Changed("relations", "", "", *pair)
        for pair in _listed(
            [f"{r.type}: {r.entry}" for r in old.relations],
            [f"{r.type}: {r.entry}" for r in new.relations],
        )
    )
    return [change for change in deltas if change.before != change.after]


def parts(before: str, after: str) -> list[tuple[str, str]]:
    """Return the pieces of a changed text, each `same`, `gone` or `come`.

    >>> parts("new type of relations", "new model of relations")
    [('same', 'new '), ('gone', 'type'), ('come', 'model'), ('same', ' of relations')]
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    runs = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for name, a, b, c, d in matcher.get_opcodes():
        if name == "equal":
            runs.append(("same", "".join(old[a:b])))
        else:
            runs += [("gone", "".join(old[a:b])), ("come", "".join(new[c:d]))]
    return [(kind, text) for kind, text in runs if text]


def _listed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what left a list and what came into it, in pairs."""
    removals = [item for item in old if item not in new]
    come = [item for item in new if item not in old]
    yield from zip_longest(removals, come, fillvalue="")


def _terms(old: tuple[Term, ...], new: tuple[Term, ...]) -> Iterator[Changed]:
    """Compare terms by their wording; one that gave way to another is one change."""
    before = {(t.lang, t.text): t for t in old}
    after = {(t.lang, t.text): t for t in new}
    for name, term in after.items():
        if name in before:
            yield from _fields(before[name], term)
    removals = [t for name, t in before.items() if name not in after]
    come = [t for name, t in after.items() if name not in before]
    for lang in dict.fromkeys(t.lang for t in (*removals, *come)):
        texts = ([t.text for t in side if t.lang == lang] for side in (removals, come))
        for pair in zip_longest(*texts, fillvalue=""):
            yield Changed("text", lang, "", *pair)


def _fields(old: Term, new: Term) -> Iterator[Changed]:
    for name in _FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if name == "citations":
            for pair in _listed([*map(_cited, before)], [*map(_cited, after)]):
                yield Changed(name, new.lang, new.text, *pair)
        elif name in _LISTS:
            for pair in _listed(before, after):
                yield Changed(name, new.lang, new.text, *pair)
        elif before != after:
            usual = (None, BANS[0]) if name == "ban" else (None,)
            values = ("" if v in usual else str(v) for v in (before, after))
            yield Changed(name, new.lang, new.text, *values)


def _cited(citation: Citation) -> str:
    own = _joined(citation.source, citation.locator, citation.quote)
    if (other := citation.counterpart) is None:
        return own
    theirs = _joined(other.text, other.source or "", other.locator, other.quote)
    return f"{own} = {theirs}"


def _check(check: LastCheck | None) -> str:
    return _joined(check.date, check.by or "") if check is not None else ""


def _joined(*about: str) -> str:
    return ", ".join(filter(None, about))

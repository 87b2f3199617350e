"""The terms of a text in fewer words than its matches, for machines asked much.

`terms` has each wording of the text once, with what to write for it and what not;
`entries` has each place, and each entry once.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from glossary.entry import USABLE, Match, Meaning, codec, is_draft, write
from glossary.recognition.answer_size import AnswerSize
from glossary.recognition.offsets import measure
from glossary.text import primary, without_region

SHAPES: Final = ("matches", "terms", "entries")
#: How the terms of a text may be written.
LIST_FORMATS: Final = ("json", "tsv", "markdown")
_HEADING: Final = ("source", "target", "avoid", "note")
_SEVERAL: Final = " | "
#: What an entry says the same of, whichever of its wordings stands in the text.
_OF_ENTRY: Final = ("entry", "glossary", "state", "proof", "proved_by")


class ListedTerm(NamedTuple):
    """A wording of a text: what to write for it, best first, what not, and a note."""

    source: str
    target: tuple[str, ...]
    avoid: tuple[str, ...]
    note: str


def listed(matches: Iterable[Match]) -> tuple[ListedTerm, ...]:
    """Return the terms of a text, each once, in the order of the text.

    A term that is written in several ways (`talks`, `Talks`) stands as it is first. It
    is rendered in one script, that of the rendering to use first. What nobody vouches
    for is noted as a draft, and has nothing to avoid.
    """
    meanings: dict[str, dict[int, Meaning]] = {}
    for match in matches:
        meanings.setdefault(match.text, {})[id(match.meaning)] = match.meaning
    first: dict[frozenset[tuple[str, str, str]], tuple[str, list[Meaning]]] = {}
    for text, by_name in meanings.items():
        names = frozenset((m.entry, m.term.lang, m.term.text) for m in by_name.values())
        first.setdefault(names, (text, []))[1].extend(by_name.values())
    return tuple(_one(text, several) for text, several in first.values())


def _one(text: str, meanings: list[Meaning]) -> ListedTerm:
    target: dict[str, None] = {}
    avoid: dict[str, None] = {}
    notes: dict[str, None] = {}
    for meaning in meanings:
        unproved = is_draft(meaning.state)
        if unproved:
            notes[meaning.state] = None
        leading = next((t for t in meaning.equivalents if t.status in USABLE), None)
        for term in meaning.equivalents:
            if leading is not None and _is_other_script(term.lang, leading.lang):
                continue
            if term.status in USABLE:
                target[term.text] = None
            elif not unproved:
                avoid[term.text] = None
        if leading is not None and leading.usage:
            notes[leading.usage] = None
        if meaning.use and meaning.term.status not in USABLE:
            notes[f"{meaning.term.status}: {meaning.use[0].text}"] = None
    rest = (text_avoided for text_avoided in avoid if text_avoided not in target)
    return ListedTerm(text, (*target,), (*rest,), "; ".join(notes))


def _is_other_script(lang: str, leading: str) -> bool:
    """Say whether two tags are one language in two scripts.

    >>> _is_other_script("zh-Hant-TW", "zh-Hans"), _is_other_script("zh-Hans", "en")
    (True, False)
    """
    if primary(lang) != primary(leading):
        return False
    return without_region(lang) != without_region(leading)


def entries_json(
    text: str, matches: Iterable[Match], unit: str, *, size: AnswerSize | None = None
) -> bytes:
    """Return `"places":…,"entries":…`, where a place names its entry by its id.

    The `equivalents` of a place are places in those of its entry, from 0. Raise
    TooLarge when the answer becomes too large.
    """
    at, size = measure(text, unit), size or AnswerSize()
    entries: dict[str, dict[str, Any]] = {}
    places: dict[str, dict[str, int]] = {}
    bodies = []
    for start, end, wording, meaning, contains, parts in matches:
        if meaning.entry not in entries:
            whole = codec.plain(meaning)
            entries[meaning.entry] = {n: whole[n] for n in _OF_ENTRY} | {
                "equivalents": []
            }
            places[meaning.entry] = {}
        numbers = places[meaning.entry]
        for term in meaning.equivalents:
            if f"{term.lang} {term.text}" not in numbers:
                numbers[f"{term.lang} {term.text}"] = len(numbers)
                entries[meaning.entry]["equivalents"].append(codec.plain(term))
                size.add(write(term))
        match = {
            "start": at(start),
            "end": at(end),
            "text": wording,
            "entry": meaning.entry,
            "term": meaning.term.text,
            "tier": meaning.tier,
            "banned": meaning.banned,
            "equivalents": [numbers[f"{t.lang} {t.text}"] for t in meaning.equivalents],
            "contains": contains,
            "parts": [(at(a), at(b)) for a, b in parts],
        }
        bodies.append(size.add(write(match)))
    return b'"places":[%s],"entries":%s' % (
        b",".join(bodies),
        write([*entries.values()]),
    )


def as_tsv(terms: Iterable[ListedTerm]) -> str:
    """Return terms as a table with a heading, TAB between cells."""
    stream = io.StringIO(newline="")
    table = csv.writer(stream, delimiter="\t", lineterminator="\n")
    table.writerow(_HEADING)
    table.writerows(map(_cells, terms))
    return stream.getvalue()


def as_markdown(terms: Iterable[ListedTerm]) -> str:
    """Return terms as a table of Markdown."""
    rows = [_HEADING, ("---",) * len(_HEADING), *map(_cells, terms)]
    lines = ("| " + " | ".join(map(_escaped, row)) + " |" for row in rows)
    return "".join(f"{line}\n" for line in lines)


def _cells(term: ListedTerm) -> tuple[str, str, str, str]:
    cells = (
        term.source,
        _SEVERAL.join(term.target),
        _SEVERAL.join(term.avoid),
        term.note,
    )
    source, target, avoid, note = (" ".join(cell.split()) for cell in cells)
    return source, target, avoid, note


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


#: Writes terms in each kind that is no JSON.
WRITERS: Final[Mapping[str, Callable[[Iterable[ListedTerm]], str]]] = {
    "tsv": as_tsv,
    "markdown": as_markdown,
}

"""UTX 1.11 and 1.20: tab-separated, with its columns in the last `#` line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO, Final

from glossary.entry import USABLE, is_draft, pairing
from glossary.errors import UnreadableFile
from glossary.formats.encoding import lines
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.pairs import SOURCE, TARGET, Term, status_of_term, term_of
from glossary.formats.record import Drop, Dropped, FileReading, ReadOptions, Refused
from glossary.formats.table.cells import TAKEN_AMISS
from glossary.formats.table.columns import Row
from glossary.formats.table.rows import reading
from glossary.message import N_, Message
from glossary.text import canonical

_STATUS: Final = {
    "preferred": "approved",
    "admitted": "provisional",
    "deprecated": "non-standard",
    "superseded": "non-standard",
    "forbidden": "forbidden",
}
#: A column of ours says the status of the target as we have it; UTX has fewer words.
_COARSE: Final = "term status"
_EXACT: Final = "tgt:status"
_COLUMNS: Final = (
    "#src\ttgt\tsrc:pos\ttgt:pos\tterm status\ttgt:status\ttgt:definition\ttgt:usage"
    "\tstate\tconcept ID"
)
#: UTX wants a time of making; a file of entries without one is not dated by the clock,
#: so that the same glossary always gives the same bytes.
_TAB: Final = "\t"
_UNDATED: Final = "1970-01-01T00:00:00Z"


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read UTX; the languages stand in its first line, `-` is an empty cell.

    Raise UnreadableFile when it does not begin with `#UTX` or names no columns.
    """
    texts = enumerate(lines(stream, longest=10 * options.limits.cell), start=1)
    heading: tuple[int, str] | None = None
    languages: list[str] = []
    first: list[tuple[int, str]] = []
    for line, text in texts:
        if not heading and not text.casefold().startswith("#utx"):
            break
        if not text.startswith("#"):
            first.append((line, text))
            break
        languages = languages or _languages(text)
        heading = (line, text)
    if heading is None or "\t" not in heading[1]:
        raise UnreadableFile(
            N_("This is not UTX: it does not begin with “#UTX” and a line of columns.")
        )
    source, target = (*languages, "", "")[:2]
    declared = replace(
        options,
        source=options.source or source or None,
        target=options.target or target or None,
    )
    return reading(_rows(chain([heading], first, texts)), declared)


def _languages(text: str) -> list[str]:
    for part in text.split(";"):
        tags = [canonical(tag) for tag in part.strip().split("/")]
        if len(tags) <= 2 and all(tags):
            return [tag for tag in tags if tag]
    return []


def _rows(texts: Iterable[tuple[int, str]]) -> Iterator[Row | Refused]:
    coarse: int | None = None
    for at, (line, text) in enumerate(texts):
        if at and text.startswith("#"):
            continue
        cells = text.split("\t")
        if not at and _EXACT in cells and _COARSE in cells:
            coarse = cells.index(_COARSE)
        elif coarse is not None and len(cells) > coarse:
            cells[coarse] = "-"
        yield Row(line, ["" if cell.strip() == "-" else cell for cell in cells])


def write(
    entries: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write UTX 1.11: every English term beside the Chinese one that it renders first.

    Tell `drop` of other Chinese terms and of other languages, and of what a draft
    would forbid: who reads UTX heeds its statuses, and a draft forbids nothing.
    """
    rest = iter(entries)
    first = next(rest, None)
    date = ((first or {}).get("modified") or _UNDATED).replace("Z", "+00:00")
    facts = _facts(imprint)
    _put(stream, f"#UTX 1.11; zh-CN/en; {date}; {facts}bidirectional;")
    for line in imprint.lines:
        _put(stream, f"#{line.replace(_TAB, ' ')};")
    _put(stream, _COLUMNS)
    for entry in chain([first] if first else [], rest):
        for source, target in _pairs(entry, drop):
            _put(stream, "\t".join(_cells(entry, source, target)))


def _facts(imprint: Imprint) -> str:
    """Return what UTX has names for: whose it is, the licence, and which it is."""
    ids = ", ".join(glossary.id for glossary in imprint.glossaries)
    facts = {
        "copyright": imprint.publishers,
        "license": imprint.licences,
        "Dictionary ID": ids,
    }
    plain = {name: re.sub(r"[;\s]+", " ", text) for name, text in facts.items()}
    return "".join(f"{name}: {text}; " for name, text in plain.items() if text)


def _put(stream: BinaryIO, line: str) -> None:
    stream.write(f"{line}\r\n".encode())


def _pairs(entry: Mapping[str, Any], drop: Drop) -> Iterator[tuple[Term, Term]]:
    ranks = tuple(_STATUS)
    terms = entry["terms"]
    nouns = [term_of(term) for term in terms]
    places = {id(noun): at for at, noun in enumerate(nouns)}
    mute = {at for at, term in enumerate(terms) if _is_mute(entry, term)}
    english = [at for at, t in enumerate(terms) if t["lang"] == TARGET]
    pairs: list[tuple[int, int]] = []
    for at in sorted(english, key=lambda at: ranks.index(nouns[at].status)):
        rendered = pairing(nouns, nouns[at], lang=SOURCE).terms
        numbers = (places[id(t)] for t in rendered if t.lang == SOURCE)
        source = next((place for place in numbers if place not in mute), None)
        if source is not None and at not in mute:
            pairs.append((source, at))
    paired = {at for pair in pairs for at in pair}
    for at, term in enumerate(terms):
        if at in mute:
            message = Message(
                N_("A draft forbids nothing, but in this format its status would.")
            )
            drop(Dropped(entry["id"], f"/terms/{at}", message, term["text"]))
        elif at not in paired:
            message = Message(
                N_("UTX holds pairs of one Chinese and one English term.")
            )
            drop(Dropped(entry["id"], f"/terms/{at}", message, term["text"]))
    for source, target in pairs:
        yield terms[source], terms[target]


def _is_mute(entry: Mapping[str, Any], term: Term) -> bool:
    return is_draft(entry.get("state")) and status_of_term(term) not in USABLE


def _cells(entry: Mapping[str, Any], source: Term, target: Term) -> Iterator[str]:
    definition = (entry.get("definition") or {}).get(TARGET) or ""
    exact = status_of_term(target)
    status = _STATUS[exact]
    usage = target.get("usage") or ""
    state = entry.get("state") or ""
    classes = [term.get("part_of_speech") or "" for term in (source, target)]
    texts = (source["text"], target["text"], *classes, status, exact, definition, usage)
    for text in (*texts, state, entry["id"]):
        flat = " ".join(text.split())
        yield f" {flat}" if flat.startswith(TAKEN_AMISS) else flat or "-"

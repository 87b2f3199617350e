"""What stands inside one cell: alternatives, citations, dates, and the guard."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from itertools import chain
from typing import Any, Final

_ALWAYS: Final = re.compile(r"\s*(?:；|;|\|)\s*")
_ENTITY: Final = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+[0-9]*);", re.IGNORECASE)
_NAMES: Final = "b i u em strong span font sub sup a small mark s strike code tt"
_LINE: Final = re.compile(
    r"\s*</?(?:br|p|div|li|ul|ol|tr|td|h[1-6])\b[^<>]*>\s*", re.IGNORECASE
)
_TAG: Final = re.compile(
    rf"</?(?:{'|'.join(_NAMES.split())})(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_SUGGESTED: Final = re.compile(r"\s*(?:；|;|\||，| / )\s*")
_SLASH: Final = " / "
_DATE: Final = re.compile(r"(\d{4})[年/.](\d{1,2})(?:[月/.](?:(\d{1,2})日?)?)?")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_PIPE: Final = re.compile(r"((?:[^\\|]|\\.)*)(?:\||$)", re.DOTALL)
_HASH: Final = re.compile(r"((?:[^\\#]|\\.)*)(?:#|$)", re.DOTALL)
_TO_ESCAPE: Final = re.compile(r"([\\|#])")
_CITATION: Final = ("source", "locator", "quote")
_COUNTERPART: Final = ("text", "quote", "locator", "source")
#: What begins a comment, or what a spreadsheet computes; a space before it disarms both
#: where a reader would not take an apostrophe off again.
TAKEN_AMISS: Final = ("#", "=", "+", "-", "@")
#: What a cell that is guarded begins with.
_AT_RISK: Final = frozenset("'=+-@\t\r")
#: The same of cells with a character before each that hardly any has.
_ANY_AT_RISK: Final = re.compile(r"\0['=+\-@\t\r]")
_RISKY: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")


def alternatives(
    text: str, *, suggested: bool = False, slash: bool = False, split: str = ""
) -> list[str]:
    """Return the alternatives that a cell holds, in their order, each once.

    Only `；`, `;` and `|` part them: phrases hold commas of every kind. `suggested`
    says that the heading announces several, so that `，` and ` / ` part them too;
    `slash` says that the cells beside it have as many ` / `, and `split` has the
    characters that part them too, because somebody has said so.

    >>> alternatives("win-win cooperation; mutually beneficial cooperation")
    ['win-win cooperation', 'mutually beneficial cooperation']
    >>> alternatives("不冲突，不对抗"), alternatives("AT&amp;T")
    (['不冲突，不对抗'], ['AT&amp;T'])
    """
    if suggested:
        parts = _SUGGESTED.split(text)
    elif ";" in text or "；" in text or "|" in text:
        if "&" in text and _ENTITY.search(text):
            return [text]
        parts = _ALWAYS.split(text)
    else:
        parts = [text]
    if slash and len(parts) == 1:
        parts = text.split(_SLASH)
    if split:
        pattern = f"[{re.escape(split)}]"
        parts = [piece for part in parts for piece in re.split(pattern, part)]
    return list(dict.fromkeys(part for text in parts if (part := text.strip())))


def without_markup(cell: str) -> tuple[str, bool]:
    r"""Return a cell without tags and entities of HTML, and whether it had tags.

    >>> without_markup("<p>first</p><p>second&nbsp;</p>"), without_markup("a < b")
    (('first\nsecond', True), ('a < b', False))
    """
    if "<" not in cell and "&" not in cell:
        return cell, False
    bare = _TAG.sub("", _LINE.sub("\n", cell))
    text = unescape(bare).replace("\N{NO-BREAK SPACE}", " ") if "&" in bare else bare
    if text == cell:
        return cell, False
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(filter(None, lines)), bare != cell


def share_slashes(cells: Iterable[str]) -> bool:
    """Say whether all cells have ` / ` equally often, so that it parts them."""
    counts = [cell.count(_SLASH) for cell in cells]
    return len(counts) >= 2 and counts[0] > 0 and len(set(counts)) == 1


def date_of(value: str) -> str:
    """Return a date as this house writes it, when it is written in another usual way.

    >>> date_of("2014年2月"), date_of("2014/2/14"), date_of("spring")
    ('2014-02', '2014-02-14', 'spring')
    """
    match = _DATE.fullmatch(value)
    if match is None:
        return value.removesuffix("年")
    year, month, day = match.groups()
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def citations_in(cell: str) -> list[dict[str, Any]]:
    r"""Return the citations of a cell: `source#locator#quote`, joined by ` | `.

    What a citation stands beside in the other language follows in the same way: its
    text, quote and locator, and the source where that is another one.

    >>> citations_in("doc-2002#para. 2#self-restraint | mfa-2014")[1]
    {'source': 'mfa-2014'}
    >>> citations_in("doc-2002###自我克制#保持自我克制")[0]["counterpart"]
    {'text': '自我克制', 'quote': '保持自我克制'}
    """
    citations = []
    for part in _PIPE.findall(cell):
        pieces = _pieces(part.strip())
        citation: dict[str, Any] = _filled(_CITATION, pieces)
        if other := _filled(_COUNTERPART, pieces[len(_CITATION) :]):
            citation["counterpart"] = other
        if citation:
            citations.append(citation)
    return citations


def citations_cell(citations: Sequence[Mapping[str, Any]]) -> str:
    """Return the cell that `citations_in` reads as these citations."""
    return " | ".join(map(_citation_part, citations))


def counterpart_in(text: str) -> dict[str, str]:
    """Return the counterpart that a text of `text#quote#locator#source` describes."""
    return _filled(_COUNTERPART, _pieces(text))


def counterpart_text(counterpart: Mapping[str, Any]) -> str:
    """Return the text that `counterpart_in` reads as this counterpart."""
    return _joined([counterpart.get(name) or "" for name in _COUNTERPART])


def texts_in(cell: str) -> list[str]:
    r"""Return the texts that a cell lists with ` | ` between them.

    >>> texts_in("Prime | Deputy Prime"), texts_in(texts_cell(["a | b", "\\"]))
    (['Prime', 'Deputy Prime'], ['a | b', '\\'])
    """
    parts = (_ESCAPED.sub(r"\1", part.strip()) for part in _PIPE.findall(cell))
    return [part for part in parts if part]


def texts_cell(texts: Iterable[str]) -> str:
    """Return the cell that `texts_in` reads as these texts."""
    return " | ".join(re.sub(r"([\\|])", r"\\\1", text) for text in texts)


def _filled(names: Sequence[str], pieces: Sequence[str]) -> dict[str, str]:
    pairs = zip(names, pieces, strict=False)
    return {name: piece for name, piece in pairs if piece}


def _pieces(text: str) -> list[str]:
    return [_ESCAPED.sub(r"\1", piece) for piece in _HASH.findall(text)]


def _citation_part(citation: Mapping[str, Any]) -> str:
    pieces = [citation.get(name) or "" for name in _CITATION]
    other = citation.get("counterpart") or {}
    return _joined(pieces + [other.get(name) or "" for name in _COUNTERPART])


def _joined(pieces: list[str]) -> str:
    while pieces and not pieces[-1]:
        pieces.pop()
    return "#".join(_TO_ESCAPE.sub(r"\\\1", piece) for piece in pieces)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("一带一路")
    ("'=1+1", "''=1+1", '一带一路')
    """
    return f"'{cell}" if _RISKY.match(cell) else cell


def guarded_rows(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Return rows with each cell `guarded`; most rows have none at risk."""
    if _has_none_at_risk(chain.from_iterable(rows)):
        return rows
    return [*map(guarded_row, rows)]


def guarded_row(cells: Sequence[str]) -> Sequence[str]:
    """Return the cells of a row, each `guarded`."""
    if _has_none_at_risk(cells):
        return cells
    return [guarded(cell) if cell and cell[0] in _AT_RISK else cell for cell in cells]


def _has_none_at_risk(cells: Iterable[str]) -> bool:
    joined = "\0".join(filter(None, cells))
    return _ANY_AT_RISK.search(f"\0{joined}") is None


def unguarded(cell: str) -> str:
    """Take the guard off again, and leave any other apostrophe.

    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell

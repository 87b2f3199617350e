"""The terms that stand in a query: “how to say 不结盟 in English”, “NPT条约”."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from glossary import late_pattern
from glossary.entry import BLOCKS, Hit
from glossary.errors import NotReady
from glossary.lookup.fuzzy import Nearest
from glossary.lookup.settled import Asked, settled
from glossary.lookup.tiers import is_pinyin, tiers
from glossary.query import Wanted
from glossary.recognition import (
    Occurrence,
    Recognition,
    Snapshot,
    han_words_among,
    longest,
    occurrences,
)
from glossary.store import Store
from glossary.text import (
    HAN,
    SMALL_WORDS,
    UNIT,
    are_kin,
    asked_about,
    content,
    derived,
    fold,
    has_han,
    is_acronym,
    key,
    mainland,
    onsets,
    primary,
    same_word,
    sound,
    sounding,
)

#: Who puts a space between Chinese words has named two things.
_PARTED: Final = late_pattern(rf"{HAN.pattern}\s+{HAN.pattern}")
#: A particle that a phrase may lack: 领土的完整 is 领土完整.
_BETWEEN_HAN: Final = late_pattern(rf"(?<={HAN.pattern})[的之](?={HAN.pattern})")
#: What stands between phrases that are looked up at once.
_BETWEEN: Final = re.compile(r"[\s、，,;；/]+")
_STROKES: Final = late_pattern(
    rf"\s*[、，,;；/|]\s*|(?<={HAN.pattern})\s+(?={HAN.pattern}|\d)"
)
#: What else does where a question asks about two of them.
_AND: Final = late_pattern(
    rf"{_STROKES.pattern}|(?<={HAN.pattern}|”)[和与與跟同](?={HAN.pattern}|“)"
    r"|\s+(?:and|or|vs\.?|versus)\s+"
)
#: What an English phrase begins with that says what kind of thing the rest is.
_FRAME: Final = re.compile(
    r"(?:the )?(?:principle|policy|concept|idea|notion|issue|question|spirit|norm"
    r"|doctrine|practice|crime|status)s? of (?:the )?(?=\w)",
    re.IGNORECASE,
)
_LATIN_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.&-]*")
#: Letters beside Han characters that may be an acronym typed in small ones.
_IN_SMALL: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,6}(?![A-Za-z])")
#: So many phrases are looked up at once; fewer characters are none.
_PIECES: Final = 3
_LEAST: Final = 3
#: So many words of pinyin are read in runs; fewer syllables are read in too many ways.
_WORDS_OF_PINYIN: Final = 6
_SYLLABLES: Final = 2
#: What stands in a query by this much of it is what was asked for.
_MOST: Final = 0.5
#: Tiers that find a phrase as a whole, and the score of one that is all that is asked.
_WHOLE: Final = frozenset({"exact", "folded", "inflected", "fuzzy"})
_ALL: Final = 0.99
#: Tiers that find a phrase in a longer wording; of a piece, so many are shown.
_HOLDING: Final = frozenset({"prefix", "part"})
_FEW: Final = 2
#: Fewer letters, or one Han character, tell too little of what holds them.
_LEAST_HELD: Final = 4


def known_parts(question: Asked, recognition: Recognition) -> list[Hit]:
    """Return the terms that recognition finds in a query, the longest first.

    They do not overlap, and none is the whole query. What Taiwan words otherwise is
    looked for in the mainland's words too, and of phrases with a space or a comma
    between them each one's slip of typing is forgiven. There are none while a large
    glossary is being gathered for the first time.
    """
    try:
        snapshot = recognition.snapshot()
    except NotReady:
        return []
    text = question.plain.source
    holding: list[Hit] = []
    if phrase := asked_about(text):
        wholes, holding = _looked_up(question, phrase)
        if wholes:
            return wholes
        text = phrase
    texts = [text, *mainland(text)] if has_han(text) else [text]
    if has_han(text) and (capitals := _IN_SMALL.sub(_in_capitals, text)) != text:
        texts.append(capitals)
    if has_han(text) and (plain := _BETWEEN_HAN.sub("", text)) != text:
        texts.append(plain)
    parts = [_in_text(question, snapshot, text_there) for text_there in texts]
    hits = parts[0]
    if len(parts) > 1:
        most = [
            sum(hit.score for hit in hits) * _weight(text_there)
            for hits, text_there in zip(parts, texts, strict=True)
        ]
        hits = parts[most.index(max(most))]
    entries = {hit.entry for hit in hits}
    slips = [hit for hit in _mistyped(question, text) if hit.entry not in entries]
    if not (hits or slips):
        runs = [] if has_han(text) else _of_pinyin(question, text)
        return holding or runs or _that_hold_pieces(question, text)
    return sorted([*hits, *slips], key=lambda hit: -hit.score)


def _looked_up(
    question: Asked, phrase: str, *, score: float = _ALL
) -> tuple[list[Hit], list[Hit]]:
    """Return what a phrase of a query is, its slips forgiven, and what holds it.

    *Plenipotentiary* alone is no wording: it stands in that of an ambassador.
    """
    query = replace(question.query, q=phrase, from_=None)
    holding: dict[str, Hit] = {}
    for settled_one in settled(question.store, query, limit=question.limit):
        one = replace(settled_one, by_id=question.by_id)
        for hits in tiers(one, Nearest(one)):
            wholes: dict[str, Hit] = {}
            for hit in sorted(hits, key=one.order):
                if hit.block == BLOCKS[0] and hit.tier in _WHOLE:
                    wholes.setdefault(hit.entry, hit)
                elif hit.block == BLOCKS[0] and hit.tier in _HOLDING:
                    holding.setdefault(hit.entry, hit)
            if wholes:
                return _as_parts(wholes.values(), score), []
    tells = _weight(phrase) >= _LEAST_HELD
    return [], _as_parts(holding.values(), score) if tells else []


def _as_parts(hits: Iterable[Hit], score: float) -> list[Hit]:
    """Return hits of a phrase that stands in the query as parts of it."""
    return [
        replace(
            hit,
            block="known-parts",
            tier="part",
            score=score,
            via=("contained", *hit.via),
        )
        for hit in hits
    ]


def _that_hold_pieces(question: Asked, text: str) -> list[Hit]:
    """Return what phrases between commas and strokes are, or what holds them.

    In a question, *and* parts them too. So is looked up what an English phrase is
    *the principle of*.
    """
    between = _STROKES if text == question.plain.source else _AND
    pieces = [piece for piece in between.split(text) if piece]
    if framed := _FRAME.match(text):
        pieces = [text[framed.end() :]]
    elif not 1 < len(pieces) <= _PIECES:
        return []
    hits: list[Hit] = []
    for piece in pieces:
        share = min(round(_weight(piece) / max(_weight(text), 1), 3), _ALL)
        wholes, holding = _looked_up(question, piece, score=share)
        hits += wholes or holding[:_FEW]
    return sorted(hits, key=lambda hit: -hit.score)


def _of_pinyin(question: Asked, text: str) -> list[Hit]:
    """Return what words of pinyin beside one another are, the longest run first.

    *Duojihua shijie* is no wording, and 多极化 is one. A run that several ordinary
    words are read as tells nothing.
    """
    words = text.split()
    if not (1 < len(words) <= _WORDS_OF_PINYIN and is_pinyin(question.key)):
        return []
    scope = question.within("zh")
    hits: list[Hit] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + len(words) - 1), at, -1):
            letters = sound("".join(words[at:end]))
            if not _tells(letters):
                continue
            there = question.store.search.sounding(letters, scope, question.limit)
            if there:
                share = round(len(letters) / len(sound(text)), 3)
                some = question.hits("part", [(there[0], share, ("pinyin",))])
                hits += [replace(hit, block="known-parts") for hit in some]
                at = end - 1
                break
        at += 1
    return sorted(hits, key=lambda hit: -hit.score)


def _tells(letters: str) -> bool:
    """Say whether letters of pinyin are one word, as far as ordinary words tell."""
    syllables = onsets(letters)
    if len(syllables) != _SYLLABLES:
        return len(syllables) > _SYLLABLES
    first, second = map(sounding, syllables)
    words = han_words_among(a + b for a in first for b in second)
    return sum(sound(derived(word)) == letters for word in words) == 1


def _mistyped(question: Asked, text: str) -> list[Hit]:
    """Return what phrases beside one another are that each have a slip of typing."""
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    if not 1 < len(pieces) <= _PIECES or not all(map(has_han, pieces)):
        return []
    whole = _weight(text)
    hits: list[Hit] = []
    for piece in pieces:
        one = replace(question, plain=fold(piece))
        if len(one.key) < _LEAST or not question.query.wants("fuzzy"):
            continue
        if not question.store.search.having([one.key], question.scope, 1):
            share = round(_weight(piece) / max(whole, 1), 3)
            hits += [
                replace(hit, block="known-parts", score=share)
                for hit in one.hits("fuzzy", Nearest(one).slips[:1])
            ]
    return hits


def _in_text(question: Asked, snapshot: Snapshot, text: str) -> list[Hit]:
    """Return what stands in a text, but for the whole query."""
    filters = question.query.filters
    options = Wanted(
        glossaries=filters.glossaries,
        subject=filters.subject,
        state=filters.state,
        proof=filters.proof,
    )
    hits: dict[str, Hit] = {}
    whole = _weight(text)
    inside = (
        occurrence
        for occurrence in occurrences(snapshot, text, options)
        if not _PARTED.search(text, occurrence.start, occurrence.end)
    )
    for occurrence in longest(list(inside), text):
        hit = _hit(
            question, occurrence, text[occurrence.start : occurrence.end], whole=whole
        )
        if hit is not None:
            hits.setdefault(hit.entry, hit)
    return list(hits.values())


def _in_capitals(letters: re.Match[str]) -> str:
    return letters[0].upper()


@lru_cache(maxsize=1)
def recognition_of(store: Store) -> Recognition:
    """Return the recognition of a store, for who looks up without having one."""
    return Recognition(store)


def are_most(parts: list[Hit], *, of: float = _MOST) -> bool:
    """Say whether known parts make up more than a share of the query."""
    return sum(part.score for part in parts) > of


def outside(parts: list[Hit], question: Asked, wholes: Iterable[Hit]) -> list[Hit]:
    """Return the parts that stand in no whole which has more of the query than they.

    *Outer space arms control* has no more of *deterrence / arms control*. A part stands
    in a whole in any wording of its entry (*bilateral ties* in *bring bilateral
    relations back*), and in any form of its words (*mutually beneficial* in *strategy
    of mutual benefit*).
    """
    own = _units(question.key)
    others = [(hit.entry, key(hit.term.text)) for hit in wholes]

    def is_inside(hit: Hit) -> bool:
        part = key(hit.term.text)
        rest = own - _units(part)
        ways = _wordings(question, hit)
        return any(
            (part in w or (entry != hit.entry and _stands(part, ways, w)))
            and (part == w or _share(rest, _units(w)))
            for entry, w in others
        )

    return [hit for hit in parts if not is_inside(hit)]


def _wordings(question: Asked, hit: Hit) -> set[str]:
    """Return what the entry of a hit is called in its language, as keys."""
    lang = primary(hit.term.lang)
    terms = question.by_id[hit.entry].terms
    return {key(term.text) for term in terms if primary(term.lang) == lang}


def _stands(part: str, ways: set[str], whole: str) -> bool:
    """Say whether a whole has a part in one of these ways, or in forms of its words."""
    if has_han(whole):
        rest = iter(whole)
        is_clipped = len(part) >= _LEAST and all(c in rest for c in part)
        return is_clipped or any(len(way) > 1 and way in whole for way in ways)
    own, theirs = content(part), content(whole)
    return any(f" {way} " in f" {whole} " for way in ways) or (
        bool(own) and all(any(are_kin(one, w) for w in theirs) for one in own)
    )


def _share(some: set[str], others: set[str]) -> bool:
    """Say whether one of these words is one of those, mistyped or in another form."""
    return bool(some & others) or any(
        same_word(one, other) or are_kin(one, other)
        for one in some
        for other in others
        if not has_han(one + other)
    )


def _units(text: str) -> set[str]:
    """Return the words and Han characters of a key, but for small words."""
    return {*UNIT.findall(text)} - SMALL_WORDS


def _hit(
    question: Asked, occurrence: Occurrence, text: str, *, whole: int
) -> Hit | None:
    """Return the likeliest sense of what stands in a text of that weight as a hit."""
    weight = _weight(text)
    if not weight or key(text) == question.key:
        return None
    sense = occurrence.senses[0]
    score = round(min(weight / max(whole, 1), 0.99), 3)
    hit = question.hit(sense.entry, sense.term, "part", score=score, via=("contained",))
    return replace(hit, block="known-parts")


@lru_cache(maxsize=256)
def _weight(text: str) -> int:
    """Return how much words say: small ones nothing, a Han character two.

    So does each letter of an acronym, which stands for a word: *G20* is more of
    G20杭州峰会 than 峰会.
    """
    acronyms = {key(word) for word in _LATIN_WORD.findall(text) if is_acronym(word)}
    return sum(_weight_of(unit, acronyms) for unit in UNIT.findall(key(text)))


def _weight_of(unit: str, acronyms: set[str]) -> int:
    if has_han(unit) or unit in acronyms:
        return 2 * len(unit)
    return 0 if unit in SMALL_WORDS else len(unit)

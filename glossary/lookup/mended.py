"""Hits for a query that nothing answers, once a part of it is read another way.

A mistyped word or character is mended where the rest stands in a longer wording
(plenipotentary, 持绪发展目标), a number is written otherwise (5项原则), and words of
pinyin may be initials, have something between them, or have one letter wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from operator import eq
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from glossary.entry import Hit
from glossary.lookup.doubted import near_words
from glossary.lookup.fuzzy import Nearest, all_but_one
from glossary.lookup.settled import Asked
from glossary.lookup.tiers import around, is_pinyin, turned_in
from glossary.recognition import han_words_among, is_han_word
from glossary.store import Candidate
from glossary.text import (
    SMALL_WORDS,
    derived,
    fold,
    forgiving,
    halves,
    has_han,
    is_sound,
    is_word,
    numbered,
    of_wade_giles,
    of_zhuyin,
    onsets,
    slip_of_characters,
    sound,
    sounding,
    turns_by_itself,
    variants,
    whole,
)

_Found = list[tuple[Candidate, float, tuple[str, ...]]]
#: So many other ways to write a number are looked for inside wordings.
_WAYS: Final = 6
#: Fewer letters tell no word that was mistyped; fewer characters no part.
_LEAST_WORD: Final = 6
_LEAST_HALF: Final = 3
_LEAST_PART: Final = 4
_MOST_PART: Final = 12
#: No part of a wording is the query mistyped when more of its characters differ.
_MOST_WRONG: Final = 2
#: A wording is so much longer than a mistyped part of it, at most.
_LONGER: Final = 3
_WORDS: Final = (2, 6)
#: Fewer words that are not small tell no part of a wording.
_LEAST_WORDS: Final = 3
#: What begins with a mended word is as close as what has so much more of it inside.
_BEGINS: Final = 0.05
#: What is less of a wording has been asked for itself.
_MOST: Final = 2 / 3
#: Words of pinyin must be so much of what is read.
_COVERED: Final = 0.5
#: Fewer or more syllables are not looked for inside wordings.
_SYLLABLES: Final = (2, 6)
#: Of so many words of pinyin, one may have a letter wrong.
_ONE_WRONG: Final = 3
_VOWEL: Final = re.compile("[aeiouv]")
#: Prefixes of two letters that some write with a hyphen, others without.
_HYPHENATED: Final = ("de", "re", "co")
_HOMOPHONES: Final = frozenset({"homophone", "look-alike"})


def written_otherwise(question: Asked) -> Iterator[list[Hit]]:
    """Yield the wordings around a number that the query writes otherwise."""
    ways = variants(question.key) if has_han(question.key) else numbered(question.key)
    for text in islice(ways, _WAYS):
        for hits in around(replace(question, plain=fold(text))):
            yield [replace(hit, via=("numeral", *hit.via)) for hit in hits]


def in_longer(question: Asked) -> list[Hit]:
    """Return the wordings of which the query is a part with one character mistyped."""
    key = question.key
    if not _LEAST_PART <= len(key) <= _MOST_PART or not all(map(has_han, key)):
        return []
    candidates = question.store.search.matching(
        all_but_one([*key]),
        question.scope,
        question.limit,
        lengths=(len(key) + 1, _LONGER * len(key)),
    )
    plain: _Found = []
    turned: _Found = []
    for candidate in candidates:
        text = candidate.key
        rest = iter(text)
        if all(character in rest for character in key):
            # It is no slip that something was left out.
            continue
        for at in range(len(text) - len(key) + 1):
            part = text[at : at + len(key)]
            if sum(map(eq, key, part)) < len(key) - _MOST_WRONG:
                continue
            slip = slip_of_characters(key, part, is_word=is_han_word)
            if slip in _HOMOPHONES:
                is_other = turned_in(text, part) or turns_by_itself(key, part)
                some = turned if is_other else plain
                score = round(0.95 * len(key) / len(text), 3)
                some.append((candidate, score, (slip,)))
                break
    others = question.similar(question.hits("fuzzy", _best(question, turned)))
    return [*question.hits("fuzzy", _best(question, plain)), *others]


def but_for_small_words(question: Asked, nearest: Nearest) -> list[Hit]:
    """Return the wordings of which the query is most once small words are left out.

    *Mutual respect, peaceful coexistence, win-win* lacks an *and* of such a wording.
    """
    own = [word for word in question.key.split() if word not in SMALL_WORDS]
    if len(own) < _LEAST_WORDS:
        return []
    near: _Found = []
    for candidate, _, _ in nearest.all:
        words = candidate.key.split()
        at = [at for at, word in enumerate(words) if word not in SMALL_WORDS]
        there = [words[place] for place in at]
        for start in range(len(there) - len(own) + 1):
            if there[start : start + len(own)] == own:
                first, last = at[start], at[start + len(own) - 1]
                part = " ".join(words[first : last + 1])
                score = min(round(len(part) / len(candidate.key), 3), 0.99)
                if score >= _MOST and not turned_in(candidate.key, part):
                    near.append((candidate, score, ("missing-word",)))
                break
    return question.hits("part", _best(question, near))


def mistyped(question: Asked) -> Iterator[list[Hit]]:
    """Yield what an English query finds once its mistyped words are mended.

    The closest come first, whatever their status is; of those that are about as
    close, what begins so.
    """
    words = question.key.split()
    there = question.store.search.frequencies(map(whole, words))
    mended = [
        word if there[whole(word)] else _mended(question, word) or word
        for word in words
    ]
    if mended == words:
        return
    likely = replace(question, plain=fold(" ".join(mended)))
    hits = {hit.entry: hit for group in around(likely) for hit in reversed(group)}

    def closeness(hit: Hit) -> float:
        return hit.score + (_BEGINS if hit.tier == "prefix" else 0)

    for hit in sorted(hits.values(), key=closeness, reverse=True):
        slip = [replace(hit, tier="fuzzy", via=("typo", *hit.via))]
        yield question.similar(slip) if is_pinyin(question.key) else slip


def apart_or_together(question: Asked) -> Iterator[list[Hit]]:
    """Yield what holds an English query with a word in two, or with two words in one.

    *Selfdefence* stands in “right of self-defence”, *peace keeping* in “peacekeepers”.
    """
    words = question.key.split()
    compounds = [a + b for a, b in pairwise(words)]
    search = question.store.search
    there = search.frequencies(map(whole, words))
    cuts = {w: _in_two(w) for w in words if not there[whole(w)]}
    heads = {head for ways in cuts.values() for head, *_ in ways}
    there |= search.frequencies(map(whole, {*compounds, *heads}))
    # Only behind a head that may be a word is anything looked for.
    likely = {head for head in heads if there[whole(head)] or is_word(head)}
    cuts = {w: [way for way in ways if way[0] in likely] for w, ways in cuts.items()}
    rest = {half for ways in cuts.values() for way in ways for half in way}
    there |= search.frequencies(map(whole, rest)) if rest else {}
    ways = [
        [*words[:at], one, *words[at + 2 :]]
        for at, one in enumerate(compounds)
        if there[whole(one)]
    ]
    ways += [
        [*words[:at], *way, *words[at + 1 :]]
        for at, word in enumerate(words)
        if not there[whole(word)]
        for way in cuts[word]
        if any(there[whole(half)] for half in way)
        and all(there[whole(half)] or is_word(half) for half in way)
    ]
    for way in ways[:_WAYS]:
        for hits in around(replace(question, plain=fold(" ".join(way)))):
            yield [replace(hit, via=("space", *hit.via)) for hit in hits]


def _in_two(word: str) -> list[list[str]]:
    """Return the ways to cut a word in two, as keys have the halves."""
    return [halves(word, at) for at in _places(word)]


def _places(word: str) -> list[int]:
    """Return where a word may be two that are run together, or ends a prefix."""
    if not word.isalpha():
        return []
    begins = [len(prefix) for prefix in _HYPHENATED if word.startswith(prefix)]
    return [*begins, *range(_LEAST_HALF, len(word) - _LEAST_HALF + 1)]


def _mended(question: Asked, word: str) -> str | None:
    """Return the one word of the glossary that a mistyped one must be."""
    if len(word) < _LEAST_WORD or is_word(word):
        return None
    apart = sorted(
        (OSA.distance(word, w), w) for w in near_words(question, [word])[word]
    )
    (first, best), *others = apart or [(_LEAST_WORD, "")]
    is_alone = all(distance > first for distance, _ in others)
    return best if is_alone and first <= len(word) // _LEAST_WORD else None


def in_words_of_pinyin(question: Asked) -> list[Hit]:
    """Return wordings in which the query's words of pinyin stand, in their order."""
    spellings = [sound(word) for word in question.query.q.split()]
    if not _WORDS[0] <= len(spellings) <= _WORDS[1]:
        return []
    if not all(word.isascii() and word.isalpha() for word in spellings):
        return []
    words = [_Spoken.of(word) for word in spellings]
    if any(not word.sound and _VOWEL.search(word.text, 1) for word in words):
        # No syllable but the first begins with a vowel: these are no initials.
        return []
    letters = "".join(word.initials for word in words)
    begins = words[0].text if words[0].sound else ""
    if not any(word.sound for word in words) or len(letters) <= len(words):
        return []
    near: _Found = []
    search, scope = question.store.search, question.within("zh")
    lengths = range(len(letters), _LONGER * len(letters) + 1)
    for candidate, sounds in search.spoken_like(
        letters, begins or letters, scope, question.limit, lengths=lengths
    ):
        covered = _covered(words, onsets(sounds))
        if covered >= _COVERED:
            how = "pinyin" if all(word.sound for word in words) else "initials"
            near.append((candidate, round(0.9 * covered, 3), (how,)))
    return question.hits("pinyin", _best(question, near))


def within_pinyin(question: Asked) -> list[Hit]:
    """Return the wordings in which a word of pinyin stands behind others.

    Two syllables are read in too many ways: what has no more is only similar. In four
    and more, zh is as good as z, n as l, and ing as in. What may be zhuyin or
    Wade-Giles is read as that first.
    """
    text = question.query.q
    spellings = (of_zhuyin(text), of_wade_giles(text), sound(text))
    for letters in dict.fromkeys(filter(None, spellings)):
        if is_sound(letters) and (hits := _within_pinyin(question, letters)):
            return hits
    return []


def _within_pinyin(question: Asked, letters: str) -> list[Hit]:
    """Return the wordings in which these letters of pinyin stand behind others."""
    syllables = onsets(letters)
    if not _SYLLABLES[0] <= len(syllables) <= _SYLLABLES[1]:
        return []
    search = question.store.search
    first, second = map(sounding, syllables[:2])
    pairs = han_words_among(a + b for a in first for b in second)
    there = search.frequencies(pairs)
    candidates = search.matching(
        [[[pair for pair in pairs if there[pair]]]],
        question.within("zh"),
        question.limit,
        lengths=(len(syllables) + 1, _LONGER * len(syllables)),
    )
    forgiven = [forgiving(syllable) for syllable in syllables]
    rows: dict[str, _Found] = {"pinyin": [], "slip": [], "turned": []}
    for candidate in candidates:
        sounds = onsets(sound(derived(candidate.key)))
        score = round(0.9 * len(syllables) / len(candidate.key), 3)
        way, at = "pinyin", _stands_in(syllables, sounds)
        if at is None and len(syllables) >= _LEAST_PART:
            sounds = [forgiving(syllable) for syllable in sounds]
            way, at = "slip", _stands_in(forgiven, sounds)
        if at is not None:
            part = candidate.key[at : at + len(syllables)]
            block = "turned" if turned_in(candidate.key, part) else way
            rows[block].append((candidate, score, (way,)))
    plain = _best(question, rows["pinyin"] or rows["slip"])
    hits = question.hits("pinyin", plain)
    turned = question.hits("pinyin", _best(question, rows["turned"]))
    if len(syllables) == _SYLLABLES[0]:
        return question.similar([*hits, *turned])
    return [*hits, *question.similar(turned)]


def _stands_in(part: list[str], whole: list[str]) -> int | None:
    """Return where syllables stand in others, one after the other."""
    size = len(part)
    starts = range(len(whole) - size + 1)
    return next((at for at in starts if whole[at : at + size] == part), None)


def _best(question: Asked, near: _Found) -> _Found:
    """Return the best of each entry, as many as are wanted and one more."""
    best: dict[int, tuple[Candidate, float, tuple[str, ...]]] = {}
    for row in sorted(near, key=lambda f: (f[0].rank, -f[1], f[0])):
        best.setdefault(row[0].entry, row)
    return list(best.values())[: question.query.limit + 1]


class _Spoken(NamedTuple):
    """A word of a query in pinyin: its initials, and how it sounds to the forgiving.

    Any other letters are initials, and have no sound.
    """

    text: str
    initials: str
    sound: str

    @classmethod
    def of(cls, word: str) -> "_Spoken":
        """Return a word as it is spoken, if it is."""
        if not is_sound(word):
            return cls(word, word, "")
        initials = "".join(syllable[0] for syllable in onsets(word))
        return cls(word, initials, forgiving(word))


def _covered(words: list[_Spoken], syllables: list[str]) -> float:
    """Return how much of the syllables the words are: 0 unless all are found."""
    slips = 1 if len(words) >= _ONE_WRONG else 0
    at = total = 0
    for word in words:
        size = len(word.initials)
        for start in range(at, len(syllables) - size + 1):
            wrong = _wrong(word, syllables[start : start + size])
            if wrong <= slips:
                slips -= wrong
                total += size
                at = start + size
                break
        else:
            return 0
    return total / max(len(syllables), 1)


def _wrong(word: _Spoken, syllables: list[str]) -> int:
    """Return 0 for a word that is read as these syllables, 1 for a slip, else 2."""
    if not word.sound:
        return 0 if word.text == "".join(syllable[0] for syllable in syllables) else 2
    letters = forgiving("".join(syllables))
    if len(word.text) <= _LEAST_PART:
        return 0 if letters == word.sound else 2
    return OSA.distance(word.sound, letters, score_cutoff=1)

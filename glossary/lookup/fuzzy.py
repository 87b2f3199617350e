"""Terms for a query with typing mistakes, a word too many or too few, another order.

A mistake spoils few of a query's grams. Terms are asked for that hold the rest: every
unit but one (a word, a Han character), or one of three parts of a longer query. What
the store returns is then compared as a whole (`closeness`), and only what is close
enough counts.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from glossary.lookup.doubted import near_words
from glossary.lookup.settled import Asked
from glossary.recognition import is_han_word
from glossary.store import Candidate, Wanted
from glossary.text import (
    ENOUGH,
    HAN,
    PARTICLES,
    SMALL_WORDS,
    UNIT,
    Resemblance,
    derived,
    has_han,
    has_in_order,
    is_turned_round,
    of_characters,
    primary,
    slip_of_characters,
    slip_of_words,
    sound,
    stemmed,
    typed_for,
    whole,
)

#: A term, how close it is (0 to 1), and in what it differs.
Near = tuple[Candidate, float, tuple[str, ...]]
Found = list[Near]
#: A longer query is a text, and what stands in it is found otherwise.
_MOST_UNITS: Final = 30
_MOST_WORDS: Final = 24
#: Characters of a wording that is nearly a query when one of them differs.
_LEAST_WHOLE: Final = 4
#: Of so many units two may be a word too many.
_MORE_UNITS: Final = 5
_FAR: Final = 0.5
#: Characters of the shortest wording in which exchanged ones may stand apart.
_IDIOM: Final = 4
#: What each further mistake in a word takes from the closeness of a slip.
_MISTAKE: Final = 0.01
#: What is only similar shares so many characters or words, and so much of both.
_COMMON_HAN: Final = 3
_COMMON_WORDS: Final = 2
_COMMON: Final = 0.65
_SMALL: Final = SMALL_WORDS | PARTICLES
#: What joins two things of which either may stand first.
_AND: Final = "与和及"
#: So many are compared word by word, of each way to compare them roughly.
_LIKELY: Final = 40


class Nearest:
    """The terms nearest to a query, looked for once, when they are first needed."""

    def __init__(self, question: Asked) -> None:
        self._question = question

    @cached_property
    def slips(self) -> tuple[Near, ...]:
        """Terms that the query is a mistyped form of, the closest first.

        Words in another order are another wording where some term has them in the
        order that they were typed in: *UN Secretary-General*, *General Secretary*.
        """
        slips = tuple(filter(None, map(self._slip, self._close)))
        key = self._question.key
        turned = [row for row in slips if is_turned_round(key, row[0].key)]
        if turned and any(has_in_order(row[0].key, key) for row in self._close):
            return tuple(row for row in slips if row not in turned)
        return slips

    @cached_property
    def similar(self) -> tuple[Near, ...]:
        """Terms that are close, but another wording, the closest first."""
        slips = {row[0].entry for row in self.slips}
        return tuple(row for row in self._close if row[0].entry not in slips)

    @property
    def distant(self) -> tuple[Near, ...]:
        """Terms that share most of their words or characters with the query.

        They are shown as similar where nothing else is: *zero-sum mentality* is not
        *zero-sum game*, but nearer to it than to anything else.
        """
        key = self._question.key
        return tuple(row for row in self.all if _share_most(key, row[0].key))

    @property
    def is_nearly_there(self) -> bool:
        """Whether a wording of some length is the query but for one character."""
        key = self._question.key
        return len(key) >= _LEAST_WHOLE and any(
            OSA.distance(key, candidate.key, score_cutoff=1) == 1
            for candidate, _, _ in self.similar
        )

    @property
    def _close(self) -> tuple[Near, ...]:
        return tuple(row for row in self.all if row[1] >= ENOUGH)

    def _slip(self, near: Near) -> Near | None:
        """Return a term as the one that was meant, or None when it is another."""
        candidate, score, _ = near
        key = self._question.key
        if not has_han(key):
            is_slip = slip_of_words(key, candidate.key) or slip_of_words(
                stemmed(self._question.plain), candidate.stem
            )
            if not is_slip or "word-order" in near[2]:
                return near if is_slip else None
            # Of two words that may be meant, the one with fewer mistakes is closer.
            more = max(OSA.distance(key, candidate.key) - 1, 0)
            return candidate, score - _MISTAKE * min(more, 5), near[2]
        name = slip_of_characters(key, candidate.key, is_word=is_han_word)
        return (candidate, score, (name,)) if name else None

    @cached_property
    def all(self) -> tuple[Near, ...]:
        """These, and what is farther away but nearer than anything else."""
        question = self._question
        if has_han(question.key):
            near = [*_spoilt(question), *_by_characters(question)]
        else:
            near = [] if primary(question.from_) == "zh" else _by_words(question)
        best: dict[int, Near] = {}
        for row in sorted(near, key=lambda f: (-f[1], f[0].rank, len(f[0].key), f[0])):
            best.setdefault(row[0].entry, row)
        return tuple(best.values())[: 3 * question.query.limit]


def _share_most(q: str, text: str) -> bool:
    """Say whether two phrases have two thirds of their units in common, and enough.

    >>> _share_most("zero sum mentality", "zero sum game")
    True
    >>> _share_most("中亚五国", "五个中亚国家"), _share_most("合作机制", "协作机构")
    (True, False)
    """
    own, theirs = ([u for u in UNIT.findall(t) if u not in _SMALL] for t in (q, text))
    rest = list(theirs)
    for unit in own:
        if unit in rest:
            rest.remove(unit)
    common = len(theirs) - len(rest)
    least = _COMMON_HAN if has_han(q) else _COMMON_WORDS
    return common >= least and common >= _COMMON * (len(own) + len(theirs)) / 2


def _spoilt(question: Asked) -> Found:
    """Return the terms whose key is the query but for what is easily mistyped.

    Two characters are exchanged, or a particle is too many; one of two is another that
    looks or sounds alike. What is both is exchanged.
    """
    key = question.key
    ways = dict.fromkeys(_alike(key), (0.9, ("look-alike",)))
    if primary(question.from_) == "zh":
        ways |= dict.fromkeys(_exchanged(key), (0.95, ("swapped",)))
        for way in _turned(key):
            # Without the *and*, it is farther away.
            ways[way] = (0.92 if len(way) == len(key) else 0.9, ("word-order",))
    ways.pop(key, None)
    if not ways:
        return []
    candidates = question.store.search.having(
        sorted(ways), question.scope, question.limit
    )
    return [(candidate, *ways[candidate.key]) for candidate in candidates]


def _exchanged(key: str) -> set[str]:
    """Return a key with two characters exchanged, or without a particle of it.

    They are neighbours, or in an idiom have one between them: 数祖忘典 is 数典忘祖.
    """
    if not 2 <= len(key) <= _MOST_UNITS:
        return set()
    steps = (1, 2) if len(key) >= _IDIOM else (1,)
    turns = _moved(key) if len(key) == _IDIOM and has_han(key[:1]) else set()
    return (
        turns
        | {
            key[:at] + key[at : at + step + 1][::-1] + key[at + step + 1 :]
            for step in steps
            for at in range(len(key) - step)
        }
        | {key[:at] + key[at + 1 :] for at, c in enumerate(key) if c in PARTICLES}
    )


def _turned(key: str) -> set[str]:
    """Return a key with what stands before and behind an *and* in the other order.

    >>> sorted(_turned("合作与团结"))
    ['团结与合作', '团结及合作', '团结合作', '团结和合作']
    """
    places = [at for at, c in enumerate(key) if c in _AND and 1 < at < len(key) - 2]
    if len(places) != 1 or len(key) > _MOST_UNITS:
        return set()
    (at,) = places
    return {key[at + 1 :] + joint + key[:at] for joint in ("", *_AND)}


def _moved(key: str) -> set[str]:
    """Return a key with one character two places or more from where it was.

    >>> "难民公约" in _moved("难公约民")
    True
    """
    return {
        rest[:to] + key[at] + rest[to:]
        for at in range(len(key))
        for rest in [key[:at] + key[at + 1 :]]
        for to in range(len(key))
        if abs(to - at) > 1
    }


def _alike(key: str) -> set[str]:
    """Return two characters, where they are no word, with one typed for another."""
    if len(UNIT.findall(key)) != 2 or is_han_word(key):
        return set()
    return {key.replace(c, other) for c in key for other in typed_for(c)}


def _by_characters(question: Asked) -> Found:
    key, scope, search = question.key, question.scope, question.store.search
    units = UNIT.findall(key)
    if not 2 <= len(units) <= _MOST_UNITS:
        return []
    near: Found = []
    if primary(question.from_) == "zh":
        homophones = search.sounding(sound(derived(key)), scope, question.limit)
        near = [(c, 0.97, ("homophone",)) for c in homophones]
    size = len(key)
    ways: list[tuple[Wanted, int]] = []
    if len(units) > 2:
        ways.append((all_but_one(units), size - 1))
    if len(units) >= _MORE_UNITS:
        ways.append((_all_but_two(units), size - 2))
    if len(units) >= 6:
        ways.append((_thirds(units), size - 2))
    for grams, shortest in ways:
        candidates = search.matching(
            grams, scope, question.limit, lengths=(shortest, size * 8 // 5 + 1)
        )
        closeness = of_characters(key, (one.key for one in candidates))
        rows = zip(candidates, closeness, strict=True)
        near += [(one, *row) for one, row in rows if row.score >= _FAR]
        if any(score >= ENOUGH for _, score, _ in near):
            break
    return near


def all_but_one(units: list[str]) -> list[list[list[str]]]:
    """Return what a term holds when one unit of the query is wrong or too much.

    Two neighbours that are both right stand together, but for a unit that is missing
    between them; that case is among the others.
    """
    return [_grams(units[:at], units[at + 1 :]) for at in range(len(units))]


def _all_but_two(units: list[str]) -> list[list[list[str]]]:
    """Return what a term holds when two neighbours of the query are too much."""
    return [_grams(units[:at], units[at + 2 :]) for at in range(1, len(units) - 1)]


def _thirds(units: list[str]) -> list[list[list[str]]]:
    """Return what a term holds when two units of the query are wrong."""
    size = len(units)
    return [_grams(units[size * at // 3 : size * (at + 1) // 3]) for at in range(3)]


def _grams(*runs: list[str]) -> list[list[str]]:
    choices: list[list[str]] = []
    for run in runs:
        pairs = [[a + b] for a, b in pairwise(run) if HAN.match(a) and HAN.match(b)]
        choices += pairs or [[unit] for unit in run if HAN.match(unit)]
        choices += [[whole(unit)] for unit in run if not HAN.match(unit)]
    return choices


def _by_words(question: Asked) -> Found:
    key, text = question.key, stemmed(question.plain)
    size = len(key)
    words_of_key = list(dict.fromkeys(w for w in key.split() if w not in SMALL_WORDS))
    if not 1 <= len(words_of_key) <= _MOST_WORDS:
        return []
    to_stems = Resemblance(text)
    to_words = to_stems if key == text else Resemblance(key)
    near: Found = []
    words: list[list[str]] = []
    for is_known in (False, True):
        before, words = words, _meant(question, words_of_key, are_known=is_known)
        if words == before:
            # What stands in a term may be no other word: nothing new is meant.
            break
        wants: list[tuple[Wanted, int]] = [([words], size * 11 // 5 + 4)]
        if len(words) > 2:
            wants.append((_most_of(words), size * 3 // 2))
        for ways, longest in wants:
            candidates = question.store.search.matching(
                ways, question.scope, question.limit, lengths=(size * 3 // 5, longest)
            )
            likely = _likely(key, candidates)
            rows = _near_by(likely, to_stems, to_words)
            # Where something is close, only what has all the words in some form counts.
            near += [r for r in rows if "extra-word" not in r[2] or not _is_close(near)]
            if _is_close(r for r in near if "extra-word" not in r[2]):
                return near
        if _is_close(near):
            return near
    return near


def _is_close(near: Iterable[Near]) -> bool:
    return any(score >= ENOUGH for _, score, _ in near)


def _likely(key: str, candidates: list[Candidate]) -> list[Candidate]:
    """Return those of many that a rough comparison finds closest, in their order."""
    if len(candidates) <= 2 * _LIKELY:
        return candidates
    keys = [candidate.key for candidate in candidates]
    places = {
        place
        for scorer in (fuzz.ratio, fuzz.token_set_ratio)
        for _, _, place in process.extract(key, keys, scorer=scorer, limit=_LIKELY)
    }
    return [candidates[place] for place in sorted(places)]


def _near_by(
    candidates: list[Candidate], to_stems: Resemblance, to_words: Resemblance
) -> Found:
    """Compare stems, then words as written: a mistake may stand in an ending."""
    if not candidates:
        return []
    by_stem = to_stems.of(one.stem for one in candidates)
    pairs = list(zip(candidates, by_stem, strict=True))
    unsure = list({one.key: None for one, near in pairs if near.score < ENOUGH})
    by_word = dict(zip(unsure, to_words.of(unsure), strict=True))
    rows = [
        (one, *(near if near.score >= ENOUGH else max(near, by_word[one.key])))
        for one, near in pairs
    ]
    return [row for row in rows if row[1] >= _FAR]


def _most_of(words: list[list[str]]) -> Wanted:
    """Return what a term holds when one word of the query is wrong or too much.

    Of the four rarest words it holds three, of three it holds two.
    """
    few = words[:4]
    return [few[:at] + few[at + 1 :] for at in range(len(few))]


def _meant(
    question: Asked, words: Iterable[str], *, are_known: bool
) -> list[list[str]]:
    """Return, for each word, the grams of what it may be: itself, what it is near to.

    The rarest stand first. A word that stands in some term is doubted only when
    `known` ones are, too.
    """
    own = {word: whole(word) for word in words}
    there = question.store.search.frequencies(own.values())
    doubtful = [word for word, gram in own.items() if are_known or not there[gram]]
    near = near_words(question, doubtful) if doubtful else {}
    choices_of_words = [
        list(dict.fromkeys([gram, *map(whole, near.get(word, ()))]))
        for word, gram in own.items()
    ]
    there |= question.store.search.frequencies(
        g for choices in choices_of_words for g in choices
    )
    return sorted(choices_of_words, key=lambda choices: sum(there[g] for g in choices))

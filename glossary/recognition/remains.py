"""What a text still says when the words that stand for something are taken out."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from operator import attrgetter
from typing import Final

from glossary.recognition.occurrences import Occurrence
from glossary.recognition.sentences import Piece
from glossary.recognition.vocabulary import chinese_words, english_of
from glossary.text import (
    NEGATING,
    NEGATING_HAN,
    UNSPACED,
    Said,
    are_kin,
    content,
    has_han,
    heads,
)

_SLOT: Final = re.compile(r"\{[^}]*\}|…+|\.{3,}|_{2,}")
_RUN: Final = re.compile(f"[{UNSPACED}]+")
_TAKEN: Final = " "
_BEGIN: Final = attrgetter("start")
_END: Final = attrgetter("end")
#: Parts of a text that are kept as they are left; it is gone over in order.
_MOST_RESTS: Final = 256
#: Without it, what is left of a wording says the contrary.
NEGATION: Final = re.compile(
    rf"{NEGATING_HAN}|\b(?:{NEGATING}|nor|neither|un\w+|in\w+able)\b",
    re.IGNORECASE,
)
#: Nor does it without what puts an end to something, or is against it.
ENDING: Final = re.compile(
    "停|禁|制止|防止|防範|防范|拒|反对|反對|抵制|避免|杜绝|杜絕|消除|结束|結束|终止|終止|克制"
    "|取消|撤|废|廢|放弃|放棄|阻|打击|打擊|遏|[拦攔]|免"
    r"|\b(?:stop|ceas|halt|prevent|prohibit|ban\b|bann|reject|refus|oppos|against|resist"
    r"|avoid|eliminat|eradicat|end(?:ed|ing|s)?\b|terminat|refrain|restrain|cancel|lift"
    r"|withdr|abandon|abolish|renounc|combat|fight|counter|curb|suspen|remov|revok|block"
    r"|free of|against|contain)",
    re.IGNORECASE,
)


class Rest:
    """The words that are left in a part of a text."""

    def __init__(self, text: str | Callable[[], str]) -> None:
        self._text = text
        #: Of which wordings what is left here is another thing, and of which it is not.
        self.spoilt: dict[str, bool] = {}

    @cached_property
    def text(self) -> str:
        """What is left, with blanks for the rest; it is made when first asked for."""
        return self._text if isinstance(self._text, str) else self._text()

    @cached_property
    def negates(self) -> bool:
        """Whether anything negates here."""
        return NEGATION.search(self.text) is not None

    @cached_property
    def ends(self) -> bool:
        """Whether anything puts an end to something here, or is against it."""
        return ENDING.search(self.text) is not None

    @cached_property
    def english(self) -> Said:
        """The English words by their families."""
        return Said(Counter(self.heads))

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The English words by their heads, in order."""
        return tuple(heads(_RUN.sub(" ", self.text)))

    @cached_property
    def chinese(self) -> Counter[str]:
        """The Chinese words, simplified."""
        return Counter(words_of(self.text))

    @cached_property
    def in_english(self) -> Said:
        """What the Chinese words may be in English."""
        counts: dict[str, int] = {}
        for word, count in self.chinese.items():
            for head in english_of(word):
                counts[head] = counts.get(head, 0) + count
        return Said(counts)

    def explained_in_english(
        self, word: str, wording: Sequence[str], target: "Rest"
    ) -> int:
        """Return how often a word of a target may render a word that is left here.

        What the target has to render that with, other than a wording, does so first.
        """
        if not self.in_english.count(word):
            return 0
        times = 0
        for own, count in self.chinese.items():
            if _is_rendered_by(own, word):
                renderings = english_of(own)
                others = sum(
                    target.english.count(rendering)
                    for rendering in renderings
                    if not any(are_kin(rendering, part) for part in wording)
                )
                times += max(count - others, 0)
        return times

    def explained_in_chinese(
        self, word: str, wording: Sequence[str], target: "Rest"
    ) -> int:
        """Return how often a Chinese word of a target may render what is left here."""
        times = 0
        for head in english_of(word):
            count = self.english.count(head)
            if count:
                own = sum(
                    target.chinese[character]
                    for character in {word, *wording}
                    if _is_rendered_by(character, head)
                )
                others = target.in_english.count(head) - own
                times += max(count - max(others, 0), 0)
        return times


@lru_cache(maxsize=65_536)
def _is_rendered_by(word: str, head: str) -> bool:
    """Say whether the head of an English word may render a Chinese one."""
    return any(are_kin(head, own) for own in english_of(word))


class Remains:
    """What is left of a text when places are taken out."""

    def __init__(self, text: str) -> None:
        self.text = text
        #: What is taken out, in the order of the text; no two places overlap.
        self._gaps: list[Piece] = []
        self._rests: dict[tuple[Piece, tuple[Piece, ...]], Rest] = {}

    def take(self, at: Occurrence) -> None:
        """Take out what stands for something."""
        for start, end in at.parts or ((at.start, at.end),):
            self._take_out(Piece(start, end))

    def _take_out(self, place: Piece) -> None:
        """Take out a place, as one with those that it touches."""
        gaps = self._gaps
        first = bisect_left(gaps, place.start, key=_END)
        behind = bisect_right(gaps, place.end, key=_BEGIN)
        start, end = place
        if first < behind:
            start = min(start, gaps[first].start)
            end = max(end, gaps[behind - 1].end)
        gaps[first:behind] = [Piece(start, end)]
        for name in [n for n in self._rests if n[0].touches(place)]:
            del self._rests[name]

    def has_text(self, text: str, within: Piece) -> bool:
        """Say whether a text is left in a part of this one as it is."""
        return text in self.rest(within).text

    def rest(self, within: Piece, but: Iterable[Piece] = ()) -> Rest:
        """Return what is left in a part of the text, without some places of it."""
        name = within, tuple(but)
        remainder = self._rests.get(name)
        if remainder is None:
            if len(self._rests) >= _MOST_RESTS:
                self._rests.clear()
            # What is taken out later, and lies in it, has it forgotten.
            remainder = self._rests[name] = Rest(partial(self._without, *name))
        return remainder

    def _without(self, within: Piece, but: Iterable[Piece]) -> str:
        first = bisect_right(self._gaps, within.start, key=_END)
        behind = bisect_left(self._gaps, within.end, key=_BEGIN)
        parts: list[str] = []
        at = within.start
        for place in sorted((*self._gaps[first:behind], *but)):
            start, end = max(place.start, at), min(place.end, within.end)
            if start < end:
                parts += (self.text[at:start], _TAKEN * (end - start))
                at = end
        return "".join((*parts, self.text[at : within.end]))


def has_word(wording: str, target: Rest) -> bool:
    """Say whether any word of a wording is left in a target."""
    return any(_counts(wording, target))


def has_words(wording: str, target: Rest) -> bool:
    """Say whether all words of a wording without figures are left in a target."""
    return not any(map(str.isdigit, wording)) and all(_counts(wording, target))


def _counts(wording: str, target: Rest) -> Iterator[int]:
    is_chinese, words = _words(wording)
    count = target.chinese.__getitem__ if is_chinese else target.english.count
    return map(count, words)


@lru_cache(maxsize=32_768)
def _words(wording: str) -> tuple[bool, tuple[str, ...]]:
    """Return whether a wording is Chinese, and its words."""
    bare = _SLOT.sub(" ", wording)
    if has_han(wording):
        return True, tuple(words_of(bare))
    return False, content(bare)


def words_of(text: str) -> Iterator[str]:
    """Yield the Chinese words of a text, simplified."""
    for run in _RUN.findall(text):
        yield from chinese_words(run)

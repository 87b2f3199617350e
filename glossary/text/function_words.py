"""Articles, small words and apostrophes: what the rules of English here set apart."""

from typing import Final

ARTICLES: Final = frozenset({"a", "an", "the"})
#: An article at the beginning of a folded text, with its space, and something behind.
LEADING_ARTICLE: Final = rf"(?:{'|'.join(sorted(ARTICLES))}) (?=.)"
#: Words that say little about what a phrase is about, as they stand in a folded text.
SMALL_WORDS: Final = ARTICLES | frozenset(
    "and as at by for from in into is its of on or our s that their this to we "
    "with".split()
)
#: Words that a title writes small, but for its first one.
SMALL_IN_TITLES: Final = ARTICLES | frozenset(
    "and but or nor of in on at to for by with from as between".split()
)
#: Words that negate what follows, as patterns: one Han character, an English word.
NEGATING_HAN: Final = "[不未没沒无無非勿]"
NEGATING: Final = "not?|non|never|without"
#: What is written for an apostrophe; the last one is the first in full width.
APOSTROPHES: Final = "'’‘ʼ`´＇"
#: The end of a possessive, with or without its s, as a pattern.
POSSESSIVE: Final = rf"[{APOSTROPHES}][sS]?$"

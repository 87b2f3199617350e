"""The tiers of a lookup, one after the other, each only when it is needed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from glossary.entry import Entry, Hit, Term
from glossary.lookup.fuzzy import Near, Nearest
from glossary.lookup.pinyin import spoken
from glossary.lookup.settled import Asked
from glossary.recognition import is_han_word
from glossary.store import Candidate, Search
from glossary.text import (
    american_start,
    compared,
    differences,
    fold,
    has_han,
    is_acronym,
    is_of_acronyms,
    is_sound,
    is_word,
    letters_of,
    of_anyone,
    primary,
    stem,
    stemmed,
    turns,
    variants,
)

#: The shortest terms that begin so, or hold a part, are enough to choose from.
_ENOUGH = 40
#: Fewer letters say nothing inside a word.
_LEAST_INSIDE = 5
#: More letters in capitals are hardly one.
_LONGEST_ACRONYM = 5
#: The score of an acronym for a query that may mean a word.
_DOUBTFUL = 0.9


def tiers(
    asked: Asked, nearest: Nearest, *, literal: bool = False, typing: bool = False
) -> Iterator[list[Hit]]:
    """Yield hits, tier after tier, as far as they are asked for.

    An entry may come again in a later tier. `literal` leaves out whatever is not
    the query as written or folded; while somebody is `typing`, nothing is looked for
    that takes long.
    """
    if not asked.key:
        return
    wants = asked.query.wants
    equal = [
        _equal_hit(asked, entry, entry.terms[at])
        for _, at, entry in asked.store.search.equal(
            asked.key, asked.scope, asked.limit
        )
    ]
    found = [hit for hit in equal if wants(hit.tier)]
    yield [hit for hit in found if not _is_behind(asked, hit)]
    sure = bool(equal)
    if not literal and primary(asked.from_) != "zh":
        forms = _inflected(asked) if wants("inflected") else []
        sure = sure or bool(forms)
        yield [hit for hit in forms if not _is_behind(asked, hit)]
        found += forms
    if not (sure or literal or typing) and wants("folded"):
        others = _written_otherwise(asked)
        sure = bool(others)
        yield others
    behind = [hit for hit in found if _is_behind(asked, hit)]
    words = [replace(hit, score=_DOUBTFUL) for hit in behind if _is_a_word(hit)]
    yield [hit for hit in behind if not _is_a_word(hit)]
    if words:
        yield from _that_go_on(asked, room=len(words))
    yield words
    if not literal and wants("pinyin") and not has_han(asked.query.q):
        # In small letters an acronym with an s may be initials: SSDs, 说三道四.
        is_plain = any(not _is_behind(asked, hit) for hit in found)
        for heard in spoken(asked, sure=sure and (bool(equal) or is_plain)):
            yield asked.hits("pinyin", heard)
    yield from _beginning(asked, typing=typing)
    if typing or literal:
        return
    # Who has found the very phrase is not shown others that look like it.
    if wants("fuzzy") and not sure:
        for group in _graded(nearest.slips):
            hits = asked.hits("fuzzy", group)
            # Who types pinyin has mistyped no English: xiwang is not Xizang.
            yield (
                asked.similar(hits)
                if is_pinyin(asked.key)
                else [
                    replace(hit, difference=compared(asked.folded, fold(hit.term.text)))
                    for hit in hits
                ]
            )


def _written_otherwise(asked: Asked) -> list[Hit]:
    """Return the terms that write a number or a compound of the query otherwise."""
    keys = variants(asked.key)
    found = asked.store.search.having(keys, asked.scope, asked.limit) if keys else []
    return asked.hits(
        "folded", [(c, 0.99, (_how_written(asked.key, c.key),)) for c in found]
    )


def _how_written(key: str, other: str) -> str:
    """Name what differs between two ways to write a wording."""
    return "space" if key.replace(" ", "") == other.replace(" ", "") else "numeral"


def _is_behind(asked: Asked, hit: Hit) -> bool:
    """Say whether a hit stands behind ordinary words: who asks for *he* means no H.E.

    An acronym is meant in the first place only when the query is in capitals.
    """
    return is_of_acronyms(hit.term.text) and not is_of_acronyms(asked.query.q)


def _is_a_word(acronym: Hit) -> bool:
    """Say whether an acronym's letters are an English word."""
    return is_word(letters_of(acronym.term.text))


def _that_go_on(asked: Asked, *, room: int) -> Iterator[list[Hit]]:
    """Yield the hits that begin with the query as a word, with `room` for others."""
    if asked.query.wants("prefix"):
        whole = f"{asked.key} "
        limit = max(asked.query.limit - room, 1)
        found = asked.store.search.starting(whole, asked.scope, limit)
        hits = asked.hits("prefix", [(c, _covered(asked.key, c), ()) for c in found])
        yield [hit for hit in hits if not any(map(is_acronym, hit.term.text.split()))]


def _unturned(asked: Asked, tier: str, chosen: list[Candidate], part: str) -> list[Hit]:
    """Make hits of terms that hold a part; those that turn it are only similar.

    Who asks for 总理 is not answered with 副总理, nor *acceptable* with *unacceptable*.
    """
    turned = [c for c in chosen if turned_in(c.key, part)]
    plain = [c for c in chosen if c not in turned]
    others = asked.similar(asked.hits(tier, _weighed(turned, part))) if turned else []
    return [*asked.hits(tier, _weighed(plain, part)), *others]


def _weighed(
    chosen: list[Candidate], part: str
) -> list[tuple[Candidate, float, tuple[str, ...]]]:
    return [(candidate, _covered(part, candidate), ()) for candidate in chosen]


def _inflected(asked: Asked) -> list[Hit]:
    stem = stemmed(asked.folded)
    found = asked.store.search.formed(stem, asked.scope, asked.limit)
    others = {stemmed(fold(text)) for text in of_anyone(asked.folded.source)} - {stem}
    if others:
        found += asked.store.search.forming(sorted(others), asked.scope, asked.limit)
    return asked.hits(
        "inflected",
        [(c, 1.0, ("inflection",)) for c in found if c.key != asked.key],
    )


def _beginning(asked: Asked, *, typing: bool) -> Iterator[list[Hit]]:
    """Yield the hits of the tiers prefix and part.

    A word that is whole is taken for whole: *attach* goes on in “attach importance”
    sooner than in “attaché”, *war* stands in “Cold War” sooner than it begins “warn”,
    and in no acronym (*law*, LAWS) sooner than anywhere. While somebody is `typing`,
    what begins with the query comes first in any case.
    """
    if not (asked.query.wants("prefix") or asked.query.wants("part")):
        return
    start, seen = start_of(asked.key), set[int]()
    is_whole = is_word(asked.key.rpartition(" ")[2])
    later: list[list[Hit]] = []
    acronyms: list[Hit] = []
    for tier in ("prefix", "part"):
        if not asked.query.wants(tier):
            continue
        found = holding(asked, tier, start, search=asked.store.search, typing=typing)
        chosen = best_of(found, seen, asked.query.limit + 1, asked.key)
        seen |= {candidate.entry for candidate in chosen}
        for as_words in (True, False):
            some = [c for c in chosen if _holds_words(c.key, asked.key) == as_words]
            hits = _unturned(asked, tier, some, start)
            is_doubtful = not as_words or not is_whole
            if is_doubtful and is_of_acronyms(asked.query.q) and not typing:
                hits = _of_acronyms(asked, hits)
            late = [h for h in hits if is_whole and _is_behind(asked, h)]
            acronyms += late
            hits = [hit for hit in hits if hit not in late]
            if as_words or typing or not is_whole:
                yield hits
            else:
                later.append(hits)
    yield from later
    yield acronyms


def _of_acronyms(asked: Asked, hits: list[Hit]) -> list[Hit]:
    """Return hits of a query in capitals; words that it is no acronym of are similar.

    SUV is not the beginning of Suva. What has more letters is typed so by habit.
    """
    if len(asked.key) > _LONGEST_ACRONYM:
        return hits
    letters = letters_of(asked.query.q).upper()
    words = [h for h in hits if letters not in h.term.text.replace(".", "")]
    return [*(hit for hit in hits if hit not in words), *asked.similar(words)]


def holding(
    asked: Asked, tier: str, start: str, *, search: Search, typing: bool = False
) -> list[Candidate]:
    """Return terms that a search finds to begin with the query, or to hold it.

    Few letters, and those of an acronym, stand inside no word: RCEP is not *intercept*.
    """
    enough = _ENOUGH if typing else max(_ENOUGH, 4 * asked.query.limit)
    limit = min(enough, asked.limit)
    if tier == "prefix":
        return search.starting(start, asked.scope, limit)
    is_short = len(asked.key) < _LEAST_INSIDE or is_of_acronyms(asked.query.q)
    return search.containing(
        start, asked.scope, limit, quick=typing, inside=not is_short
    )


def around(asked: Asked) -> Iterator[list[Hit]]:
    """Yield the hits that are, begin with or hold the query, as far as asked for."""
    if asked.query.wants("folded"):
        found = asked.store.search.having([asked.key], asked.scope, asked.limit)
        yield asked.hits("folded", [(c, 0.99, ()) for c in found])
    yield from _beginning(asked, typing=False)


def is_pinyin(key: str) -> bool:
    """Say whether every word of a key may be pinyin, and no English word."""
    words = key.split()
    return all(map(is_sound, words)) and not all(map(is_word, words))


def turned_in(key: str, part: str) -> bool:
    """Say whether a key turns a part of it into another title or its contrary."""
    return turns(key, part, is_word=is_han_word)


def _holds_words(key: str, part: str) -> bool:
    """Say whether a key has a part as words of its own, or as a form of them."""
    if has_han(part[-1:]):
        return key.startswith(part)
    return f" {part} " in f" {key} " or f" {stem(part)} " in f" {stem(key)} "


def best_of(
    candidates: list[Candidate], seen: set[int], limit: int, part: str
) -> list[Candidate]:
    """Return the best candidate of each entry that was not seen, as far as needed.

    Those come first that have the query as words of its own.
    """
    best: dict[int, Candidate] = {}
    for candidate in sorted(
        candidates,
        key=lambda c: (not _holds_words(c.key, part), c.rank, len(c.key), c.key),
    ):
        if candidate.entry not in seen:
            best.setdefault(candidate.entry, candidate)
    return list(best.values())[:limit]


def _covered(part: str, candidate: Candidate) -> float:
    return min(len(part) / len(candidate.key), 0.99)


def start_of(key: str) -> str:
    """Return the key with its last word cut back to what it surely begins with."""
    head, space, last = key.rpartition(" ")
    return head + space + american_start(last)


def _equal_hit(asked: Asked, entry: Entry, term: Term) -> Hit:
    """Make a hit of a term with the query's key; `via` says what folding overlooked."""
    if term.text == asked.folded.source:
        return asked.hit(entry, term, "exact", score=1.0, via=())
    via = differences(asked.folded, fold(term.text))
    return asked.hit(entry, term, "folded", score=1.0, via=via)


def _graded(found: Sequence[Near]) -> Iterator[list[Near]]:
    """Yield candidates in groups of about the same closeness, the closest first."""
    grades = sorted({int(score * 20) for _, score, _ in found}, reverse=True)
    for grade in grades:
        yield [each for each in found if int(each[1] * 20) == grade]

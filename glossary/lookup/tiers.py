"""The tiers of a lookup, one after the other, each only when it is needed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from glossary.entry import Entry, Hit, Term
from glossary.lookup.fuzzy import Near, Nearest
from glossary.lookup.holding import (
    ENOUGH,
    best_of,
    covered,
    holding,
    holds_words,
    start_of,
)
from glossary.lookup.pinyin import spoken
from glossary.lookup.settled import Asked
from glossary.recognition import is_han_word
from glossary.store import Candidate
from glossary.text import (
    SMALL_WORDS,
    breaks_a_syllable,
    compared,
    differences,
    fold,
    has_han,
    is_acronym,
    is_of_acronyms,
    is_sound,
    is_word,
    letters_of,
    mainland,
    of_anyone,
    primary,
    sound,
    stemmed,
    turns,
    variants,
    whole,
)

#: More letters in capitals are hardly one.
_LONGEST_ACRONYM = 5
#: What holds words in other forms is so many times longer, and so many letters more.
_LONGER = 3
_MORE = 24
#: The score of an acronym for a query that may mean a word.
_DOUBTFUL = 0.9


def tiers(
    question: Asked, nearest: Nearest, *, literal: bool = False, typing: bool = False
) -> Iterator[list[Hit]]:
    """Yield hits, tier after tier, as far as they are asked for.

    An entry may come again in a later tier. `literal` leaves out whatever is not
    the query as written or folded; while somebody is `typing`, nothing is looked for
    that takes long.
    """
    if not question.key:
        return
    wants = question.query.wants
    equal = [
        _equal_hit(question, entry, entry.terms[at])
        for _, at, entry in question.store.search.equal(
            question.key, question.scope, question.limit
        )
    ]
    hits = [hit for hit in equal if wants(hit.tier)]
    yield [hit for hit in hits if not _is_behind(question, hit)]
    sure = bool(equal)
    if not literal and primary(question.from_) != "zh":
        forms = _inflected(question) if wants("inflected") else []
        sure = sure or bool(forms)
        yield [hit for hit in forms if not _is_behind(question, hit)]
        hits += forms
    if not (sure or literal or typing) and wants("folded"):
        others = _written_otherwise(question)
        sure = bool(others)
        yield others
    behind = [hit for hit in hits if _is_behind(question, hit)]
    words = [replace(hit, score=_DOUBTFUL) for hit in behind if _is_a_word(hit)]
    yield [hit for hit in behind if not _is_a_word(hit)]
    if words:
        yield from _that_go_on(question, room=len(words))
    yield words
    if not literal and wants("pinyin") and not has_han(question.query.q):
        # In small letters an acronym with an s may be initials: SSDs, 说三道四.
        is_plain = any(not _is_behind(question, hit) for hit in hits)
        for rows in spoken(question, sure=sure and (bool(equal) or is_plain)):
            yield from _as_heard(question, rows, typing=typing)
    yield from _beginning(
        question, typing=typing, in_forms=not (sure or literal or typing)
    )
    if typing or literal:
        return
    # Who has found the very phrase is not shown others that look like it.
    if wants("fuzzy") and not sure:
        for group in _graded(nearest.slips):
            hits = question.hits("fuzzy", group)
            # Who types pinyin has mistyped no English: xiwang is not Xizang.
            yield (
                question.similar(hits)
                if is_pinyin(question.key)
                else [
                    replace(
                        hit, difference=compared(question.plain, fold(hit.term.text))
                    )
                    for hit in hits
                ]
            )


def _written_otherwise(question: Asked) -> list[Hit]:
    """Return the terms that write a number or a compound of the query otherwise.

    So do those that are what Taiwan or Hong Kong calls otherwise: 高峰會 is 峰会. What
    is left without a Chinese character is English: G二十 is G20.
    """
    keys = variants(question.key)
    search = question.store.search
    plain = search.having(keys, question.scope, question.limit) if keys else []
    ways = {c: _how_written(question.key, c.key) for c in plain}
    if has_han(question.key):
        english = [key for key in keys if not has_han(key)]
        theirs = [fold(text).key for text in mainland(question.plain.source)]
        if english:
            scope = question.within("en")
            there = search.having(english, scope, question.limit)
            ways |= dict.fromkeys(there, "numeral")
        if theirs:
            there = search.having(theirs, question.scope, question.limit)
            ways |= dict.fromkeys(there, "wording")
    return question.hits("folded", [(c, 0.99, (way,)) for c, way in ways.items()])


def _how_written(key: str, other: str) -> str:
    """Name what differs between two ways to write a wording."""
    return "space" if key.replace(" ", "") == other.replace(" ", "") else "numeral"


def _is_behind(question: Asked, hit: Hit) -> bool:
    """Say whether a hit stands behind ordinary words: who asks for *he* means no H.E.

    An acronym is meant in the first place only when the query is in capitals.
    """
    return is_of_acronyms(hit.term.text) and not is_of_acronyms(question.query.q)


def _is_a_word(acronym: Hit) -> bool:
    """Say whether an acronym's letters are an English word."""
    return is_word(letters_of(acronym.term.text))


def _that_go_on(question: Asked, *, room: int) -> Iterator[list[Hit]]:
    """Yield the hits that begin with the query as a word, with `room` for others."""
    if question.query.wants("prefix"):
        whole = f"{question.key} "
        limit = max(question.query.limit - room, 1)
        candidates = question.store.search.starting(whole, question.scope, limit)
        hits = question.hits(
            "prefix", [(c, covered(question.key, c), ()) for c in candidates]
        )
        yield [hit for hit in hits if not any(map(is_acronym, hit.term.text.split()))]


def _unturned(
    question: Asked, tier: str, candidates: list[Candidate], part: str
) -> list[Hit]:
    """Make hits of terms that hold a part; those that turn it are only similar.

    Who asks for 总理 is not answered with 副总理, nor *acceptable* with *unacceptable*.
    """
    if not candidates:
        return []
    turned = [c for c in candidates if turned_in(c.key, part)]
    plain = [c for c in candidates if c not in turned]
    others = (
        question.similar(question.hits(tier, _weighed(turned, part))) if turned else []
    )
    return [*question.hits(tier, _weighed(plain, part)), *others]


def _weighed(
    candidates: list[Candidate], part: str
) -> list[tuple[Candidate, float, tuple[str, ...]]]:
    return [(candidate, covered(part, candidate), ()) for candidate in candidates]


def _inflected(question: Asked) -> list[Hit]:
    stem = stemmed(question.plain)
    candidates = question.store.search.formed(stem, question.scope, question.limit)
    others = {stemmed(fold(text)) for text in of_anyone(question.plain.source)} - {stem}
    if others:
        candidates += question.store.search.forming(
            sorted(others), question.scope, question.limit
        )
    return question.hits(
        "inflected",
        [(c, 1.0, ("inflection",)) for c in candidates if c.key != question.key],
    )


def _as_heard(
    question: Asked,
    rows: Sequence[tuple[Candidate, float, tuple[str, ...]]],
    *,
    typing: bool,
) -> Iterator[list[Hit]]:
    """Yield hits of what is heard; what breaks a whole syllable is only similar.

    *Xigua* is 西瓜, not the beginning of 习惯, unless somebody is still `typing`.
    """
    if not rows:
        return
    letters = sound(question.query.q)
    broken: list[tuple[Candidate, float, tuple[str, ...]]] = []
    # What is read just so has all of its syllables.
    if rows[0][1] < 1.0 and not typing and is_sound(letters):
        broken = [row for row in rows if breaks_a_syllable(letters, row[0].key)]
    if not broken:
        yield question.hits("pinyin", rows)
        return
    yield question.hits("pinyin", [row for row in rows if row not in broken])
    yield question.similar(question.hits("pinyin", broken))


def _beginning(
    question: Asked, *, typing: bool, in_forms: bool = False
) -> Iterator[list[Hit]]:
    """Yield the hits of the tiers prefix and part.

    A word that is whole is taken for whole: *attach* goes on in “attach importance”
    sooner than in “attaché”, *war* stands in “Cold War” sooner than it begins “warn”,
    and in no acronym (*law*, LAWS) sooner than anywhere; `in_forms`, its other forms
    stand before what it begins. While somebody is `typing`, what begins with the query
    comes first in any case.
    """
    if not (question.query.wants("prefix") or question.query.wants("part")):
        return
    start, entries = start_of(question.key), set[int]()
    is_whole = is_word(question.key.rpartition(" ")[2])
    later: list[list[Hit]] = []
    acronyms: list[Hit] = []
    for tier in ("prefix", "part"):
        if not question.query.wants(tier):
            continue
        candidates = holding(
            question, tier, start, search=question.store.search, typing=typing
        )
        most = question.query.limit + 1
        best = best_of(candidates, entries, most, question.key, tier=tier)
        entries |= {candidate.entry for candidate in best}
        wholes = [c for c in best if holds_words(c.key, question.key)]
        others = [c for c in best if c not in wholes]
        for as_words, some in ((True, wholes), (False, others)):
            hits = _unturned(question, tier, some, start)
            is_doubtful = not as_words or not is_whole
            if is_doubtful and is_of_acronyms(question.query.q) and not typing:
                hits = _of_acronyms(question, hits)
            late = [h for h in hits if is_whole and _is_behind(question, h)]
            acronyms += late
            hits = [hit for hit in hits if hit not in late]
            if as_words or typing or not is_whole:
                yield hits
            else:
                later.append(hits)
    if is_whole and in_forms and question.query.wants("part"):
        yield _in_other_forms(question, entries)
    yield from later
    yield acronyms


def _in_other_forms(question: Asked, entries: set[int]) -> list[Hit]:
    """Return hits that hold the words of the query in other forms, but those found.

    *Ambassadors* stands in “summon the ambassador”, *ratifying* in “ratify a treaty”.
    """
    part = stemmed(question.plain)
    words = [word for word in part.split() if word not in SMALL_WORDS]
    if primary(question.from_) == "zh" or not words or is_acronym(question.query.q):
        return []
    candidates = question.store.search.matching(
        [[[whole(word)] for word in words]],
        question.scope,
        ENOUGH,
        lengths=(len(part), _LONGER * len(part) + _MORE),
    )
    best: dict[int, Candidate] = {}
    for candidate in candidates:
        if f" {part} " in f" {candidate.stem} " and candidate.entry not in entries:
            best.setdefault(candidate.entry, candidate)
    turned: list[Near] = []
    plain: list[Near] = []
    for candidate in best.values():
        score = min(len(part) / len(candidate.stem), 0.99)
        rows = turned if turned_in(candidate.stem, part) else plain
        rows.append((candidate, score, ("inflection",)))
    others = question.similar(question.hits("part", turned)) if turned else []
    return [*question.hits("part", plain), *others]


def _of_acronyms(question: Asked, hits: list[Hit]) -> list[Hit]:
    """Return hits of a query in capitals; words that it is no acronym of are similar.

    SUV is not the beginning of Suva. What has more letters is typed so by habit.
    """
    if len(question.key) > _LONGEST_ACRONYM:
        return hits
    letters = letters_of(question.query.q).upper()
    words = [h for h in hits if letters not in h.term.text.replace(".", "")]
    return [*(hit for hit in hits if hit not in words), *question.similar(words)]


def around(question: Asked) -> Iterator[list[Hit]]:
    """Yield the hits that are, begin with or hold the query, as far as asked for."""
    if question.query.wants("folded"):
        candidates = question.store.search.having(
            [question.key], question.scope, question.limit
        )
        yield question.hits("folded", [(c, 0.99, ()) for c in candidates])
    yield from _beginning(question, typing=False)


def is_pinyin(key: str) -> bool:
    """Say whether every word of a key may be pinyin, and no English word."""
    words = key.split()
    return all(map(is_sound, words)) and not all(map(is_word, words))


def turned_in(key: str, part: str) -> bool:
    """Say whether a key turns a part of it into another title or its contrary."""
    return turns(key, part, is_word=is_han_word)


def _equal_hit(question: Asked, entry: Entry, term: Term) -> Hit:
    """Make a hit of a term with the query's key; `via` says what folding overlooked."""
    if term.text == question.plain.source:
        return question.hit(entry, term, "exact", score=1.0, via=())
    via = differences(question.plain, fold(term.text))
    return question.hit(entry, term, "folded", score=1.0, via=via)


def _graded(near: Sequence[Near]) -> Iterator[list[Near]]:
    """Yield candidates in groups of about the same closeness, the closest first."""
    grades = sorted({int(score * 20) for _, score, _ in near}, reverse=True)
    for grade in grades:
        yield [row for row in near if int(row[1] * 20) == grade]

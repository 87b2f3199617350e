"""What the first page says of the store: what it holds, whose, how current."""

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from glossary.entry import APPROVED, STATES, Change, Entry, Glossary, Source, Subject
from glossary.query import RecentPage
from glossary.store import Store
from glossary.text import primary

#: Look-ups to try, changes and subjects: what fits on one screen.
_EXAMPLES: Final = 3
_NEWS: Final = 5
_SUBJECTS: Final = 12
#: An example is taken of so many entries of a subject.
_LOOKED_AT: Final = 20
#: A Chinese example of about so many characters fits a narrow page.
_SHORT: Final = 6


@dataclass(frozen=True, slots=True)
class HeldGlossary:
    """A glossary: what is said of it, and the number of its entries in use."""

    about: Glossary
    entries: int


@dataclass(frozen=True, slots=True)
class News:
    """The last change of one entry, or a revision that changed `entries` of them."""

    change: Change
    entries: int = 1


@dataclass(frozen=True, slots=True)
class Home:
    """What the first page says; `examples` and `subjects` may be empty."""

    groups: tuple[HeldGlossary, ...]
    entries: int
    #: None where it is not counted.
    approved: int | None
    sources: int
    examples: tuple[Entry, ...]
    subjects: tuple[tuple[Subject, int], ...]
    news: tuple[News, ...]


def home(store: Store, glossaries: frozenset[str] | None = None) -> Home:
    """Return what the first page says of a store, or of some glossaries in it.

    Counts, examples, subjects and news are of the whole store: for some glossaries
    they are left out.
    """
    groups = {group.id: group for group in store.nouns.all(Glossary)}
    groups_here = tuple(
        HeldGlossary(groups.get(name, Glossary(name)), count)
        for name, count in store.glossaries()
        if count and (glossaries is None or name in glossaries)
    )
    if glossaries is not None:
        return Home(
            groups_here, sum(one.entries for one in groups_here), None, 0, (), (), ()
        )
    states = store.browse.tally("state")
    counted = [row for row in store.subjects() if row[1]]
    rows = sorted(counted, key=lambda row: -row[1])
    return Home(
        groups=groups_here,
        entries=sum(states.get(state, 0) for state in STATES[:-1]),
        approved=states.get(APPROVED, 0),
        sources=store.nouns.number(Source),
        examples=_examples(store, [subject.id for subject, _ in rows]),
        subjects=tuple(rows[:_SUBJECTS]),
        news=_news(store),
    )


def _examples(store: Store, subjects: list[str]) -> tuple[Entry, ...]:
    """Return a short proved entry of each of the largest subjects."""
    examples: dict[str, Entry] = {}
    for subject in subjects:
        some = store.entries(
            limit=_LOOKED_AT, subject=subject, state=APPROVED, proof="pair"
        )
        new = [entry for entry in some if entry.id not in examples]
        if new:
            best = min(new, key=_length)
            examples[best.id] = best
        if len(examples) == _EXAMPLES:
            break
    return tuple(examples.values())


def _length(entry: Entry) -> int:
    """Return how far the Chinese of an entry is from a length that reads well."""
    lengths = (len(t.text) for t in entry.terms if primary(t.lang) == "zh")
    return min((abs(length - _SHORT) for length in lengths), default=_SHORT)


def _news(store: Store) -> tuple[News, ...]:
    """Return what changed last; of a revision with many entries only how many."""
    news: list[News] = []
    page = RecentPage()
    while len(news) < _NEWS:
        changes = [row.change for row in store.browse.recent(page, limit=_NEWS)]
        if not changes:
            break
        for revision, several in groupby(changes, key=lambda change: change.revision):
            whole = store.changesets.find(revision)
            if whole and whole.entries > _NEWS:
                news.append(News(next(several), whole.entries))
            else:
                news += map(News, several)
        last = changes[-1]
        is_many = news[-1].entries > 1
        page = RecentPage(before=last.revision, after="" if is_many else last.entry)
    return tuple(news[:_NEWS])

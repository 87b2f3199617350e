"""What is known of an entry's renderings over time: who used which, when, and where.

A term's period says since and until when it was in force; a citation of a dated source
says that it stood there on a day, in the words of that source's issuer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from glossary.entry.nouns import STATUSES, Entry, Term
from glossary.entry.period import bounds
from glossary.entry.proof import proof
from glossary.entry.ranking import in_force
from glossary.entry.register import Source


@dataclass(frozen=True, slots=True)
class Point:
    """A dated document in which a rendering stands."""

    date: str
    issuer: str | None
    source: str
    title: Mapping[str, str]
    locator: str
    quote: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """A term of which a time is known; the documents it stands in, oldest first."""

    lang: str
    text: str
    status: str
    issuer: str | None
    since: str | None
    until: str | None
    in_force: str
    points: tuple[Point, ...]

    @property
    def years(self) -> list[int]:
        """The years that are named, in order."""
        dates = [self.since, self.until, *(point.date for point in self.points)]
        return sorted(bounds(date)[0].year for date in dates if date)


@dataclass(frozen=True, slots=True)
class Happening:
    """What a year brought to an issuer's rendering: `since`, `cited` or `until`."""

    lang: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of one year and one issuer."""

    year: int
    issuer: str | None
    renderings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The renderings of an entry in time, and the same by year and issuer.

    `proof` is what is proved of its leading pair; `proved_by` has the ids of the
    documents that prove it as a pair, `proved_in` their years, as far as known.
    """

    entry: str
    state: str
    proof: str
    proved_by: tuple[str, ...]
    proved_in: tuple[int, ...]
    first: int | None
    last: int | None
    renderings: tuple[Rendering, ...]
    years: tuple[Year, ...]


def evidence(
    entry: Entry,
    sources: Mapping[str, Source],
    *,
    same: Callable[[str | None], str] = lambda name: name or "",
) -> Evidence:
    """Return what is known of an entry's renderings over time.

    `sources` has the documents that the entry cites, by id; one that is missing or has
    no date says nothing of time. Renderings stand in the order in which they came up.
    Names of issuers of which `same` says the same are of one issuer, who goes by the
    one that is met first.
    """
    dated = (_rendering(term, sources) for term in entry.terms)
    happening_years = sorted((dating for dating in dated if dating.years), key=_order)
    all_years = sorted(chain.from_iterable(dating.years for dating in happening_years))
    state, documents = proof(entry)
    return Evidence(
        entry.id,
        entry.state,
        state,
        documents,
        years(documents, sources),
        all_years[0] if all_years else None,
        all_years[-1] if all_years else None,
        tuple(happening_years),
        tuple(_by_year(happening_years, same)),
    )


def years(documents: Iterable[str], sources: Mapping[str, Source]) -> tuple[int, ...]:
    """Return the years of documents, in order and each once, as far as known."""
    dates = (source.date for name in documents if (source := sources.get(name)))
    return tuple(sorted({bounds(date)[0].year for date in dates if date}))


def _order(rendering: Rendering) -> tuple[str, int, int]:
    status = STATUSES.index(rendering.status)
    return rendering.lang, rendering.years[0], status


def _rendering(term: Term, sources: Mapping[str, Source]) -> Rendering:
    points = [
        Point(
            source.date,
            source.issuer or term.issuer,
            source.id,
            source.title,
            citation.locator,
            citation.quote,
        )
        for citation in term.citations
        if (source := sources.get(citation.source)) and source.date
    ]
    facts = (term.lang, term.text, term.status, term.issuer, term.since, term.until)
    points.sort(key=lambda point: point.date)
    return Rendering(*facts, in_force(term, None), tuple(points))


def _by_year(
    renderings: list[Rendering], same: Callable[[str | None], str]
) -> Iterator[Year]:
    names: dict[str, str] = {}
    by_place: dict[tuple[int, str], dict[Happening, None]] = defaultdict(dict)
    for rendering in renderings:
        happenings = [(rendering.since, rendering.issuer, "since")]
        happenings += [
            (point.date, point.issuer, "cited") for point in rendering.points
        ]
        happenings.append((rendering.until, rendering.issuer, "until"))
        for date, issuer, kind in happenings:
            if date:
                name = names.setdefault(same(issuer), issuer or "")
                place = (bounds(date)[0].year, name)
                by_place[place][Happening(rendering.lang, rendering.text, kind)] = None
    for (year, issuer), happened in sorted(by_place.items(), key=lambda item: item[0]):
        yield Year(year, issuer or None, tuple(happened))

"""What an approved entry owes its readers: proof of the pair, and of the dates."""

from collections.abc import Collection, Iterator, Mapping

from glossary.curation.lint.flaw import Flaw, flaw
from glossary.entry import HALF, Entry, Source, Term, bounds, leading_pair, proof


def flaws(entry: Entry, sources: Collection[str] | None) -> Iterator[Flaw]:
    """Yield what is claimed and not proved; dates only where sources are known."""
    yield from _pair(entry)
    if isinstance(sources, Mapping):
        for at, term in enumerate(entry.terms):
            yield from _dates(entry, at, term, sources)


def _pair(entry: Entry) -> Iterator[Flaw]:
    if entry.state != "approved" or not any(t.citations for t in entry.terms):
        return
    state = proof(entry).state
    if state == "pair":
        return
    text, other = (term.text if term else "" for term in leading_pair(entry))
    code = "half-proved" if state in HALF else "unproved"
    yield flaw(code, entry.id, "/terms", text=text, other=other)


def _dates(
    entry: Entry, at: int, term: Term, sources: Mapping[str, Source]
) -> Iterator[Flaw]:
    """Yield dates of a wording of which no document of that year and no note tells."""
    if term.usage or entry.every_note():
        return
    documents = (sources.get(name) for c in term.citations for name in c.sources)
    dates = (source.date for source in documents if source is not None)
    years = {bounds(date)[0].year for date in dates if date}
    for name in ("since", "until"):
        date = getattr(term, name)
        if date and bounds(date)[0].year not in years:
            values = {"text": term.text, "date": date}
            yield flaw("since-unproved", entry.id, f"/terms/{at}/{name}", **values)

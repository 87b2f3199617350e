"""Wordings of a translation that must not be used, and stand for nothing asked.

They are wrong wherever they stand, or beside the right rendering of what they must not
render.
"""

from collections.abc import Collection, Iterator, Sequence

from glossary.entry import Finding, banned_anywhere, bans, instead, standing
from glossary.query import Wanted
from glossary.recognition import findings as say
from glossary.recognition.beside import Settled
from glossary.recognition.demand import Wanting
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.renderings import Cover, TargetWording
from glossary.recognition.snapshot import Sense


def unasked(
    target: tuple[str, Sequence[Occurrence]],
    source: tuple[str, Collection[str]],
    renderings: tuple[Cover, Settled],
    options: Wanted,
) -> Iterator[Finding]:
    """Yield the findings about a target alone.

    It comes with what stands in it, the source with the ids of its entries;
    `renderings` are places that render something, and what they render.
    """
    text, places = target
    cover, rendered = renderings
    avoided: dict[tuple[str, str], Wanting] = {}
    for here in places:
        if here.parts or cover.overlaps(here):
            continue
        in_force = [s for s in here.senses if not _is_mute(s, options.as_of)]
        senses = [s for s in in_force if s.entry.id in source[1]] or in_force
        if not senses:
            continue
        sense = senses[0]
        there = text, TargetWording(here, sense.term)
        if all(banned_anywhere(s.entry, s.term, as_of=options.as_of) for s in senses):
            name = sense.entry.id, sense.term.text
            if name not in avoided:
                avoided[name] = _avoiding(sense, options)
            yield say.judged("forbidden", avoided[name], None, there, options.as_of)
        elif beside := rendered.wronged(in_force):
            occurrence, wording = beside
            place = say.span(source[0], occurrence)
            finding = say.judged("forbidden", wording, place, there, options.as_of)
            if not finding.advice and not rendered.is_apposed(
                sense.entry.id, here, text
            ):
                finding = finding.but(advice=True, reason="beside")
            yield finding


def _avoiding(sense: Sense, options: Wanted) -> Wanting:
    """Return what is expected in place of a wording that is not to be used."""
    use = instead(
        sense.entry.terms, sense.term, as_of=options.as_of, issuer=options.issuers
    )
    return Wanting(sense.entry, use)


def _is_mute(sense: Sense, as_of: str | None) -> bool:
    """Say whether a wording is wrong by the word of a draft alone: it is no word."""
    right = standing(sense.term, as_of).usable
    return not right and not bans(sense.entry, sense.term, as_of=as_of)

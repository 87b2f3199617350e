"""What a check says of a place: the verdict put into words."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from glossary.entry import VERDICTS, Finding, Span, Standing, Term, standing
from glossary.message import N_, Message
from glossary.recognition.demand import Demand, Wanting
from glossary.recognition.exchanges import OtherWord
from glossary.recognition.numbers import Exchange
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.polarity import Contradiction
from glossary.recognition.renderings import TargetWording
from glossary.recognition.rivals import Rival
from glossary.text import content, letter_case

_RENDERED: Final = Message(N_("Rendered as it should be."))
#: A phrase of more words is wrong in any of its forms.
_WORDS: Final = 2
#: What is not translated is named by its beginning.
_NAMED: Final = 30


class Members(NamedTuple):
    """The members of a sequence: how many there are, and which are not rendered."""

    of: int = 0
    lacking: tuple[str, ...] = ()

    @property
    def rendered(self) -> int:
        """How many are rendered."""
        return self.of - len(self.lacking)


def span(text: str, at: Occurrence) -> Span:
    """Return a place with what stands there."""
    return Span(at.start, at.end, text[at.start : at.end])


def empty(source: str, wanting: Wanting | None) -> Finding:
    """Return the finding of a target with nothing in it.

    `wanting` is of the term that the source consists of, if it is one.
    """
    return Finding(
        "missing",
        wanting.entry.id if wanting else None,
        Span(0, len(source), source),
        None,
        wanting.expected if wanting else (),
        advice=False,
        message=Message(N_("The target is empty.")),
        state=wanting.entry.state if wanting else None,
        proof=wanting.proof if wanting else None,
    )


def omitted(source: str, start: int, end: int) -> Finding:
    """Return the finding of sentences of a source that have no counterpart."""
    text = source[start:end].strip()
    excerpt = text if len(text) <= _NAMED else f"{text[:_NAMED]}…"
    at = source.index(text, start)
    message = Message(N_("“%(text)s” seems not to be translated."), text=excerpt)
    return _of_no_term(Span(at, at + len(text), text), None, message, "omitted")


def judged(
    verdict: str,
    wanting: Wanting,
    source: Span | None,
    target: tuple[str, TargetWording],
    as_of: str | None,
) -> Finding:
    """Return what there is to say of a rendering; `target` is the text it stands in."""
    text, there = target
    place = span(text, there.at)
    expected = wanting.suited(letter_case(text, place.start, place.end))
    if verdict == "ok":
        message = _RENDERED
    elif verdict == "admitted":
        message = Message(
            N_("“%(text)s” is allowed; “%(best)s” is preferred."),
            text=place.text,
            best=expected[0] if expected else place.text,
        )
    else:
        message = _accusation(place.text, there.term, expected)
    reason = None
    if standing(there.term, as_of) is Standing.OUT_OF_PERIOD:
        reason = "period"
    elif verdict == "forbidden" and there.at.tier == "inflected":
        reason = None if len(content(there.term.text)) > _WORDS else "inflected"
    return Finding(
        verdict,
        wanting.entry.id,
        source,
        place,
        expected,
        advice=reason is not None,
        message=message,
        state=wanting.entry.state,
        proof=wanting.proof,
        reason=reason,
        status=there.term.status,
    )


#: What is said of a rendering beside which one side has a word that changes it.
_CHANGED: Final = {
    "negation": N_(
        "“%(text)s” says the contrary here: one of the two sides is negated."
    ),
    "grade": N_(
        "“%(text)s” is of another grade here: a word beside it is gone or new."
    ),
}


def changed(finding: Finding, reason: str) -> Finding:
    """Return the finding of a rendering that is negated or graded on one side only."""
    text = finding.target.text if finding.target else ""
    message = Message(_CHANGED[reason], text=text)
    return finding.but(verdict="missing", message=message, reason=reason)


def contradiction(texts: tuple[str, str], at: Contradiction) -> Finding:
    """Return the finding of a sentence that one side negates and the other does not."""
    source = Span(*at.source, texts[0][slice(*at.source)])
    target = Span(*at.target, texts[1][slice(*at.target)]) if at.target else None
    message = Message(
        N_("“%(text)s” is negated, and nothing on the other side is."),
        text=(target or source).text,
    )
    return _of_no_term(source, target, message, "negation")


def another_number(texts: tuple[str, str], at: Exchange) -> Finding:
    """Return the finding of a number for which another one stands."""
    source, target = (
        Span(*place, text[slice(*place)]) for text, place in zip(texts, at, strict=True)
    )
    message = Message(
        N_("“%(other)s” stands for “%(text)s”: the numbers differ."),
        other=target.text,
        text=source.text,
    )
    return _of_no_term(source, target, message, "number")


def another_word(texts: tuple[str, str], at: OtherWord) -> Finding:
    """Return the finding of a word that is lost, or for which another one stands."""
    source = Span(*at.source, texts[0][slice(*at.source)])
    if at.target is None:
        message = Message(
            N_("“%(text)s” is gone, and changes what is said."), text=source.text
        )
        return _of_no_term(source, None, message, "other-word")
    target = Span(*at.target, texts[1][slice(*at.target)])
    if at.is_new:
        message = Message(
            N_("“%(text)s” is new, and changes what is said."), text=target.text
        )
        return _of_no_term(source, target, message, "other-word")
    message = Message(
        N_("“%(other)s” stands for “%(text)s”, which is something else."),
        other=target.text,
        text=source.text,
    )
    return _of_no_term(source, target, message, "other-word")


def _of_no_term(
    source: Span, target: Span | None, message: Message, reason: str
) -> Finding:
    """Return the finding of what is wrong with sentences, and with no term."""
    return Finding(
        "missing",
        None,
        source,
        target,
        (),
        advice=False,
        message=message,
        reason=reason,
    )


def replaced(
    demand: Demand, source: Span, text: str, rival: Rival, reason: str | None
) -> Finding:
    """Return the finding of a term for which another entry's wording stands in a text.

    What is expected is in the letter case of that.
    """
    place = span(text, rival.at)
    expected = demand.suited(letter_case(text, place.start, place.end))
    return Finding(
        rival.verdict,
        demand.entry.id,
        source,
        place,
        expected,
        advice=reason is not None,
        message=Message(
            N_("“%(other)s” stands for “%(text)s”; “%(best)s” is expected."),
            other=place.text,
            text=source.text,
            best=expected[0],
        ),
        state=demand.entry.state,
        proof=demand.proof,
        reason=reason,
        instead=rival.entry.id,
    )


def sequence(demand: Demand, source: Span, members: Members) -> Finding:
    """Return the finding of a whole that is rendered member by member."""
    return Finding(
        "ok",
        demand.entry.id,
        source,
        None,
        demand.expected,
        advice=False,
        message=Message(N_("All its members are rendered.")),
        state=demand.entry.state,
        proof=demand.proof,
        rendered=members.rendered,
        of=members.of,
    )


def missing(
    demand: Demand,
    source: Span,
    other: Span | None,
    members: Members,
    reason: str | None,
    *,
    target: str,
    is_elsewhere: bool,
) -> Finding:
    """Return the finding of a term that is not rendered in a target.

    `other` is a wording of the entry that renders others only; `is_elsewhere` says that
    the term is rendered in another place.
    """
    expected = demand.expected
    if other is not None:
        expected = demand.suited(letter_case(target, other.start, other.end))
    template = N_("“%(text)s” is not rendered; “%(best)s” is expected.")
    values: dict[str, object] = {"text": source.text, "best": expected[0]}
    if members.rendered:
        template = N_("%(rendered)s of %(of)s members rendered; missing %(lacking)s.")
        names = ", ".join(members.lacking)
        values = {"rendered": members.rendered, "of": members.of, "lacking": names}
    elif other is not None:
        template = N_("“%(text)s” renders another wording; “%(best)s” is expected.")
        values["text"] = other.text
    elif is_elsewhere:
        template = N_(
            "“%(text)s” stands here more often than “%(best)s” in the target."
        )
    partly = members.rendered > 0
    return Finding(
        "missing",
        demand.entry.id,
        source,
        other,
        expected,
        advice=reason is not None,
        message=Message(template, **values),
        state=demand.entry.state,
        proof=demand.proof,
        rendered=members.rendered if partly else None,
        of=members.of if partly else None,
        lacking=members.lacking if partly else (),
        reason=reason,
    )


def _accusation(text: str, term: Term, expected: tuple[str, ...]) -> Message:
    if not expected:
        return Message(N_("“%(text)s” must not be used."), text=text)
    if term.status == "superseded":
        template = N_("“%(text)s” is superseded; use “%(best)s”.")
    else:
        template = N_("“%(text)s” must not be used; use “%(best)s”.")
    return Message(template, text=text, best=expected[0])


def summary(pairs: Iterable[Iterable[Finding]]) -> dict[str, int]:
    """Return how many pairs there are, and how many findings of each verdict."""
    counts = dict.fromkeys(("pairs", *VERDICTS, "advice"), 0)
    for findings in pairs:
        counts["pairs"] += 1
        for finding in findings:
            counts[finding.verdict] += 1
            counts["advice"] += finding.advice
    return counts

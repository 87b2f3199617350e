"""What sentences that go together say against each other, whatever they speak of."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from glossary.entry import Finding
from glossary.recognition import findings as say
from glossary.recognition import lists, parties, persons, places, slants
from glossary.recognition.alignment import Alignment
from glossary.recognition.answered import Answered
from glossary.recognition.exchanges import crossed_figures
from glossary.recognition.exchanges import exchanges as exchanged_words
from glossary.recognition.numbers import exchanges
from glossary.recognition.polarity import contradictions
from glossary.recognition.slights import Slights


def of_sentences(
    texts: tuple[str, str],
    alignment: Alignment,
    findings: Sequence[Finding],
    slights: Slights,
) -> Iterator[Finding]:
    """Yield what only one side negates, and numbers and words that differ.

    `findings` are those of the terms: what they name is not named again.
    """
    answers = Answered(texts, findings)
    official = slights.is_official
    contrary = [*contradictions(texts, alignment, official, findings, answers)]
    yield from map(partial(say.contradiction, texts), contrary)
    accused = [f.source for f in findings if f.source and not f.is_right]
    yield from map(
        partial(say.another_number, texts),
        exchanges(texts, alignment, slights.has_phrase, accused),
    )
    of_orders = [*exchanged_words(texts, alignment, official, answers)]
    others = [*contrary, *((word.source, word.target) for word in of_orders)]
    words = chain(
        of_orders,
        slants.exchanges(texts, alignment, answers, official, others),
        lists.omissions(texts, alignment, answers, official),
        persons.exchanges(texts, alignment, answers, official),
        places.exchanges(texts, alignment, answers),
        parties.exchanges(texts, alignment, answers),
        crossed_figures(texts, alignment, answers),
    )
    yield from map(partial(say.another_word, texts), words)

"""Our findings as the matches of LanguageTool."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple

from glossary import late_pattern
from glossary.entry import DRAFT, Match, is_draft
from glossary.message import N_, Message
from glossary.query import Wanted
from glossary.recognition import Snapshot, annotate, check
from glossary.speech import WORDS, say
from glossary.text import (
    canonical,
    fitted,
    has_slot,
    in_case,
    key,
    language_of,
    letter_case,
    primary,
    readable,
)

#: Rule ids by what they tell of; clients can turn each off.
RULES: Final = {
    "superseded": "GLOSSARY_SUPERSEDED",
    "deprecated": "GLOSSARY_DEPRECATED",
    "forbidden": "GLOSSARY_FORBIDDEN",
    "missing": "GLOSSARY_MISSING",
    "inconsistent": "GLOSSARY_INCONSISTENT",
}
CATEGORY: Final = "TERMINOLOGY"
#: So many characters are shown before and behind a wording, and of it.
_AROUND: Final = 40
_SHOWN: Final = 80
#: So many are looked through on either side for where its sentence begins and ends.
_SENTENCE: Final = 150
_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_ARTICLE_BEFORE: Final = re.compile(r"(?<!\w)(?:the|an?)\s+$", re.IGNORECASE)
_WORD: Final = late_pattern(r"[㐀-鿿]|[^\W_㐀-鿿]+(?:[-'’][^\W_㐀-鿿]+)*")
_SENTENCE_END: Final = re.compile(r"[.!?](?:\s|$)|[。！？\n]")


class Found(NamedTuple):
    """Something to say of a span of a text, in code points."""

    start: int
    end: int
    rule: str
    message: str
    instead: tuple[str, ...]
    entry: str | None


def found_alone(
    snapshot: Snapshot,
    text: str,
    lang: str,
    *,
    options: Wanted,
    picky: bool,
    drafts: bool,
    locale: str,
) -> Iterator[Found]:
    """Yield the wordings of a text that are not to be used wherever they stand.

    When `picky`, also usable wordings where the text uses another one for the same; of
    drafts only with `drafts`.
    """
    spoken = primary(lang)
    # A Chinese text may quote English, and the other way round.
    from_ = None if spoken in {"zh", "en"} else lang
    first: dict[str, Match] = {}
    for match in annotate(snapshot, text, replace(options, from_=from_)).matches:
        if match.banned:
            yield _unfit(text, match, locale)
        elif (
            picky
            and match.term.status not in RULES
            and (drafts or not is_draft(match.state))
        ):
            led = first.setdefault(match.entry, match)
            if key(led.term.text) != key(match.term.text) and _same_thing(led, match):
                message = Message(
                    N_("“%(text)s” here, but “%(other)s” for the same thing before."),
                    text=match.text,
                    other=led.text,
                )
                better = fitted(readable(led.term.text), text, match.start, match.end)
                sentence = _marked(say(message, locale), match.state, locale)
                yield _mark(match, "inconsistent", sentence, (better,))


def found_against(
    snapshot: Snapshot,
    source: str,
    text: str,
    lang: str,
    *,
    options: Wanted,
    picky: bool,
    drafts: bool,
    locale: str,
) -> Iterator[Found]:
    """Yield what a translation does wrong, seen with its source.

    When `picky`, also what need not be wrong, and terms that are missing, said where
    something else stands for them, else at the first word of the text and without a
    replacement; what rests on a draft only with `drafts`.
    """
    order = replace(options, from_=language_of(source), to=canonical(lang))
    for finding in check(snapshot, source, text, order):
        if is_draft(finding.state) and not drafts:
            continue
        is_missing = finding.verdict == "missing"
        if (is_missing or finding.advice) and not picky:
            continue
        sentence = _marked(say(finding.message, locale), finding.state, locale)
        span = finding.target
        if span is not None and not finding.is_right:
            rule = RULES.get(finding.status or "", RULES[finding.verdict])
            better = _insertable(finding.expected)
            yield Found(span.start, span.end, rule, sentence, better, finding.entry)
        elif is_missing and (not finding.advice or is_draft(finding.state)):
            at = first_word(text)
            yield Found(*at, RULES["missing"], sentence, (), finding.entry)


def first_word(text: str) -> tuple[int, int]:
    """Return the span of a text's first word, of its first character in Chinese.

    >>> first_word("  “They talked.”"), first_word("双方会谈。"), first_word("…")
    ((3, 7), (0, 1), (0, 1))
    """
    word = _WORD.search(text)
    return word.span() if word else (0, min(len(text), 1))


def _same_thing(one: Match, other: Match) -> bool:
    """Say whether two wordings of an entry render one wording."""
    renderings = {(term.lang, term.text) for term in one.equivalents}
    return any((term.lang, term.text) in renderings for term in other.equivalents)


def _behind(before: str, suggestions: Iterable[str]) -> Iterator[str]:
    """Yield suggestions as they fit behind a text: with one article, not with two."""
    article = _ARTICLE_BEFORE.search(before)
    for suggestion in suggestions:
        yield _ARTICLE.sub("", suggestion) if article else suggestion


def shown(mark: Found, text: str, address: str) -> dict[str, Any]:
    """Return the match as LanguageTool writes it, without offset and length."""
    before = max(mark.start - _AROUND, 0)
    end = min(mark.end, mark.start + _SHOWN)
    after = min(end + _AROUND, len(text))
    head, tail = "..." * (before > 0), "..." * (after < len(text))
    excerpt = f"{head}{text[before:after]}{tail}".replace("\n", " ")
    lead = f"{head}{text[before : mark.start]}"
    kind = next(kind for kind, rule in RULES.items() if rule == mark.rule)
    issue = "inconsistency" if kind == "inconsistent" else "terminology"
    return {
        "message": mark.message,
        "shortMessage": mark.message,
        "replacements": [{"value": value} for value in _behind(lead, mark.instead)],
        "context": {
            "text": excerpt,
            "offset": units(lead),
            "length": units(text[mark.start : end]),
        },
        "sentence": _sentence(text, mark.start, end),
        "type": {"typeName": "Other"},
        "rule": {
            "id": mark.rule,
            "description": WORDS.get(kind, kind),
            "issueType": issue,
            "urls": [{"value": f"{address}entries/{mark.entry}"}] if mark.entry else [],
            "category": {"id": CATEGORY, "name": "Terminology"},
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": -1,
    }


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units, which clients count in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _unfit(text: str, match: Match, locale: str) -> Found:
    case = letter_case(text, match.start, match.end)
    wordings = [in_case(readable(term.text), case) for term in match.use]
    if not wordings:
        message = Message(N_("“%(text)s” must not be used."), text=match.text)
    else:
        template = (
            N_("“%(text)s” is superseded; use “%(best)s”.")
            if match.term.status == "superseded"
            else N_("“%(text)s” must not be used; use “%(best)s”.")
        )
        message = Message(template, text=match.text, best=wordings[0])
    instead = _insertable(wordings)
    return _mark(match, match.term.status, say(message, locale), instead)


def _insertable(wordings: Iterable[str]) -> tuple[str, ...]:
    """Return what can be put in a place as it is: what has no slot inside."""
    return tuple(text for text in wordings if not has_slot(text))


def _mark(match: Match, kind: str, message: str, instead: tuple[str, ...]) -> Found:
    return Found(match.start, match.end, RULES[kind], message, instead, match.entry)


def _marked(text: str, state: str | None, locale: str) -> str:
    """Return a message, marked when it rests on a draft."""
    return f"{text} ({say(WORDS[DRAFT], locale)})" if is_draft(state) else text


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a span; of a very long one, what is near the span."""
    near = text[max(start - _SENTENCE, 0) : end + _SENTENCE]
    start, end = min(start, _SENTENCE), min(start, _SENTENCE) + end - start
    begin = max((m.end() for m in _SENTENCE_END.finditer(near, 0, start)), default=0)
    stop = _SENTENCE_END.search(near, end)
    return near[begin : stop.end() if stop else len(near)].strip()

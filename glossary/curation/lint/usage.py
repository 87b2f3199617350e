"""What the usage of a term says that the entry itself does not.

An editor writes in prose that a wording renders something else, is stronger, or is what
another side says. A machine that is to choose a rendering does not read prose: such a
wording belongs in an entry of its own, in `renders`, or to an `issuer`.
"""

import re
from collections.abc import Iterator
from typing import Final

from glossary import late_pattern
from glossary.curation.lint.flaw import Flaw, flaw
from glossary.entry import USABLE, Entry, Term, is_short_form
from glossary.text import (
    UNSPACED,
    has_han,
    is_of_instrument,
    is_title,
    key,
    primary,
)

#: What a banned wording is; superseded ones were right in their time, whoever said so.
_BANNED: Final = frozenset({"deprecated", "forbidden"})
_SENTENCE: Final = re.compile(r"[^.;。；]+")
_HAN: Final = late_pattern(rf"[{UNSPACED}][{UNSPACED}、，…·“”《》]*")
#: Before a wording that the term is said to render: For 尽早. Strictly 霸权.
_RENDERS: Final = re.compile(
    r"(?:^|\b)(?:for|of|means|renders|rendering of|translates|strictly|properly)"
    r"(?: the (?:formula|phrase|wording|term|longer|fuller|short))?\s*[“\"《]*$",
    re.IGNORECASE,
)
#: Behind a wording that a sentence only speaks of: 韬光 does mean to hide one's light.
_GOES_ON: Final = re.compile(r"(?!(?:alone|only|without|in|rather|for)\b)[A-Za-z]")
_AS_WELL: Final = re.compile(r"\b(?:also|too|as well|or)\b", re.IGNORECASE)
#: A wording that is more, less or other than the concept.
_ANOTHER: Final = re.compile(
    r"\b(?:stronger|weaker|milder|wider|broader|narrower|looser)\b(?! use\b| usage\b)"
    r"|\b(?:the )?(?:opposite|contrary|reverse) of\b"
    r"|\bundertakes? not to\b"
    r"|^(?!in\b|at\b|by\b|on\b|with\b).*\b(?:only|alone)$"
    r"|\bone of (?:the|several|many) \w+"
    r"|更强|更弱|较强|较弱|更宽|更窄|更广|语气[强弱重轻]|仅指|专指|其中之一",
    re.IGNORECASE,
)
_NOT_SO: Final = re.compile(r"\b(?:no|not|neither|never)\b|[不非无]", re.IGNORECASE)
_SIDES: Final = (
    r"(?:China|Chinese|Beijing|mainland|United States|U\.?S\.?|America|American"
    r"|Washington|Taiwan|Taiwanese|Taipei|Japan|Japanese|Tokyo|Russia|Russian|Moscow"
    r"|Ukraine|Ukrainian|India|Indian|Britain|British|United Kingdom|UK|European|EU"
    r"|Western|West|Philippine|Philippines|Viet ?Nam|Vietnamese|Korea|Korean|Seoul"
    r"|Pyongyang|Tibetan|Israel|Israeli|Palestinian|Iran|Iranian|NATO|exiles?"
    r"|separatists?|foreign|overseas|others|opponents|critics)"
)
#: That a wording is somebody's: used by …, the wording of …, not in Chinese official ….
_OWNED: Final = late_pattern(
    rf"\b(?:(?i:wording|words?|name|term|form|phrase|usage|label))s? "
    rf"(?:of|in|by|among|used by|used in) (?:the |most |many |some )*{_SIDES}\b"
    rf"|\b(?i:used|usual|common|current|preferred|favou?red|heard|written|said) "
    rf"(?:mostly |mainly |only |chiefly |widely )?"
    rf"(?:abroad\b|(?:by|in|among|outside) (?:the |most |many |some )*{_SIDES}\b)"
    rf"|\b{_SIDES}(?: \w+)? (?:media|press|government|officials|authorities|sources"
    rf"|writers|scholars|usage|wording|name|term)\b"
    rf"|\b{_SIDES} (?:says?|calls?|writes?)\b"
    r"|(?:外媒|西方|境外|外国|外國|美方|美国|美國|日方|日本|台方|台湾|臺灣|台灣|对方|對方)"
    r"(?:\w{0,4})(?:用语|用語|说法|說法|称法|稱法|提法|叫法|所用|常用|使用)",
)


def flaws(entry: Entry) -> Iterator[Flaw]:
    """Yield the terms whose usage says what the entry does not."""
    for at, term in enumerate(entry.terms):
        place = (entry.id, f"/terms/{at}")
        if term.status in USABLE:
            concept = _of_another_concept(entry, term)
            if concept:
                values = {"text": term.text, "usage": concept}
                yield flaw("other-concept", *place, **values)
            if _is_a_title(entry, term):
                best = entry.best(term.lang)
                other = best.text if best else ""
                yield flaw("title-as-synonym", *place, text=term.text, other=other)
        elif term.status in _BANNED and not term.issuer:
            owned = _OWNED.search(term.usage)
            if owned:
                values = {"text": term.text, "usage": term.usage}
                yield flaw("unowned-ban", *place, **values)


def _of_another_concept(entry: Entry, term: Term) -> str:
    """Return what the usage says that makes a term another concept's; maybe empty."""
    for sentence in _SENTENCE.findall(term.usage):
        sentence_text: str = sentence.strip()
        graded = _ANOTHER.search(sentence_text)
        is_graded = graded and not _NOT_SO.search(sentence_text[: graded.start()][-8:])
        if is_graded and not _is_bound(entry, term):
            return sentence_text
        if primary(term.lang) != "zh" and _renders_another(entry, term, sentence_text):
            return sentence_text
    return ""


def _renders_another(entry: Entry, term: Term, sentence: str) -> bool:
    """Say whether a sentence names a Chinese wording that the entry leaves unsaid.

    The leading wording goes without saying; any other one is said in `renders`.
    """
    if _AS_WELL.search(sentence) or not has_han(sentence):
        return False
    leading = {key(t.text) for t in entry.terms if t.status == "preferred"}
    rendered = {key(text) for text in term.renders}
    others = {key(t.text) for t in entry.terms if primary(t.lang) == "zh"} - leading
    for match in _HAN.finditer(sentence):
        wording = key(match[0])
        before, behind = sentence[: match.start()], sentence[match.end() :].lstrip()
        claims = _RENDERS.search(before) is not None
        if not before.strip():
            # A whole sentence of Chinese may be prose: 外媒用语.
            is_known = any(wording in text for text in others)
            claims = is_known if not behind else not _GOES_ON.match(behind)
        answered = wording in leading or any(wording in text for text in rendered)
        if claims and wording and not answered:
            return True
    return False


def _is_bound(entry: Entry, term: Term) -> bool:
    """Say whether a term answers only what it is said to render or be rendered by."""
    keys = {key(text) for rendering in entry.terms for text in rendering.renders}
    return bool(term.renders) or key(term.text) in keys


def _is_a_title(entry: Entry, term: Term) -> bool:
    """Say whether a term is the title of an instrument that the entry is not about."""
    leading = [t for t in entry.terms if t.status == "preferred"]
    own = [t for t in leading if primary(t.lang) == primary(term.lang)]
    if not own or term.text in {t.text for t in own}:
        return False
    if term.type not in {"phrase", "fullForm"} or any(map(_is_of_instrument, leading)):
        return False
    if term.type == "fullForm" and any(map(is_short_form, own)):
        return False
    return is_title(term.text)


def _is_of_instrument(term: Term) -> bool:
    return is_of_instrument(term.text)

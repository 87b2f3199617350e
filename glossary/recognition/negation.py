"""Terms that one side of a pair negates and the other does not.

不承认 is no *recognize*: a term may be rendered word for word and say the contrary. A
negation directly before it, of which the whole sentence of the other side has no trace,
is lost, or was put in. Traces are words that negate, refuse, prevent or leave off, and
prefixes that do.
"""

import re
from typing import Final

from glossary import late_pattern
from glossary.entry import Span
from glossary.recognition import qualifiers
from glossary.recognition.alignment import Alignment, Bead
from glossary.recognition.naming import is_state
from glossary.recognition.occurrences import Occurrence
from glossary.recognition.sentences import Piece
from glossary.text import HAN, UNSPACED, has_han

#: What negates a Chinese term directly before it; 不得不 and 无不 do not.
_CHINESE: Final = late_pattern(
    r"(?<![不无無莫岂豈])(?<!不[得能可会會])"
    r"(?:不(?:会|會|能|可|应|應|该|該|得|予|再|愿|願|想|要|必|曾)?"
    r"|(?<![本此彼])未(?:能|曾|予|获|獲)?|没有|沒有|并非|並非|绝非|絕非|决非|決非)$"
)
#: The same in English.
_ENGLISH: Final = re.compile(
    r"(?:\b(?:not|never|cannot|no longer)|n[’']t)\s+(?:be\s+|been\s+|yet\s+|ever\s+)?$",
    re.IGNORECASE,
)
#: What follows on something negated and is not negated: 不是国家而是中国的一部分.
_INSTEAD: Final = "而是|而在于|而在於|反而|而要|而应|而應"
#: What negates that something is done to a term, before it: 不得使用, *not to use*.
_DOING_CHINESE: Final = late_pattern(
    r"(?<![不无無莫岂豈])(?<!不[得能可会會])(?:不(?:会|會|能|可|应|應|该|該|得|再|愿|願|想|要)"
    r"(?!不|已|分|或缺|逆|持续|持續|阻挡|阻擋)|不(?:寻求|尋求|接受|承认|承認|支持|参与|參與"
    r"|参加|參加|赞成|贊成|同意|允许|允許|使用|谋求|謀求|搞|打|干涉|针对|針對|追求|认同|認同"
    r"|希望|愿意|願意|存在|属于|屬於|是)|没有|沒有|并非|並非|绝非|絕非|决非|決非|从未|從未)"
    f"(?:(?!{_INSTEAD})[{UNSPACED}]){{0,6}}[“「《]?$"
)
_DOING: Final = re.compile(
    r"(?:\b(?:not|never|cannot|nor|no longer)|n[’']t)\s+"
    r"(?!only\b|just\b|merely\b|least\b|simply\b)(?:(?!but\b)[\w-]+\s+){0,5}[\"“‘]?$",
    re.IGNORECASE,
)
#: Without any of these, nothing of the kind stands there.
_NOT: Final = re.compile("[Nn](?:[Oo]|[Ee][Vv]|['’])")
#: The same behind it: *nuclear weapons must not be used*.
_DONE: Final = re.compile(
    r"[\"”’]?\s+(?:(?:must|shall|should|will|would|can|could|may|is|are|was|were|do|does"
    r"|did|has|have|had)\s+(?:not|never)|cannot)\b(?!\s+(?:only|just|merely))",
    re.IGNORECASE,
)
#: What belongs to something else is not what is done: *the Commission on AI has not*.
_OF: Final = re.compile(
    r"\b(?:of|on|for|in|to|with|by|about|against|from|at|into|over|under)\s+"
    r"(?:(?:the|an?|its|their|his|her|our)\s+)?[\"“‘]?$",
    re.IGNORECASE,
)
_TRACES: Final = late_pattern(
    r"\b(?:not?|non|nor|none|nothing|nobody|nowhere|neither|never|cannot|without|unless"
    r"|less|fewer|hardly|scarcely|rarely|seldom|barely|few|little|against|instead|rather|until|only"
    r"|unlike|contrary|zero|anything but|short of|far from|free (?:of|from)|beyond"
    r"|\w{3,}less(?:ly)?|(?:stay|keep|kept)\w* (?:away|out|off)|nonsense"
    r"|yet to|rul(?:e[sd]?|ing) out|g[ia]v(?:e|ing) up|withh\w+|withdr\w+|objec(?:t|ts"
    r"|ted|ting|tions?)|repudiat\w+|veto\w*|block\w*|resist\w*|absen\w+|lack\w*|fail\w*"
    r"|refus\w+|refrain\w*|reject\w*|oppos\w+|den(?:y|ie[sd]|ying|ial)\w*|declin\w+"
    r"|avoid\w*|prevent\w*|prohibit\w*|forbid\w*|forbade|ban(?:s|ned|ning)?|stop\w*"
    r"|ceas\w+|halt\w*|abandon\w*|renounc\w+|exclud\w+|exempt\w*|ignor\w+|negat\w+"
    r"|false\w*|un(?!der|ion|iv|it|iq|ic|less|til|anim|ilat)[a-z]{3,}|mis(?!s)[a-z]{4,}"
    r"|dis(?!cuss|tinguish|tinct|tric|play|patch|arm|aster|tan[ct]|put|cover|tribut|ciplin"
    r"|ease|semin)[a-z]{3,}"
    r"|in(?:valid|admiss|accept|conceiv|toler|compat|capab|abil|action|consist|defens"
    r"|effect|excus|imical|justic|sist|violab)\w*|im(?:poss|permiss|punity)\w*"
    r"|il(?:legal|legitim)\w*|ir(?:respons|relev|revers)\w*|non-?\w+)\b|n[’']t\b",
    re.IGNORECASE,
)
_CHINESE_TRACES: Final = late_pattern(
    "[没沒无無否莫勿毋禁拒驳駁撤止避弃棄缺乏违違绝絕岂豈零]"
    "|不(?![断斷仅僅但久少论論过過]|管(?![理辖轄]))|未(?![来來])|(?<![中亚亞南北对對涉访訪赴驻駐援西东東])非(?![洲盟方])"
    "|(?<![特区區分个個级級类類性差])[别別](?![国國人的处處])|反(?![映恐腐馈饋应應])"
    "|(?<![国國])防(?![务務卫衛御长長空])|停(?![火战戰])|消(?![费費息化])|抵(?![达達])"
    "|[难難](?!民)|失(?!业|業)|免(?![费費签簽税稅])"
    "|除了|以外|之外"
)
_WORD: Final = re.compile(r"\w")
_CLAUSE_END: Final = re.compile(r"[,;:.!?，；：。！？\n]")
#: So many characters are looked at before a term.
_NEAR: Final = 16
#: So many are looked at for what is done to a term.
_CLAUSE: Final = 60


class Negations:
    """What is negated on the two sides of a pair."""

    def __init__(self, texts: tuple[str, str], alignment: Alignment) -> None:
        self._source, self._target = texts
        self._alignment = alignment

    def changed(self, place: Occurrence, there: Span) -> str | None:
        """Return a code for what makes a term and its rendering differ, if anything.

        That is a negation or a grade before one of them, of which no trace is in the
        sentence of the other.
        """
        if place.parts:
            return None
        number = self._alignment.number(place.start)
        bead = self._alignment.own(number)
        if not bead.target.start <= there.start < bead.target.end:
            bead = self._alignment.around(number)
        if self._is_lost(place, there, bead):
            return "negation"
        (start, end), (begin, behind) = bead
        is_regraded = qualifiers.is_regraded(
            *(self._source[start:end], (place.start - start, place.end - start)),
            *(self._target[begin:behind], (there.start - begin, there.end - begin)),
        )
        return "grade" if is_regraded else None

    def _is_lost(self, place: Occurrence, there: Span, bead: Bead) -> bool:
        # What is done to a State is seldom done to it: *allow no Chinese citizens*.
        may_govern = not is_state(place.senses[0].entry)
        ours, theirs = (
            is_negated(text, at.start)
            or (may_govern and _is_governed(text, at.start, at.end))
            for text, at in ((self._source, place), (self._target, there))
        )
        if ours == theirs:
            return False
        if ours:
            text, start, end = self._target, bead.target.start, there.end
        else:
            text, start, end = self._source, bead.source.start, place.end
        # What the sentence says in later clauses is no word of this one.
        return not has_trace(text[start : clause_end(text, end)])


def is_negated(text: str, start: int) -> bool:
    """Say whether a negation stands directly before a place."""
    before = text[max(start - _NEAR, 0) : start]
    pattern = _CHINESE if HAN.search(text[start : start + 1]) else _ENGLISH
    return pattern.search(before) is not None


def _is_governed(text: str, start: int, end: int) -> bool:
    """Say whether what is done to a place, in its clause, is negated.

    >>> text = "不得使用核武器"
    >>> _is_governed(text, 4, 7), _is_governed("不断削减核武器", 4, 7)
    (True, False)
    >>> _is_governed("nuclear weapons must never be used", 0, 15)
    True
    """
    if HAN.search(text[start : start + 1]):
        return _DOING_CHINESE.search(text[max(start - _NEAR, 0) : start]) is not None
    before = text[max(start - _CLAUSE, 0) : start]
    if _NOT.search(before) and _DOING.search(before):
        return True
    return _DONE.match(text, end) is not None and not _OF.search(before)


def clause_end(text: str, at: int) -> int:
    """Return where the clause ends that a place of a text stands in."""
    behind = _CLAUSE_END.search(text, at)
    return behind.start() if behind else len(text)


def clauses(text: str) -> list[Piece]:
    """Return the clauses of a text that have words.

    >>> clauses("中方不搞对抗，也不称霸。")
    [Piece(start=0, end=6), Piece(start=7, end=11)]
    """
    ends = [match.start() for match in _CLAUSE_END.finditer(text)]
    starts = [0, *(end + 1 for end in ends)]
    return [
        Piece(start, end)
        for start, end in zip(starts, [*ends, len(text)], strict=True)
        if _WORD.search(text, start, end)
    ]


def has_trace(text: str) -> bool:
    """Say whether a text of either language has anything that negates, or may."""
    traces = _CHINESE_TRACES if has_han(text) else _TRACES
    return traces.search(text) is not None

"""Which sentences of a translation go with which of its source."""

from hypothesis import given
from hypothesis import strategies as st

from glossary.recognition.alignment import Alignment, aligned, unaligned
from glossary.recognition.sentences import paragraphs, sentences

CHINESE = [
    "两国元首就双边关系深入交换了意见。",
    "双方同意加强经贸合作，维护多边贸易体制，反对一切形式的保护主义。",
    "2026年，双方将举办人文交流年。",
    "中方重申坚持一个中国原则。",
]
AGREED = (
    "They agreed to strengthen economic cooperation and trade, uphold the multilateral "
    "trading system and oppose protectionism in all its forms."
)
ENGLISH = [
    "The two presidents had an in-depth exchange of views on bilateral relations.",
    AGREED,
    "In 2026 they will hold a Year of People-to-People Exchanges.",
    "China reaffirmed its adherence to the one-China principle.",
]


def beside(source: str, target: str) -> list[tuple[str, str]]:
    alignment = aligned(source, target, ([], []))
    numbers = sorted({alignment.number(at) for at in range(len(source))})
    return [
        (source[slice(*bead.source)].strip(), target[slice(*bead.target)].strip())
        for bead in map(alignment.own, numbers)
    ]


def test_sentences_go_with_their_translations() -> None:
    expected = list(zip(CHINESE, ENGLISH, strict=True))
    assert beside("".join(CHINESE), " ".join(ENGLISH)) == expected
    back = beside(" ".join(ENGLISH), "".join(CHINESE))
    assert back == [(english, chinese) for chinese, english in expected]


def test_paragraphs_that_are_as_many_go_with_each_other_whatever_their_length() -> None:
    source = "\n".join(CHINESE[:2])
    target = f"In short.\n{' '.join(ENGLISH)}"
    assert beside(source, target) == [
        (CHINESE[0], "In short."),
        (CHINESE[1], " ".join(ENGLISH)),
    ]


def test_two_sentences_may_render_one() -> None:
    one = "双方同意加强经贸合作，并重申坚持一个中国原则，反对一切形式的保护主义。"
    two = (
        "The two sides agreed to strengthen economic cooperation and trade. "
        "They reaffirmed the one-China principle and opposed all protectionism."
    )
    source, target = (
        f"{CHINESE[0]}{one}{CHINESE[2]}",
        f"{ENGLISH[0]} {two} {ENGLISH[2]}",
    )
    assert beside(source, target)[1] == (one, two)


def test_what_is_left_out_goes_with_nothing() -> None:
    tail = "".join(f"外长还出席了{day}日在首都举行的招待会。" for day in range(11, 29))
    source = "".join(CHINESE) + tail
    alignment = aligned(source, " ".join(ENGLISH), ([], []))
    left_out = alignment.omitted(alignment.number(source.index("19日")))
    assert left_out is not None
    assert source[slice(*left_out)] in tail
    assert left_out.end - left_out.start >= 0.9 * len(tail)
    assert alignment.omitted(alignment.number(0)) is None
    assert alignment.anywhere(0).target == (0, len(" ".join(ENGLISH)))


def test_a_long_text_is_aligned_where_lines_are_not_as_many() -> None:
    source = "\n".join(CHINESE * 40)
    target = " ".join(ENGLISH * 40)
    pairs = beside(source, target)
    right = set(zip(CHINESE, ENGLISH, strict=True))
    assert len(pairs) == 160
    assert [pair for pair in pairs if pair not in right] == []


def test_neighbours_are_looked_at_too() -> None:
    source, target = "".join(CHINESE), " ".join(ENGLISH)
    alignment = aligned(source, target, ([], []))
    around = alignment.around(1)
    assert target[slice(*around.target)].strip() == " ".join(ENGLISH[:3])
    assert alignment.anywhere(1) == around
    whole = unaligned(source, target)
    assert whole.own(whole.number(30)) == whole.around(0)


texts = st.lists(st.sampled_from([*CHINESE, *ENGLISH, "\n", "U.S. ", "；", " 一"])).map(
    "".join
)


@given(texts, texts)
def test_every_place_has_a_part_of_the_target(source: str, target: str) -> None:
    alignment: Alignment = aligned(source, target, ([], []))
    reach = 0
    for at in (at for at in range(0, len(source), 7) if not source[at].isspace()):
        own = alignment.own(alignment.number(at))
        assert own.source.start <= at < own.source.end
        assert reach <= own.target.start <= own.target.end <= len(target)
        reach = own.target.start


@given(texts)
def test_sentences_leave_nothing_out(text: str) -> None:
    for line in paragraphs(text):
        pieces = sentences(text, *line)
        assert "".join(text[slice(*p)] for p in pieces) == text[slice(*line)]


def test_a_period_within_a_sentence_does_not_end_it() -> None:
    text = "The U.S. side met Mr. Li at 9 a.m. on the 4th. They agreed: see No. 5."
    found = [text[slice(*piece)].strip() for piece in sentences(text, 0, len(text))]
    assert found == [
        "The U.S. side met Mr. Li at 9 a.m. on the 4th.",
        "They agreed: see No. 5.",
    ]

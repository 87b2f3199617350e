"""What a text costs grows as the text does, and so does the answer to it."""

import json
import time
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lsprotocol import types
from pygls.workspace import PositionCodec, TextDocument

from glossary.bitext import Languages, Segment
from glossary.client.ruler import Ruler
from glossary.entry.nouns import Finding, Span
from glossary.query import Pair, Wanted
from glossary.recognition.annotate import annotate
from glossary.recognition.check import check
from glossary.recognition.offsets import UNITS, measure
from glossary.recognition.snapshot import Recognition, Snapshot
from glossary.store import SqliteStore
from glossary.text.letter_case import LetterCase, fitted, letter_case

OLD = "new type of great power relations"
#: Texts by what is repeated in them, and what once was costly in each.
REPEATED = {
    "no spaces": "UN,China,",
    "no spaces and no Han": "😀UN",
    "Han with spaces": "中 国 ",
    "shared words": "East and South China Seas and ",
    "crossing terms": "中华人民共和国家主席",
    "one run of Han": "中国和",
    "ordinary": "双方同意构建新型大国关系，坚持相互尊重。",
    "capitals": "UN CHARTER ",
    "pauses": "不冲突、、、、不对抗，",
}


def growth(run: Callable[[int], object], small: int, times: int = 4) -> float:
    """Return how many times longer a text takes that is so many times longer."""
    sizes = small, times * small
    # By turns, so that what else the machine does is beside both; the first is not
    # the least.
    rounds = [[_spent(run, size) for size in sizes] for _ in range(3)]
    return min(long for _, long in rounds) / min(short for short, _ in rounds)


def _spent(run: Callable[[int], object], size: int) -> float:
    begin = time.process_time()
    run(size)
    return time.process_time() - begin


@pytest.fixture(scope="module")
def snapshot(curated: SqliteStore) -> Snapshot:
    return Recognition(curated).snapshot()


@pytest.mark.parametrize("kind", REPEATED)
def test_four_times_the_text_is_read_in_about_four_times_the_time(
    snapshot: Snapshot, kind: str
) -> None:
    text = REPEATED[kind] * 4_000
    # A text that is read anew for every place takes sixteen times as long.
    assert growth(lambda n: annotate(snapshot, text[:n], Wanted()), 3_000) < 9


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("中国和", "China and "),
        ("新型大国关系，", f"{OLD}, "),
        ("相互尊重，", "the weather is fine, "),
        ("不冲突、不对抗、相互尊重、合作共赢。", "win-win cooperation, "),
    ],
)
def test_four_times_the_pair_is_checked_in_about_four_times_the_time(
    snapshot: Snapshot, source: str, target: str
) -> None:
    wanted = Wanted(from_="zh-Hans", to="en")

    def run(size: int) -> None:
        times = size // len(source)
        check(snapshot, source * times, target * times, wanted)

    assert growth(run, 800) < 9


def test_four_times_the_text_is_checked_for_languagetool_in_four_times_the_time(
    client: FlaskClient,
) -> None:
    sizes = {}

    def run(size: int) -> None:
        # No sentence ends anywhere.
        text = f"😀 a {OLD} and " * (size // 40)
        answer = client.post("/v2/check", data={"text": text, "language": "en-US"})
        assert answer.status_code == 200
        sizes[size] = len(answer.data)

    assert growth(run, 5_000) < 9
    assert sizes[20_000] < 4.5 * sizes[5_000]
    assert sizes[20_000] < 100 * 20_000


def test_a_match_shows_what_is_near_and_no_more(client: FlaskClient) -> None:
    text = f"{'word ' * 2_000}a {OLD} {'word ' * 2_000}"
    fields = {"text": text, "language": "en-US"}
    (match,) = json.loads(client.post("/v2/check", data=fields).data)["matches"]
    assert OLD in match["sentence"]
    assert len(match["sentence"]) < 400
    context = match["context"]
    shown = context["text"][context["offset"] :][: context["length"]]
    assert shown == OLD
    assert text[match["offset"] :][: match["length"]] == OLD


def test_a_term_that_is_missing_does_not_bring_the_whole_text(
    client: FlaskClient,
) -> None:
    fields = {
        "text": "word. " * 2_000,
        "language": "en-US",
        "srctext": "相互尊重，合作共赢。",
        "level": "picky",
    }
    matches = json.loads(client.post("/v2/check", data=fields).data)["matches"]
    assert len(matches) == 2
    for match in matches:
        assert (match["offset"], match["length"]) == (0, len("word"))
        context = match["context"]
        assert len(context["text"]) < 200
        assert context["offset"] + context["length"] <= len(context["text"])
        assert len(match["sentence"]) < 400


@pytest.mark.parametrize("unit", UNITS)
def test_offsets_are_the_same_in_any_order(unit: str) -> None:
    text = "a😀中\u0301" * 200
    codec, size = {
        "codepoint": ("utf-32-le", 4),
        "utf16": ("utf-16-le", 2),
        "utf8": ("utf-8", 1),
    }[unit]
    at = measure(text, unit)
    for place in (*range(len(text), -1, -7), 0, len(text), 1):
        assert at(place) == len(text[:place].encode(codec)) // size


@pytest.mark.parametrize(
    ("before", "case"),
    [
        ("", LetterCase.BEGINNING),
        ("  “(", LetterCase.BEGINNING),
        ("It ended. ", LetterCase.BEGINNING),
        ("It ended.\n\t ", LetterCase.BEGINNING),
        ("a title\n", LetterCase.BEGINNING),
        ("会谈结束。", LetterCase.BEGINNING),
        ("They, ", LetterCase.OWN),
        ("the ", LetterCase.OWN),
    ],
)
def test_a_capital_begins_a_sentence_or_is_the_words_own(
    before: str, case: LetterCase
) -> None:
    text = f"{before}Mutual respect is"
    assert letter_case(text, len(before), len(before) + 14) is case
    assert fitted("trust", text, len(before), len(before) + 14) in {"trust", "Trust"}


def test_a_document_of_one_line_is_measured_once() -> None:
    codec = PositionCodec(types.PositionEncodingKind.Utf16)

    def run(size: int) -> None:
        text = "😀UN " * (size // 4)
        document = TextDocument("file:///a.md", text, position_codec=codec)
        ruler = Ruler(document)
        for at in range(0, size - 4, 4):
            place = ruler.range(at + 1, at + 3)
            assert place.start == types.Position(0, at // 4 * 5 + 2)

    assert growth(run, 8_000) < 9


def test_a_finding_stands_at_its_own_wording_and_nowhere_else() -> None:
    """Where the file has it in another way, the pair is told by its first word."""
    codec = PositionCodec(types.PositionEncodingKind.Utf16)
    text = f'''msgid "{OLD}, 新型大国关系"
msgstr "😀 An {OLD} and an {OLD}."

msgid "新型大国关系"
msgstr ""
"The new type of "
"great power relations, a {OLD}"
'''
    ruler = Ruler(TextDocument("file:///a.po", text, position_codec=codec))

    def place(line: int, source: str, target: str, at: int) -> tuple[int, ...] | None:
        span = Span(at, at + len(OLD), OLD)
        said = Finding("forbidden", "x", None, span, (), advice=False, message="")
        segment = Segment(Pair("", source, target), line, Languages())
        where = ruler.wording(segment, said)
        return where and (
            *(where.start.line, where.start.character),
            *(where.end.line, where.end.character),
        )

    first = f"{OLD}, 新型大国关系", f"😀 An {OLD} and an {OLD}."
    assert place(1, *first, 5) == (1, 14, 1, 14 + len(OLD))
    second = 14 + len(OLD) + len(" and an ")
    assert place(1, *first, 5 + len(OLD) + 8) == (1, second, 1, second + len(OLD))
    wrapped = "新型大国关系", f"The {OLD}, a {OLD}"
    assert place(4, *wrapped, 4) == (6, 26, 6, 26 + len(OLD))
    assert place(4, *wrapped, 4 + len(OLD) + 4) is None
    first_word = ruler.first_word(4)
    assert first_word.start == types.Position(3, 0)
    assert first_word.end == types.Position(3, 5)
    assert ruler.first_word(99).start.line == 7

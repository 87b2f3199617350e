"""What may stand between the words of a term, and what must not hide it."""

import pytest

from glossary.entry import Term
from glossary.query import Wanted
from glossary.recognition.check import check
from glossary.recognition.pauses import is_parted
from glossary.recognition.snapshot import Recognition
from glossary.recognition.tier import likeness
from glossary.store import SqliteStore
from glossary.text.fold import fold
from tests.nouns import one
from tests.recognition.reading import english, known, wordings


def like(written: str, text: str) -> bool:
    return likeness(written, Term("en", text), fold(text).key) is not None


@pytest.mark.parametrize(
    "mark",
    [
        *(
            ", ",
            "; ",
            ": ",
            " / ",
            "/",
            " (",
            ") ",
            " [",
            "] ",
            ". ",
            "! ",
            "? ",
            " — ",
        ),
        *(
            "—",
            " – ",
            " - ",
            " -- ",
            "… ",
            "... ",
            "，",
            "；",
            "（",
            " | ",
            ".\n",
            "\n\n",
        ),
        *(",\n", " • ", ",” ", ", the ", ", a ", '," the '),
    ],
)
def test_a_mark_parts_words_that_are_no_term_then(mark: str) -> None:
    assert not like(f"Taiwan{mark}issued", "Taiwan issue")
    assert not like(f"UN{mark}Charter", "UN Charter")


@pytest.mark.parametrize(
    "between", [" ", "  ", "\n", "-", "‑", "–", "\u00a0", " “", '" ', " the ", "’s "]
)
def test_spaces_hyphens_and_quotation_marks_part_nothing(between: str) -> None:
    assert like(f"Taiwan{between}issues", "Taiwan issue")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("U.N. General Assembly", "UN General Assembly"),
        ("U.N. General Assembly", "U.N. General Assembly"),
        ("U.S. Secretary of State", "US Secretary of State"),
        ("U.S.-China relations", "US-China relations"),
        ("H.E. the Ambassador", "HE the Ambassador"),
        ("peace, security, and development", "peace, security and development"),
        ("peace, security and development", "peace, security, and development"),
        ("non-conflict non-confrontation", "non-conflict, non-confrontation"),
        ("Taipei (China)", "Taipei, China"),
        ("One Country; Two Systems", "One Country; Two Systems"),
        ("E3/EU+3", "E3/EU+3"),
        ("US/China relations", "US-China relations"),
        ("1.5 °C goal", "1.5°C goal"),
        ("Track 1.5 dialogues", "Track 1.5 dialogue"),
        ("countries’ leaders", "countries' leaders"),
    ],
)
def test_what_a_term_is_written_with_is_no_pause(written: str, text: str) -> None:
    assert like(written, text)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("security, and development", "security and development"),
        ("the UN. General Assembly", "UN General Assembly"),
        ("Plan A. Next steps", "Plan A next steps"),
        ("trade.The deficits", "trade deficit"),
        ("Taiwan-China", "Taiwan, China"),
        ("peace. Security and development", "peace, security and development"),
    ],
)
def test_what_is_no_pause_in_one_term_is_one_in_another(
    written: str, text: str
) -> None:
    assert not like(written, text)


def test_a_comma_is_no_part_of_a_term_in_pieces(store: SqliteStore) -> None:
    snapshot = known(
        store,
        one("east", "East China Sea", "东海"),
        one("south", "South China Sea", "南海"),
        one("build", "build bridges {…} between peoples", "架桥"),
    )
    assert wordings(snapshot, "the East and South China Seas") == [
        "East and South China Seas",
        "South China Seas",
    ]
    assert wordings(snapshot, "in the East, and South China Seas") == [
        "South China Seas"
    ]
    assert wordings(snapshot, "East and South China, seas") == []
    assert wordings(snapshot, "build bridges, old and new, between peoples") == [
        "build bridges, old and new, between peoples"
    ]
    assert wordings(snapshot, "build, bridges of trust between peoples") == []


def test_the_parts_beside_a_comma_are_found_by_themselves(store: SqliteStore) -> None:
    snapshot = known(
        store, one("un", "UN", "联合国"), one("charter", "UN Charter", "联合国宪章")
    )
    assert english(snapshot, "At the UN, Charter flights; the UN Charter") == [
        ("UN", "UN"),
        ("UN Charter", "UN Charter"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "ceasefire¹",
            "ceasefire²³",
            "ceasefireª",
            "ceasefire①",
            "ceasefire❷",
            "①ceasefire",
        ),
        *(
            "ceasefire™",
            "ceasefire®",
            "ceasefire*",
            "ceasefire†",
            "ceasefire[1]",
            "¹ceasefire",
        ),
        *("cease\u00adfire", "cease\u200bfire", "\u200bceasefire", "ceasefire\u200b"),
        *("\ufeffceasefire", "cease\u2060fire", "cease\u200dfire", "cease\u200cfire"),
        *("a\u200bceasefire", "Ceasefire\u200b.", "⑴ceasefire⑵", "ceasefire⒈"),
    ],
)
def test_what_is_glued_to_a_word_does_not_hide_it(
    store: SqliteStore, written: str
) -> None:
    snapshot = known(store, one("ceasefire", "ceasefire", "停火"))
    (match,) = wordings(snapshot, f"They agreed on {written} today.")
    assert fold(match).key == "ceasefire"


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("停火¹", "停火"),
        ("停火①。", "停火"),
        ("①停火②谈判", "停火"),
        ("停\u200b火", "停火"),
        ("停\u00ad火", "停火"),
        ("停火¹协议", "停火协议"),
        ("加强停火®协议", "停火协议"),
    ],
)
def test_what_is_glued_to_chinese_does_not_hide_it(
    store: SqliteStore, text: str, chinese: str
) -> None:
    snapshot = known(store, one("it", "ceasefire", chinese))
    assert [fold(match).text for match in wordings(snapshot, text)] == [chinese]


def test_an_item_of_a_list_ends_a_chinese_term(store: SqliteStore) -> None:
    snapshot = known(store, one("it", "deepen", "作深"))
    assert wordings(snapshot, "加强合作②深化交流") == []


def test_a_mark_inside_a_term_of_several_words_does_not_hide_it(
    store: SqliteStore,
) -> None:
    snapshot = known(
        store,
        one("un", "United Nations", "联合国"),
        one("png", "persona non grata", "不受欢迎的人"),
    )
    for text in ("United\u200bNations", "United¹ Nations", "Uni\u00adted Nations²"):
        assert len(wordings(snapshot, text)) == 1, text
    assert wordings(snapshot, "a persona non grata™ today") == ["persona non grata"]


def test_figures_that_are_no_notes_stay() -> None:
    assert fold("5 km², 10⁶, the 20ᵗʰ").text == "5 km2 106 the 20th"
    assert fold("m²").text == "m2"


def test_a_comma_accuses_nobody_in_the_curated_glossary(curated: SqliteStore) -> None:
    snapshot = Recognition(curated).snapshot()
    for source, target in (
        ("他说台湾。", "He spoke in Taiwan, issued a passport."),
        ("联合国大会通过决议。", "The U.N. General Assembly adopted a resolution."),
        ("He welcomed the agreement.", "他对协议表示欢迎。"),
    ):
        findings = check(snapshot, source, target, Wanted())
        alarms = [f for f in findings if f.verdict in {"missing", "forbidden"}]
        assert alarms == [], source


def test_a_pause_between_long_parts_of_a_chinese_term_is_no_border() -> None:
    """Each side is too long for an initial or a number."""
    assert not is_parted("坚持独立自主，维护世界和平", "坚持独立自主维护世界和平")
    assert is_parted("和平，共处", "和平共处")

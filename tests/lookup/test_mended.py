"""A query of which one part is wrong, or written another way, is found by the rest."""

from collections.abc import Sequence

import pytest

from glossary import curation
from glossary.lookup import Answer, doubted, lookup
from glossary.query import Query
from glossary.store import Scope, Search, SqliteStore
from glossary.text import derived, onsets, primary, sound
from tests.nouns import entry

#: Wordings, with the pinyin that they are read by.
WORDINGS = (
    ("不扩散核武器条约", "bù kuòsàn hé wǔqì tiáoyuē"),
    ("人类命运共同体", "rénlèi mìngyùn gòngtóngtǐ"),
    ("互不干涉内政原则", "hù bù gānshè nèizhèng yuánzé"),
    ("可接受的领导人行为", "kě jiēshòu de lǐngdǎorén xíngwéi"),
    ("和平共处五项原则", "hépíng gòngchǔ wǔ xiàng yuánzé"),
    ("可持续发展目标", "kě chíxù fāzhǎn mùbiāo"),
    ("合作共赢", "hézuò gòngyíng"),
    ("求同存异", "qiútóng cúnyì"),
    ("Ambassador Extraordinary and Plenipotentiary", None),
    ("反制", "fǎnzhì"),
    ("主权", "zhǔquán"),
    ("多边主义", "duōbiān zhǔyì"),
    ("mutual respect, peaceful coexistence and win-win cooperation", None),
    ("no conflict, no confrontation, mutual respect and win-win cooperation", None),
    ("hegemonism", None),
    ("hegemony", None),
    ("数典忘祖", "shǔdiǎnwàngzǔ"),
    ("关键核心技术", "guānjiàn héxīn jìshù"),
    ("政府代表团", "zhèngfǔ dàibiǎotuán"),
    ("United Nations Charter", None),
)


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    with store.write(by="me") as write:
        for at, (text, reading) in enumerate(WORDINGS):
            term = {"lang": "zh" if reading else "en", "text": text}
            more = {"reading": reading} if reading else {}
            write.create(entry(id=f"e{at}", terms=[term | more]))
    return store


def asked(store: SqliteStore, q: str) -> Answer:
    return lookup(store, Query(q), candidates=400)


def texts(answer: Answer, block: str = "answer") -> list[str]:
    return [hit.term.text for hit in answer.of(block)]


def test_what_is_near_is_found_by_the_part_that_is_right(filled: SqliteStore) -> None:
    for q, text, via in (
        ("bukuosan tiaoyue", "不扩散核武器条约", "pinyin"),
        ("renlei mingyun gtt", "人类命运共同体", "initials"),
        ("rl mingyun gtt", "人类命运共同体", "initials"),
        ("renlei mingyan gtt", "人类命运共同体", "initials"),
        ("heping gongchu yuanze", "和平共处五项原则", "pinyin"),
        ("5项原则", "和平共处五项原则", "numeral"),
        ("持绪发展目标", "可持续发展目标", "homophone"),
        ("plenipotentary", "Ambassador Extraordinary and Plenipotentiary", "typo"),
        ("hegemonysm", "hegemonism", "typo"),
        ("数祖忘典", "数典忘祖", "word-order"),
        ("hexin jisu", "关键核心技术", "slip"),
        ("政付代表团", "政府代表团", "homophone"),
    ):
        answer = asked(filled, q)
        assert texts(answer)[:1] == [text], q
        assert via in answer.hits[0].via, q


@pytest.mark.parametrize("q", ["fangzi", "zuquan", "fanzi"])
def test_a_short_word_as_it_is_typed_only_sounds_like_another(
    filled: SqliteStore, q: str
) -> None:
    answer = asked(filled, q)
    assert texts(answer) == []
    assert texts(answer, "similar")[:1] == ["主权" if q == "zuquan" else "反制"]


@pytest.mark.parametrize("q", ["duobian zuyi", "dobianzhuyi", "duobiangzhuyi"])
def test_a_longer_word_is_forgiven_a_slip(filled: SqliteStore, q: str) -> None:
    assert texts(asked(filled, q)) == ["多边主义"]


def test_most_of_a_wording_is_found_without_a_small_word(filled: SqliteStore) -> None:
    whole = "mutual respect, peaceful coexistence and win-win cooperation"
    for q in (
        "mutual respect, peaceful coexistence, win-win",
        "peaceful coexistence, win-win cooperation",
    ):
        assert texts(asked(filled, q))[:1] == [whole]
    # What is less of a wording has been asked for itself.
    assert texts(asked(filled, "mutual respect, win-win cooperation")) == []


def test_the_rest_must_be_enough_to_tell_by(filled: SqliteStore) -> None:
    for q in (
        "renlei heping gtt",
        "gongtongti mingyun",
        "renlei gtt mingyun",
        "10项原则",
        "外涉内政",
        "九项原则",
        "plenary",
        "hotel booking",
        "he zuo xx",
        "副代表团",
    ):
        assert texts(asked(filled, q)) == [], q


def test_phrases_beside_one_another_are_forgiven_a_slip_each(
    filled: SqliteStore,
) -> None:
    for q in ("求同存意 合作共营", "求同存意、合作共赢"):
        parts = asked(filled, q).of("known-parts")
        assert sorted(hit.term.text for hit in parts) == ["合作共赢", "求同存异"], q


def test_known_parts_are_found_in_the_words_of_taiwan(filled: SqliteStore) -> None:
    assert texts(asked(filled, "聯合國永續發展目標"), "known-parts") == [
        "可持续发展目标"
    ]


def test_a_question_is_answered_by_what_it_asks_about(filled: SqliteStore) -> None:
    for q, text in (
        ("求同存意用英文怎么说？", "求同存异"),
        ("请问“合作共营”怎么翻译", "合作共赢"),
        ("how do you say 数祖忘典 in English", "数典忘祖"),
        ("what is the Chinese for hegemonysm?", "hegemonism"),
        (
            "how to translate united nations charters into Chinese",
            "United Nations Charter",
        ),
    ):
        answer = asked(filled, q)
        assert texts(answer, "known-parts") == [text], q
        assert not answer.answers, q
        assert not answer.is_missed, q
    assert texts(asked(filled, "怎么翻译"), "known-parts") == []


def test_a_short_name_is_written_out(store: SqliteStore) -> None:
    names = (
        ("un", [("en", "United Nations"), ("en", "UN"), ("zh", "联合国")]),
        ("assembly", [("zh", "联合国大会"), ("zh", "联大")]),
        ("charter", [("en", "United Nations Charter")]),
        ("resolution", [("zh", "联合国大会第2758号决议")]),
        ("nation", [("en", "nation building")]),
    )
    with store.write(by="me") as write:
        for name, terms in names:
            wordings = [{"lang": lang, "text": text} for lang, text in terms]
            write.create(entry(id=name, terms=wordings))
    for q, text in (
        ("UN Charter", "United Nations Charter"),
        ("联大2758号决议", "联合国大会第2758号决议"),
        ("联大二七五八号决议", "联合国大会第2758号决议"),
    ):
        (hit, *_) = asked(store, q).answers
        assert (hit.term.text, hit.via[0]) == (text, "expanded"), q
        assert hit.tier == "folded", q
    for q in ("UN building", "un Charter of", "联大学生", "联大2759号决议"):
        assert texts(asked(store, q)) == [], q


@pytest.mark.parametrize(
    ("q", "text"),
    [
        ("合作与团结", "团结合作"),
        ("发展和和平", "和平与发展"),
        ("稳定及繁荣", "繁荣稳定"),
    ],
)
def test_two_things_in_the_other_order_are_similar_with_an_and_or_without(
    store: SqliteStore, q: str, text: str
) -> None:
    with store.write(by="me") as write:
        for at, wording in enumerate(
            ("团结合作", "和平与发展", "和平发展", "繁荣稳定")
        ):
            term = {"lang": "zh-Hans", "text": wording}
            write.create(entry(id=f"e-{at}", terms=[term]))
    hit, *_ = asked(store, q).hits
    assert (hit.block, hit.term.text, hit.via) == ("similar", text, ("word-order",))
    assert [hit.tier for hit in asked(store, text).answers][:1] == ["exact"]


@pytest.mark.parametrize(
    ("q", "text"),
    [("CPEC2.0", "CPEC 2.0"), ("Web 3.0", "Web3.0"), ("1.5track", "1.5 track")],
)
def test_letters_beside_figures_with_a_point_stand_apart_or_together(
    store: SqliteStore, q: str, text: str
) -> None:
    with store.write(by="me") as write:
        write.create(entry(id="it", terms=[{"lang": "en", "text": text}]))
    assert [hit.term.text for hit in asked(store, q).answers] == [text]


@pytest.fixture
def statements(filled: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is read from now on."""
    noted_statements: list[str] = []
    rows = filled.search._rows

    def noted(sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        noted_statements.append(sql)
        return rows(sql, values)

    monkeypatch.setattr(filled.search, "_rows", noted)
    return noted_statements


def test_words_that_may_be_mistyped_are_doubted_in_one_question(
    filled: SqliteStore, statements: list[str]
) -> None:
    with filled.snapshot():
        hits = asked(filled, "plenipotentary ambasador extraordnary").hits
    assert [hit.term.text for hit in hits] == [
        "Ambassador Extraordinary and Plenipotentiary"
    ]
    assert sum("from near" in sql for sql in statements) == 1


def test_beside_a_word_that_no_term_has_nothing_is_looked_for(
    filled: SqliteStore, statements: list[str]
) -> None:
    def edges(part: str) -> int:
        statements.clear()
        with filled.snapshot():
            candidates = filled.search.containing(part, Scope("en"), 10)
        assert [c.key for c in candidates] == ["united nations charter"] * (
            "wdkryfm" not in part
        )
        return sum("from word" in sql for sql in statements)

    assert edges("ited nations char") > 0
    assert edges("united wdkryfm char") == 0


def test_words_with_a_vowel_inside_are_no_initials_of_chinese(
    filled: SqliteStore, statements: list[str]
) -> None:
    def initials(q: str) -> bool:
        statements.clear()
        with filled.snapshot():
            asked(filled, q)
        return any("t.initials = ? or t.initials = ?" in sql for sql in statements)

    assert not initials("summit of a scientific nobody")
    assert initials("zhuquan hz gy")
    starts = [
        syllable[0]
        for each in curation.entries()
        for term in each.terms
        if primary(term.lang) == "zh"
        for syllable in onsets(sound(derived(term.text)))[1:]
    ]
    assert len(starts) > 10_000
    assert not {*"aeiouv"}.intersection(starts)


def test_a_part_is_found_behind_many_terms_that_only_have_its_words(
    filled: SqliteStore, statements: list[str]
) -> None:
    part, longer = "economic coercion by a state", "oppose economic coercion by a state"
    with filled.write(by="me") as write:
        for at in range(60):
            text = f"coercion, economic or not, in {at}"
            write.create(entry(id=f"m{at}", terms=[{"lang": "en", "text": text}]))
        write.create(entry(id="it", terms=[{"lang": "en", "text": longer}]))

    def looked_for(q: str, *, inside: bool) -> int:
        statements.clear()
        with filled.snapshot():
            candidates = filled.search.containing(q, Scope("en"), 10, inside=inside)
        assert [one.key for one in candidates] == [longer]
        return sum("cross join term" in sql for sql in statements)

    as_words = looked_for(part, inside=False)
    # Inside a word nothing else is to be read: its words are the same.
    assert looked_for(part, inside=True) == as_words
    looked_for(part[1:], inside=True)
    assert filled.search.containing(part[1:], Scope("en"), 10, inside=False) == []


def test_a_word_that_may_be_mistyped_is_doubted_once_until_the_next_write(
    filled: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubted_words: list[str] = []
    near_words = doubted._near_words

    def noted(search: Search, words: list[str]) -> dict[str, list[str]]:
        doubted_words.extend(words)
        return near_words(search, words)

    monkeypatch.setattr(doubted, "_near_words", noted)

    def looked_up() -> str:
        with filled.snapshot():
            hits = lookup(filled, Query("hegemonysm wdkryfm"), candidates=100).hits
        return ", ".join(hit.term.text for hit in hits)

    before = looked_up()
    assert sorted(doubted_words) == ["hegemonysm", "wdkryfm"]
    looked_up()
    # Where the store is elsewhere, nothing outlasts a snapshot.
    assert len(doubted_words) == (2 if isinstance(filled, SqliteStore) else 4)
    with filled.write(by="me") as write:
        new = {"lang": "en", "text": "hegemonism wdkryfn"}
        write.create(entry(id="new", terms=[new]))
    assert "hegemonism wdkryfn" not in before
    assert "hegemonism wdkryfn" in looked_up()

"""What a hit is to the query: its answer, known in it, or only like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.entry import BLOCKS, Hit
from glossary.lookup import Answer, lookup, suggest
from glossary.query import Query
from glossary.store import SqliteStore, Store
from glossary.text import compared, fold, key, slip_of_characters
from tests.nouns import entry


def asked(store: SqliteStore, q: str, **more: object) -> Answer:
    return lookup(store, Query(q, **more), candidates=400)  # type: ignore[arg-type]


def texts(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.term.text for hit in hits]


#: Wordings, and what is none of them: another title, number, name, the contrary.
NEAR = {
    "国务院总理": ["国务院副总理", "前国务院总理", "国务院代总理"],
    "国家主席": ["国家副主席"],
    "到任拜会": ["离任拜会"],
    "国台办": ["国新办"],
    "九二共识": ["九三共识"],
    "六方会谈": ["五方会谈", "四方会谈"],
    "中美关系": ["中俄关系", "中英关系"],
    "可持续发展": ["不可持续发展"],
    "不平等条约": ["平等条约"],
    "special envoy": ["deputy special envoy", "former special envoy"],
    "Six-Party Talks": ["Five-Party Talks"],
    "sustainable development": ["unsustainable development"],
    "unofficial relations": ["official relations"],
    "bilateral investment treaty": ["multilateral investment treaty"],
}


@pytest.mark.parametrize(
    ("q", "like"), [(q, text) for text, each in NEAR.items() for q in each]
)
def test_another_title_number_or_name_is_no_answer(
    store: SqliteStore, q: str, like: str
) -> None:
    with store.write(by="me") as write:
        for number, text in enumerate(NEAR):
            term = {"lang": "en" if text.isascii() else "zh", "text": text}
            write.create(entry(id=f"e{number}", terms=[term]))
    answer = asked(store, q)
    assert answer.answers == ()
    assert like in texts(answer.hits)
    assert not suggest(store, q, limit=8, candidates=400)


def test_the_difference_is_told_piece_by_piece(store: SqliteStore) -> None:
    with store.write(by="me") as write:
        write.create(entry(id="a", terms=[{"lang": "zh", "text": "国务院总理"}]))
    hit = asked(store, "国务院副总理").of("similar")[0]
    assert [(d.text, d.side) for d in hit.difference] == [
        ("国务院", "both"),
        ("副", "query"),
        ("总理", "both"),
    ]


@pytest.mark.parametrize(
    ("q", "text", "via"),
    [
        ("合作供赢", "合作共赢", "homophone"),
        ("强烈遣责", "强烈谴责", "homophone"),
        ("未段高空区域防御系统", "末段高空区域防御系统", "look-alike"),
        ("合共作赢", "合作共赢", "swapped"),
        ("共赢合作", "合作共赢", "word-order"),
        ("冷战的思维", "冷战思维", "particle"),
        ("mutal respekt", "mutual respect", "typo"),
    ],
)
def test_a_slip_of_typing_is_still_answered_and_named(
    curated: SqliteStore, q: str, text: str, via: str
) -> None:
    hit = asked(curated, q).answers[0]
    assert (hit.term.text, hit.tier) == (text, "fuzzy")
    assert via in hit.via


def test_characters_that_changed_places_may_be_another_word(store: SqliteStore) -> None:
    with store.write(by="me") as write:
        write.create(entry(id="a", terms=[{"lang": "zh", "text": "国际会议"}]))
    assert texts(asked(store, "国际议会").of("similar")) == ["国际会议"]
    assert asked(store, "国际议会").answers == ()
    assert texts(asked(store, "国际会仪").answers) == ["国际会议"]


@pytest.mark.parametrize(
    ("q", "parts"),
    [
        ("求同存异是什么意思", ["求同存异"]),
        ("how do you say 零和博弈 in English", ["零和博弈"]),
        ("零和博弈与冷战思维", ["零和博弈", "冷战思维"]),
        ("中方敦促日方停止参拜靖国神社", ["参拜靖国神社", "中方", "敦促"]),
    ],
)
def test_what_is_known_of_a_query_stands_in_a_block_of_its_own(
    curated: SqliteStore, q: str, parts: list[str]
) -> None:
    answer = asked(curated, q)
    assert answer.answers == ()
    found = texts(answer.of("known-parts"))
    assert set(parts) <= set(found)
    assert found[0] == parts[0] or len(parts[0]) == len(found[0])


def test_pieces_of_a_closer_whole_are_left_out(curated: SqliteStore) -> None:
    answer = asked(curated, "新大国关系")
    assert texts(answer.hits)[0] == "新型大国关系"
    assert answer.hits[0].block == "similar"


def test_the_closest_comes_first_whoever_vouches_for_it(store: Store) -> None:
    with store.write(by="me") as write:
        for name, state, english, chinese in (
            ("world", "draft", "a harmonious world", "和谐世界"),
            ("peoples", "approved", "a harmonious world of peoples", "和谐世界之友"),
        ):
            terms = [
                {"lang": "en", "text": english, "status": "preferred"},
                {"lang": "zh-Hans", "text": chinese, "status": "preferred"},
            ]
            write.create(entry(id=name, state=state, terms=terms))
    hits = lookup(store, Query("谐世"), candidates=400).hits
    assert [(hit.entry, hit.tier) for hit in hits] == [
        ("world", "part"),
        ("peoples", "part"),
    ]


@pytest.mark.parametrize(
    "q", ["合作", "总理", "零和博弈与冷战思维", "mutual respect and win-win", "关系"]
)
def test_blocks_stand_in_their_order_and_each_entry_once(
    curated: SqliteStore, q: str
) -> None:
    answer = asked(curated, q, limit=3)
    order = [BLOCKS.index(hit.block) for hit in answer.hits]
    assert order == sorted(order)
    assert len({hit.entry for hit in answer.hits}) == len(answer.hits)
    assert len(answer.answers) <= 3
    assert all(len(answer.of(block)) <= 5 for block in BLOCKS[1:])


def test_the_limit_counts_answers_and_says_when_there_are_more(
    curated: SqliteStore,
) -> None:
    few = asked(curated, "合作", limit=3)
    assert len(few.answers) == 3
    assert few.more
    assert not asked(curated, "合作共赢").more


@pytest.mark.parametrize(
    ("q", "other"),
    [("可接受", "不可接受"), ("official relations", "unofficial relations")],
)
def test_what_turns_the_query_round_does_not_go_on_from_it(
    curated: SqliteStore, q: str, other: str
) -> None:
    answer = asked(curated, q)
    assert other not in texts(answer.answers)
    assert other in texts(answer.of("similar"))


HAN = st.text(
    st.sampled_from("合作共赢冷战思维国际会议关系发展"), min_size=2, max_size=8
)


@given(HAN, st.sampled_from("副非反前不"))
def test_a_turning_character_too_many_is_no_slip(text: str, turn: str) -> None:
    q = turn + text
    assert slip_of_characters(q, text, is_word=lambda _: False) is None
    assert slip_of_characters(text, q, is_word=lambda _: False) is None


@given(HAN, HAN)
def test_both_sides_of_a_difference_can_be_put_together(q: str, text: str) -> None:
    pieces = compared(fold(q), fold(text))
    ours = [piece.text for piece in pieces if piece.side != "term"]
    theirs = [piece.text for piece in pieces if piece.side != "query"]
    assert ("".join(ours), "".join(theirs)) == (key(q), key(text))


def test_a_space_between_chinese_words_parts_what_is_known_in_them(
    store: SqliteStore,
) -> None:
    with store.write(by="me") as write:
        for at, text in enumerate(("平等互利", "互利合作", "合作共赢")):
            write.create(entry(id=f"e{at}", terms=[{"lang": "zh", "text": text}]))
    parts = asked(store, "平等互利 合作共赢").of("known-parts")
    assert texts(parts) == ["平等互利", "合作共赢"]


@pytest.mark.parametrize("q", ["主权与领土完整", "主权及领土完整"])
def test_and_is_and_whichever_character_says_it(store: SqliteStore, q: str) -> None:
    with store.write(by="me") as write:
        write.create(entry(id="a", terms=[{"lang": "zh", "text": "主权和领土完整"}]))
    (hit,) = asked(store, q).answers
    assert (hit.term.text, hit.via) == ("主权和领土完整", ("particle",))

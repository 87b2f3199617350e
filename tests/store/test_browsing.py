"""Lists of entries: under which letter one stands, also in a store of before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.curation.lint.sounds import flaws as unheard
from glossary.query import RecentPage
from glossary.store import Store, is_address, open_store, store_at
from glossary.store.browsing import facets
from glossary.text.fold import key
from glossary.text.reading import initials, readings
from tests.nouns import entry

#: Characters whose reading begins like an English article, and others.
HAN = "安阿案按暗岸啊矮爱昂傲的德特诺可热热反从共和"


def chinese(text: str, **more: object) -> dict[str, object]:
    terms = [{"lang": "zh-Hans", "text": text, "status": "preferred", **more}]
    return {"id": "x", "terms": terms}


def letter(text: str, **more: object) -> str:
    return listed(**chinese(text, **more))[1]


def listed(**document: object) -> tuple[str, str, str]:
    """Return the one list by a letter that an entry stands in."""
    (facet,) = (f for f in facets(entry(**document)) if f[0] in {"en", "zh"})
    return facet


@pytest.mark.parametrize(
    ("text", "where"),
    [
        *(
            ("安抵", "a"),
            ("安全理事会", "a"),
            ("阿拉伯国家联盟", "a"),
            ("按劳分配", "a"),
        ),
        *(("案例", "a"), ("特别", "t"), ("核不扩散", "h"), ("热点问题", "r")),
        *(("G20峰会", "g"), ("2030年议程", "#"), ("APEC", "a"), ("女权", "n")),
    ],
)
def test_an_entry_stands_under_the_first_letter_of_its_pinyin(
    text: str, where: str
) -> None:
    assert letter(text) == where


def test_a_curated_reading_is_read_as_it_is_written() -> None:
    assert letter("安抵", reading="Ān dǐ") == "a"
    assert letter("重庆", reading="chóngqìng") == "c"
    kind, _, place = listed(**chinese("安排", reading="an1 pai2"))
    assert (kind, place) == ("zh", "anpai")


@given(st.text(HAN, min_size=1, max_size=6))
def test_the_letter_is_always_the_first_of_the_initials(text: str) -> None:
    (term,) = entry(**chinese(text)).terms
    assert term.reading
    assert letter(text) == initials(term.reading, text)[0]
    assert letter(text) in {key(reading)[0] for reading in readings(text[0])}
    assert not list(unheard(entry(**chinese(text))))


def test_the_english_list_still_goes_by_the_word_behind_the_article() -> None:
    terms = [{"lang": "en", "text": "The Arab League", "status": "preferred"}]
    assert listed(id="x", terms=terms) == ("en", "a", "arab league")


def test_a_store_of_before_is_listed_anew_when_it_is_upgraded(fresh: str) -> None:
    store = open_store(fresh)
    texts = ("安抵", "阿拉伯国家联盟", "达成一致", "案例")
    with store.write(by="me") as write:
        for number, text in enumerate(texts):
            write.create(entry(**chinese(text) | {"id": f"e{number}"}))
        write.create(entry(**chinese("暗示") | {"id": "gone", "state": "retired"}))
    right = store.rows("select * from facet"), store.browse.tally("zh")
    assert right[1] == {"a": 3, "d": 1}
    forget_the_mending(store)
    store.close()
    old = store_at(fresh)
    assert [name[5:] for name in old.upgrade()] == ["letters_of_the_pinyin"]
    assert (sorted(old.rows("select * from facet")), old.browse.tally("zh")) == (
        sorted(right[0]),
        right[1],
    )
    assert [e.terms[0].text for e in all_under(old, "a")] == [
        "阿拉伯国家联盟",
        "安抵",
        "案例",
    ]
    with old.write(by="me") as write:
        write.update(entry(**chinese("达成一致") | {"id": "e0"}))
    assert old.browse.tally("zh") == {"a": 2, "d": 2}
    old.close()


def all_under(store: Store, value: str) -> list[object]:
    return list(store.browse.listed("zh", value, after=None, limit=99).entries)


def forget_the_mending(store: Store) -> None:
    """Put a store back to how a version before left it: 安抵 under d."""
    run = (
        "update facet set value = 'd', place = 'di' where place = 'andi'",
        "update tally set n = n - 1 where kind = 'zh' and name = 'a'",
        "update tally set n = n + 1 where kind = 'zh' and name = 'd'",
    )
    table = "migration" if is_address(store.path) else "_sqlite_migrations"
    with store.write(by="me") as write:
        execute, _ = write.copied
        for sql in run:
            execute(sql)
        execute(f"delete from {table} where name like '%letters_of_the_pinyin'")  # noqa: S608 - fixed words only.


def test_who_may_read_no_glossary_is_shown_nothing(store: Store) -> None:
    with store.write(by="editor") as write:
        write.create(entry(**chinese("和平共处", issuer="MFA of China")))
    browse = store.browse
    assert browse.counted_in("issuer", ["diplomatic"]) == {"MFA of China": 1}
    assert browse.counted_in("issuer", ()) == {}
    assert browse.issued_in(["MFA of China"], ["diplomatic"]) == 1
    assert browse.issued_in(["MFA of China"], ()) == 0
    assert browse.recent(RecentPage(), limit=5, glossaries=()) == []
    one, _ = browse.listed("zh", ["h"], after=None, limit=5, glossaries=())
    assert one == []

"""The nouns of the tests: entries, phrases and texts that several need."""

from functools import cache
from typing import Any

from hypothesis import strategies as st

from glossary.curation import fixtures
from glossary.entry.nouns import Entry, Term
from glossary.schema import EntrySchema, load


def entry(**document: Any) -> Entry:
    """Return an entry made from a document."""
    made: Entry = load(EntrySchema(), document)
    return made


def of_terms(name: str, glossary: str, *terms: Term, state: str = "approved") -> Entry:
    """Return an entry with these terms and nothing else."""
    return Entry(name, glossary, (), {}, "", (), terms, state=state)


@cache
def curated_entries() -> tuple[Entry, ...]:
    """Return the entries of the curated files, read once."""
    return tuple(fixtures.entries())


@cache
def by_id() -> dict[str, Entry]:
    """Return the curated entries by their id."""
    return {entry.id: entry for entry in curated_entries()}


def major_country(**more: Any) -> dict[str, Any]:
    """Return a document of the phrase this project began with."""
    return {
        "id": "new-model-of-major-country-relationship",
        "terms": [
            {"lang": "zh-Hans", "text": "新型大国关系", "status": "preferred"},
            {
                "lang": "en",
                "text": "new model of major-country relationship",
                "status": "preferred",
            },
        ],
        **more,
    }


def numbered(number: int) -> dict[str, object]:
    """Return a document whose terms hold a number."""
    return {
        "id": f"road-{number}",
        "terms": [
            {"lang": "zh-Hans", "text": f"第{number}条丝绸之路", "status": "preferred"},
            {"lang": "en", "text": f"silk road number {number}", "status": "preferred"},
        ],
    }


ZH, EN = "构建新型大国关系", "a new model of major-country relationship"

XLIFF_1 = f"""<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="zh-CN" target-language="en-US" original="a"><body>
<trans-unit id="1"><source>{ZH}<x id="1"/></source><target>a <g id="2">new</g>
 model of major-country relationship<ph id="3">&lt;br&gt;</ph></target>
<alt-trans><target>wrong</target></alt-trans></trans-unit>
<trans-unit id="2" translate="no"><source>代码</source></trans-unit>
</body></file>
<file source-language="zh-CN" target-language="en" original="b"><body>
<group><trans-unit id="3"><source>相互尊重</source></trans-unit></group>
</body></file></xliff>"""

ONE_PHRASE = [
    [
        "不冲突、不对抗",
        "不冲突，不对抗",
        "不衝突、不對抗",
        "不冲突不对抗",
        "“不冲突不对抗”",
    ],
    [
        "major country",
        "major-country",
        "major‑country",
        "MAJOR COUNTRY",
        "ｍａｊｏｒ　ｃｏｕｎｔｒｙ",
    ],
    ["good-neighborly", "good-neighbourly", "Good Neighbourly"],
    ["一带一路", "“一带一路”", "一帶一路", "「一帶一路」"],
    ["亲诚惠容", "亲、诚、惠、容", "親、誠、惠、容"],
    ["co-operation", "cooperation", "Co-Operation"],
    ["non-conflict, non-confrontation", "nonconflict nonconfrontation"],
    ["the Belt and Road", "Belt and Road", "BELT AND ROAD"],
    ["démarche", "demarche", "De\u0301marche"],
    ["the peace programme of the centre", "peace program of the center"],
    ["21世纪海上丝绸之路", "２１ 世纪海上丝绸之路", "21 世紀海上絲綢之路"],
    ["China's peaceful rise", "China’s peaceful rise"],
    ["U.S.", "US", "us"],
    ["fulfil", "fulfill"],
    ["软着陆", "軟著陸"],
]

#: Texts of the kinds that make offsets hard.
MIXED = st.text(
    st.one_of(
        st.sampled_from("不冲突對抗関係裏裡臺G20üéß㎏ﬁİ🙂𠮷 ­\u200b\u0301"),
        st.sampled_from("、，。“”‘’'-‑–—.,;:()[]/& 　\t\n"),
        st.sampled_from("abcdefghijklmnopqrstuvwxyzABCＭａ０１2345"),
        st.characters(),
    ),
    max_size=60,
)


def one(id_: str, english: str, chinese: str, **term: object) -> dict[str, object]:
    """Return a document with a term in each language; `term` is of the English one."""
    return {
        "id": id_,
        "terms": [
            {"lang": "zh-Hans", "text": chinese, "status": "preferred"},
            {"lang": "en", "text": english, "status": "preferred", **term},
        ],
    }

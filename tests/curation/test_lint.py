"""Lint finds what it says it finds, and nothing in entries that are right."""

import cProfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient

from glossary.curation import changes
from glossary.curation import fixtures as curated
from glossary.curation.lint import CODES, ERROR, lint, lint_stored
from glossary.entry.codec import write
from glossary.entry.nouns import Entry
from glossary.store import SqliteStore, Store
from tests.nouns import curated_entries, entry
from tests.running import run

Terms = list[dict[str, Any]]
FIXTURES = Path(__file__).parents[2] / "fixtures"


def zh(text: str, **more: Any) -> dict[str, Any]:
    return {"lang": "zh-Hans", "text": text, "status": "preferred", **more}


def hant(text: str, **more: Any) -> dict[str, Any]:
    return zh(text, **{"lang": "zh-Hant"} | more)


def en(text: str, **more: Any) -> dict[str, Any]:
    return zh(text, **{"lang": "en"} | more)


def made(name: str, terms: Terms, **more: Any) -> Entry:
    return entry(**{"id": name, "glossary": "test", "terms": terms} | more)


def found(*entries: Entry) -> list[tuple[str, str, str]]:
    flaws = lint(entries, sources={"mfa-2014"})
    return [(flaw.code, flaw.entry, flaw.pointer) for flaw in flaws]


def codes(terms: Terms, **more: Any) -> list[str]:
    return [code for code, _, _ in found(made("x", terms, **more))]


SUMMIT = [zh("峰会"), en("summit")]


def test_the_curated_glossary_has_no_error() -> None:
    known = {source.id for source in curated.sources()}
    flaws = list(lint(curated_entries(), sources=known))
    assert [f for f in flaws if f.severity == ERROR] == []
    settled = {"other-place", "uneven-scripts"}
    assert [f for f in flaws if f.code in settled] == []


@pytest.mark.parametrize(
    ("locator", "other", "flaws"),
    [
        ("Article 14(1)", "Article 1", ["other-place"]),
        ("Article 14(1)", "第十四条第一项", []),
        ("Art. 37", "第三十八条", ["other-place"]),
        ("Rule 71, heading", "第71条标题", []),
        ("section XII", "第十二部分", []),
        ("section XIV", "第十五部分", ["other-place"]),
        ("Part XV, section 2", "第十五部分第二节", []),
        ("Annex II, title", "附件二标题", []),
        ("Annex II, title", "附件三标题", ["other-place"]),
        ("Article 298, heading", "第二九八条标题", []),
        ("preamble", "第一条", []),
        ("Article 9", "序言", []),
        ("party 3", "第四部分", []),
    ],
)
def test_both_sides_of_a_proof_stand_in_one_place(
    locator: str, other: str, flaws: list[str]
) -> None:
    counterpart = {"text": "使馆馆长", "quote": "使馆馆长分为三级", "locator": other}
    quote = "Heads of mission are divided into three classes"
    cited = {"source": "mfa-2014", "locator": locator, "quote": quote}
    citations = [{**cited, "counterpart": counterpart}]
    terms = [zh("使馆馆长"), en("head of mission", citations=citations)]
    assert codes(terms) == flaws


def test_a_sound_entry_has_no_flaw() -> None:
    other = {"text": "领导人峰会", "quote": "领导人峰会"}
    quote = "leaders' summits in Beijing"
    cited = [{"source": "mfa-2014", "quote": quote, "counterpart": other}]
    terms = [
        zh("领导人峰会", reading="lǐngdǎorén fēnghuì"),
        hant("領導人峰會", reading="lǐngdǎorén fēnghuì"),
        en("leaders' summit", citations=cited),
    ]
    assert codes(terms, state="approved") == []


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ([zh("峰会")], "missing-language"),
        ([en("summit")], "missing-language"),
        ([zh("summit meeting"), en("summit")], "wrong-script"),
        ([zh("峰会"), en("峰会")], "wrong-script"),
        ([zh("峰会"), en("ѕummit")], "mixed-script"),
        ([zh("领导人summit"), en("summit")], "mixed-script"),
        ([zh("峰の会"), en("summit")], "mixed-script"),
        ([zh("⼀带一路"), en("Belt and Road")], "homoglyph"),
        ([zh("АPEC峰会"), en("APEC summit")], "homoglyph"),
        ([zh("峰会"), en("summıt")], "homoglyph"),
        ([zh("峰\u200d会"), en("summit")], "unseen-character"),
        ([zh("峰会"), en("sum\u200fmit")], "unseen-character"),
        ([zh("峰會"), en("summit")], "traditional-character"),
        ([hant("峰会"), en("summit")], "simplified-character"),
        (
            [hant("央行", not_preceded_by=("马來西亞",)), en("central bank")],
            "simplified-character",
        ),
        (
            [zh("土耳其", not_followed_by=("海峽",)), en("Türkiye")],
            "traditional-character",
        ),
        (
            [zh("管辖权", expected="advice"), hant("管轄權"), en("jurisdiction")],
            "uneven-scripts",
        ),
        ([zh("峰会", reading="fēng"), en("summit")], "reading-mismatch"),
        ([zh("重要", reading="hěnyào"), en("important")], "reading-mismatch"),
        ([zh("重要", reading="zhōngyào"), en("important")], "reading-tone"),
        ([zh("峰会"), en("summit", status="admitted")], "no-preferred"),
        ([zh("峰会"), en("summit"), en("top meeting")], "two-preferred"),
        ([zh("和"), en("harmony and peace")], "short-term"),
        ([zh("正在加载"), en("Loading...")], "bare-ellipsis"),
        ([zh("东盟"), en("AU")], "short-term"),
        ([zh("对华"), en("to")], "short-term"),
        ([zh("知识产权协定"), en("TRIPS")], "abbreviation-is-a-word"),
        ([zh("阁下"), en("H.E.", type="abbreviation")], "abbreviation-is-a-word"),
        ([zh("世卫组织"), en("WHO", case_sensitive=True)], "abbreviation-is-a-word"),
        ([zh("雷达"), en("radar", type="acronym")], "abbreviation-is-a-word"),
    ],
)
def test_each_rule_on_terms_finds_its_flaw_and_only_that(
    terms: Terms, code: str
) -> None:
    assert codes(terms) == [code]


@pytest.mark.parametrize(
    "terms",
    [
        [zh("RIMPAC"), en("RIMPAC")],
        [zh("G20峰会", reading="G20 fēnghuì"), en("G20 summit")],
        [zh("2030年议程", reading="2030 nián yìchéng"), en("2030 Agenda")],
        [zh("2030年议程", reading="èr líng sān líng nián yìchéng"), en("2030 Agenda")],
        [zh("显著成果", reading="xiǎnzhù chéngguǒ"), en("marked results")],
        [hant("台灣海峽"), hant("臺灣海峽", status="admitted"), en("Taiwan Strait")],
        [hant("本着互利精神"), en("in a spirit of mutual benefit")],
        [zh("一个中国", reading="yí gè Zhōngguó"), en("one China")],
        [zh("女儿", reading="nǚ'ér"), en("daughter")],
        [zh("绿色发展", reading="lǜsè fāzhǎn"), en("green development")],
        [zh("峰会", reading="feng hui"), en("summit")],
        [zh("非盟"), en("AU", case_sensitive=True)],
        [zh("应…邀请", reading="yìng…yāoqǐng"), en("at the invitation of …")],
        [zh("知识产权协定"), en("TRIPS Agreement", type="acronym")],
        [zh("教科文组织"), en("UNESCO", type="acronym")],
        [zh("非盟"), en("pact"), en("Démarche", status="admitted")],
        [hant("央行", not_preceded_by=("馬來西亞",)), en("central bank")],
        [
            zh("管辖权", expected="advice"),
            hant("管轄權", expected="advice"),
            hant("管轄", status="admitted"),
            en("jurisdiction"),
        ],
        [zh("峰会"), en("summit"), en("Summit", lang="en-GB", status="admitted")],
    ],
)
def test_what_is_right_is_left_alone(terms: Terms) -> None:
    assert codes(terms) == []


def test_a_bare_ellipsis_that_was_stored_before_is_named() -> None:
    sound = made("visit", [zh("应…邀请"), en("at the invitation of")])
    old = replace(sound.terms[0], text="应…邀请")
    stored = replace(sound, terms=(old, sound.terms[1]))
    assert found(sound) == []
    assert found(stored) == [("bare-ellipsis", "visit", "/terms/0/text")]


def test_two_wordings_that_render_two_may_both_be_preferred() -> None:
    terms = [
        zh("脱钩"),
        zh("脱钩断链", renders=["severing supply chains"]),
        en("decoupling"),
        en("severing supply chains"),
    ]
    assert "two-preferred" not in codes(terms)
    del terms[1]["renders"]
    assert "two-preferred" in codes(terms)


def test_two_issuers_and_two_times_may_each_have_a_preferred_term() -> None:
    issuers = [en("major-country relations", issuer="MFA of China"), en("big power")]
    assert codes([zh("大国关系"), *issuers]) == []
    times = [en("old wording", until="2013-06"), en("new wording", since="2013-07")]
    assert codes([zh("大国关系"), *times]) == []
    meeting = [en("old wording", until="2013-08"), en("new wording", since="2013-07")]
    assert codes([zh("大国关系"), *meeting]) == ["two-preferred"]


@pytest.mark.parametrize(
    ("until", "since", "expected"),
    [
        ("2012", "2013", []),
        ("2012-06", "2012-07-01", []),
        ("2012-06", "2013", ["period-gap"]),
        ("2014", "2012", ["period-overlap"]),
        ("2012-05", "2012", []),
    ],
)
def test_periods_that_follow_each_other_neither_gape_nor_overlap(
    until: str, since: str, expected: list[str]
) -> None:
    old = en("new type relation", status="superseded", since="2010", until=until)
    assert codes([zh("大国关系"), old, en("new model", since=since)]) == expected


def test_a_quote_has_its_term_in_it_in_any_form() -> None:
    def quoted(term: dict[str, Any], quote: str) -> list[str]:
        cited = [{"source": "mfa-2014", "quote": quote}]
        return codes([zh("关系"), {**term, "citations": cited, "status": "admitted"}])

    assert "quote-without-term" not in quoted(en("double standard"), "Double Standards")
    assert "quote-without-term" not in quoted(en("meeting"), "bilateral meetings")
    assert "quote-without-term" not in quoted(en("de-escalate"), "help deescalate it")
    assert "quote-without-term" not in quoted(zh("衝突", lang="zh-Hant"), "不冲突")
    assert "quote-without-term" not in quoted(zh("就…交换意见"), "就地区局势交换意见")
    assert "quote-without-term" in quoted(zh("就…交换意见"), "交换意见就是")
    assert "quote-without-term" in quoted(en("art"), "a part of it")


def test_a_source_that_is_not_there_and_an_approval_without_proof_are_found() -> None:
    cited = en("summit", citations=[{"source": "nowhere"}])
    assert found(made("x", [zh("峰会"), cited], state="approved")) == [
        ("unknown-source", "x", "/terms/1/citations/0/source"),
        ("half-proved", "x", "/terms"),
    ]
    assert codes(SUMMIT, state="approved") == ["uncited-approved"]
    assert list(lint([made("x", [zh("峰会"), cited])], sources=None)) == []


def test_a_counterpart_is_held_to_what_a_citation_is_held_to() -> None:
    beside = {"text": "峰会", "quote": "出席首脑会议", "source": "nowhere"}
    cited = [{"source": "mfa-2014", "quote": "the summit", "counterpart": beside}]
    place = "/terms/1/citations/0/counterpart"
    assert found(made("x", [zh("峰会"), en("summit", citations=cited)])) == [
        ("unknown-source", "x", f"{place}/source"),
        ("quote-without-term", "x", f"{place}/quote"),
    ]


def test_the_same_wordings_are_one_concept() -> None:
    again = made("again", [hant("峰會"), en("The Summit")])
    assert found(made("summit", SUMMIT), again) == [
        ("duplicate", "again", "/terms/1/text")
    ]


def test_nearly_the_same_is_found_in_another_order_and_with_particles() -> None:
    one = made("one", [zh("互相尊重和平等互利"), en("mutual respect and equality")])
    other = made("other", [zh("互相尊重与平等互利"), en("equality, mutual respect")])
    assert found(one, other) == [("near-duplicate", "other", "/terms/1/text")]
    far = made("other", [zh("平等相待"), en("equality, mutual respect")])
    assert found(one, far) == []


def test_one_wording_of_two_concepts_is_found_unless_they_are_related() -> None:
    summit, peak = made("summit", SUMMIT), made("peak", [zh("顶峰"), en("summit")])
    assert found(summit, peak) == [("same-english", "peak", "/terms/1/text")]
    meeting = made("meeting", [zh("峰会"), en("leaders' meeting")])
    assert found(summit, meeting) == [("same-chinese", "meeting", "/terms/0/text")]
    told = {"relations": [{"type": "contrast", "entry": "summit"}]}
    apart = made("peak", [zh("顶峰"), en("summit")], **told)
    assert [code for code, _, _ in found(summit, apart)] == ["one-way-relation"]
    elsewhere = made("peak", [zh("顶峰"), en("summit")], glossary="other")
    assert found(summit, elsewhere) == []


def test_what_is_forbidden_here_is_not_preferred_there() -> None:
    bad = made("bad", [zh("首脑"), en("chief"), en("summit", status="forbidden")])
    flaws = found(made("summit", SUMMIT), bad)
    assert flaws == [("forbidden-but-preferred", "bad", "/terms/2/status")]


def test_relations_lead_somewhere_and_back() -> None:
    def step(name: str, *relations: tuple[str, str]) -> Entry:
        said = [{"type": kind, "entry": target} for kind, target in relations]
        return made(
            name, [zh(f"{name}表示关切"), en(f"{name} concern")], relations=said
        )

    assert ("dangling-relation", "a", "/relations/0") in found(
        step("a", ("stronger", "nowhere"))
    )
    one_way = [code for code, _, _ in found(step("a", ("stronger", "b")), step("b"))]
    assert "one-way-relation" in one_way
    ladder = (step("a", ("stronger", "b")), step("b", ("weaker", "a")))
    assert not {"one-way-relation", "circular-relation"} & {
        f[0] for f in found(*ladder)
    }
    circle = (
        step("a", ("stronger", "b"), ("weaker", "b")),
        step("b", ("stronger", "a"), ("weaker", "a")),
    )
    assert "circular-relation" in [code for code, _, _ in found(*circle)]


def test_a_script_that_most_entries_have_is_missed_in_the_others() -> None:
    both = [
        made(f"e{n}", [zh(f"{text}会"), hant(f"{text}會"), en(f"{word} meeting")])
        for n, (text, word) in enumerate(
            zip("甲乙丙", ("first", "next", "last"), strict=True)
        )
    ]
    assert found(*both, made("last", SUMMIT)) == [("missing-script", "last", "/terms")]
    assert found(both[0], made("a", SUMMIT), made("b", [zh("国"), en("land")])) == [
        ("short-term", "b", "/terms/0/text")
    ]


def test_retired_entries_are_passed_over() -> None:
    assert codes([zh("峰會")], state="retired") == []


def test_every_code_has_a_message_that_its_values_fill() -> None:
    for severity, template in CODES.values():
        assert severity in {"error", "warning"}
        assert "%(" in template or template.startswith("The entry is approved")


def test_many_entries_are_linted_in_steps_that_grow_as_they_do() -> None:
    meeting = made("entry", [zh("会议"), en("meeting of the council")])

    def numbered(n: int) -> Entry:
        number = "".join(chr(0x4E00 + int(digit) * 7) for digit in str(n))
        texts = (f"第{number}次会议", f"meeting number {n} of the council")
        terms = (
            replace(term, text=text)
            for term, text in zip(meeting.terms, texts, strict=True)
        )
        return replace(meeting, id=f"entry-{n}", terms=tuple(terms))

    def calls(number: int) -> int:
        entries = [numbered(n) for n in range(number)]
        profile = cProfile.Profile(builtins=False)
        profile.runcall(lambda: list(lint(entries, sources=None)))
        return sum(each.callcount for each in profile.getstats())

    calls(1)
    assert calls(2000) < 5 * calls(500)


def test_a_stored_entry_is_seen_beside_its_neighbours(curated: SqliteStore) -> None:
    again = made(
        "again",
        [zh("新型大国关系"), en("new model of major-country relationship")],
        glossary="diplomatic",
        relations=[{"type": "related", "entry": "nowhere"}],
    )
    flaws = {(f.code, f.entry) for f in lint_stored(curated, again)}
    assert flaws == {("duplicate", "again"), ("dangling-relation", "again")}


def test_a_write_says_what_to_look_at_and_the_entry_stays_as_it_is(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    terms = [zh("峰會"), en("the summit of today")]
    sent = {"id": "summit-today", "glossary": "new", "terms": terms}
    answer = client.post("/api/v1/entries", json=sent, headers=editor)
    assert answer.status_code == 201
    assert answer.headers["Glossary-Flaws"] == (
        'traditional-character;severity=error;at="/terms/0/text"'
    )
    assert answer.json is not None
    assert "flaws" not in answer.json
    shown = client.get(
        "/api/v1/entries/summit-today/flaws", headers={"Accept-Language": "zh-CN"}
    )
    assert shown.json is not None
    (flaw,) = shown.json["items"]
    assert (flaw["severity"], flaw["pointer"]) == ("error", "/terms/0/text")
    assert "會" in flaw["message"]
    assert "简" in flaw["message"]
    version = {"If-Match": answer.headers["ETag"], **editor}
    mended = client.patch(
        "/api/v1/entries/summit-today",
        json={"terms": [zh("峰会"), en("the summit of today")]},
        headers=version,
    )
    assert "Glossary-Flaws" not in mended.headers


def test_the_command_prints_places_and_fails_on_errors(
    tmp_path: Path, store: Store, fresh: str
) -> None:
    changes.create(store, made("sound", SUMMIT), by="test")
    done = run("lint", "--severity", "error", database=fresh)
    assert (done.returncode, done.stdout) == (0, "")
    file = tmp_path / "bad.ndjson"
    file.write_bytes(write({"id": "bad", "terms": [zh("峰會"), en("EU")]}) + b"\n")
    done = run("lint", str(file), database=fresh)
    assert done.returncode == 1
    assert "bad/terms/0/text" in done.stdout
    assert "Errors: 1; warnings: 1" in done.stderr
    done = run("lint", "--json", str(file), database=fresh)
    said = orjson.loads(done.stdout)
    assert said["summary"] == {"error": 1, "warning": 1}
    assert said["flaws"][0] == {
        "severity": "error",
        "code": "traditional-character",
        "entry": "bad",
        "pointer": "/terms/0/text",
        "message": "“峰會” is marked as simplified, but contains “會”.",
    }


def test_the_command_reads_fixtures_as_they_lie(fresh: str, tmp_path: Path) -> None:
    sources = str(FIXTURES / "sources.ndjson")
    states = [
        {**orjson.loads(line), "relations": []}
        for line in (FIXTURES / "states.ndjson").read_bytes().splitlines()
    ]
    file = tmp_path / "states.ndjson"
    file.write_bytes(b"\n".join(write(each) for each in states))
    done = run("lint", str(file), "--sources", sources, database=fresh)
    assert done.returncode == 0, done.stdout

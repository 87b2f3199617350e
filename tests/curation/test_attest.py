"""What a document and its translation prove, measured on a communiqué of our own.

`attest/` holds a communiqué of 20 paragraphs that was written for this test, the
entries of which anything stands in it, and `right.tsv`: every citation that an editor
would make, at the paragraph where a wording first stands for its concept.
"""

import json
import subprocess
from pathlib import Path

import orjson
import pytest

from glossary.curation.attest import CITATION, RENDERING, Attested, accept, attest
from glossary.curation.guess import unlisted
from glossary.curation.lint import lint_stored
from glossary.entry.nouns import Attestation, Citation
from glossary.errors import Invalid
from glossary.query import Pair
from glossary.recognition.snapshot import Recognition
from glossary.schema import SourceSchema, load, load_entry
from glossary.store import SqliteStore
from tests.nouns import entry, major_country
from tests.running import run

HERE = Path(__file__).parent / "attest"
SOURCE = load(SourceSchema(), json.loads((HERE / "source.json").read_text("utf-8")))


def communique() -> list[Pair]:
    sides = [
        (HERE / f"{name}.txt").read_text("utf-8").splitlines() for name in ("en", "zh")
    ]
    pairs = zip(*sides, strict=True)
    return [Pair(str(n), one, other) for n, (one, other) in enumerate(pairs, 1)]


@pytest.fixture
def termbase(store: SqliteStore) -> SqliteStore:
    lines = (HERE / "glossary.ndjson").read_bytes().splitlines()
    with store.write(by="test") as write:
        for line in lines:
            write.create(load_entry(orjson.loads(line)))
    return store


def found_in(store: SqliteStore, *pairs: tuple[str, str]) -> Attested:
    paragraphs = [Pair(str(n), *pair) for n, pair in enumerate(pairs, 1)]
    return attest(Recognition(store).snapshot(), SOURCE, paragraphs)


def said(found: Attested, kind: str = CITATION) -> list[tuple[int, str, str, str]]:
    return [
        (each.paragraph, each.entry, each.lang, each.text)
        for each in found.attestations
        if each.kind == kind
    ]


#: What crosses within a paragraph is a known weakness: 尽快 … 早日 there stand for
#: “at an early date … as soon as possible”.
CROSSED = {
    (13, "as-soon-as-possible", "en", "as soon as possible"),
    (13, "as-soon-as-possible", "zh-Hans", "尽快"),
    (13, "at-an-early-date", "en", "at an early date"),
    (13, "at-an-early-date", "zh-Hans", "早日"),
}
#: Citations of the communiqué that are not proposed.
OVERLOOKED = {
    (
        4,
        "respect-each-others-core-interests-and-major-concerns",
        "zh-Hans",
        "尊重彼此核心利益和重大关切",
    ),
    (6, "seek-common-ground-while-reserving-differences", "zh-Hans", "求同存异"),
    (12, "jointly-combat", "zh-Hans", "共同打击"),
    (14, "meet-each-other-halfway", "zh-Hans", "相向而行"),
}


def test_the_citations_of_the_communique_are_right_but_for_those_named(
    termbase: SqliteStore,
) -> None:
    rows = (HERE / "right.tsv").read_text("utf-8").splitlines()
    right = {(int(n), *rest) for n, *rest in (row.split("\t") for row in rows)}
    found = attest(Recognition(termbase).snapshot(), SOURCE, communique())
    proposed = set(said(found))
    assert found.paragraphs == 20
    assert proposed - right == CROSSED
    assert right - proposed == OVERLOOKED


def test_every_quote_stands_in_its_paragraph_and_contains_its_term(
    termbase: SqliteStore,
) -> None:
    texts = {n: (p.source, p.target) for n, p in enumerate(communique(), 1)}
    found = attest(Recognition(termbase).snapshot(), SOURCE, communique())
    for each in found.attestations:
        assert any(each.citation.quote in text for text in texts[each.paragraph])
        assert each.citation.locator == f"para. {each.paragraph}"
    changed = accept(termbase, SOURCE, found.attestations, by="test")
    flaws = [f.code for each in changed for f in lint_stored(termbase, each)]
    assert "quote-without-term" not in flaws
    assert "unknown-source" not in flaws


def test_renderings_are_paired_in_the_order_of_the_text(termbase: SqliteStore) -> None:
    found = found_in(
        termbase, ("They oppose power politics and hegemony.", "反对霸权和强权政治。")
    )
    assert [(r.chinese, r.english) for r in found.rendered] == [
        ("霸权", "hegemony"),
        ("强权政治", "power politics"),
    ]


def test_what_stands_on_one_side_only_is_not_cited(termbase: SqliteStore) -> None:
    assert said(found_in(termbase, ("They held talks.", "双方践行多边主义。"))) == []
    assert said(found_in(termbase, ("Hegemony", ""), ("", "霸权"))) == []


def test_the_short_form_inside_the_long_one_is_not_cited(termbase: SqliteStore) -> None:
    found = found_in(
        termbase, ("the situation on the Korean Peninsula", "朝鲜半岛局势")
    )
    assert [text for *_, text in said(found)] == [
        "朝鲜半岛局势",
        "situation on the Korean Peninsula",
    ]


def test_a_rendering_that_is_not_known_is_proposed_with_its_quote(
    termbase: SqliteStore,
) -> None:
    english = "We seek common ground while setting aside differences."
    found = found_in(termbase, (english, "我们求同存异。"))
    assert said(found, RENDERING) == [
        (
            1,
            "seek-common-ground-while-reserving-differences",
            "en",
            "seek common ground while setting aside differences",
        )
    ]
    assert found.attestations[0].like == "求同存异"


def test_a_chinese_wording_that_is_not_known_is_proposed(store: SqliteStore) -> None:
    with store.write(by="test") as write:
        write.create(entry(**major_country()))
    english = "a new model of major-country relationship"
    found = found_in(store, (english, "双方构建大国新型关系。"))
    assert [text for *_, text in said(found, RENDERING)] == ["大国新型关系"]


@pytest.mark.parametrize(
    ("text", "lang", "known", "guess"),
    [
        (
            "build a new model of relations between major countries",
            "en",
            "new model of major-country relationship",
            "new model of relations between major countries",
        ),
        ("no dialogue; no cooperation", "en", "dialogue and cooperation", None),
        ("a dialogue", "en", "dialogue", None),
        ("the people of Norland, and its President", "en", "People's President", None),
        ("就此深入地交换意见", "zh-Hans", "就…深入交换意见", None),
        ("平等相待、互利互惠", "zh-Hans", "平等互利", None),
        ("坚持和平解决有关争端", "zh-Hans", "和平解决争端", "和平解决有关争端"),
        ("x", "fr", "x y", None),
    ],
)
def test_a_guess_resembles_what_is_known_or_there_is_none(
    text: str, lang: str, known: str, guess: str | None
) -> None:
    span = unlisted(text, lang, [known], [])
    assert (text[slice(*span)] if span else None) == guess


def test_a_guess_does_not_cut_what_means_something_else() -> None:
    text = "common ground setting aside all"
    known = ["common ground and aside"]
    whole, cut = (
        unlisted(text, "en", known, []),
        unlisted(text, "en", known, [(22, 31)]),
    )
    assert whole == (0, text.index(" all"))
    assert cut == (0, len("common ground"))


def test_a_second_reading_proposes_nothing_that_was_accepted(
    termbase: SqliteStore,
) -> None:
    pair = ("They oppose double standards.", "反对双重标准。")
    found = found_in(termbase, pair)
    (changed,) = accept(termbase, SOURCE, found.attestations, by="test")
    assert changed.version == 2
    assert changed.terms[0].citations == (
        Citation("china-norland-joint-communique", "para. 1", "双重标准"),
    )
    assert found_in(termbase, pair).attestations == ()
    assert accept(termbase, SOURCE, found.attestations, by="test") == []


def test_a_citation_for_a_term_that_is_gone_is_refused(termbase: SqliteStore) -> None:
    cited = Citation(SOURCE.id, "para. 1", "standards")
    gone = Attestation(
        CITATION, "double-standards", "en", "standards", "admitted", 1, cited
    )
    with pytest.raises(Invalid, match="no longer has the term “standards”"):
        accept(termbase, SOURCE, [gone], by="test")


def attested(*options: str, database: Path) -> subprocess.CompletedProcess[str]:
    files = (str(HERE / "en.txt"), str(HERE / "zh.txt"))
    source = ("--source", str(HERE / "source.json"))
    return run("attest", *source, *files, *options, database=database)


def test_the_command_prints_lines_to_edit_and_writes_what_is_left(
    database: Path, tmp_path: Path
) -> None:
    done = attested("--ndjson", database=database)
    assert done.returncode == 0, done.stderr
    first, *rest = done.stdout.splitlines()
    kept = [line for line in rest if '"double-standards"' in line]
    assert len(kept) == 2
    file = tmp_path / "accepted.ndjson"
    file.write_text("\n".join([first, *kept, ""]), encoding="utf-8")
    done = run("attest", "--accept", str(file), "--json", database=database)
    assert orjson.loads(done.stdout) == {"entries": ["double-standards"]}
    shown = run("show", "double-standards", "--json", database=database).stdout
    assert '"source":"china-norland-joint-communique"' in shown


def test_the_command_prints_a_table_or_everything_as_json(database: Path) -> None:
    done = attested(database=database)
    assert "double standards" in done.stdout
    assert "Paragraphs: 20; " in done.stderr
    answer = orjson.loads(attested("--json", database=database).stdout)
    assert answer["paragraphs"] == 20
    assert {"paragraph", "entry", "chinese", "english"} == set(answer["rendered"][0])


def test_what_is_missing_or_broken_is_said(database: Path, tmp_path: Path) -> None:
    assert run("attest", database=database).returncode == 2
    broken = tmp_path / "broken.ndjson"
    broken.write_text('{"entry": "x"}\n')
    done = run("attest", "--accept", str(broken), database=database)
    assert (done.returncode, "does not name the source" in done.stderr) == (65, True)
    short = tmp_path / "short.txt"
    short.write_text("one paragraph\n")
    source = str(HERE / "source.json")
    files = (str(short), str(HERE / "zh.txt"))
    done = run("attest", "--source", source, *files, database=database)
    assert done.returncode == 65
    assert "cannot be paired" in done.stderr

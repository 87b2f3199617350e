import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from opencc import OpenCC
from orjson import loads

from glossary.curation import changes, fixtures
from glossary.curation.fixtures import CURATOR, load_curated
from glossary.entry.ranking import standing as stands
from glossary.lookup import lookup
from glossary.query import Query
from glossary.schema import IssuerSchema, SourceSchema, load, load_entry
from glossary.store import SqliteStore, Store, open_store
from glossary.text.fold import fold
from glossary.text.inflect import stemmed
from tests import sharing
from tests.nouns import by_id, curated_entries

_PHRASES = Path(__file__).parent / "communique_phrases.tsv"
PHRASES = [
    tuple(line.split("\t"))
    for line in _PHRASES.read_text(encoding="utf-8").splitlines()
]

INVERSE = {
    "broader": "narrower",
    "narrower": "broader",
    "part": "whole",
    "whole": "part",
    "related": "related",
    "contrast": "contrast",
    "stronger": "weaker",
    "weaker": "stronger",
}


def test_the_communique_has_more_than_forty_eight_set_phrases() -> None:
    assert len(PHRASES) >= 48


@pytest.mark.parametrize(("phrase", "entry_id"), PHRASES)
def test_a_phrase_of_the_communique_is_found_as_it_is_printed_there(
    curated: SqliteStore, phrase: str, entry_id: str
) -> None:
    hit = lookup(curated, Query(phrase), candidates=400).hits[0]
    assert (hit.entry, hit.tier in {"exact", "folded"}) == (entry_id, True)


def test_there_are_at_least_1000_entries_and_150_sources(
    curated: SqliteStore,
) -> None:
    assert len(by_id()) >= 1000
    assert len(tuple(curated.sources())) >= 150


def test_every_curated_entry_is_whole() -> None:
    for entry in by_id().values():
        preferred = Counter(t.lang for t in entry.terms if t.status == "preferred")
        assert preferred["zh-Hans"] == preferred["zh-Hant"] == 1, entry.id
        assert preferred["en"] >= 1, entry.id
        assert entry.definition, entry.id
        assert entry.subjects, entry.id
        for term in entry.terms:
            assert term.part_of_speech, (entry.id, term.text)
            assert term.reading or not term.lang.startswith("zh"), term.text


def test_an_approved_entry_shows_where_a_term_of_it_stands() -> None:
    for entry in by_id().values():
        cited = any(term.citations for term in entry.terms)
        assert entry.state == "draft" or cited, entry.id


def test_the_wordings_of_protest_stand_on_a_ladder_from_concern_to_condemnation() -> (
    None
):
    climbed = ["express-concern"]
    while higher := [
        r.entry for r in by_id()[climbed[-1]].relations if r.type == "stronger"
    ]:
        climbed.append(higher[0])
        assert len(climbed) < 20, climbed
    steps = ["express-concern", "grave-concern", "strong-dissatisfaction"]
    steps += ["solemn-representations", "strong-protest", "strongly-condemn"]
    assert [step for step in climbed if step in steps] == steps


@pytest.mark.parametrize(
    ("chinese", "as_of", "english", "standing"),
    [
        ("新型大国关系", "2012-06", "new type of relations between major countries", 1),
        ("新型大国关系", "2014-02", "new model of major-country relationship", 0),
        ("人类命运共同体", "2012", "community of common destiny", 1),
        ("人类命运共同体", "2018", "community with a shared future for mankind", 3),
        ("一带一路", "2014", "One Belt, One Road", 1),
        ("一带一路", "2016", "the Belt and Road", 0),
        ("和平崛起", "2004", "peaceful rise", 2),
        ("和平崛起", "2012", "peaceful rise", 2),
    ],
)
def test_a_slogan_has_the_english_of_its_day(
    curated: SqliteStore, chinese: str, as_of: str, english: str, standing: int
) -> None:
    hit = lookup(curated, Query(chinese, as_of=as_of), candidates=400).hits[0]
    best = hit.equivalents[0]
    assert (best.text, int(stands(best, as_of))) == (english, standing)


def test_relations_are_closed_and_said_on_both_sides() -> None:
    said = {(e.id, r.type, r.entry) for e in by_id().values() for r in e.relations}
    missing = {(b, INVERSE[kind], a) for a, kind, b in said} - said
    assert not missing
    assert {b for _, _, b in said} <= by_id().keys()


def test_no_traditional_character_stands_in_a_simplified_term() -> None:
    simplify = OpenCC("t2s").convert
    for entry in by_id().values():
        for term in entry.terms:
            if term.lang == "zh-Hans":
                assert simplify(term.text) == term.text


def test_every_citation_names_a_source_and_quotes_the_term(
    curated: SqliteStore,
) -> None:
    sources = {source.id for source in curated.sources()}
    for entry in by_id().values():
        for term in entry.terms:
            for citation in term.citations:
                assert citation.source in sources
                assert len(citation.quote) <= 160
                rest = stemmed(fold(citation.quote))
                pieces = term.text.split("{…}") if citation.quote else []
                for piece in filter(None, (stemmed(fold(p)) for p in pieces)):
                    assert piece in rest, entry.id
                    rest = rest.partition(piece)[2]


def test_every_source_is_cited_or_dated(curated: SqliteStore) -> None:
    for source in curated.sources():
        assert source.title
        assert source.date, source.id


def test_the_four_part_formula_is_a_whole_with_its_parts_in_order() -> None:
    name = "non-conflict-non-confrontation-mutual-respect-and-win-win-cooperation"
    parts = [r.entry for r in by_id()[name].relations if r.type == "part"]
    chinese = [by_id()[part].best("zh-Hans") for part in parts]
    assert [t.text for t in chinese if t] == ["不冲突、不对抗", "相互尊重", "合作共赢"]


def test_the_readme_counts_the_curated_glossary(curated: SqliteStore) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## The curated glossary\n")[2].partition("\n## ")[0]
    states = Counter(entry.state for entry in by_id().values())
    years = sorted(source.date[:4] for source in curated.sources() if source.date)
    assert [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", section)] == [
        len(by_id()),
        states["approved"],
        states["draft"],
        len(tuple(curated.sources())),
        int(years[0]),
        int(years[-1]),
    ]


@pytest.fixture
def loaded(curated_file: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of its own into which the curated glossary was loaded."""
    opened = open_store(str(sharing.copied(curated_file, tmp_path / "glossary.db")))
    yield opened
    opened.close()


def test_what_comes_with_the_program_is_read_as_if_it_were_validated() -> None:
    """A file must have it as the store does: `{…}` for a slot, for example."""
    lines = {
        name: (files("glossary.fixtures") / f"{name}.ndjson").read_bytes().splitlines()
        for name in ("diplomatic", "states", "sources", "issuers")
    }
    validated = [load_entry(loads(x)) for x in lines["diplomatic"] + lines["states"]]
    differing = [
        a.id for a, b in zip(curated_entries(), validated, strict=True) if a != b
    ]
    assert differing == []
    assert fixtures.sources() == [
        load(SourceSchema(), loads(x)) for x in lines["sources"]
    ]
    assert fixtures.issuers() == [
        load(IssuerSchema(), loads(x)) for x in lines["issuers"]
    ]


def test_loading_twice_changes_nothing(loaded: Store) -> None:
    revision = loaded.revision()
    again = load_curated(loaded)
    assert (again.created, again.updated, again.unchanged) == (0, 0, len(by_id()))
    assert loaded.revision() == revision


def test_what_was_changed_here_is_left_alone_and_what_was_not_is_renewed(
    loaded: Store,
) -> None:
    mine, theirs = loaded.entry("sovereignty"), loaded.entry("peaceful-rise")
    changes.replace(
        loaded, mine.id, replace(mine, note="Ours."), knows=None, by="editor"
    )
    changes.replace(
        loaded, theirs.id, replace(theirs, note="Older."), knows=None, by=CURATOR
    )
    again = load_curated(loaded)
    assert (again.kept, again.updated) == (1, 1)
    assert loaded.entry("sovereignty").note == "Ours."
    assert loaded.entry("peaceful-rise").note == theirs.note


def test_no_text_of_an_entry_has_a_space_between_two_chinese_characters() -> None:
    apart = re.compile("[\u4e00-\u9fff] +[\u4e00-\u9fff]")
    texts = [
        (entry.id, text)
        for entry in curated_entries()
        for text in (
            *entry.definition.values(),
            *(term.usage for term in entry.terms),
        )
    ]
    assert [where for where, text in texts if apart.search(text)] == []

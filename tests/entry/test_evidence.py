"""Renderings over time, by what is known of periods and documents."""

import re
from dataclasses import replace

from flask.testing import FlaskClient

from glossary.entry.evidence import Happening, evidence
from glossary.entry.nouns import Entry
from glossary.entry.register import Source
from glossary.web.pages.timeline import WIDTH, timeline
from tests.nouns import entry, major_country

ID = "new-model-of-major-country-relationship"
SOURCES = {
    "readout": Source("readout", {"en": "Talks"}, "2014-02-14", "MFA of China", "en"),
    "undated": Source("undated", {"en": "Notes"}),
}


def drifted() -> Entry:
    terms = [
        {"lang": "zh-Hans", "text": "新型大国关系", "status": "preferred"},
        {
            "lang": "en",
            "text": "new model of major-country relationship",
            "status": "preferred",
            "issuer": "MFA of China",
            "since": "2013-06",
            "citations": [
                {"source": "readout", "locator": "para. 2", "quote": "new model"},
                {"source": "undated"},
                {"source": "unknown"},
            ],
        },
        {
            "lang": "en",
            "text": "new type of great power relations",
            "status": "superseded",
            "issuer": "MFA of China",
            "since": "2012",
            "until": "2013-06",
        },
    ]
    return entry(**major_country(terms=terms))


def test_renderings_stand_in_the_order_in_which_they_came_up() -> None:
    found = evidence(drifted(), SOURCES)
    assert (found.first, found.last) == (2012, 2014)
    assert [each.text for each in found.renderings] == [
        "new type of great power relations",
        "new model of major-country relationship",
    ]
    (point,) = found.renderings[1].points
    assert (point.date, point.issuer, point.locator) == (
        "2014-02-14",
        "MFA of China",
        "para. 2",
    )


def test_each_year_says_what_began_stood_and_ended_for_whom() -> None:
    old, new = "new type of great power relations", drifted().terms[1].text
    years = evidence(drifted(), SOURCES).years
    assert [(y.year, y.issuer, y.renderings) for y in years] == [
        (2012, "MFA of China", (Happening("en", old, "since"),)),
        (
            2013,
            "MFA of China",
            (Happening("en", old, "until"), Happening("en", new, "since")),
        ),
        (2014, "MFA of China", (Happening("en", new, "cited"),)),
    ]


def test_two_names_of_an_issuer_are_one_issuer_in_a_year() -> None:
    named = replace(drifted().terms[2], issuer="外交部")
    entry = replace(drifted(), terms=(*drifted().terms[:2], named))
    assert len([y for y in evidence(entry, SOURCES).years if y.year == 2013]) == 2
    same = {"外交部": "mfa", "MFA of China": "mfa"}
    years = evidence(entry, SOURCES, same=lambda name: same[name or ""]).years
    assert [(y.year, len(y.renderings)) for y in years] == [
        (2012, 1),
        (2013, 2),
        (2014, 1),
    ]
    assert {y.issuer for y in years} == {"外交部"}


def test_without_a_time_there_is_no_timeline() -> None:
    found = evidence(entry(**major_country()), SOURCES)
    assert (found.first, found.renderings, found.years) == (None, (), ())
    assert timeline(found) is None


def test_bars_lie_on_the_scale_and_a_rendering_in_force_is_open() -> None:
    line = timeline(evidence(drifted(), SOURCES))
    assert line is not None
    old, new = line.bars
    assert 0 < old.start < new.start < old.end < new.end <= WIDTH
    assert (old.is_open, new.is_open) == (False, True)
    (dot,) = new.dots
    assert new.start < dot.x < new.end
    years = dict(line.ticks)
    assert years[2013] < new.start < years[2014] < dot.x < years[2015]


def test_a_long_time_has_few_years_under_it() -> None:
    terms = [
        {"lang": "zh-Hans", "text": "和平共处", "since": "1954-06-28"},
        {
            "lang": "en",
            "text": "peaceful coexistence",
            "since": "1954",
            "until": "2024",
        },
    ]
    line = timeline(evidence(entry(**major_country(terms=terms)), {}))
    assert line is not None
    years = [year for year, _ in line.ticks]
    assert years == [1960, 1980, 2000, 2020]


def test_the_interface_says_years_and_issuers(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/entries/{ID}/evidence")
    assert answer.json is not None
    assert answer.json["state"] == "approved"
    assert 2014 in {year["year"] for year in answer.json["years"]}
    assert "MFA of China" in {year["issuer"] for year in answer.json["years"]}
    again = client.get(
        f"/api/v1/entries/{ID}/evidence",
        headers={"If-None-Match": answer.headers["ETag"]},
    )
    assert again.status_code == 304
    assert client.get("/api/v1/entries/nowhere/evidence").status_code == 404


def test_the_page_draws_the_timeline_without_a_script(client: FlaskClient) -> None:
    page = client.get(f"/entries/{ID}").text
    drawing = re.search(r'<svg class="timeline".*?</svg>', page, re.DOTALL)
    assert drawing
    assert "<title>2014-02-14 · Wang Yi Holds Talks" in drawing[0]
    assert ">2014</text>" in drawing[0]
    assert "<script" not in drawing[0]

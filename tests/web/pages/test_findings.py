"""Findings on the page, to be gone through and done with: in Chromium and as a form."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from glossary import config
from glossary.web import create_app
from tests.browsing import Open
from tests.running import Server, run
from tests.web.pages.axe import violations

ZH = "新型大国关系。\n\n新型大国关系。\n尽快举行会谈，相互尊重。"
OLD = "new type of great power relations"
NEW = "new model of major-country relationship"
EN = f"😀 A {OLD}.\n\nA {OLD}.\nMutual respect."
TALLY = r"^{} wrong · \d+ to look at · \d+ right$"


@pytest.fixture(scope="module")
def reader(curated_file: Path) -> Iterator[FlaskClient]:
    """The pages over the curated glossary, for reading only."""
    patch = pytest.MonkeyPatch()
    patch.setenv("GLOSSARY_DATABASE", str(curated_file))
    config.settings.cache_clear()
    app: Flask = create_app()
    yield app.test_client()
    app.extensions["glossary"].store.close()
    patch.undo()
    config.settings.cache_clear()


def filled(page: Page, text: str = ZH, target: str = EN) -> Page:
    page.goto("/read")
    page.locator("#text").fill(text)
    page.locator("#target").fill(target)
    return page


def tally(page: Page, wrong: int) -> None:
    expect(page.locator("#message")).to_have_text(re.compile(TALLY.format(wrong)))


@pytest.mark.parametrize("script", [True, False])
def test_findings_are_counted_and_stand_under_their_row_and_the_worst_first(
    opened: Open, *, script: bool
) -> None:
    page = filled(opened(java_script_enabled=script))
    if not script:
        page.get_by_role("button", name="Show the terms").click()
    tally(page, 2)
    first = page.locator("#findings li").first
    expect(first.locator(".finding")).to_have_class(re.compile("bad"))
    expect(first.locator(".count")).to_have_text("×2")
    rows = page.locator("#checked .row")
    expect(rows).to_have_count(3)
    for number in (0, 1):
        sides = rows.nth(number).locator(".running")
        expect(sides.nth(0)).to_have_text("新型大国关系。")
        expect(sides.nth(1)).to_contain_text(f"A {OLD}.")
        expect(rows.nth(number).locator(".under .finding")).to_have_count(1)
        left, right = (sides.nth(n).bounding_box() for n in (0, 1))
        assert left is not None
        assert right is not None
        assert left["x"] + left["width"] <= right["x"]
        assert abs(left["y"] - right["y"]) < 1
    # What stands side by side is told apart by a gap.
    one, two = (page.locator(f"#{name}").bounding_box() for name in ("s2", "s3"))
    assert one is not None
    assert two is not None
    assert 1 <= two["x"] - (one["x"] + one["width"]) <= 4


def test_what_a_translation_lacks_is_copied_with_the_key_that_replaces(
    opened: Open,
) -> None:
    context = {"permissions": ["clipboard-read", "clipboard-write"]}
    page = filled(opened(**context), "双方坚持一个中国原则。", "Both sides agreed.")
    tally(page, 1)
    page.locator("h1").click()
    page.keyboard.press("n")
    button = page.locator(".finding.now").get_by_role("button", name="Copy")
    expect(button).to_have_text("Copy “one-China principle”")
    page.keyboard.press("r")
    expect(page.locator("#toast")).to_have_text("Copied: one-China principle")
    assert page.evaluate("navigator.clipboard.readText()") == "one-China principle"
    expect(page.locator("#target")).to_have_value("Both sides agreed.")


def test_one_goes_through_findings_with_keys_alone(page: Page) -> None:
    filled(page)
    tally(page, 2)
    page.locator("h1").click()
    page.keyboard.press("n")
    now = page.locator(".finding.now")
    expect(now).to_have_attribute("id", "f0")
    page.keyboard.press("n")
    expect(now).to_have_attribute("id", "f1")
    page.keyboard.press("p")
    page.keyboard.press("r")
    tally(page, 1)
    target = page.locator("#target")
    expect(target).to_have_value(EN.replace(OLD, NEW, 1))
    page.keyboard.press("a")
    tally(page, 0)
    expect(page.locator("#decisions")).to_contain_text("accepted here")
    with page.expect_download() as saving:
        page.get_by_role("button", name="CSV").click()
    saved = Path(saving.value.path()).read_text("utf-8-sig")
    assert saving.value.suggested_filename == "findings.csv"
    # What is accepted is not told there either.
    assert "forbidden" not in saved
    page.locator("h1").click()
    page.keyboard.press("u")
    tally(page, 1)
    page.keyboard.press("u")
    tally(page, 2)
    expect(target).to_have_value(EN)
    expect(page.locator("#decisions")).to_be_hidden()


def test_what_is_decided_outlives_a_reload_and_the_way_back(page: Page) -> None:
    filled(page)
    tally(page, 2)
    page.locator("#f0").get_by_role("button", name="Accept here").click()
    tally(page, 1)
    expect(page.locator("#s0")).to_have_class("aside")
    for leave in (page.reload, lambda: page.goto("/browse") and page.go_back()):
        leave()
        tally(page, 1)
        expect(page.locator("#text")).to_have_value(ZH)
        expect(page.locator("#s1")).to_have_class("bad")
        expect(page.locator("#s0")).to_have_class("aside")
    page.get_by_role("button", name="Undo").click()
    tally(page, 2)


def test_what_is_ignored_everywhere_is_listed_and_taken_back(page: Page) -> None:
    filled(page)
    tally(page, 2)
    page.locator("h1").click()
    page.keyboard.press("n")
    page.keyboard.press("i")
    tally(page, 0)
    page.locator("#text").fill("构建新型大国关系，相互尊重。")
    page.locator("#target").fill(f"Build a {OLD} with mutual respect.")
    expect(page.locator("#message")).to_have_text(re.compile("^0 wrong"))
    elsewhere = page.context.new_page()
    elsewhere.goto("/read")
    kept = elsewhere.locator("#decisions")
    expect(kept).to_contain_text("Set aside: 1")
    kept.locator("summary").click()
    expect(kept.locator("li")).to_contain_text(f"新型大国关系 → {OLD}")
    kept.get_by_role("button", name="Withdraw").click()
    expect(kept).to_be_hidden()
    page.reload()
    expect(page.locator("#message")).to_have_text(re.compile("^1 wrong"))


@pytest.mark.parametrize(
    ("width", "language", "scheme"), [(360, "zh-TW", "dark"), (1440, "zh-CN", "light")]
)
def test_findings_shut_nobody_out_and_a_phone_shows_them_first(
    browser: Browser, reading_server: Server, width: int, language: str, scheme: Any
) -> None:
    context = browser.new_context(
        base_url=reading_server.address,
        locale=language,
        color_scheme=scheme,
        viewport={"width": width, "height": 740},
    )
    page = filled(context.new_page())
    expect(page.locator("#f0")).to_be_visible()
    words = {"zh-TW": "2 處有誤", "zh-CN": "2 处有误"}[language]
    expect(page.locator("#message")).to_contain_text(words)
    label = {"zh-TW": "此處接受", "zh-CN": "此处接受"}[language]
    expect(page.locator("#f0 button").nth(1)).to_have_text(label)
    places = [
        page.locator(name).first.bounding_box()
        for name in ("#message", "#findings li", "#checked .row")
    ]
    tops = [place["y"] for place in places if place]
    assert tops == sorted(tops)
    assert tops[0] < 740
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert violations(page) == []
    context.close()


def form(answer: str) -> dict[str, str]:
    """Return what the form of a page would send again."""
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer)
    boxes = re.findall(r'<textarea name="(\w+)".*?>(.*?)</textarea>', answer, re.DOTALL)
    return dict([*hidden, *boxes])


def button(answer: str, verb: str) -> str:
    found = re.search(rf'name="do" value="({verb}[^"]*)"', answer)
    assert found, verb
    return found[1]


def test_without_a_script_the_form_decides(reader: FlaskClient) -> None:
    page = reader.post("/read", data={"text": ZH, "target": EN}).text
    assert "2 wrong" in page
    page = reader.post("/read", data={**form(page), "do": button(page, "replace")}).text
    assert "1 wrong" in page
    assert form(page)["target"] == EN.replace(OLD, NEW, 1)
    page = reader.post("/read", data={**form(page), "do": button(page, "ignore")}).text
    assert "0 wrong" in page
    page = reader.post("/read", data={**form(page), "do": button(page, "recall")}).text
    assert "1 wrong" in page
    page = reader.post("/read", data={**form(page), "do": button(page, "accept")}).text
    assert "0 wrong" in page
    assert "Set aside: 1" in page
    page = reader.post("/read", data={**form(page), "do": button(page, "undo")}).text
    assert form(page)["target"] == EN


def test_what_is_told_is_saved_as_word_csv_and_sarif(reader: FlaskClient) -> None:
    sent = {"text": ZH, "target": EN}
    page = reader.post("/read", data=sent).text
    sent |= form(reader.post("/read", data={**sent, "do": button(page, "accept")}).text)
    answer = reader.post("/read", data={**sent, "save": "docx"})
    assert answer.headers["Content-Disposition"].endswith("findings.docx")
    rows = docx.Document(io.BytesIO(answer.data)).tables[0].rows
    assert [row.cells[0].text for row in rows[1:]] == [t for t in ZH.split("\n") if t]
    assert NEW not in rows[1].cells[2].text
    assert NEW in rows[2].cells[2].text
    marked = [
        r.text for r in rows[2].cells[1].paragraphs[0].runs if r.font.highlight_color
    ]
    assert marked == [OLD]
    listed = reader.post("/read", data={**sent, "save": "csv"}).data.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(listed)))
    assert [line["target"] for line in lines if line["verdict"] == "forbidden"] == [OLD]
    log = json.loads(reader.post("/read", data={**sent, "save": "sarif"}).data)
    results = log["runs"][0]["results"]
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in results]
    assert regions[0] == {"startLine": 3}


SWAPPED = ("人类命运共同体", "新型大国关系")
#: Its first and its last sentence have terms that may change places.
RIGHT = [
    (
        "我们构建人类命运共同体。",
        "We build a community with a shared future for mankind.",
    ),
    *[("双方就天气交谈了很久。", "The two sides had a long talk on the weather.")] * 12,
    ("他们讨论新型大国关系。", f"They discuss a {NEW}."),
]
WRONG = [
    (RIGHT[0][0], f"We build a {NEW}."),
    *RIGHT[1:-1],
    (RIGHT[-1][0], "They discuss a community with a shared future for mankind."),
]


def sides(lines: list[tuple[str, str]]) -> tuple[str, str]:
    """Return a text and its translation, a paragraph a line."""
    return "\n".join(zh for zh, _ in lines), "\n".join(en for _, en in lines)


def missed_on_a_page(page: str) -> set[str]:
    """Return what a page says is not rendered, of what was swapped."""
    panel = re.search(r'<ol id="findings">(.*?)</ol>', page, re.DOTALL)
    return {term for term in SWAPPED if panel and f'">{term}</a>' in panel[1]}


def missed_by_the_command(database: Path, *arguments: str) -> set[str]:
    done = run("check", *arguments, "--json", database=database)
    findings = json.loads(done.stdout)["findings"]
    return {f["source"]["text"] for f in findings if not f["advice"]}


def test_terms_that_have_changed_places_are_found_on_every_road(
    page: Page, reader: FlaskClient, curated_file: Path, tmp_path: Path
) -> None:
    """Read a text, its form without scripts, the API, the command line on files."""
    both = set(SWAPPED)
    text, target = sides(WRONG)
    one_paragraph = target.replace("\n", " ")
    filled(page, text, target)
    tally(page, 2)
    assert missed_on_a_page(page.content()) == both
    for translation in (target, one_paragraph):
        form_ = {"text": text, "target": translation}
        assert missed_on_a_page(reader.post("/read", data=form_).text) == both
        pairs = [{"source": text, "target": translation}]
        missed = {}
        for align in ("auto", "none"):
            body = {"pairs": pairs, "align": align}
            told = json.loads(reader.post("/api/v1/check", json=body).data)
            findings = told["pairs"][0]["findings"]
            missed[align] = {f["source"]["text"] for f in findings if not f["advice"]}
        assert missed == {"auto": both, "none": set()}
    table, ours, theirs = (tmp_path / name for name in ("a.csv", "zh.txt", "en.txt"))
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("zh", "en"), (text, one_paragraph)])
    ours.write_text(text, "utf-8")
    theirs.write_text(target, "utf-8")
    assert missed_by_the_command(curated_file, str(table)) == both
    assert missed_by_the_command(curated_file, str(table), "--align=none") == set()
    two = (str(ours), "--with", str(theirs))
    assert missed_by_the_command(curated_file, *two) == both
    right = dict(zip(("text", "target"), sides(RIGHT), strict=True))
    assert "0 wrong · 0 to look at" in reader.post("/read", data=right).text

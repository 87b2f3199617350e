"""Files for readers: dictionaries, booklets, cards, a site, a style for Vale."""

import io
import posixpath
import shutil
import struct
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree
from playwright.sync_api import Browser, expect

from glossary.formats import by_name
from tests.formats.imprints import MADE
from tests.formats.whole_entries import entry
from tests.running import needs
from tests.web.pages.axe import violations
from tests.web.tools.installed import clients, ran

TWO = [
    entry(
        id="one-china-principle",
        state="approved",
        subjects=["taiwan"],
        terms=[
            {"lang": "zh-Hans", "text": "一个中国原则", "status": "preferred"},
            {"lang": "en", "text": "one-China principle", "status": "preferred"},
            {"lang": "en", "text": "one-China policy", "status": "forbidden"},
        ],
    ),
    entry(
        id="belt-and-road",
        state="approved",
        subjects=["initiatives"],
        definition={"en": "[Silk] Road & sea"},
        terms=[
            {"lang": "zh-Hans", "text": "一带一路", "status": "preferred"},
            {"lang": "zh-Hans", "text": "壹带壹路", "status": "deprecated",
             "ban": "anywhere"},
            {"lang": "en", "text": "Belt and Road", "status": "preferred"},
            {"lang": "en", "text": "One Belt, One Road (OBOR)", "status": "superseded",
             "ban": "anywhere"},
        ],
    ),
]  # fmt: skip
TAIWAN = {
    "kind": "subject",
    "id": "taiwan",
    "label": {"en": "Taiwan question", "zh-Hans": "台湾问题"},
}


def made(name: str, *sides: str, nouns: bool = False) -> tuple[bytes, list[Any]]:
    """Return the file of a format, and what it could not hold."""
    format_, stream, lost = by_name(name), io.BytesIO(), list[Any]()
    entries = [TAIWAN, *TWO] if nouns else TWO
    if sides:
        assert format_.directed
        format_.directed(entries, stream, lost.append, sides, imprint=MADE)
    else:
        assert format_.write
        format_.write(entries, stream, lost.append, imprint=MADE)
    return stream.getvalue(), lost


def articles(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield headword and article of a StarDict dictionary, as its readers do."""
    index, bodies = (package.read(f"glossary/glossary.{e}") for e in ("idx", "dict"))
    while index:
        word, _, index = index.partition(b"\0")
        at, size = struct.unpack(">II", index[:8])
        index = index[8:]
        yield word.decode(), bodies[at : at + size].decode()


def test_stardict_has_an_article_for_each_wording_in_the_order_of_its_readers() -> None:
    file, lost = made("stardict")
    package = zipfile.ZipFile(io.BytesIO(file))
    facts = package.read("glossary/glossary.ifo").decode().splitlines()
    assert facts[0] == "StarDict's dict ifo file"
    said = dict(line.split("=", 1) for line in facts[1:])
    size = len(package.read("glossary/glossary.idx"))
    assert (said["wordcount"], said["idxfilesize"]) == ("2", str(size))
    found = dict(articles(package))
    assert list(found) == sorted(found)
    assert "<b>one-China principle</b>" in found["一个中国原则"]
    assert "<s>one-China policy</s>" in found["一个中国原则"]
    assert "[Silk] Road &amp; sea" in found["一带一路"]
    assert {each.value for each in lost} == {"壹带壹路"}
    english = dict(
        articles(zipfile.ZipFile(io.BytesIO(made("stardict", "en", "zh-Hans")[0])))
    )
    assert "<b>一带一路</b>" in english["Belt and Road"]


def test_sdcv_finds_a_phrase_in_the_stardict_file(tmp_path: Path) -> None:
    sdcv = needs(shutil.which("sdcv"), "sdcv")
    zipfile.ZipFile(io.BytesIO(made("stardict")[0])).extractall(tmp_path)
    done = subprocess.run(
        [sdcv, "-n", "-2", str(tmp_path), "一带一路"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Belt and Road" in done.stdout


def test_dsl_is_utf_16_with_its_marks_escaped() -> None:
    file, _ = made("dsl")
    assert file.startswith(b"\xff\xfe")
    text = file.decode("utf-16")
    head = text.splitlines()[:3]
    assert head[0].startswith('#NAME "Terms & <phrases> -- of talks (zh-Hans')
    assert head[1:] == ['#INDEX_LANGUAGE "ChinesePRC"', '#CONTENTS_LANGUAGE "English"']
    assert "\r\n\r\n一带一路\r\n\t" in text
    assert "\r\n\tBelt and Road\r\n" in text
    assert "\t\\[Silk\\] Road & sea" in text
    assert "\t✗ One Belt, One Road \\(OBOR\\)" in text


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@pytest.mark.parametrize("name", ["docx", "html"])
def test_a_booklet_has_both_directions_by_subject(name: str) -> None:
    file, lost = made(name, nouns=True)
    if name == "docx":
        document = docx.Document(io.BytesIO(file))
        levels = [(p.style.name, p.text) for p in document.paragraphs if p.style]
        heads = [text for style, text in levels if style.casefold() == "heading 2"]
        text = "\n".join(text for _, text in levels)
    else:
        page = _Text()
        page.feed(file.decode())
        text = "".join(page.said)
        tree = etree.fromstring(file, etree.HTMLParser(encoding="utf-8"))
        heads = [str(each.text) for each in tree.iter("h3")]
    assert heads == ["initiatives", "Taiwan question · 台湾问题"] * 2
    assert text.index("中文—英文") < text.index("英文—中文")
    assert text.count("One Belt, One Road (OBOR)") == 1
    assert "CC-BY-4.0" in text
    # The forbidden wordings of each language stand with what renders the other.
    assert lost == []
    assert made(name, nouns=True)[0] == file


def test_libreoffice_opens_the_booklet(tmp_path: Path) -> None:
    soffice = needs(shutil.which("soffice"), "LibreOffice")
    (tmp_path / "booklet.docx").write_bytes(made("docx", nouns=True)[0])
    order = [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    order += ["--convert-to", "txt:Text (encoded):UTF8", "booklet.docx"]
    subprocess.run(order, cwd=tmp_path, check=True, capture_output=True)
    assert "一个中国原则" in (tmp_path / "booklet.txt").read_text("utf-8-sig")


def test_the_same_entries_make_the_same_deck() -> None:
    file, lost = made("anki", nouns=True)
    assert lost == []
    assert made("anki", nouns=True)[0] == file
    one, lost = made("anki", "zh-Hans", "en")
    assert [each.value for each in lost] == ["壹带壹路"]
    assert len(one) < len(file)


def test_a_deck_leaves_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made("anki")
    assert [*tmp_path.iterdir()] == []


def test_anki_learns_from_a_deck_and_its_next_edition(tmp_path: Path) -> None:
    (tmp_path / "first.apkg").write_bytes(made("anki", nouns=True)[0])
    newer = [{**TWO[0], "note": "Said by both sides."}, TWO[1]]
    stream = io.BytesIO()
    write = by_name("anki").write
    assert write
    write(newer, stream, lambda _: None, imprint=replace(MADE, date="2026-12-01"))
    (tmp_path / "second.apkg").write_bytes(stream.getvalue())
    told = ran(clients(), _LEARN, str(tmp_path))
    decks, first, second, card = told.splitlines()
    title = "Terms & <phrases> -- of talks"
    assert decks == f"{title}::en → zh-Hans; {title}::zh-Hans → en"
    assert (first, second) == ("4", "4")
    assert "Said by both sides." in card
    assert "one-China principle" in card
    assert "✗ one-China policy" in card


#: What Anki does when a person opens one deck, and later the next edition of it.
_LEARN = """
import sys
from anki.collection import Collection, ImportAnkiPackageRequest
place = sys.argv[1]
notes = Collection(place + "/learner.anki2")
for name in ("first", "second"):
    request = ImportAnkiPackageRequest(package_path=f"{place}/{name}.apkg")
    notes.import_anki_package(request)
    if name == "first":
        names = [each.name for each in notes.decks.all_names_and_ids()]
        print("; ".join(sorted(name for name in names if "::" in name)))
    print(notes.card_count())
(card,) = notes.find_cards('Wording:一个中国原则')
print(" ".join(notes.get_card(card).answer().split()))
"""


def site() -> zipfile.ZipFile:
    file, _ = made("site", nouns=True)
    assert made("site", nouns=True)[0] == file
    return zipfile.ZipFile(io.BytesIO(file))


def test_a_site_has_a_page_for_each_entry_and_every_link_leads_somewhere() -> None:
    package = site()
    names = set(package.namelist())
    pages = [name for name in names if name.endswith(".html")]
    assert {"index.html", "zh-Hans.html", "entries/belt-and-road.html"} <= names
    for name in pages:
        tree = etree.HTML(package.read(name))
        for target in tree.xpath("//@href | //@src"):
            place = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            assert place in names, f"{name}: {target}"
        assert "CC-BY-4.0" in "".join(tree.itertext())
    page = package.read("entries/one-china-principle.html").decode()
    assert "✕ forbidden" in page
    assert "<title>一个中国原则 · one-China principle · Terms &amp; &lt;phr" in page


def test_a_page_of_a_site_says_since_when_and_until_when_a_wording_stands() -> None:
    stream, format_ = io.BytesIO(), by_name("site")
    terms = [
        {"lang": "zh-Hans", "text": "“一带一路”倡议", "since": "2013"},
        {"lang": "en", "text": "Belt & Road <Initiative>", "since": "2015"},
        {"lang": "en", "text": "One Belt, One Road", "since": "2013", "until": "2015"},
        {"lang": "en", "text": "Silk Road", "until": "2012"},
        {"lang": "en", "text": "New Silk Road"},
    ]
    assert format_.write
    format_.write([entry(id="bri", terms=terms)], stream, lambda _: None, imprint=MADE)
    page = zipfile.ZipFile(stream).read("entries/bri.html").decode()
    rows = {
        row.xpath("string(span)"): row.xpath("string(.)").partition(" — ")[2].strip()
        for row in etree.HTML(page).xpath("//li")
    }
    assert rows["“一带一路”倡议"] == "2013–"
    assert rows["Belt & Road <Initiative>"] == "2015–"
    assert rows["One Belt, One Road"] == "2013–2015"
    assert rows["Silk Road"] == "–2012"
    assert rows["New Silk Road"] == ""


def test_a_browser_finds_phrases_in_a_site_that_lies_in_a_folder(
    browser: Browser, tmp_path: Path
) -> None:
    site().extractall(tmp_path)
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("searchbox").fill("belt")
    expect(page.locator("#hits li")).to_have_count(2)
    page.get_by_role("searchbox").fill("一带一路")
    expect(page.locator("#hits")).to_have_text("一带一路 Belt and Road")
    page.locator("#hits a").click()
    expect(page.locator("h1")).to_contain_text("一带一路 · Belt and Road")
    assert violations(page) == []
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("searchbox").fill("一")
    assert violations(page) == []
    assert all(each.startswith(tmp_path.as_uri()) for each in asked)


def test_vale_is_given_what_is_wrong_wherever_it_stands() -> None:
    file, lost = made("vale")
    package = zipfile.ZipFile(io.BytesIO(file))
    english, chinese = (
        package.read(f"styles/Termbase/{name}.yml").decode()
        for name in ("English", "Chinese")
    )
    assert (
        '"One\\\\ Belt,\\\\ One\\\\ Road\\\\ \\\\(OBOR\\\\)": "Belt and Road"'
        in english
    )
    assert "one-China policy" not in english
    assert "nonword: true" in chinese
    assert '"壹带壹路": "一带一路"' in chinese
    assert "one-China policy" in {each.value for each in lost}


@pytest.mark.skipif(not shutil.which("vale"), reason="Vale is in no package of Debian")
def test_vale_names_what_is_to_be_used_instead(tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(made("vale")[0])).extractall(tmp_path)
    (tmp_path / "text.md").write_text(
        "The One Belt, One Road (OBOR) plan. 壹带壹路。\n"
    )
    done = subprocess.run(
        ["vale", "--output=line", "text.md"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Use 'Belt and Road'" in done.stdout
    assert "Use '一带一路'" in done.stdout

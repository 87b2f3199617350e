"""The words that scripts say: one file a language, the same for all pages."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from glossary.speech import LOCALES, WORDS, say
from glossary.web.wording import SENTENCES

STATIC = Path(__file__).parents[2] / "glossary" / "web" / "static"
PAGES = ("/", "/read", "/transfers", "/offline", "/mine", "/browser", "/browse")


def files_of(page: str) -> list[str]:
    return re.findall(r'src="(/static/\w+/words\.[\w-]+\.js)"', page)


def content_of(client: FlaskClient, address: str) -> Any:
    head, _, plain = client.get(address).text.partition(" = ")
    assert head == "globalThis.wording"
    return json.loads(plain.removesuffix(";\n"))


@pytest.mark.parametrize("locale", LOCALES)
def test_all_pages_of_a_language_load_one_file_of_words(
    client: FlaskClient, locale: str
) -> None:
    client.set_cookie("lang", locale)
    addresses = [files_of(client.get(page).text) for page in PAGES]
    assert addresses == [addresses[0]] * len(PAGES)
    (address,) = addresses[0]
    assert address.endswith(f"words.{locale}.js")
    content = content_of(client, address)
    assert content["words"] == {name: say(word, locale) for name, word in WORDS.items()}
    assert content["sentences"].keys() == SENTENCES.keys()


def test_a_file_of_words_is_kept_for_a_year_and_known_again(
    client: FlaskClient,
) -> None:
    (address,) = files_of(client.get("/").text)
    answer = client.get(address)
    assert answer.mimetype == "text/javascript"
    assert {"public", "immutable", "max-age=31536000"} <= set(
        answer.headers["Cache-Control"].split(", ")
    )
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(address.replace("words.en", "words.fr")).status_code == 404


def test_a_sentence_keeps_its_values_in_braces(client: FlaskClient) -> None:
    client.set_cookie("lang", "zh-Hant")
    (address,) = files_of(client.get("/").text)
    sentences = content_of(client, address)["sentences"]
    assert sentences["nothing"] == "未找到「{q}」。"
    for name, template in SENTENCES.items():
        values = re.findall(r"%\((\w+)\)s", template)
        assert sorted(re.findall(r"{(\w+)}", sentences[name])) == sorted(values), name


def test_scripts_say_what_the_file_has_and_all_of_it() -> None:
    scripts = "".join(path.read_text("utf-8") for path in STATIC.glob("*.js"))
    assert set(re.findall(r'\bsay\("([\w ]+)"', scripts)) == SENTENCES.keys()
    assert f"const WORDS = {json.dumps(LOCALES)}" in scripts


def test_no_page_carries_words_for_scripts_in_itself(client: FlaskClient) -> None:
    for page in PAGES:
        assert 'id="words"' not in client.get(page).text, page

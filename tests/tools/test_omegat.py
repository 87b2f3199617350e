from flask.testing import FlaskClient
from lxml import etree


def test_external_search_is_told_the_address_of_this_server(
    client: FlaskClient,
) -> None:
    answer = client.get(
        "/tools/omegat/finder.xml", base_url="https://terms.example/a&b"
    )
    (item,) = etree.fromstring(answer.data).findall("item")
    assert item.findtext("url") == "https://terms.example/a&b/?q={target}"
    assert item.findtext("keystroke") == "ctrl alt G"
    assert answer.headers["Content-Disposition"].endswith("finder.xml")

import gzip
import json

import pytest
import zstandard
from flask.testing import FlaskClient

_READERS = {
    "gzip": gzip.decompress,
    "zstd": lambda packed: (
        zstandard.ZstdDecompressor().decompressobj().decompress(packed)
    ),
}
_LONG = "/api/v1/lookup?q=主权&limit=50"


@pytest.mark.parametrize("coding", sorted(_READERS))
@pytest.mark.parametrize("address", [_LONG, "/api/v1/export?format=csv"])
def test_a_long_answer_says_the_same_in_fewer_bytes(
    client: FlaskClient, coding: str, address: str
) -> None:
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    assert _READERS[coding](packed.data) == plain.data
    tag = plain.headers["ETag"].strip('"')
    assert packed.headers["ETag"] == f'"{tag}-{coding}"'


@pytest.mark.parametrize("name", ["style.css", "lookup.js"])
def test_a_static_file_is_sent_in_half_of_its_bytes_and_in_parts_as_it_is(
    client: FlaskClient, name: str
) -> None:
    address = f"{client.application.static_url_path}/{name}"
    plain = client.get(address, buffered=True)
    for coding, read in _READERS.items():
        packed = client.get(address, headers={"Accept-Encoding": coding}, buffered=True)
        assert packed.headers["Content-Encoding"] == coding
        assert packed.headers["Cache-Control"] == plain.headers["Cache-Control"]
        assert len(packed.data) * 2 < len(plain.data)
        assert read(packed.data) == plain.data
        again = client.get(
            address,
            buffered=True,
            headers={
                "Accept-Encoding": coding,
                "If-None-Match": packed.headers["ETag"],
            },
        )
        assert (again.status_code, again.data) == (304, b"")
    part = client.get(
        address,
        buffered=True,
        headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"},
    )
    assert part.status_code == 206
    assert "Content-Encoding" not in part.headers
    assert part.data == plain.data[:10]


def test_zstd_is_sent_to_who_reads_both_and_nothing_packed_to_who_says_no(
    client: FlaskClient,
) -> None:
    def coding(accepted: str) -> str | None:
        answer = client.get(_LONG, headers={"Accept-Encoding": accepted})
        return answer.headers.get("Content-Encoding")

    assert coding("gzip, deflate, br, zstd") == "zstd"
    assert coding("gzip, zstd;q=0.5") == "gzip"
    assert coding("gzip;q=0") is None
    assert coding("br") is None
    assert coding("*") == "zstd"


def test_a_short_answer_a_page_and_a_head_are_sent_as_they_are(
    client: FlaskClient,
) -> None:
    sent = {"Accept-Encoding": "gzip"}
    for answer in (
        client.get("/api/v1/entries/nix", headers=sent),
        client.get("/?q=主权", headers={**sent, "Accept": "text/html"}),
        client.head(_LONG, headers=sent),
    ):
        assert "Content-Encoding" not in answer.headers


def test_who_has_a_compressed_answer_is_told_so_and_may_change_what_they_read(
    client: FlaskClient, editor: dict[str, str]
) -> None:
    sent = {"Accept-Encoding": "gzip"}
    for address in (_LONG, "/api/v1/export?format=csv", "/api/v1/entries/sovereignty"):
        tag = client.get(address, headers=sent).headers["ETag"]
        again = client.get(address, headers={**sent, "If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
    changed = client.patch(
        "/api/v1/entries/sovereignty",
        data=json.dumps({"note": "国家主权"}),
        content_type="application/merge-patch+json",
        headers={**editor, **sent, "If-Match": tag},
    )
    assert changed.status_code == 200
    stale = client.patch(
        "/api/v1/entries/sovereignty",
        data=json.dumps({"note": "主权"}),
        content_type="application/merge-patch+json",
        headers={**editor, "If-Match": tag},
    )
    assert stale.status_code == 412

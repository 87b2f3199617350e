"""What the service calls is what a setting names, and nothing that others choose."""

import json
import socket
from pathlib import Path

import pytest

from glossary.config import must_be_allowed
from tests.web.tools.behind import Behind, behind

#: What a name is, that an attacker has: of the cloud's secrets, of a neighbour.
NAMES = {
    "secrets.example": "169.254.169.254",
    "neighbour.example": "10.0.0.7",
    "mapped.example": "::ffff:192.168.1.1",
    "here.example": "127.0.0.1",
    "six.example": "fd00::1",
    "translated.example": "64:ff9b::a9fe:a9fe",
    "tunnel.example": "2002:a00:7::",
    "site.example": "fec0::1",
    "public.example": "93.184.216.34",
}


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        number = NAMES.get(host, host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

    monkeypatch.setattr("glossary.config.outward.socket.getaddrinfo", found)


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("host", [*NAMES, "127.0.0.1", "0.0.0.0", "[::1]"])  # noqa: S104 - it is refused.
def test_private_addresses_are_asked_only_where_a_setting_names_the_host(
    host: str,
) -> None:
    named = "https://provider.example/realm"
    if host == "public.example":
        must_be_allowed(f"https://{host}/keys", setting=named)
        return
    with pytest.raises(ValueError, match=host.strip("[]")):
        must_be_allowed(f"https://{host}/keys", setting=named)
    if host in {"secrets.example", "translated.example", "0.0.0.0"}:  # noqa: S104 - it is refused.
        with pytest.raises(ValueError, match="never called"):
            must_be_allowed(f"https://{host}/keys", setting=f"https://{host}/realm")
    else:
        must_be_allowed(f"https://{host}/keys", setting=f"https://{host}/realm")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "gopher://x/1", "//x/y", "https:///x", "http://x.example/"],
)
def test_only_the_web_is_asked_and_over_tls_where_the_setting_says_so(
    address: str,
) -> None:
    with pytest.raises(ValueError, match=r"web|TLS"):
        must_be_allowed(address, setting="https://provider.example")


def test_a_redirect_is_not_followed(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def away(self: Behind) -> None:
        asked.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(307)
        self.send_header("Location", f"http://{self.headers['Host']}/secrets")
        self.send_header("Content-Length", "0")
        self.end_headers()

    with behind(database, monkeypatch, do_POST=away, do_GET=away) as client:
        fields = {"text": "teh text", "language": "en-US"}
        answer = json.loads(client.post("/v2/check", data=fields).data)
    assert answer["warnings"]["incompleteResults"] is True
    assert asked == ["/v2/check"]

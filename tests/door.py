"""The proxies of `deploy/` as real programs before a server: TLS, and a prefix.

`--door=nginx` or `--door=caddy` has every page of the browser suite come through one.
"""

import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Final

import httpx
from playwright.sync_api import Browser, BrowserContext, Page

from tests import postgresql
from tests.running import needs

PREFIX: Final = "/terms"
DEPLOY: Final = Path(__file__).parent.parent / "deploy"
_FOUND: Final = "/usr/sbin:/usr/bin:/sbin:/bin"
_NGINX: Final = """user root;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include /etc/nginx/mime.types;
{sample}
}}
"""
_CADDY: Final = """{{
	admin off
	auto_https disable_redirects
	skip_install_trust
	local_certs
	storage file_system {folder}/caddy
{bounds}
}}
{sample}
"""


def nginx(folder: Path, port: int, inner: int) -> list[str]:
    """Write down deploy/nginx.conf, under a prefix as it says; return the command."""
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"]
    made += ["-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=DNS:localhost"]
    kept = ["-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    subprocess.run([*made, *kept], check=True, capture_output=True)
    sample = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for given, here in (
        ("127.0.0.1:8000", f"127.0.0.1:{inner}"),
        ("listen 80;", f"listen {postgresql.free_port()};"),
        ("listen 443 ssl;", f"listen {port} ssl;"),
        ("terms.example;", "localhost;"),
        ("/etc/letsencrypt/live/terms.example/fullchain.pem", f"{folder}/cert.pem"),
        ("/etc/letsencrypt/live/terms.example/privkey.pem", f"{folder}/key.pem"),
        ("    location / {", f"    location {PREFIX}/ {{"),
        ("proxy_pass http://glossary;", "proxy_pass http://glossary/;"),
        ('X-Forwarded-Prefix "";', f"X-Forwarded-Prefix {PREFIX};"),
    ):
        assert given in sample, given
        sample = sample.replace(given, here)
    place = folder / "nginx.conf"
    place.write_text(_NGINX.format(folder=folder, sample=sample))
    return ["nginx", "-c", str(place), "-p", str(folder)]


def caddy(folder: Path, port: int, inner: int) -> list[str]:
    """Write down what deploy/Caddyfile says of a prefix; return the command."""
    sample = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    bounds = re.search(r"\tservers \{.*?\n\t\}", sample, re.DOTALL)
    _, _, prefixed = sample.partition("# Under a prefix")
    site = re.sub(r"(?m)^# ?", "", prefixed.partition("\n")[2])
    assert bounds
    for given, here in (
        ("www.example", f"https://localhost:{port}"),
        ("127.0.0.1:8000", f"127.0.0.1:{inner}"),
    ):
        assert given in site, given
        site = site.replace(given, here)
    place = folder / "Caddyfile"
    place.write_text(_CADDY.format(folder=folder, bounds=bounds[0], sample=site))
    return ["caddy", "run", "--config", str(place), "--adapter", "caddyfile"]


class Door:
    """A proxy before the server at a port."""

    def __init__(self, kind: str, folder: Path, inner: int) -> None:
        needs(shutil.which(kind, path=_FOUND), kind)
        folder.mkdir(parents=True)
        port = postgresql.free_port()
        command = {"nginx": nginx, "caddy": caddy}[kind](folder, port, inner)
        self.address = f"https://localhost:{port}{PREFIX}"
        self._process = subprocess.Popen(
            command,
            env={"HOME": str(folder), "PATH": _FOUND},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                # The certificate is one that was made for this test.
                answer = httpx.get(f"{self.address}/healthz", verify=False)  # noqa: S501
                answer.raise_for_status()
                break
            except httpx.HTTPError:
                assert time.monotonic() < deadline
                time.sleep(0.1)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)


class Doors:
    """A door for each server that a page is opened of."""

    def __init__(self, kind: str, folder: Path) -> None:
        self._kind, self._folder = kind, folder
        self._made: dict[str, Door] = {}

    def to(self, address: str) -> Door:
        """Return the door before the server at an address."""
        if address not in self._made:
            port = int(address.rpartition(":")[2])
            self._made[address] = Door(self._kind, self._folder / str(port), port)
        return self._made[address]

    def close(self) -> None:
        for door in self._made.values():
            door.close()

    def before(self, browser: Browser) -> Browser:
        """Have a browser come through the doors wherever it would go to a server."""
        straight = browser.new_context

        def new_context(**options: Any) -> BrowserContext:
            address = options.get("base_url", "")
            if not address:
                return straight(**options)
            door = self.to(address.rstrip("/"))
            given = {"ignore_https_errors": True, "base_url": f"{door.address}/"}
            context = straight(**{**options, **given})
            blank = context.new_page

            def new_page() -> Page:
                page = blank()
                go = page.goto

                def goto(url: str, **how: Any) -> Any:
                    return go(f"{door.address}{url}" if url[:1] == "/" else url, **how)

                page.goto = goto
                return page

            context.new_page = new_page
            bake = context.add_cookies

            def add_cookies(cookies: Any) -> None:
                """Give a browser its cookies as it would have them from the door."""
                there = {"url": f"{door.address}/"}
                bake(
                    [
                        {**each, **there, "name": f"__Secure-{each['name']}"}
                        for each in cookies
                    ]
                )

            context.add_cookies = add_cookies
            return context

        browser.new_context = new_context
        return browser

"""Commands that speak with an editor or an assistant, over a server's client."""

from collections.abc import Callable
from importlib import import_module
from urllib.parse import quote

import click

from glossary import config
from glossary.cli.root import Failure, _, main
from glossary.client import Client
from glossary.message import N_, Message


@main.command(help=_("Serve a text editor (LSP) over standard input and output."))
@click.option("--server", help=_("Address of the server."))
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    help=_("Use only this glossary; may be given more than once."),
)
@click.option("--profile", help=_("Profile on that server to use."))
@click.option(
    "--picky", is_flag=True, help=_("Also report terms missing from the translation.")
)
@click.option(
    "--drafts", is_flag=True, help=_("Also report findings that rest on drafts.")
)
def lsp(server: str | None, *, profile: str | None, **how: object) -> None:
    """Mark wordings that are not to be used while somebody writes."""
    _serve("glossary.client.editor", "lsp", _at(server, profile), **how)


@main.command(
    help=_("Serve AI assistants (MCP) over standard input and output, or over HTTP.")
)
@click.option("--server", help=_("Address of the server."))
@click.option("--profile", help=_("Profile on that server to use."))
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help=_("Serve over HTTP on this port, at /mcp, without sessions."),
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help=_("Address to listen on.")
)
def mcp(
    server: str | None, *, profile: str | None, port: int | None, host: str
) -> None:
    """Offer looking up, annotating, checking and proposing as tools."""
    address = _at(server, profile)
    _serve("glossary.client.assistant", "mcp", address, host=host, port=port)


def _at(server: str | None, profile: str | None) -> str:
    """Return the address to ask: a profile answers below one of its own."""
    address = (server or config.settings().server).rstrip("/")
    return f"{address}/p/{quote(profile, safe='')}" if profile else address


def _serve(module: str, extra: str, server: str, **how: object) -> None:
    """Run a module whose libraries not everybody has; exit with 2 without them."""
    try:
        serve: Callable[..., None] = import_module(module).serve
    except ModuleNotFoundError:
        template = N_(
            "An optional part is missing: pip install 'glossary-termbase[%(extra)s]'"
        )
        raise Failure(2, _(Message(template, extra=extra))) from None
    token = config.settings().token or None
    with Client(server, token=token) as terms:
        serve(terms, **how)

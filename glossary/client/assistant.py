"""Tools for AI assistants (MCP): look up, annotate, check."""

from typing import Any

from mcp.server.mcpserver import MCPServer

from glossary.client import Client
from glossary.entry import codec
from glossary.query import Pair

_INSTRUCTIONS = (
    "A Chinese-English termbase of diplomatic set phrases. Look a phrase up before you "
    "translate it, use the first equivalent that is preferred, never one that is "
    "superseded, deprecated or forbidden, and check what you have translated. "
    "Where the state is draft nobody vouches for the entry: say so, and avoid nothing "
    "because of it."
)


def serve(terms: Client) -> None:
    """Speak with an assistant over standard input and output until it leaves."""
    made(terms).run("stdio")


def made(terms: Client) -> MCPServer[Any]:
    """Return a server that offers the tools."""
    server: MCPServer[Any] = MCPServer("glossary", instructions=_INSTRUCTIONS)

    @server.tool()
    def lookup(
        q: str, as_of: str | None = None, issuer: str | None = None, limit: int = 5
    ) -> dict[str, Any]:
        """Find a Chinese or English phrase with its renderings, best first.

        `hits` answer the query. `known_parts` are terms that stand in it, `similar`
        ones are other wordings that look like it: they do not render the query.
        `as_of` (YYYY, YYYY-MM or YYYY-MM-DD) leads with what was said at that time,
        `issuer` with the renderings of one issuer.
        """
        found = terms.lookup(q, as_of=as_of, issuer=issuer, limit=limit)
        beside = {
            "known_parts": [_plain(hit) for hit in found.of("known-parts")],
            "similar": [_plain(hit) for hit in found.of("similar")],
        }
        answers = [_plain(hit) for hit in found.of("answer")]
        return {**_plain(found), "hits": answers, **beside}

    @server.tool()
    def annotate(text: str) -> dict[str, Any]:
        """List every known term in a text once: what to write for it, and what not.

        `target` is best first; nothing of `avoid` is to be written for it. `note` says
        where it is a draft, and how a wording is used.
        """
        return _plain(terms.terms_of(text))

    @server.tool()
    def check(source: str, target: str) -> dict[str, Any]:
        """Say whether a translation uses the right terms; nothing found is good."""
        return _plain(terms.check([Pair("1", source, target)]))

    return server


def _plain(noun: object) -> dict[str, Any]:
    plain: dict[str, Any] = codec.plain(noun)
    return plain

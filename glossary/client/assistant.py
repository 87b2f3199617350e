"""What AI assistants are offered (MCP): tools, an entry as a resource, a prompt."""

import logging
from collections.abc import Iterable
from typing import Annotated, Any, Final

import orjson
from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, TextContent, ToolAnnotations

from glossary.client import Client
from glossary.entry import Hit, Term, codec
from glossary.query import Pair
from glossary.recognition import WRITERS, ListedTerm
from glossary.text import language_of

_INSTRUCTIONS = (
    "A Chinese-English termbase of diplomatic set phrases. Look a phrase up before you "
    "translate it, use the first equivalent that is preferred, never one that is "
    "superseded, deprecated or forbidden, and check what you have translated. "
    "Where the state is draft nobody vouches for the entry: say so, and avoid nothing "
    "because of it."
)
_PROMPT = (
    "Translate the text below into {into}. First call `annotate` with it: write the "
    "first `target` of each term, and nothing of its `avoid`. Then call `check` with "
    "the text and your translation, and mend what it finds. Say which terms rest on a "
    "draft. Invent no rendering for a set phrase that is not known: name it.\n\n{text}"
)
#: What a tool answers: a document, and what the model reads of it.
_Answer = Annotated[CallToolResult, dict[str, Any]]
_READS: Final = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, open_world_hint=False
)
_PROPOSES: Final = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, open_world_hint=False
)


def serve(terms: Client, *, host: str, port: int | None) -> None:
    """Speak with an assistant until it leaves, or with any number of them over HTTP.

    Without a port that is over standard input and output, with one it is stateless:
    every request stands for itself, so that any process behind a proxy may answer.
    """
    server = mcp_server(terms)
    logging.getLogger().setLevel(logging.WARNING)
    if port is None:
        server.run("stdio")
    else:
        server.run(
            "streamable-http",
            host=host,
            port=port,
            stateless_http=True,
            json_response=True,
        )


def mcp_server(terms: Client) -> MCPServer[Any]:
    """Return a server that offers the tools, the entries and the prompt."""
    server: MCPServer[Any] = MCPServer(
        "glossary", instructions=_INSTRUCTIONS, log_level="WARNING"
    )

    @server.tool(annotations=_READS)
    def lookup(
        q: str, as_of: str | None = None, issuer: str | None = None, limit: int = 5
    ) -> _Answer:
        """Find a Chinese or English phrase with its renderings, best first.

        `hits` answer the query. `known_parts` are terms that stand in it, `similar`
        ones are other wordings that look like it: they do not render the query.
        `as_of` (YYYY, YYYY-MM or YYYY-MM-DD) leads with what was said at that time,
        `issuer` with the renderings of one issuer. `documents` counts what a wording is
        cited from; `entry` has the rest.
        """
        answer = terms.lookup(q, as_of=as_of, issuer=issuer, limit=limit)
        hits = {
            "hits": _short(answer.of("answer")),
            "known_parts": _short(answer.of("known-parts")),
            "similar": _short(answer.of("similar")),
        }
        return _answer(hits)

    @server.tool(annotations=_READS)
    def entry(entry_id: str) -> _Answer:
        """Return one whole entry: wordings with their citations, definition, note."""
        return _answer(_filled(codec.plain(terms.entry(entry_id))))

    @server.tool(annotations=_READS)
    def annotate(text: str) -> _Answer:
        """List every known term in a text once: what to write for it, and what not.

        `target` is best first; nothing of `avoid` is to be written for it. `note` says
        where it is a draft, and how a wording is used. Several stand in a cell with |
        between them.
        """
        answer = terms.terms_of(text)
        rows = [ListedTerm(t.source, t.target, t.avoid, t.note) for t in answer.terms]
        return _answer(codec.plain(answer), WRITERS["tsv"](rows))

    @server.tool(annotations=_READS)
    def check(source: str, target: str) -> _Answer:
        """Say whether a translation uses the right terms; nothing found is good."""
        return _answer(codec.plain(terms.check([Pair("1", source, target)])))

    @server.tool(annotations=_PROPOSES)
    def propose(chinese: str, english: str, comment: str) -> _Answer:
        """Propose a phrase that is not known to the editors, as a draft.

        Nothing is in the termbase until an editor accepts it. `comment` says where the
        phrase and its rendering stand, and that an assistant proposes it.
        """
        wordings = [
            {"lang": language_of(chinese), "text": chinese},
            {"lang": "en", "text": english, "status": "preferred"},
        ]
        document = {"state": "draft", "terms": wordings}
        proposal = terms.propose(document, comment=comment, by="AI assistant")
        return _answer({"proposal": proposal.id, "state": proposal.state})

    @server.resource("glossary://entry/{entry_id}", mime_type="application/json")
    def entry_resource(entry_id: str) -> str:
        """Return one whole entry as JSON."""
        return orjson.dumps(codec.plain(terms.entry(entry_id))).decode()

    @server.prompt()
    def translate_with_the_termbase(text: str, into: str = "English") -> str:
        """Translate a text with the termbase, and check the translation by it."""
        return _PROMPT.format(text=text, into=into)

    return server


def _short(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """Return hits as short as an assistant can use them."""
    return [
        _filled(
            {
                "entry": hit.entry,
                "state": hit.state,
                "proof": hit.proof,
                "match": hit.tier,
                "term": _wording(hit.term),
                "use": [_wording(term) for term in hit.use],
                "equivalents": [_wording(term) for term in hit.equivalents],
                "definition": dict(hit.definition),
            }
        )
        for hit in hits
    ]


def _wording(term: Term) -> dict[str, Any]:
    return _filled(
        {
            "lang": term.lang,
            "text": term.text,
            "status": term.status,
            "issuer": term.issuer,
            "since": term.since,
            "until": term.until,
            "usage": term.usage,
            "documents": len(term.citations),
        }
    )


def _filled(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document without what is empty."""
    return {name: value for name, value in document.items() if value}


def _answer(document: dict[str, Any], text: str | None = None) -> CallToolResult:
    """Return what a tool answers; a model reads the text, without needless blanks."""
    written_out = orjson.dumps(document).decode() if text is None else text
    return CallToolResult(
        content=[TextContent(type="text", text=written_out)],
        structured_content=document,
    )

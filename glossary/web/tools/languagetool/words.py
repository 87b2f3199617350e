"""LanguageTool's personal dictionary: a word that is added is proposed to the editors.

Nobody has a dictionary here. `words` are what the caller has proposed and nobody has
decided yet; `words/add` proposes one more, and `words/delete` takes nothing back, since
only editors decide.
"""

from typing import Final

from flask import Response, request

from glossary import schema
from glossary.errors import Unreadable
from glossary.message import N_
from glossary.query import Query
from glossary.text import language_of
from glossary.web import asking, current, rates
from glossary.web.api.proposals import propose
from glossary.web.tools.languagetool.answering import answered, tool

_PROPOSAL: Final = schema.ProposalBody()
#: So many words are listed unless it is said, and at most.
_LIMIT: Final = 10
_MOST: Final = 1000
#: Tiers that say that a phrase stands here already.
_SAME: Final = ("exact", "folded")


@tool.get("/words")
def words() -> Response:
    """List what the caller has proposed and nobody has decided."""
    offset, limit = _number("offset", 0), min(_number("limit", _LIMIT), _MOST)
    name = current.actor().name if current.actor().is_known else ""
    waiting = (
        current.store().proposals.listed(state="open", entry=None, after=0, limit=_MOST)
        if name
        else []
    )
    texts = [
        term.text
        for proposal in waiting
        if proposal.by == name and not proposal.entry
        for term in proposal.document.terms
    ]
    return answered({"words": texts[offset : offset + limit]})


@tool.post("/words/add")
@rates.limited("proposals")
def add_word() -> Response:
    """Propose a phrase, unless it stands here already or waits."""
    word = request.values.get("word", "").strip()
    if not word:
        raise Unreadable(N_("Missing “word” parameter."))
    hits = asking.look_up(Query(q=word, limit=1)).hits
    if hits and hits[0].tier in _SAME:
        return answered({"added": False})
    term = {"lang": language_of(word), "text": word}
    body = {"document": {"terms": [term]}, "comment": "LanguageTool"}
    propose(schema.load(_PROPOSAL, body))
    return answered({"added": True})


@tool.post("/words/delete")
def delete_word() -> Response:
    """Take nothing back: only editors decide."""
    return answered({"deleted": False})


def _number(name: str, default: int) -> int:
    """Return a parameter that counts; raise Unreadable where it does not."""
    text = request.values.get(name, str(default))
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise Unreadable(N_("“%(name)s” must be a number."), name=name)
    return int(text)

"""The short form by which anybody proposes a phrase that the glossary does not have."""

from collections.abc import Mapping
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from glossary import schema
from glossary.curation import composing
from glossary.entry import Entry, Proposal
from glossary.errors import GlossaryError
from glossary.query import Prefilled
from glossary.schema import load
from glossary.text import language_of, primary
from glossary.web import current, rates
from glossary.web import request as incoming
from glossary.web.api import proposals
from glossary.web.pages.entry import title
from glossary.web.pages.frame import glossaries, pages, reasons

_NEW: Final = schema.NewEntryQuery()
_PROPOSAL: Final = schema.ProposalBody()
#: The fields for a wording in either language, and for its quote.
_SIDES: Final = (("zh", "quote-zh"), ("en", "quote-en"))


@pages.get("/propose")
def propose_phrase_page() -> str:
    """Show the short form, with the wordings that are known already."""
    prefilled: Prefilled = incoming.filled(_NEW)
    return _form({"zh": prefilled.zh, "en": prefilled.en})


@pages.post("/propose")
@rates.limited("proposals")
def propose_phrase() -> tuple[str, int] | WerkzeugResponse:
    """Take a phrase from the form; show it again with what is wrong or there already.

    What has one of its wordings is shown once; who sends the form again means another.
    """
    incoming.nothing()
    form = request.form.to_dict()
    try:
        proposal: Proposal = load(_PROPOSAL, _proposal(form))
        _, alike = composing.looked_over(
            current.store(), proposal.document, by=current.actor()
        )
        if alike and not form.get("seen"):
            return _form(form, alike=alike), 200
        number = proposals.propose(proposal).id
    except GlossaryError as error:
        return _form(form, problem=reasons(error)), 422
    return redirect(url_for("pages.proposal_page", number=number), 303)


def _form(
    form: Mapping[str, str], *, problem: str = "", alike: list[Entry] | None = None
) -> str:
    return render_template(
        "phrase.html",
        sent=form,
        problem=problem,
        alike=alike or [],
        title=title,
        sources=current.store().sources(),
        glossaries=glossaries(),
    )


def _proposal(form: Mapping[str, str]) -> dict[str, Any]:
    """Return the proposal that a form describes, as the API would be sent it.

    A document that the glossary knows becomes a citation; one that it does not know is
    told to the editor, who may add it.
    """
    texts = {name: value.strip() for name, value in form.items()}
    terms: list[dict[str, Any]] = [
        {"lang": _language(name, texts[name]), "text": texts[name], "quote": quote}
        for name, quote in _SIDES
        if texts.get(name)
    ]
    quotes = [texts.get(term.pop("quote"), "") for term in terms]
    for term in terms:
        term["status"] = "preferred"
    comment = [texts.get("why", "")]
    place = texts.get("document", "")
    if current.store().sources([place]) if place else False:
        citation: dict[str, Any] = {"source": place, "quote": quotes[0]}
        if len(terms) > 1:
            citation["counterpart"] = {"text": terms[1]["text"], "quote": quotes[1]}
        for term in terms[:1]:
            term["citations"] = [citation]
    else:
        comment += [place, *quotes]
    document: dict[str, Any] = {"terms": terms}
    if texts.get("glossary"):
        document["glossary"] = texts["glossary"]
    return {
        "document": document,
        "comment": "\n".join(filter(None, comment)),
        "by": texts.get("by", ""),
    }


def _language(field: str, text: str) -> str:
    """Return the language of a wording: that of its field, in the script it has."""
    if field == "en":
        return field
    script = language_of(text)
    return script if primary(script) == field else "zh-Hans"

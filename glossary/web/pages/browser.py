"""What a browser asks of a site: search bar, installation, offline copy, bookmark."""

from importlib.resources import files
from urllib.parse import quote

from flask import Response, render_template, request, url_for

from glossary.entry import Suggestion, is_draft, write
from glossary.message import N_
from glossary.query import Completion
from glossary.schema import SuggestQuery
from glossary.speech import say
from glossary.text import simplified_characters
from glossary.web import current
from glossary.web import request as incoming
from glossary.web.completing import completed
from glossary.web.pages.frame import pages, word

_SUGGEST = SuggestQuery()


@pages.get("/browser")
def browser_page() -> str:
    """Show how the search bar, a bookmark and an offline copy are set up."""
    incoming.nothing()
    home = url_for("pages.lookup_page", _external=True)
    longest = current.settings().max_query
    asks = write(say(N_("Chinese or English phrase"), current.locale())).decode()
    # What is marked in a field of a form is no selection of the page.
    script = (
        "(()=>{const e=document.activeElement,"
        "f=e&&e.value&&e.selectionEnd>e.selectionStart"
        "?e.value.slice(e.selectionStart,e.selectionEnd):String(getSelection()),"
        f"q=(f.trim()||prompt({asks})||'').slice(0,{longest});"
        f"if(q)open('{home}?q='+encodeURIComponent(q),'glossary',"
        "'popup,width=560,height=760')})()"
    )
    return render_template("browser.html", bookmarklet=f"javascript:{quote(script)}")


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search, so that a browser's search bar can use it."""
    incoming.nothing()
    text = render_template("opensearch.xml")
    return Response(text, mimetype="application/opensearchdescription+xml")


@pages.get("/opensearch/suggestions")
def opensearch_suggestions() -> Response:
    """Complete what is typed into a browser's search bar."""
    typed: Completion = incoming.query(_SUGGEST)
    suggestions = completed(typed)
    texts = [suggestion.text for suggestion in suggestions]
    about = [_about(suggestion) for suggestion in suggestions]
    home = url_for("pages.lookup_page", _external=True)
    links = [f"{home}?q={quote(text)}" for text in texts]
    body = write([typed.q, texts, about, links])
    return Response(body, mimetype="application/x-suggestions+json")


def _about(suggestion: Suggestion) -> str:
    """Return what stands beside a completion: its rendering, and whether a draft."""
    draft = word("draft") if is_draft(suggestion.state) else None
    return " · ".join(filter(None, [suggestion.equivalent, draft]))


@pages.get("/manifest.webmanifest")
def manifest() -> Response:
    """Describe the application that a browser may install."""
    incoming.nothing()
    name = say("Glossary", current.locale())
    home = url_for("pages.lookup_page")
    icon = {"src": url_for("static", filename="icon.svg"), "sizes": "any"}
    described = {
        "name": name,
        "short_name": name,
        "lang": current.locale(),
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#faf8f4",
        "theme_color": "#8c1d18",
        "icons": [{**icon, "type": "image/svg+xml", "purpose": "any"}],
        "share_target": {
            "action": home,
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"text": "q"},
        },
    }
    answer = Response(write(described), mimetype="application/manifest+json")
    answer.vary.update(["Accept-Language", "Cookie"])
    return answer


@pages.get("/sw.js")
def service_worker() -> Response:
    """Return the script that answers while there is no network.

    It stands here, not with the other scripts, because a browser lets it answer only
    for what lies under its own address. It folds characters as we do.
    """
    script = (files("glossary.web") / "static" / "sw.js").read_text(encoding="utf-8")
    table = write(simplified_characters()).decode()
    answer = Response(f"self.PAIRS = {table};\n{script}", mimetype="text/javascript")
    answer.cache_control.no_cache = True
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@pages.get("/offline")
def offline_page() -> str:
    """Show an entry from the offline copy; only the service worker leads here."""
    return render_template("offline.html", asked=request.path)

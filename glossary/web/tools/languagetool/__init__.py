"""LanguageTool's interface, version 2: editors mark wordings that are not to be used.

With `srctext`, as OmegaT sends it, a translation is checked against its source.
Offsets are UTF-16 code units.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from flask import Response, request

from glossary.entry import write
from glossary.errors import Unreadable
from glossary.message import N_
from glossary.query import Wanted
from glossary.recognition import measure
from glossary.speech import name_of, negotiate
from glossary.text import canonical, language_of
from glossary.web import asking, bounds, current
from glossary.web.tools import deepl_languages
from glossary.web.tools.languagetool import about, words
from glossary.web.tools.languagetool import match as ltmatch
from glossary.web.tools.languagetool.answering import answered, software, tool
from glossary.web.tools.languagetool.form import CheckForm, check_form
from glossary.web.tools.languagetool.upstream import Failed, Upstream, upstream

__all__ = ["about", "tool", "words"]

#: Editors look for their document's own tag, so every variant is listed.
TAGS: Final = (
    *("en", "en-US", "en-GB", "en-AU", "en-CA", "en-NZ", "en-ZA", "en-IE", "en-IN"),
    *("en-SG", "en-HK", "zh", "zh-CN", "zh-TW", "zh-HK", "zh-SG", "zh-MO"),
    *("zh-Hans", "zh-Hant"),
)


@tool.get("/healthcheck")
def get_healthcheck() -> Response:
    """Say that the process answers."""
    return Response("OK", mimetype="text/plain")


@tool.route("/languages", methods=["GET", "POST"])
def languages() -> Response:
    """List every variant of the languages that can be checked.

    DeepL has another list under the same address: its clients show their key in a
    header of their own, or say of which `type` the languages are to be.
    """
    if deepl_languages.is_asked_for():
        return deepl_languages.languages()
    items: list[dict[str, str]] = [
        {"name": name_of(tag), "code": tag.partition("-")[0], "longCode": tag}
        for tag in TAGS
    ]
    behind = _upstream()
    if behind is not None:
        try:
            theirs = behind.languages()
        except Failed:
            theirs = []
        items += [
            language for language in theirs if language.get("longCode") not in TAGS
        ]
    return answered(items)


@tool.route("/check", methods=["GET", "POST"])
def checked() -> Response:
    """Mark the wordings of a text that are not to be used."""
    order = check_form()
    lang = _language(order)
    matches = _matches(order, lang)
    reason = None
    behind = _upstream()
    if behind is not None:
        try:
            theirs = behind.check(_passed_on(order))
        except Failed as error:
            reason = f"{current.settings().lt_upstream}: {error}"
        else:
            spans = {(match["offset"], match["length"]) for match in matches}
            matches += [e for e in theirs if (e["offset"], e["length"]) not in spans]
    matches.sort(key=lambda match: int(match["offset"]))
    warnings: dict[str, Any] = {"incompleteResults": reason is not None}
    if reason:
        warnings["incompleteResultsReason"] = reason
    answer: dict[str, object] = {"name": name_of(lang), "code": lang}
    answer["detectedLanguage"] = {**answer, "confidence": 1.0}
    return answered(
        {
            "software": software(),
            "warnings": warnings,
            "language": answer,
            "matches": matches,
        }
    )


def _upstream() -> Upstream | None:
    settings = current.settings()
    address = settings.lt_upstream
    return upstream(address, settings.lt_timeout) if address else None


def _passed_on(order: CheckForm) -> dict[str, str]:
    """Return the fields that are no business of ours alone."""
    ours = {"srctext", "apiKey", "username"}
    return {name: value for name, value in order.fields.items() if name not in ours}


def _language(order: CheckForm) -> str:
    """Return the tag of the text's language; raise Unreadable for one that is none."""
    tag = order.fields.get("language", "auto")
    if tag == "auto":
        language = language_of(order.text)
        return {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}.get(language, "en-US")
    if canonical(tag) is None:
        template = N_("“%(tag)s” is not a language code known here.")
        raise Unreadable(template, tag=tag[:40])
    return tag


def _matches(order: CheckForm, lang: str) -> list[dict[str, Any]]:
    """Return our matches, at their places in the original text."""
    snapshot = current.wordings()
    tongue = order.fields.get("motherTongue")
    how: dict[str, Any] = {
        "options": asking.as_allowed(Wanted()),
        "picky": order.fields.get("level") == "picky",
        "drafts": current.settings().lt_drafts,
        "locale": negotiate([tongue]) if tongue else current.locale(),
    }
    source, text = order.fields.get("srctext", ""), order.text
    marks: Iterable[ltmatch.Found]
    if source.strip() and text.strip():
        bounds.take_pairs(characters=len(source) + len(text))
        marks = ltmatch.found_against(snapshot, source, text, lang, **how)
    else:
        bounds.take_texts(characters=len(text))
        marks = ltmatch.found_alone(snapshot, text, lang, **how)
    wants = _rules_wanted(order)
    at, size = measure(order.original, "utf16"), bounds.answer_size()
    matches = []
    for mark in marks:
        place = order.place(mark.start, mark.end)
        if place is None or not wants(mark.rule):
            continue
        start, end = map(at, place)
        match = {
            **ltmatch.shown(mark, text, request.url_root),
            "offset": start,
            "length": end - start,
        }
        size.add(write(match))
        matches.append(match)
    return matches


def _rules_wanted(order: CheckForm) -> Callable[[str], bool]:
    """Return what says whether the client wants to hear of a rule."""
    if order.fields.get("enabledOnly") in {"true", "yes"}:
        enabled = order.words("enabledRules") | order.words("enabledCategories")
        return lambda rule: not enabled.isdisjoint({rule, ltmatch.CATEGORY})
    disabled = order.words("disabledRules") | order.words("disabledCategories")
    return lambda rule: disabled.isdisjoint({rule, ltmatch.CATEGORY})

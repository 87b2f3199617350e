"""The form of an entry, read: what a page sends as the document of an entry."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from glossary.entry import Entry, codec

#: Fields of a term that the form has; the others stay as they are.
_TEXTS: Final = ("status", "ban", "type", "usage")
_OR_NONE: Final = ("issuer", "since", "until", "reading", "expected")
LANGUAGES: Final = ("zh-Hans", "zh-Hant", "en")
#: Rows of pairs, citations of a term and relations that are offered empty.
FREE: Final = 1
_MOST: Final = 400
_ROW: Final = re.compile(r"text-([0-9]{1,4})")


def document(form: Mapping[str, str], base: Entry | None) -> dict[str, Any]:
    """Return the entry that a form describes; what it does not show is the base's."""
    kept: dict[str, Any] = codec.plain(base) if base else {}
    old = kept.get("terms", [])
    kept["terms"] = list(_terms(form, old))
    kept["definition"] = {
        **{k: v for k, v in kept.get("definition", {}).items() if k not in LANGUAGES},
        **{
            lang: text
            for lang in LANGUAGES
            if (text := form.get(f"definition-{lang}", "").strip())
        },
    }
    kept["note"] = form.get("note", "").strip()
    kept["subjects"] = re.split(r"[\s,，、;；]+", form.get("subjects", "").strip())
    kept["subjects"] = [name for name in kept["subjects"] if name]
    kept["relations"] = list(_relations(form))
    for name in ("since", "until", "expected"):
        kept[name] = form.get(name, "").strip() or None
    for name in ("state", "glossary"):
        if form.get(name):
            kept[name] = form[name].strip()
    if not base and form.get("id", "").strip():
        kept["id"] = form["id"].strip()
    return kept


def source(form: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the new source that a form describes, or None."""
    told = {
        name: form.get(f"new-source-{name}", "").strip()
        for name in ("id", "title-en", "title-zh-Hans", "date", "issuer", "lang", "url")
    }
    if not any(told.values()):
        return None
    titles = {
        lang: told[f"title-{lang}"]
        for lang in ("en", "zh-Hans")
        if told[f"title-{lang}"]
    }
    rest = {name: told[name] or None for name in ("date", "issuer", "lang", "url")}
    return {"id": told["id"], "title": titles, **rest}


def _terms(form: Mapping[str, str], old: list[Any]) -> Iterator[dict[str, Any]]:
    rows = sorted(int(m[1]) for m in map(_ROW.fullmatch, form) if m)[:_MOST]
    for n in rows:
        text = form[f"text-{n}"].strip()
        if not text:
            continue
        at = form.get(f"at-{n}", "")
        kept = dict(old[int(at)]) if at.isdigit() and int(at) < len(old) else {}
        term = {**kept, "lang": form.get(f"lang-{n}", "en"), "text": text}
        for name in _TEXTS:
            if f"{name}-{n}" in form:
                term[name] = form[f"{name}-{n}"].strip() or kept.get(name, "")
        for name in _OR_NONE:
            if f"{name}-{n}" in form:
                term[name] = form[f"{name}-{n}"].strip() or None
        # A reading that the program made goes with the wording that it was made of.
        same = (kept.get("text"), kept.get("reading")) == (text, term.get("reading"))
        if kept.get("reading_derived") and not same:
            made = term.get("reading") == kept.get("reading")
            term |= {"reading": None} if made else {"reading_derived": False}
        if f"renders-{n}" in form:
            texts = re.split(r"[;；\n]", form[f"renders-{n}"])
            term["renders"] = [each.strip() for each in texts if each.strip()]
        term["citations"] = list(_citations(form, n, kept.get("citations", [])))
        yield {name: value for name, value in term.items() if value != ""}


def _citations(
    form: Mapping[str, str], n: int, old: list[Any]
) -> Iterator[dict[str, Any]]:
    for k in range(_MOST):
        if f"source-{n}-{k}" not in form:
            return
        name = form[f"source-{n}-{k}"].strip()
        if name:
            kept = old[k] if k < len(old) else {}
            told = {
                part: form.get(f"{part}-{n}-{k}", "").strip()
                for part in ("locator", "quote")
            }
            yield {**kept, "source": name, **told}


def _relations(form: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for k in range(_MOST):
        if f"relation-{k}" not in form:
            return
        entry = form[f"relation-{k}"].strip()
        if entry:
            yield {"type": form.get(f"relation-type-{k}", "related"), "entry": entry}

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
    fields: dict[str, Any] = codec.plain(base) if base else {}
    old = fields.get("terms", [])
    fields["terms"] = list(_terms(form, old))
    fields["definition"] = {
        **{k: v for k, v in fields.get("definition", {}).items() if k not in LANGUAGES},
        **{
            lang: text
            for lang in LANGUAGES
            if (text := form.get(f"definition-{lang}", "").strip())
        },
    }
    fields["note"] = form.get("note", "").strip()
    fields["subjects"] = re.split(r"[\s,，、;；]+", form.get("subjects", "").strip())
    fields["subjects"] = [name for name in fields["subjects"] if name]
    fields["relations"] = list(_relations(form))
    for name in ("since", "until", "expected"):
        fields[name] = form.get(name, "").strip() or None
    for name in ("state", "glossary"):
        if form.get(name):
            fields[name] = form[name].strip()
    if not base and form.get("id", "").strip():
        fields["id"] = form["id"].strip()
    return fields


def source(form: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the new source that a form describes, or None."""
    fields = {
        name: form.get(f"new-source-{name}", "").strip()
        for name in ("id", "title-en", "title-zh-Hans", "date", "issuer", "lang", "url")
    }
    if not any(fields.values()):
        return None
    titles = {
        lang: fields[f"title-{lang}"]
        for lang in ("en", "zh-Hans")
        if fields[f"title-{lang}"]
    }
    rest = {name: fields[name] or None for name in ("date", "issuer", "lang", "url")}
    return {"id": fields["id"], "title": titles, **rest}


def _terms(form: Mapping[str, str], old: list[Any]) -> Iterator[dict[str, Any]]:
    rows = sorted(int(m[1]) for m in map(_ROW.fullmatch, form) if m)[:_MOST]
    for n in rows:
        text = form[f"text-{n}"].strip()
        if not text:
            continue
        at = form.get(f"at-{n}", "")
        old_term = dict(old[int(at)]) if at.isdigit() and int(at) < len(old) else {}
        term = {**old_term, "lang": form.get(f"lang-{n}", "en"), "text": text}
        for name in _TEXTS:
            if f"{name}-{n}" in form:
                term[name] = form[f"{name}-{n}"].strip() or old_term.get(name, "")
        for name in _OR_NONE:
            if f"{name}-{n}" in form:
                term[name] = form[f"{name}-{n}"].strip() or None
        # A reading that the program made goes with the wording that it was made of.
        same = (old_term.get("text"), old_term.get("reading")) == (
            text,
            term.get("reading"),
        )
        if old_term.get("reading_derived") and not same:
            is_same = term.get("reading") == old_term.get("reading")
            term |= {"reading": None} if is_same else {"reading_derived": False}
        if f"renders-{n}" in form:
            texts = re.split(r"[;；\n]", form[f"renders-{n}"])
            term["renders"] = [text.strip() for text in texts if text.strip()]
        term["citations"] = list(_citations(form, n, old_term.get("citations", [])))
        yield {name: value for name, value in term.items() if value != ""}


def _citations(
    form: Mapping[str, str], n: int, old: list[Any]
) -> Iterator[dict[str, Any]]:
    for k in range(_MOST):
        if f"source-{n}-{k}" not in form:
            return
        name = form[f"source-{n}-{k}"].strip()
        if name:
            old_citation = old[k] if k < len(old) else {}
            fields = {
                part: form.get(f"{part}-{n}-{k}", "").strip()
                for part in ("locator", "quote")
            }
            yield {**old_citation, "source": name, **fields}


def _relations(form: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for k in range(_MOST):
        if f"relation-{k}" not in form:
            return
        entry = form[f"relation-{k}"].strip()
        if entry:
            yield {"type": form.get(f"relation-type-{k}", "related"), "entry": entry}

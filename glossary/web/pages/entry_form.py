"""The form of an entry, read: what a page sends as the document of an entry."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from glossary.entry import Entry, codec

#: Fields of a term of which one value is always chosen, and those that may be empty.
_CHOICES: Final = ("status", "ban", "type", "match")
_OR_NONE: Final = ("part_of_speech", "issuer", "since", "until", "reading", "expected")
#: Fields of a term that have a text a line.
_LISTS: Final = ("renders", "not_preceded_by", "not_followed_by")
_CITED: Final = ("source", "locator", "quote")
_COUNTERPART: Final = ("text", "quote", "locator", "source")
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
    fields["definition"] = spoken(form, "definition", fields.get("definition", {}))
    fields["note"] = form.get("note", fields.get("note", "")).strip()
    fields["notes"] = spoken(form, "note", fields.get("notes", {}))
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


def spoken(
    form: Mapping[str, str], name: str, old: Mapping[str, str]
) -> dict[str, str]:
    """Return the texts by language that a form has under a name; without empty ones.

    Languages that the form does not have are those of `old`.
    """
    texts = {
        lang: form.get(f"{name}-{lang}", old.get(lang, "")).strip()
        for lang in dict.fromkeys([*old, *LANGUAGES])
    }
    return {lang: text for lang, text in texts.items() if text}


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
        term["usage"] = form.get(f"usage-{n}", term.get("usage", "")).strip()
        for name in _CHOICES:
            term[name] = form.get(f"{name}-{n}", "").strip() or term.get(name, "")
        for name in _OR_NONE:
            if f"{name}-{n}" in form:
                term[name] = form[f"{name}-{n}"].strip() or None
        # The form does not hold a reading that the program made: an empty one is made.
        term["reading_derived"] = f"reading-{n}" not in form and term.get(
            "reading_derived", False
        )
        if f"case_sensitive-{n}" in form:
            term["case_sensitive"] = form[f"case_sensitive-{n}"] == "yes"
        for name in _LISTS:
            if f"{name}-{n}" in form:
                lines = re.split(r"[\r\n]+", form[f"{name}-{n}"])
                term[name] = [line.strip() for line in lines if line.strip()]
        term["citations"] = list(_citations(form, n, len(term.get("citations", []))))
        yield {name: value for name, value in term.items() if value != ""}


def _citations(
    form: Mapping[str, str], n: int, before: int
) -> Iterator[dict[str, Any]]:
    """Yield the citations of a row; `before` is how many the wording had.

    One of those is taken out by emptying its source; a new one without a source is
    yielded, to be refused.
    """
    for k in range(_MOST):
        if f"source-{n}-{k}" not in form:
            return
        citation = {name: form.get(f"{name}-{n}-{k}", "").strip() for name in _CITED}
        other = {
            name: form.get(f"other-{name}-{n}-{k}", "").strip() for name in _COUNTERPART
        }
        is_new = k >= before and any((*citation.values(), *other.values()))
        if citation["source"] or is_new:
            counterpart = {**other, "source": other["source"] or None}
            yield {
                **citation,
                "counterpart": counterpart if any(other.values()) else None,
            }


def _relations(form: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for k in range(_MOST):
        if f"relation-{k}" not in form:
            return
        entry = form[f"relation-{k}"].strip()
        if entry:
            yield {"type": form.get(f"relation-type-{k}", "related"), "entry": entry}

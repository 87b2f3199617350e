"""A style for Vale, which reads prose: wordings that are wrong wherever they stand.

Vale sees one text and no source, so a wording that is wrong as a rendering only is not
among them, nor is a draft. A substitution has a pattern and what to write instead;
Chinese has no spaces, so that it is looked for as a `nonword`
(vale.sh/docs/checks/substitution).
"""

import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, Final

from glossary.entry import BANS, USABLE, instead, is_draft
from glossary.formats.folder import member
from glossary.formats.imprint import NAMELESS, Imprint
from glossary.formats.pairs import status_of_term, term_of
from glossary.formats.record import Drop, Dropped
from glossary.message import N_, Message
from glossary.text import primary

_SETTINGS: Final = """\
StylesPath = styles
MinAlertLevel = suggestion

[*.{md,txt,adoc,rst,html}]
BasedOnStyles = Termbase
"""
#: The rules by language: what a file is called, and how its words are told apart.
_RULES: Final = {
    "en": ("English", "ignorecase: true\nnonword: false\n"),
    "zh": ("Chinese", "ignorecase: false\nnonword: true\n"),
}


def write(
    entries: Iterable[Mapping[str, Any]],
    stream: BinaryIO,
    drop: Drop,
    *,
    imprint: Imprint = NAMELESS,
) -> None:
    """Write a zip with `.vale.ini` and the style `Termbase`.

    Tell `drop` of what a check of one text cannot know.
    """
    swaps: dict[str, dict[str, str]] = {lang: {} for lang in _RULES}
    for entry in entries:
        terms = [term_of(data) for data in entry["terms"]]
        for at, data in enumerate(entry["terms"]):
            if (reason := _why_not(entry, data)) is not None:
                drop(Dropped(entry["id"], f"/terms/{at}", reason, data["text"]))
                continue
            better = [term.text for term in instead(terms, terms[at])]
            lang = primary(data["lang"])
            if better:
                swaps[lang].setdefault(re.escape(data["text"]), better[0])
            else:
                message = Message(N_("There is nothing to use instead."))
                drop(Dropped(entry["id"], f"/terms/{at}", message, data["text"]))
    about = "".join(f"# {line}\n" for line in imprint.lines)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(member(".vale.ini"), about + _SETTINGS)
        for lang, (name, how) in _RULES.items():
            rule = _rule(swaps[lang], how)
            place = f"styles/Termbase/{name}.yml"
            package.writestr(member(place), about + rule)


def _rule(swaps: Mapping[str, str], how: str) -> str:
    """Return a rule as YAML; a JSON string is a string of YAML."""
    head = "extends: substitution\nmessage: \"Use '%s' instead of '%s'.\"\n"
    pairs = sorted(swaps.items(), key=lambda pair: (-len(pair[0]), pair))
    rows = [
        f"  {json.dumps(wrong, ensure_ascii=False)}: "
        f"{json.dumps(right, ensure_ascii=False)}\n"
        for wrong, right in pairs
    ]
    body = f"swap:\n{''.join(rows)}" if rows else "swap: {}\n"
    return f"{head}level: error\n{how}{body}"


def _why_not(entry: Mapping[str, Any], term: Mapping[str, Any]) -> Message | None:
    """Return why a term is no rule, or None where it is one."""
    if is_draft(str(entry.get("state") or "")):
        return Message(N_("Drafts are left out of a style for prose."))
    if status_of_term(term) in USABLE or term.get("ban") != BANS[-1]:
        return Message(
            N_("A style for prose holds only what is wrong wherever it occurs.")
        )
    if primary(term["lang"]) not in _RULES:
        return Message(
            N_("This format holds only %(source)s and %(target)s."),
            source="zh-Hans",
            target="en",
        )
    return None

"""The data categories of TBX-Basic, and what is kept of other files written in them.

An item that TBX-Basic, or the narrower dialect that is written, has no place for at its
level is not written, but reported.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from glossary.formats.tbx.back import Resolve
from glossary.formats.tbx.frame import TbxVersion
from glossary.formats.tbx.item import Item
from glossary.formats.xml.fragment import LANG, Element, Fit, add, group
from glossary.message import N_, Message

CONCEPT, LANGUAGE, TERM = "concept", "language", "term"
_EVERYWHERE: Final = frozenset({CONCEPT, LANGUAGE, TERM})
#: Told where an item stood, why it was left out, and its text.
Refuse = Callable[[str, Message, str], None]


class _Category(NamedTuple):
    levels: frozenset[str]
    values: frozenset[str] = frozenset()


_CATEGORIES: Final[Mapping[tuple[str, str], _Category]] = {
    ("termNote", "partOfSpeech"): _Category(
        frozenset({TERM}), frozenset({"noun", "verb", "adjective", "adverb", "other"})
    ),
    ("termNote", "grammaticalGender"): _Category(
        frozenset({TERM}), frozenset({"masculine", "feminine", "neuter", "other"})
    ),
    ("termNote", "termLocation"): _Category(
        frozenset({TERM}),
        frozenset(
            "checkBox comboBox comboBoxElement dialogBox groupBox informativeMessage"
            " interactiveMessage menuItem progressBar pushButton radioButton slider"
            " spinBox tab tableText textBox toolTip user-definedType".split()
        ),
    ),
    ("termNote", "geographicalUsage"): _Category(frozenset({TERM})),
    ("admin", "customerSubset"): _Category(frozenset({CONCEPT, TERM})),
    ("admin", "projectSubset"): _Category(frozenset({CONCEPT, TERM})),
    ("admin", "source"): _Category(frozenset({CONCEPT, LANGUAGE})),
    ("descrip", "definition"): _Category(frozenset({CONCEPT, LANGUAGE})),
    ("descrip", "subjectField"): _Category(frozenset({CONCEPT})),
    ("ref", "crossReference"): _Category(frozenset({CONCEPT, TERM})),
    ("xref", "externalCrossReference"): _Category(_EVERYWHERE),
    ("xref", "xGraphic"): _Category(frozenset({CONCEPT, LANGUAGE})),
    ("transac", "transactionType"): _Category(
        _EVERYWHERE, frozenset({"origination", "modification"})
    ),
}
#: What may stand beside an item in its group, by the item's element.
_COMPANIONS: Final[Mapping[str, frozenset[tuple[str, str]]]] = {
    "descrip": frozenset(
        {("admin", "source"), ("note", ""), ("xref", "externalCrossReference")}
    ),
    "admin": frozenset({("note", ""), ("xref", "externalCrossReference")}),
    "transac": frozenset(
        {("transacNote", "responsibility"), ("date", ""), ("note", "")}
    ),
}
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_URL: Final = re.compile(r"https?://\S+")
_NO_PLACE: Final = N_("%(dialect)s has no place for “%(kind)s” at the %(level)s level.")
_NO_CATEGORY: Final = N_("%(dialect)s has no data category “%(kind)s”.")
#: The languages of XML Schema, which `xml:lang` is one of.
_TAG: Final = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_NOWHERE: Final = N_("What this refers to is not in this file.")
_NO_TAG: Final = N_("This is not a language tag that XML allows.")
_NOT_ALLOWED: Final = N_("%(dialect)s does not allow this value of “%(kind)s”.")


def no_category(version: TbxVersion, kind: str) -> Message:
    """Return the reason why a kind of thing does not stand in a dialect."""
    return Message(_NO_CATEGORY, dialect=version.dialect, kind=kind)


def put_item(
    parent: Element,
    item: Item,
    *,
    version: TbxVersion,
    level: str,
    pointer: str,
    fit: Fit,
    refuse: Refuse,
    resolve: Resolve,
) -> None:
    """Write a kept item into a level of an entry, or refuse it with the reason.

    `resolve` gives the target of a reference as it may stand, or None.
    """
    element, kind = item.get("element", ""), item.get("type", "")
    text = str(item.get("text", ""))
    category = _CATEGORIES.get((element, kind))
    dialect = version.dialect
    if category is not None and kind not in version.categories:
        refuse_whole(item, pointer, no_category(version, kind), refuse)
        return
    if category is None or level not in category.levels:
        reason = Message(_NO_PLACE, dialect=dialect, kind=kind or element, level=level)
        refuse_whole(item, pointer, reason, refuse)
        return
    value = _value(item, text, category, resolve)
    if value is None:
        reason = Message(_NOT_ALLOWED, dialect=dialect, kind=kind)
        refuse_whole(item, pointer, reason, refuse)
        return
    attributes = _attributes(item, pointer, refuse, resolve)
    companions = _companions(item, version, pointer, refuse)
    grouped = [one for one in companions if one["element"] != "xref"]
    holder = parent
    # A transac never stands alone; everything else does when nothing goes with it.
    if grouped or element == "transac":
        holder = group(parent, f"{element}Grp")
    add(holder, element, fit(value, pointer), **attributes)
    for companion in companions:
        companion_text = fit(str(companion["text"]), pointer)
        attributes = _attributes(companion, pointer, refuse, resolve)
        # TBX-Basic has links out of the file beside a group, never in it.
        place = holder if companion in grouped else parent
        add(place, companion["element"], companion_text, **attributes)


def refuse_whole(item: Item, pointer: str, reason: Message, refuse: Refuse) -> None:
    """Refuse an item, and what stood with it in its group, each by its text."""
    texts = [
        str(one.get("text") or one.get("target") or "")
        for one in (item, *item.get("items", ()))
    ]
    for text in list(filter(None, texts)) or [""]:
        refuse(pointer, reason, text)


def _value(item: Item, text: str, category: _Category, resolve: Resolve) -> str | None:
    """Return the text as it may stand, or None when it may not."""
    target = str(item.get("target", ""))
    if item["element"] == "xref":
        return text if _URL.fullmatch(target) else None
    if item["element"] == "ref":
        return text if resolve(target) else None
    if not category.values:
        return text or None
    same = (value for value in category.values if value.lower() == text.lower())
    return next(same, None)


def _attributes(
    item: Item, pointer: str, refuse: Refuse, resolve: Resolve
) -> dict[str, str]:
    """Return the attributes of an item, without what a valid file cannot have."""
    attributes = {"type": str(item["type"])} if item.get("type") else {}
    if target := str(item.get("target", "")):
        if there := resolve(target):
            attributes["target"] = there
        else:
            refuse(pointer, Message(_NOWHERE), target)
    if tag := str(item.get("lang", "")):
        if _TAG.fullmatch(tag):
            attributes[LANG] = tag
        else:
            refuse(pointer, Message(_NO_TAG), tag)
    return attributes


def _companions(
    item: Item, version: TbxVersion, pointer: str, refuse: Refuse
) -> list[dict[str, Any]]:
    allowed = _COMPANIONS.get(item["element"], frozenset())
    fitting = []
    for companion in item.get("items", ()):
        element, kind = companion.get("element", ""), companion.get("type", "")
        text = str(companion.get("text", ""))
        sound = (element, kind) in allowed and (text or element == "xref")
        sound = sound and (not kind or kind in version.categories)
        if element == "date":
            sound = sound and _DATE.fullmatch(text) is not None
        if element == "xref":
            sound = sound and bool(_URL.fullmatch(str(companion.get("target", ""))))
        if sound:
            fitting.append({**companion, "text": text})
        else:
            place = {"kind": kind or element, "level": item["element"]}
            reason = Message(_NO_PLACE, dialect=version.dialect, **place)
            refuse(pointer, reason, text)
    return fitting

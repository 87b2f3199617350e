"""One data category as a TBX file gives it: the carrier, the kind, the value.

An item is a plain dict, fit for an entry's `extra`: `element` (the TBX 2 carrier, such
as `termNote`), `type`, `text`, and where there are any `target`, `lang` and the
`items` that stood with it in its group. Empty values are left out.
"""

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from glossary.formats.record import Limits
from glossary.formats.xml.markup import XML_LANG, children, local, text_of

Item = dict[str, Any]

#: What a group is about; everything else in the group speaks of that.
_HEADS: Final = {
    "descripGrp": "descrip",
    "adminGrp": "admin",
    "termNoteGrp": "termNote",
    "transacGrp": "transac",
}
#: Elements named after their category (TBX 3 DCT, TBX-Min of 2013) and their carriers.
_CARRIERS: Final = {
    "administrativeStatus": "termNote",
    "usageStatus": "termNote",
    "processStatus": "termNote",
    "partOfSpeech": "termNote",
    "termType": "termNote",
    "grammaticalGender": "termNote",
    "geographicalUsage": "termNote",
    "termLocation": "termNote",
    "subjectField": "descrip",
    "definition": "descrip",
    "context": "descrip",
    "customerSubset": "admin",
    "projectSubset": "admin",
    "source": "admin",
    "crossReference": "ref",
    "externalCrossReference": "xref",
    "xGraphic": "xref",
    "transactionType": "transac",
    "responsibility": "transacNote",
}
_OLD_NAMES: Final = {"termStatus": "administrativeStatus", "customer": "customerSubset"}
#: Codes of a layout, whose text is no part of the sentence.
CODES: Final = frozenset({"bpt", "ept", "it", "ph", "sc", "ec"})


def items_of(element: etree._Element, limits: Limits) -> Iterator[Item]:
    """Yield the items that an element of an entry, or a group of them, holds.

    Raise TextTooLong.
    """
    name = local(element)
    if name == "noteGrp":
        for child in children(element):
            yield from items_of(child, limits)
        return
    if name not in _HEADS:
        item = _item(element, limits)
        if len(item) > 1:
            yield item
        return
    heads: list[Item] = []
    others: list[Item] = []
    for child in children(element):
        if local(child) in _HEADS:
            others.extend(items_of(child, limits))
            continue
        item = _item(child, limits)
        if item["element"] == _HEADS[name]:
            heads.append(item)
        elif len(item) > 1:
            others.append(item)
    if heads and others:
        heads[0]["items"] = others
    yield from heads or others


def _item(element: etree._Element, limits: Limits) -> Item:
    name = local(element)
    kind = element.get("type", "")
    if name in _OLD_NAMES or name in _CARRIERS:
        kind = _OLD_NAMES.get(name, name)
        name = _CARRIERS[kind]
    item: Item = {"element": name}
    if kind:
        item["type"] = kind.strip()
    if name.endswith(("Grp", "List")):
        item["items"] = [_item(child, limits) for child in children(element)]
    elif text := text_of(element, limits, without=CODES):
        item["text"] = text
    if target := element.get("target"):
        item["target"] = target.strip()
    if lang := element.get(XML_LANG):
        item["lang"] = lang
    return item

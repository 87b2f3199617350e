"""Languages that a file names by no tag of BCP 47: read as the nearest one that is."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from glossary.formats.record import Remark
from glossary.formats.xml.markup import XML_LANG, line_of, local
from glossary.message import N_, Message
from glossary.text import canonical

#: The tag of BCP 47 for what is in no language that is known.
_UNKNOWN: Final = "und"
_PARTS: Final = re.compile(r"[-_@.]")


def settle_languages(element: etree._Element) -> Iterator[Remark]:
    """Name each language in an element by a tag of BCP 47; yield what was named anew.

    The parts of a tag that are known stand for the whole; a private one is unknown.
    """
    for node in element.iter("*"):
        for name in (XML_LANG, "lang"):
            tag_there = (node.get(name) or "").strip()
            if tag_there and canonical(tag_there) is None:
                tag = nearest(tag_there)
                node.set(name, tag)
                message = Message(
                    N_(
                        "“%(said)s” is not a BCP 47 language tag; it is read "
                        "as “%(tag)s”."
                    ),
                    said=tag_there[:80],
                    tag=tag,
                )
                yield Remark(
                    line_of(node),
                    local(node),
                    "private-language",
                    message,
                    tag_there[:200],
                    lost=False,
                )


def nearest(name_there: str) -> str:
    """Return the nearest tag of BCP 47.

    >>> nearest("zh-CN-x-mil"), nearest("en@2x"), nearest("x-wushu")
    ('zh-Hans', 'en', 'und')
    """
    parts = _PARTS.split(name_there)
    for most in range(len(parts), 0, -1):
        if tag := canonical("-".join(parts[:most])):
            return tag
    return _UNKNOWN

"""Names that several elements of a file have: the first one keeps it."""

import hashlib
from collections.abc import Iterator

from lxml import etree

from glossary.formats.record import Remark
from glossary.formats.xml.markup import line_of
from glossary.message import N_, Message


def settle_name(
    element: etree._Element, digests: set[bytes], *, attribute: str
) -> Iterator[Remark]:
    """Take the name from an element that another one had before, and say so.

    Names are remembered by their digests, which are small whatever the names are.
    """
    name = element.get(attribute, "").strip()
    digest = hashlib.blake2b(name.encode(), digest_size=12).digest()
    if name and digest in digests:
        del element.attrib[attribute]
        message = Message(
            N_("Another unit already has this “%(name)s”; it is left out here."),
            name=attribute,
        )
        yield Remark(
            line_of(element), attribute, "repeated-id", message, name[:200], lost=False
        )
    digests.add(digest)

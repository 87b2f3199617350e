"""PO: messages with their translations, plural forms each by itself."""

from collections.abc import Iterator
from typing import BinaryIO

import polib

from glossary.bitext.segment import Languages, Segment
from glossary.errors import UnreadableFile
from glossary.formats import Limits, lines
from glossary.message import N_
from glossary.query import Pair
from glossary.text import canonical


def read(stream: BinaryIO, languages: Languages, limits: Limits) -> Iterator[Segment]:
    """Yield the messages that are in use; raise UnreadableFile when this is no PO."""
    text = "\n".join(lines(stream, longest=limits.cell))
    try:
        # A text without a line end would be taken for the name of a file.
        messages = polib.pofile(f"{text}\n")
    except (OSError, ValueError, IndexError) as error:
        raise UnreadableFile(
            N_("This is not a PO file: %(reason)s."), reason=str(error)[:200]
        ) from None
    tongues = languages.or_else(None, canonical(messages.metadata.get("Language", "")))
    for message in messages:
        if message.obsolete:
            continue
        line = message.linenum or 1
        name = message.msgctxt or str(line)
        forms = message.msgstr_plural or {0: message.msgstr}
        for at, form in sorted(forms.items()):
            source = message.msgid_plural if at and message.msgid_plural else ""
            yield Segment(Pair(name, source or message.msgid, form), line, tongues)

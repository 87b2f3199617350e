"""What differs between the versions of TBX-Basic that are written here."""

from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape  # nosec B406 - it only writes.

from glossary.formats.imprint import Imprint

_TITLE: Final = """\
   <titleStmt>
    <title>{title}</title>
   </titleStmt>
"""
_PUBLISHED: Final = """\
   <publicationStmt>
{lines}   </publicationStmt>
"""
_SOURCE: Final = """\
   <sourceDesc>
    <p>Exported from a termbase of set phrases.</p>
   </sourceDesc>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TbxVersion:
    """What stands around the entries, and the names of their three levels."""

    head: str
    is_title_first: bool
    foot: str
    empty: str
    concept: str
    language: str
    term: str
    section: str

    def opening(self, imprint: Imprint) -> str:
        """Return the head of a file that says what it is of."""
        lines = "".join(f"    <p>{escape(line)}</p>\n" for line in imprint.lines)
        published = _PUBLISHED.format(lines=lines) if lines else ""
        title = _TITLE.format(title=escape(imprint.title))
        first, then = (published, title)
        if self.is_title_first:
            first, then = then, first
        return self.head.replace("{about}", first + then + _SOURCE)


V3: Final = TbxVersion(
    head="""\
<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
 <tbxHeader>
  <fileDesc>
{about}  </fileDesc>
 </tbxHeader>
 <text>
""",
    is_title_first=False,
    foot=" </text>\n</tbx>\n",
    # A body has to hold an entry; a text need not hold a body.
    empty="",
    concept="conceptEntry",
    language="langSec",
    term="termSec",
    section="refObjectSec",
)
V2: Final = TbxVersion(
    head="""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
 <martifHeader>
  <fileDesc>
{about}  </fileDesc>
  <encodingDesc>
   <p type="XCSURI">TBXBasicXCSV02.xcs</p>
  </encodingDesc>
 </martifHeader>
 <text>
""",
    is_title_first=True,
    foot=" </text>\n</martif>\n",
    empty="  <body/>\n",
    concept="termEntry",
    language="langSet",
    term="tig",
    section="refObjectList",
)

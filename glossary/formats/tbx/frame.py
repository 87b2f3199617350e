"""What differs between the versions and dialects of TBX that are written here.

The data categories of the dialects of TBX 3 are those of LTAC's definitions: TBX-Core
1.0 has none, TBX-Min 1.0.1 those of the module Min 1.1.1, TBX-Basic also those of the
module Basic.
"""

from dataclasses import dataclass, replace
from typing import Final
from xml.sax.saxutils import escape  # nosec B406 - it only writes.

from glossary.formats.imprint import Imprint

_TITLE: Final = """\
   <titleStmt>
    <title>{title}</title>
{notes}   </titleStmt>
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
_MIN: Final = frozenset(
    {
        *("administrativeStatus", "customerSubset", "externalCrossReference"),
        *("partOfSpeech", "subjectField"),
    }
)
_BASIC: Final = _MIN | {
    *("context", "crossReference", "definition", "geographicalUsage"),
    *("grammaticalGender", "projectSubset", "responsibility", "source"),
    *("termLocation", "termType", "transactionType", "xGraphic"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TbxVersion:
    """What stands around the entries, and the names of their three levels.

    `categories` are the data categories of the dialect. Where `is_title_alone`, what a
    file says of itself stands beside the title.
    """

    dialect: str
    categories: frozenset[str]
    head: str
    is_title_first: bool
    is_title_alone: bool = False
    foot: str
    empty: str
    concept: str
    language: str
    term: str
    section: str

    def opening(self, imprint: Imprint) -> str:
        """Return the head of a file that says what it is of."""
        name = "note" if self.is_title_alone else "p"
        texts = map(escape, imprint.lines)
        lines = "".join(f"    <{name}>{text}</{name}>\n" for text in texts)
        notes, paragraphs = (lines, "") if self.is_title_alone else ("", lines)
        published = _PUBLISHED.format(lines=paragraphs) if paragraphs else ""
        title = _TITLE.format(title=escape(imprint.title), notes=notes)
        first, then = (published, title)
        if self.is_title_first:
            first, then = then, first
        head = self.head.replace("{dialect}", self.dialect)
        return head.replace("{about}", first + then + _SOURCE)


V3: Final = TbxVersion(
    dialect="TBX-Basic",
    categories=_BASIC,
    head="""\
<?xml version="1.0" encoding="UTF-8"?>
<tbx type="{dialect}" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
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
    dialect="TBX-Basic",
    categories=_BASIC,
    head="""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="{dialect}" xml:lang="en">
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
MIN: Final = replace(V3, dialect="TBX-Min", categories=_MIN)
#: LTAC's two grammars of the core have title and publication in contrary orders.
CORE: Final = replace(
    V3, dialect="TBX-Core", categories=frozenset(), is_title_alone=True
)

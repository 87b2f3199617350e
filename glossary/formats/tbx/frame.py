"""What differs between the versions of TBX-Basic that are written here."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class TbxVersion:
    """What stands around the entries, and the names of their three levels."""

    head: str
    foot: str
    empty: str
    concept: str
    language: str
    term: str
    section: str


V3: Final = TbxVersion(
    head="""\
<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
 <tbxHeader>
  <fileDesc>
   <titleStmt>
    <title>Glossary</title>
   </titleStmt>
   <sourceDesc>
    <p>Exported from a termbase of set phrases.</p>
   </sourceDesc>
  </fileDesc>
 </tbxHeader>
 <text>
""",
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
   <titleStmt>
    <title>Glossary</title>
   </titleStmt>
   <sourceDesc>
    <p>Exported from a termbase of set phrases.</p>
   </sourceDesc>
  </fileDesc>
  <encodingDesc>
   <p type="XCSURI">TBXBasicXCSV02.xcs</p>
  </encodingDesc>
 </martifHeader>
 <text>
""",
    foot=" </text>\n</martif>\n",
    empty="  <body/>\n",
    concept="termEntry",
    language="langSet",
    term="tig",
    section="refObjectList",
)

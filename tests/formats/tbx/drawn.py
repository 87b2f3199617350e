"""Entries of any content, and a file of another tool, for the writers of TBX."""

import unicodedata

from hypothesis import strategies as st

from glossary.entry.nouns import (
    MATCHES,
    PARTS_OF_SPEECH,
    RELATIONS,
    STATES,
    STATUSES,
    TERM_TYPES,
)

_PROSE = st.text(
    st.sampled_from("a中“”<&>;:,é \u200b　\n\t\U00020000"), max_size=30
) | st.sampled_from(
    [
        "state: draft",
        "note: x",
        "since: 2013",
        "forbidden",
        "id: 5",
        "usage: y",
        "match: exact",
    ]
)
_LINES = _PROSE.map(lambda text: " ".join(text.split("\n")).replace("\t", "  "))
# What nobody sees is no part of a wording.
_WORDS = _LINES.map(lambda text: text.replace("\u200b", "")).filter(str.strip)
_IDS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
_SPOKEN = st.sampled_from(["en", "en-GB", "zh-Hans", "zh-Hant", "fr", "ja"])
_CITED = st.fixed_dictionaries({"source": _IDS, "locator": _LINES, "quote": _PROSE})
_TERM = st.fixed_dictionaries(
    {
        "lang": _SPOKEN,
        "text": _WORDS,
        "status": st.sampled_from(STATUSES),
        "type": st.sampled_from(TERM_TYPES),
        "part_of_speech": st.sampled_from([None, *PARTS_OF_SPEECH]),
        "match": st.sampled_from(MATCHES),
        "case_sensitive": st.booleans(),
        "reading": st.none() | _LINES,
        "issuer": st.none() | _LINES,
        "since": st.sampled_from([None, "2004", "2004-02", "2004-02-29"]),
        "usage": _PROSE,
        "citations": st.lists(_CITED, max_size=3),
    }
)
ENTRY = st.fixed_dictionaries(
    {
        "subjects": st.lists(_IDS, max_size=3),
        "definition": st.dictionaries(
            _SPOKEN, _PROSE.filter(lambda t: t.strip(" \u200b\u3000\n\t")), max_size=3
        ),
        "note": _PROSE,
        "state": st.sampled_from(STATES),
        "relations": st.lists(
            st.fixed_dictionaries({"type": st.sampled_from(RELATIONS), "entry": _IDS}),
            max_size=3,
        ),
        "terms": st.lists(
            _TERM,
            min_size=1,
            max_size=4,
            unique_by=lambda t: (
                t["lang"],
                unicodedata.normalize("NFC", str(t["text"])).strip(),
            ),
        ).map(lambda terms: sorted(terms, key=lambda term: str(term["lang"]))),
    }
)

FOREIGN = """<tbx type="TBX-Basic" style="dca" xml:lang="en"
 xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="2_76365">
<descrip type="subjectField">International Relations;国际法</descrip>
<descripGrp><descrip type="definition">Two measures.</descrip>
<admin type="source">Oxford</admin></descripGrp>
<descrip type="definition">A second one.</descrip>
<ref type="crossReference" target="2_76365">see also</ref>
<admin type="customerSubset">UN</admin><admin type="projectSubset">P1</admin>
<transacGrp><transac type="transactionType">origination</transac>
<transacNote type="responsibility">王</transacNote><date>2010-04-17</date></transacGrp>
<langSec xml:lang="en">
<descripGrp><descrip type="definition">A third one.</descrip>
<admin type="source">Cambridge</admin></descripGrp>
<xref type="xGraphic" target="https://example.org/a.png">picture</xref>
<termSec><term>double standards</term>
<termNote type="partOfSpeech">noun</termNote>
<termNote type="grammaticalGender">other</termNote>
<termNote type="geographicalUsage">GB</termNote>
<termNote type="termLocation">toolTip</termNote>
<admin type="customerSubset">UN</admin><admin type="customerSubset">EU</admin>
<descripGrp><descrip type="context">double standards on terrorism</descrip>
<admin type="source">人民日报</admin></descripGrp>
<xref type="externalCrossReference" target="https://example.org/b">b</xref>
</termSec></langSec></conceptEntry></body></text></tbx>"""

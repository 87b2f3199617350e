"""The rules of TBX 3 that what we write has to keep: core structure and dialects.

The core is a RELAX NG schema beside this file; what RELAX NG does not say (levels and
values of the categories of each dialect, ids, links) is checked here.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

_CORE: Final = etree.RelaxNG(etree.parse(Path(__file__).with_name("tbx-core.rng")))
_NS: Final = "{urn:iso:std:iso:30042:ed-2}"
_LEVELS: Final = {"conceptEntry": "c", "langSec": "l", "termSec": "t"}
_STATUSES: Final = ("preferred", "admitted", "deprecated", "superseded")
_LOCATIONS: Final = (
    "checkBox comboBox comboBoxElement dialogBox groupBox informativeMessage"
    " interactiveMessage menuItem progressBar pushButton radioButton slider"
    " spinBox tab tableText textBox toolTip user-definedType"
)
#: Element and type, the levels it may stand at, and the only values if there are any.
_BASIC: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("termNote", "administrativeStatus"): (
        "t",
        " ".join(f"{status}Term-admn-sts" for status in _STATUSES),
    ),
    ("termNote", "partOfSpeech"): ("t", "noun verb adjective adverb other"),
    ("termNote", "termType"): (
        "t",
        "fullForm acronym abbreviation shortForm variant phrase",
    ),
    ("termNote", "grammaticalGender"): ("t", "masculine feminine neuter other"),
    ("termNote", "geographicalUsage"): ("t", ""),
    ("termNote", "termLocation"): (
        "t",
        _LOCATIONS,
    ),
    ("admin", "customerSubset"): ("ct", ""),
    ("admin", "projectSubset"): ("ct", ""),
    ("admin", "source"): ("clt", ""),
    ("descrip", "subjectField"): ("c", ""),
    ("descrip", "definition"): ("cl", ""),
    ("descrip", "context"): ("t", ""),
    ("ref", "crossReference"): ("ct", ""),
    ("xref", "externalCrossReference"): ("clt", ""),
    ("xref", "xGraphic"): ("cl", ""),
    ("transac", "transactionType"): ("clt", "origination modification"),
    ("transacNote", "responsibility"): ("clt", ""),
}
_MIN: Final = "administrativeStatus customerSubset externalCrossReference partOfSpeech"
_DIALECTS: Final = {
    "TBX-Basic": _BASIC,
    "TBX-Min": {
        name: rule
        for name, rule in _BASIC.items()
        if name[1] in {*_MIN.split(), "subjectField"}
    },
    "TBX-Core": {},
}
_ID: Final = re.compile(r"[^\W\d][\w.-]*")
_URL: Final = re.compile(r"https?://.+")


def faults(document: bytes) -> list[str]:
    """Return what breaks a rule of TBX 3 in a file, in words; best none."""
    root = etree.fromstring(document)
    _CORE.validate(root)
    found = [f"{error.line}: {error.message}" for error in _CORE.error_log]
    found += _core(root)
    dialect = root.get("type", "")
    if dialect in _DIALECTS:
        for element in root.iter(*(f"{_NS}{name}" for name, _ in _BASIC)):
            found += _of_dialect(element, dialect)
    return found


def _core(root: etree._Element) -> Iterator[str]:
    ids = [element.get("id", "") for element in root.iter() if "id" in element.attrib]
    yield from (f"{name}: twice" for name in set(ids) if ids.count(name) > 1)
    yield from (f"{name}: no xs:ID" for name in ids if not _ID.fullmatch(name))
    known = set(ids)
    for element in root.iter():
        target = element.get("target")
        if target and target not in known and not _URL.fullmatch(target):
            yield f"{element.sourceline}: {target} leads nowhere"


def _of_dialect(element: etree._Element, dialect: str) -> Iterator[str]:
    name = element.tag.removeprefix(_NS)
    kind = element.get("type", "")
    where = f"{element.sourceline}: {name} {kind}"
    categories = _DIALECTS[dialect]
    if (name, kind) not in categories:
        yield f"{where}: not in {dialect}"
        return
    levels, values = categories[name, kind]
    parent = element.getparent()
    if name == "xref" and (parent is None or parent.tag[len(_NS) :] not in _LEVELS):
        yield f"{where}: in a group"
    above = (parent.tag.removeprefix(_NS) for parent in element.iterancestors())
    level = next(_LEVELS[parent] for parent in above if parent in _LEVELS)
    if level not in levels:
        yield f"{where}: not at level {level}"
    text = element.text or ""
    if values and text not in values.split():
        yield f"{where}: value {text}"
    if name != "xref" and not text.strip():
        yield f"{where}: empty"

"""MultiTerm XML. Its fields are named by whoever made the termbase, in any language.

Fields whose names are known are read as TBX's categories of that meaning; the others
are kept in `extra` under `multiterm`.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from glossary.formats.multiterm_out import ENTRY_ID
from glossary.formats.record import FileReading, ReadOptions, Record, Refused
from glossary.formats.status import truth_of
from glossary.formats.tbx.concept import Dialect, record_of
from glossary.formats.tbx.item import Item
from glossary.formats.xml.markup import XML_LANG, children, elements, local
from glossary.text import canonical

_ROOTS: Final = frozenset({"mtf", "mtx", "terminology", "termbase"})
#: TBX's carrier and category for the names that fields have.
_FIELDS: Final = {
    ("termNote", "administrativeStatus"): "status termstatus usagestatus approval"
    " usage statut 状态 狀態 使用状态",
    ("descrip", "definition"): "definition définition definición definizione def"
    " begriffsdefinition 定义 定義 释义 解释",
    ("descrip", "subjectField"): "subject subjectfield subjectarea domain field"
    " domaine sachgebiet fachgebiet category 领域 領域 主题 类别 学科",
    ("descrip", "context"): "context contexte kontext contexto example exampleofuse"
    " beispiel exemple 例句 语境 語境 用例",
    (
        "admin",
        "source",
    ): "source quelle fuente fonte reference référence 来源 來源 出处",
    (
        "admin",
        "customerSubset",
    ): "customer client kunde issuer customersubset 客户 机构",
    ("termNote", "partOfSpeech"): "partofspeech pos wordclass wortart 词性 詞性",
    ("termNote", "termType"): "termtype typeofterm type termtyp 术语类型",
    ("termNote", "geographicalUsage"): "geographicalusage region 地区",
    ("note", ""): "note notes comment comments remark remarks bemerkung anmerkung"
    " remarque 备注 備註 注释 说明",
}
_KNOWN: Final = {
    name: field for field, names in _FIELDS.items() for name in names.split()
}
#: Yes-or-no fields that say a status.
_FLAGS: Final = {
    "preferred": "preferred",
    "forbidden": "forbidden",
    "deprecated": "deprecated",
    "首选": "preferred",
    "首選": "preferred",
    "禁用": "forbidden",
    "停用": "forbidden",
    "不推荐": "deprecated",
    "不推薦": "deprecated",
}
_LANGUAGES: Final = {
    "english": "en",
    "englisch": "en",
    "anglais": "en",
    "英文": "en",
    "英语": "en",
    "chinese": "zh-Hans",
    "chinesisch": "zh-Hans",
    "chinois": "zh-Hans",
    "中文": "zh-Hans",
    "简体中文": "zh-Hans",
    "汉语": "zh-Hans",
    "繁体中文": "zh-Hant",
    "繁體中文": "zh-Hant",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "russian": "ru",
    "arabic": "ar",
    "japanese": "ja",
    "korean": "ko",
    "portuguese": "pt",
    "italian": "it",
}
_TRADITIONAL: Final = re.compile(
    "traditional|taiwan|hong ?kong|macao|macau|繁|台|臺|港"
)


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read a MultiTerm XML export, lazily.

    Return a record for every concept, or a Refused where there is no term or no
    known language. Raise UnreadableFile, while the records are taken, where the
    file is no MultiTerm XML.
    """
    return FileReading(_records(stream, options))


def _records(stream: BinaryIO, options: ReadOptions) -> Iterator[Record | Refused]:
    limits = options.limits
    for element in elements(
        stream, {"conceptGrp"}, roots=_ROOTS, expected="MultiTerm", limits=limits
    ):
        yield record_of(element, limits, _MULTITERM)


def _concept_id(element: etree._Element) -> str:
    """Return our own id where a file of ours has it, else the number."""
    for group in children(element):
        item = next(iter(children(group)), None)
        if item is not None and item.get("type") == ENTRY_ID and item.text:
            return str(item.text)
    number = next((c for c in children(element) if local(c) == "concept"), None)
    return "" if number is None else number.text or ""


def _language(element: etree._Element) -> str:
    """Return the language of a group: its code, or what its name means."""
    carrier = next((c for c in children(element) if local(c) == "language"), element)
    for key in ("lang", "locale", XML_LANG):
        tag = canonical(carrier.get(key, ""))
        if tag is not None:
            return tag
    for key in ("type", "name"):
        name = carrier.get(key, "").strip().casefold()
        language = _LANGUAGES.get(name) or _LANGUAGES.get(
            re.split(r"[\s_(,-]", name, maxsplit=1)[0]
        )
        if language == "zh-Hans" and _TRADITIONAL.search(name):
            return "zh-Hant"
        if language or (language := canonical(name)):
            return language
    return ""


def _translate(item: Item) -> Item:
    """Return an item in TBX's words, where its field's name is known."""
    if "items" in item:
        item = {**item, "items": [_translate(inner) for inner in item["items"]]}
    if item.get("type") == ENTRY_ID:
        return {"element": "note", "text": ""}
    name = re.sub(r"[\s_-]", "", item.get("type", "")).casefold()
    if name in _FLAGS and truth_of(item.get("text", "")):
        status = {"element": "termNote", "type": "administrativeStatus"}
        return {**item, **status, "text": _FLAGS[name]}
    if name not in _KNOWN:
        return item
    element, kind = _KNOWN[name]
    field = {**item, "element": element, "type": kind}
    return field if kind else {key: field[key] for key in field if key != "type"}


_MULTITERM: Final = Dialect(
    family="multiterm",
    language=_language,
    concept_id=_concept_id,
    translate=_translate,
    passed_over=frozenset({"concept", "language", "system"}),
)

"""What the headings of other tools mean: the table of aliases.

Headings are compared after NFKC, in small letters and without quotes, brackets,
spaces, `_` and `-`: `Chinese (PRC)`, `chinese_prc` and `CHINESE PRC` are one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations
from types import MappingProxyType
from typing import Final, NamedTuple

from glossary.formats.table.qualifiers import qualified, unnumbered
from glossary.speech import names_of_languages, registered
from glossary.text import canonical, has_han

#: What a column may be, beside a term of a known language. `source` and `target` are
#: terms whose language is declared or found out; `term` is one whose language stands
#: in the row, or is found out too.
FIELDS: Final = {
    "source": """source, src, source term, sourcestring, src term, source text,
        原文, 源语, 源语言, 源文, 源术语, 原语""",
    "target": """target, tgt, dst, dest, target term, targetstring, tgt term,
        target text, translation, translations, translated term, rendering, renderings,
        equivalent, equivalents, 译文, 譯文, 目标语, 目標語, 目标语言, 译名, 譯名, 译法,
        譯法, 译, 譯, 译语, 译词, 对应词, 對應詞, 对应术语, 翻译, 翻譯, 参考译文,
        參考譯文""",
    "term": """term, terms, phrase, phrases, expression, expressions, wording, headword,
        term text, 术语, 術語, 词条, 詞條, 词汇, 詞彙, 名词, 名詞, 名称, 名稱, 名, 词语,
        詞語, 词, 詞, 表述, 表达, 表達, 说法, 說法, 短语, 短語, 条目, 條目, 全称, 全稱,
        姓名, 人名, 国名, 國名, 地名, 机构名称, 機構名稱""",
    "text": "text",
    "synonyms": "synonym, synonyms, alternatives, variants, 同义词, 同義詞, 别名, 別名",
    "abbreviation": """abbreviation, abbreviations, abbr, abbr., abbreviated, 缩写,
        縮寫, 缩略语, 縮略語, 略语, 略語""",
    "acronym": """acronym, acronyms, initialism, 首字母缩写, 首字母縮寫,
        首字母缩略词""",
    "shortForm": """short form, short name, shortened form, 简称, 簡稱, 略称, 略稱,
        简写, 簡寫""",
    "number": """no., nr, nr., s/n, sn, serial, serial no., serial number, №,
        item no., row, 序号, 序號, 序, 号, 號, 行号, 行號, 项次, 項次""",
    "approved": "approved, 已批准, 已审, 已審, 审定, 審定, 已审定, 已審定",
    "lang": "termlocale, locale, lang, language, term language, 语言, 語言, 语种, 語種",
    "source_lang": "source_lang, source language, src_lang, src_lng",
    "target_lang": "target_lang, target language, tgt_lang, tgt_lng",
    "id": """id, entry_id, concept id, termid, stringid, uuid, dictionary id, 编号,
        編號""",
    "glossary": "glossary, termbase",
    "state": "state",
    "definition": """definition, def, concept definition, description, desc,
        entrydescription, 定义, 定義, 释义, 釋義, 解释, 解釋""",
    "note": """note, notes, comment, comments, remark, remarks, entry_note,
        concept note, developer_comments, translator_comments, src:comment,
        tgt:comment, 备注, 備註, 说明, 說明, 注释, 註釋, 注""",
    "usage": """example, examples, example of use, term_example, usage, usage example,
        sample, 例句, 语境, 語境, 用例, 用法""",
    "context": "context",
    "pos": "pos, partofspeech, part of speech, word class, 词性, 詞性",
    "source_pos": "src:pos",
    "target_pos": "tgt:pos",
    "type": "type, term type, 类型, 類型",
    "subjects": """subject, subjects, topic, section, entry_subject, subjectfield,
        domain, subdomain, entry_domain, concept subject, field, category, client,
        customer, 领域, 領域,
        类别, 類別, 分类, 分類, 主题, 主題, 类目, 類目, 板块, 专题, 專題""",
    "status": """status, term status, administrativestatus, usagestatus, approval, 状态,
        狀態""",
    "target_status": "tgt:status",
    "target_usage": "tgt:usage",
    "target_definition": "tgt:definition",
    "forbidden": "forbidden, prohibited, 禁用, 停用",
    "preferred": "preferred, 首选, 首選",
    "deprecated": "deprecated, 不推荐, 不推薦",
    "keep": "keep, do not translate, dnt, 不译, 不譯",
    "translatable": "translatable, entry translatable, 可译, 可譯",
    "provenance": """reference, ref, url, link, concept url, provenance, 来源, 來源,
        出处, 出處""",
    "citations": "citations",
    "relations": "relations",
    "more": "more",
    "noun": "noun",
    "imprint": "exported_from",
    "reading": "pinyin, reading, src:yomi, 拼音, 读音, 讀音",
    "issuer": "issuer, issued by, 发布机构, 發布機構, 使用机构",
    "since": "since, valid from, 起始日期, 启用日期",
    "until": "until, valid until, 截止日期, 停用日期",
    "match": "match",
    "case_sensitive": """case sensitive, case_sensitive, 区分大小写, 區分大小寫""",
    "term_info": "term_info",
    "renders": "renders",
    "ban": "ban",
    "expected": "expected",
    "not_preceded_by": "not_preceded_by",
    "not_followed_by": "not_followed_by",
    "concept_since": "concept_since",
    "concept_until": "concept_until",
    "concept_expected": "concept_expected",
    "checked": "checked",
    "checked_by": "checked_by",
    "version": "version",
}
_LANGUAGES: Final = {
    "mn": "蒙文",
    "ug": "维文, 維文",
    "kk": "哈文",
    "zh-Hans": """zh, zho, chi, cmn, zh-cn, zh-hans, zh-sg, chs, chinese,
        chinese simplified, simplified chinese, chinese_prc, chinese_china,
        chinese_singapore, chineseterm, china, mandarin, 中文, 汉语, 漢語, 简体, 簡體,
        简体中文, 簡體中文, 中文术语, 中文简体, 汉文, 中国大陆, 大陆, 大陸""",
    "zh-Hant": """zh-tw, zh-hk, zh-mo, zh-hant, cht, chinese_taiwan,
        chinese_hong_kong, chinese_macao, chinese_macau, chinese traditional,
        traditional chinese, taiwan, hong kong, 繁体, 繁體, 繁體中文, 繁体中文,
        中文繁體, 台湾, 台灣, 臺灣, 香港""",
    "en": """en, eng, en-us, en-gb, english, englishterm, english_united_states,
        english_united_kingdom, american english, british english, english us,
        english uk, english gb, us english, uk english, 英文, 英语, 英語,
        英译, 英譯, 英文术语""",
    "fr": "french, francais, french_france, 法文, 法语, 法語",
    "es": "spanish, espanol, spanish_spain, 西班牙文, 西班牙语, 西班牙語",
    "ru": "russian, russian_russia, 俄文, 俄语, 俄語",
    "ar": "arabic, 阿拉伯文, 阿拉伯语, 阿拉伯語",
    "de": "german, deutsch, german_germany, 德文, 德语, 德語",
    "ja": "japanese, japanese_japan, 日文, 日语, 日語",
    "ko": "korean, korean_korea, 韩文, 韩语, 韓文, 韓語, 朝鲜语",
    "pt": "portuguese, portuguese_portugal, 葡萄牙文, 葡萄牙语",
    "pt-BR": "portuguese_brazil",
    "it": "italian, italian_italy, 意大利文, 意大利语",
    "vi": "vietnamese, 越南文, 越南语",
}
#: The two-letter languages of ISO 639-1 but `id`, `no`, `so`, `as`, `is`, `to`, `or`,
#: `am`, `my`, `io` and `na`, which as headings are words.
_ISO_639_1: Final = frozenset(
    re.findall(
        "..",
        "aaabaeafakanaravayazbabebgbhbmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoes"
        "eteufafffifjfofrfygagdglgngugvhahehihohrhthuhyhziaieigiiikitiujajvkakgkikj"
        "kkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmrmsmtnbndnengnlnnnrnv"
        "nyocojompapiplpsptqurmrnroruwasascsdsesgsiskslsmsnsqsrssstsusvswtatetgthti"
        "tktltntrtstttwtyugukuruzvevivowowaxhyiyozazhzu",
    )
)
_TAG: Final = re.compile(r"[a-z]{2}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?")
_PARTS: Final = re.compile(r"[^\s_\-:/.()\[\]]+")
_IGNORED: Final = re.compile(r"[\s_\-()\[\]{}\"'“”‘’«»\ufeff*]+")
_EITHER: Final = re.compile(r"\s*(?:/|&|\bor\b|\band\b|或|及|和)\s*")
#: What stands in one script within a heading that says the same twice.
_IN_A_SCRIPT: Final = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff\s]*|[^\u3400-\u9fff]+")
_SMALL: Final = frozenset("in of the for".split())
#: Headings of more words than this are sentences.
_MOST_PARTS: Final = 6
#: What tells the script of Chinese in a heading, once it is `normal`.
_SAYS_SCRIPT: Final = re.compile(
    r"han[st]|cn|sg|tw|hk|mo|chs|cht|simp|trad|prc|china(?!ese)|singapore|taiwan|hong"
    r"|maca|[简簡繁正]体|[简簡繁正]體|[简簡繁]|大[陆陸]|台[湾灣]|臺灣|香港"
)
#: As many characters have names of languages in Chinese: 阿塞拜疆语.
_LONGEST_NAME: Final = 5
_MEMBERS: Final = re.compile(r"\s*,\s*")


class HeadingMeaning(NamedTuple):
    """What a heading says: the kind of column, and the language if it names one.

    `status` is what it says of the terms below it: `不推荐译法`.
    """

    field: str
    lang: str | None = None
    status: str = ""


def normal(heading: str) -> str:
    """Return a heading in the form in which headings are compared.

    >>> normal("Chinese (PRC)"), normal('"Term_Info"'), normal("ＺＨ－ＣＮ")
    ('chineseprc', 'terminfo', 'zhcn')
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", heading).casefold())


def _table(rows: dict[str, str]) -> dict[str, str]:
    return {
        normal(alias): meaning
        for meaning, aliases in rows.items()
        for alias in _MEMBERS.split(aliases.strip())
    }


_FIELD_OF: Final = _table(FIELDS)
_LANGUAGE_OF: Final = _table(_LANGUAGES)
#: The columns that a language may stand beside: `Status [en]`, `en_description`.
_OF_A_LANGUAGE: Final = frozenset(FIELDS) - frozenset(
    "lang id glossary state number approved version".split()
)
_NAMES_A_TERM: Final = frozenset({"term", "text", "target", "source"})
#: Fields that are terms of one type.
KINDS_OF_TERMS: Final = frozenset({"abbreviation", "acronym", "shortForm"})
#: Headings of terms, which a status or a number may stand beside.
_NAMES_TERMS: Final = frozenset({"term", "target", "source", "synonyms"})


def language_of_heading(heading: str) -> str | None:
    """Return the language that a heading names by name or by tag, or None.

    Only registered subtags make a tag: `en_note` names no language.
    """
    if lang := _LANGUAGE_OF.get(normal(heading)):
        return lang
    bare = unicodedata.normalize("NFKC", heading).casefold().strip(" []()\"'\ufeff")
    if _TAG.fullmatch(bare) and bare[:2] in _ISO_639_1:
        return canonical(bare) if registered(bare.replace("_", "-")) else None
    return None


def is_open(heading: str) -> bool:
    """Say whether a heading names Chinese and not which script it is in.

    >>> is_open("中文"), is_open("Chinese term"), is_open("简体中文"), is_open("zh-CN")
    (True, True, False, False)
    """
    return not _SAYS_SCRIPT.search(normal(heading))


@cache
def _names() -> MappingProxyType[str, str]:
    """Return the names of languages that are not in the table, in many languages."""
    names = {normal(name): tag for name, tag in names_of_languages()}
    return MappingProxyType(
        {n: t for n, t in names.items() if len(n) > 2 or not n.isascii()}
    )


def language_named(text: str) -> str | None:
    """Return the language of a text that is a tag, or a name in a language we know."""
    tag = language_of_heading(text) or _names().get(normal(text))
    return canonical(tag) if tag else None


def names_language(heading: str) -> bool:
    """Say whether a part of a heading names a language: `英文职务`, `English title`.

    >>> names_language("英文职务"), names_language("职务"), names_language("China desk")
    (True, False, False)
    """
    text = unicodedata.normalize("NFKC", heading)
    if has_han(text):
        ends = (at for at, letter in enumerate(text, start=1) if letter in "文语語")
        return any(
            language_named(text[start:at])
            for at in ends
            for start in range(max(at - _LONGEST_NAME, 0), at - 1)
        )
    parts = _PARTS.findall(text)
    return any(len(part) > 3 and _names().get(normal(part)) for part in parts)


@lru_cache(maxsize=4096)
def meaning(heading: str) -> HeadingMeaning | None:
    """Return what a heading means, or None when it says nothing known.

    >>> meaning("Term [en]")
    HeadingMeaning(field='term', lang='en', status='')
    >>> meaning("English_United_States_Def")
    HeadingMeaning(field='definition', lang='en', status='')
    >>> meaning("中文释义"), meaning("Priority")
    (HeadingMeaning(field='definition', lang='zh-Hans', status=''), None)
    >>> meaning("Chinesisch")
    HeadingMeaning(field='term', lang='zh-Hans', status='')
    >>> meaning("不推荐译法")
    HeadingMeaning(field='target', lang=None, status='deprecated')
    """
    if len(heading) > 100:
        return None
    bare = heading.strip().rstrip("?？:：*")
    if field := _FIELD_OF.get(normal(heading)) or _FIELD_OF.get(normal(bare)):
        return HeadingMeaning(field)
    if lang := language_of_heading(bare):
        return HeadingMeaning("term", lang)
    parts = _PARTS.findall(unicodedata.normalize("NFKC", bare))
    if has_han(heading) and len(parts) == 1:
        parts = list(parts[0])
    for lang_parts, field_parts in _divided(parts):
        if meaning_of_both := _of_a_language(lang_parts, field_parts):
            return meaning_of_both
    return _either(heading) or _by_name(bare) or _qualified(bare)


def _qualified(heading: str) -> HeadingMeaning | None:
    """Return what a heading of terms means that has a status or a number beside it."""
    if bare := unnumbered(heading):
        plain = meaning(bare)
        return plain if plain and plain.field in _NAMES_TERMS else None
    for status, name in qualified(heading):
        plain = meaning(name)
        if plain and plain.field in _NAMES_TERMS and not plain.status:
            return plain._replace(status=status)
    return None


def _divided(parts: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the ways in which a heading may name a language and a field."""
    for at in range(1, len(parts)):
        yield parts[:at], parts[at:]
        yield parts[at:], parts[:at]
    if len(parts) <= _MOST_PARTS and not any(map(has_han, parts)):
        # “Chinese term (simplified)”: the language stands around the field.
        inner = [part for part in parts if part.casefold() not in _SMALL]
        for count in range(1, len(inner)):
            for places in combinations(range(len(inner)), count):
                lang = [inner[at] for at in places]
                yield lang, [p for at, p in enumerate(inner) if at not in places]


def _either(heading: str) -> HeadingMeaning | None:
    """Return what “Source/Reference” or “英文 English” means, if its parts agree."""
    parts = [part for part in _EITHER.split(heading) if part.strip()]
    if len(parts) == 1:
        parts = [part for part in _IN_A_SCRIPT.findall(heading) if normal(part)]
    if not 1 < len(parts) <= _MOST_PARTS:
        return None
    meanings = {meaning(part) for part in parts}
    if len(meanings) > 1:
        meanings -= {HeadingMeaning("source")}
    return meanings.pop() if len(meanings) == 1 else None


def _by_name(heading: str) -> HeadingMeaning | None:
    """Return the language that a heading names in another language: `Русский`."""
    if not any(map(str.isalpha, heading)):
        return None
    tag = _names().get(normal(heading))
    lang = canonical(tag) if tag else None
    return HeadingMeaning("term", lang) if lang else None


def _of_a_language(lang: list[str], field: list[str]) -> HeadingMeaning | None:
    name = normal("".join(field))
    kind = "term" if name == "name" else _FIELD_OF.get(name)
    if kind not in _OF_A_LANGUAGE:
        return None
    tag = language_named("-".join(lang))
    if tag is None:
        return None
    if kind in _NAMES_A_TERM:
        kind = "term"
    return HeadingMeaning(kind or "", tag)

import pytest

from glossary.formats.table.aliases import (
    HeadingMeaning,
    language_of_heading,
    meaning,
    normal,
)

#: The table of aliases as the makers of glossaries use it.
ALIASES = {
    "zh-Hans": """zh|zho|chi|cmn|zh-cn|zh_cn|zh-hans|zh-sg|chs|chinese|
        chinese simplified|simplified chinese|Chinese_PRC|Chinese (China)|
        ChineseTerm|China|mandarin|中文|汉语|简体|简体中文|中文术语""",
    "zh-Hant": """zh-tw|zh-HK|zh-mo|zh-Hant|cht|Chinese_Taiwan|Traditional Chinese|
        Taiwan|繁体|繁體|繁體中文""",
    "en": """en|eng|en-US|en-gb|English|English_United_States|EnglishTerm|English Term|
        英文|英语|英译""",
    "source": "source|src|Source Term|source_term|sourceString|src term|原文|源语",
    "target": "target|tgt|Target Term|targetString|translation|译文|目标语|译名",
    "source_lang": "source_lang|sourceLang|src_lang",
    "target_lang": "target_lang|targetLang",
    "lang": "termLocale|locale|lang|language",
    "id": "id|Entry_ID|entryId|concept id|conceptid|termid|stringID|uuid|编号",
    "definition": """definition|def|Concept Definition|description|desc|
        entryDescription|定义|释义|解释""",
    "note": """note|Notes|comment|comments|remark|Entry_Note|developer_comments|
        translator_comments|tgt:comment|备注|说明|注释""",
    "usage": "example|Example of use|Term_Example|usage|sample|例句|语境|用例",
    "pos": "pos|partofspeech|part of speech|word class|词性",
    "source_pos": "src:pos",
    "case_sensitive": "case sensitive|casesensitive|case_sensitive",
    "subjects": """subject|Entry_Subject|subjectField|domain|Entry_Domain|field|
        category|client|领域|类别|分类|主题""",
    "status": "status|term status|administrativeStatus|usageStatus|approval|状态",
    "provenance": "reference|ref|url|link|来源|出处",
    "reading": "pinyin|reading|src:yomi|拼音",
    "keep": "keep|Do Not Translate|DNT",
    "forbidden": "forbidden",
    "preferred": "preferred",
    "deprecated": "deprecated",
    "translatable": "translatable",
}


@pytest.mark.parametrize("field", ALIASES)
def test_every_alias_of_the_table_is_known(field: str) -> None:
    for alias in ALIASES[field].split("|"):
        found = meaning(alias.strip())
        assert found is not None, alias
        assert (found.lang if found.field == "term" else found.field) == field, alias


@pytest.mark.parametrize(
    ("heading", "field", "lang"),
    [
        ("Term [en]", "term", "en"),
        ("Term [zh-CN]", "term", "zh-Hans"),
        ("Description [en]", "definition", "en"),
        ("Part of Speech [en]", "pos", "en"),
        ("Status [zh-TW]", "status", "zh-Hant"),
        ("English_United_States_Def", "definition", "en"),
        ("Chinese_PRC_Def", "definition", "zh-Hans"),
        ("en_description", "definition", "en"),
        ("translation_zh", "term", "zh-Hans"),
        ("definition_zh-Hant", "definition", "zh-Hant"),
        ("中文释义", "definition", "zh-Hans"),
        ("英文名称", "term", "en"),
        ("中文拼音", "reading", "zh-Hans"),
        ("pt-BR", "term", "pt-BR"),
        ("fr", "term", "fr"),
        ("English synonyms", "synonyms", "en"),
        ("Chinese Term (Simplified)", "term", "zh-Hans"),
        ("Chinese Term (Traditional)", "term", "zh-Hant"),
        ("English Translation", "term", "en"),
        ("en_note", "note", "en"),
        ("zh_note", "note", "zh-Hans"),
        ("英文对应词", "term", "en"),
        ("English/英文", "term", "en"),
        ("Chinesisch", "term", "zh-Hans"),
        ("Русский", "term", "ru"),
        ("Source/Reference", "provenance", None),
        ("No.", "number", None),
        ("序号", "number", None),
        ("CN", "term", "zh-Hans"),
        ("tw", "term", "zh-Hant"),
        ("English_word", "term", "en"),
        ("English_descr", "definition", "en"),
        ("*词汇ID", "id", None),
        ("Note 2", "note", None),
        ("Subfield1", "subjects", None),
        ("Full Form", "fullForm", None),
        ("例句翻译", "target_usage", None),
        ("Traditional", "term", "zh-Hant"),
        ("漢字", "term", "zh-Hans"),
        ("粤语", "term", "yue"),
        ("又称", "synonyms", None),
        ("English (en-US)", "term", "en"),
        ("Chinese (Simplified) (zh-CN)", "term", "zh-Hans"),
        ("label_en", "term", "en"),
        ("CN alt 1", "synonyms", "zh-Hans"),
        ("cz", "term", "cs"),
        ("jp", "term", "ja"),
    ],
)
def test_a_heading_may_name_a_language_and_a_field(
    heading: str, field: str, lang: str
) -> None:
    assert meaning(heading) == HeadingMeaning(field, lang)


@pytest.mark.parametrize("heading", ["Priority", "name", "caseless", "en_foo", ""])
def test_a_word_that_only_looks_like_a_tag_is_unknown(heading: str) -> None:
    assert meaning(heading) is None


def test_width_case_quotes_and_marks_do_not_matter() -> None:
    assert normal("\ufeff“Ｔｅｒｍ＿Ｉｎｆｏ”") == "terminfo"
    assert language_of_heading("[ZH_cn]") == "zh-Hans"


def test_a_heading_of_a_page_is_none() -> None:
    assert meaning("term " * 1000) is None

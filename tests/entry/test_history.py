from dataclasses import replace

from glossary.entry.history import Changed, changes, parts
from glossary.entry.nouns import Citation, Counterpart, LastCheck, Relation
from tests.nouns import entry, major_country


def test_nothing_changed_is_nothing_told() -> None:
    assert changes(entry(**major_country()), entry(**major_country())) == []


def test_a_wording_that_gave_way_to_another_is_one_change() -> None:
    old = entry(**major_country())
    chinese, english = old.terms
    other = replace(english, text="new model of major-country relations")
    new = replace(old, terms=(chinese, other))
    assert changes(old, new) == [
        Changed(
            "text",
            "en",
            "",
            "new model of major-country relationship",
            "new model of major-country relations",
        )
    ]


def test_a_change_of_a_term_names_the_term() -> None:
    old = entry(**major_country())
    chinese, english = old.terms
    cited = (Citation("wang-yi-kerry-2014", "para. 2", "重要共识"),)
    new = replace(
        old, terms=(chinese, replace(english, issuer="MFA of China", citations=cited))
    )
    text = english.text
    assert changes(old, new) == [
        Changed("issuer", "en", text, "", "MFA of China"),
        Changed("citations", "en", text, "", "wang-yi-kerry-2014, para. 2, 重要共识"),
    ]


def test_what_a_term_renders_and_where_it_is_wrong_is_told() -> None:
    old = entry(**major_country())
    chinese, english = old.terms
    beside = Counterpart("新型大国关系", "构建新型大国关系")
    new = replace(
        old,
        terms=(
            chinese,
            replace(
                english,
                renders=("新型大国关系",),
                ban="anywhere",
                not_followed_by=("with",),
                citations=(Citation("mfa-2014", counterpart=beside),),
            ),
        ),
        until="2017",
        checked=LastCheck("2026-11-28", "Li"),
    )
    assert [(c.field, c.before, c.after) for c in changes(old, new)] == [
        ("until", "", "2017"),
        ("checked", "", "2026-11-28, Li"),
        ("renders", "", "新型大国关系"),
        ("ban", "", "anywhere"),
        ("not_followed_by", "", "with"),
        ("citations", "", "mfa-2014 = 新型大国关系, 构建新型大国关系"),
    ]


def test_state_definition_subjects_and_relations_are_told() -> None:
    old = entry(**major_country(definition={"en": "A pattern."}, subjects=["security"]))
    new = replace(
        old,
        state="approved",
        definition={"zh-Hans": "一种模式。"},
        subjects=("principles",),
        relations=(Relation("related", "sovereignty"),),
    )
    assert [(c.field, c.lang, c.before, c.after) for c in changes(old, new)] == [
        ("state", "", "draft", "approved"),
        ("subjects", "", "security", "principles"),
        ("definition", "en", "A pattern.", ""),
        ("definition", "zh-Hans", "", "一种模式。"),
        ("relations", "", "", "related: sovereignty"),
    ]


def test_pieces_are_words_in_english_and_characters_in_chinese() -> None:
    assert parts("新型大国关系", "新型邻邦关系") == [
        ("same", "新型"),
        ("gone", "大国"),
        ("come", "邻邦"),
        ("same", "关系"),
    ]


def test_pieces_put_together_are_both_texts() -> None:
    before, after = "不冲突、不对抗", "non-conflict, 不对抗 and 相互尊重"
    pieces = parts(before, after)
    assert "".join(text for kind, text in pieces if kind != "come") == before
    assert "".join(text for kind, text in pieces if kind != "gone") == after

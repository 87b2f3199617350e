"""Random phrases and texts in which recognition is compared with a naive search."""

from hypothesis import strategies as st

WORDS = (
    "sea Seas SEAS China China's China’s new model relations relation’s countries "
    "country's co-operation cooperation non-proliferation programme Programs ﬁne fine "
    "Straße strasse İstanbul 5㎏ 5kg ＭＡＪＯＲ major de\u0301marche démarche demarche "
    "held hold U.S. G20 establishing established 1,000 1000 WHO who TRIPS trips TRIP "
    "UN NGOs NGO attachés attached attaché SEA¹ NEW"
).split()

HAN = "中国 中國 国家 國家 新型 大国 关系 關係 不冲突 不对抗 发展中 裏 里 々".split()

APART = [" ", "  ", "-", "\u2011", ", ", "、", "，", "。", ". ", "\n", "\u3000", "; "]

APART += ["/", " (", ") ", "① ", " — ", "\u00ad"]

NOISE = ["", "", "the ", " a ", "😀", "\u200b", "\u0301", "🇨🇳", "x", "é", "Ω", "한국"]

word = st.sampled_from(WORDS)

han = st.sampled_from(HAN)

phrase = st.one_of(
    st.lists(word, min_size=1, max_size=3).map(" ".join),
    st.lists(han, min_size=1, max_size=3).map("".join),
    st.tuples(word, han).map("".join),
    st.tuples(han, han).map("、".join),
)

text = st.lists(
    st.one_of(phrase, st.sampled_from(APART), st.sampled_from(NOISE)), max_size=14
).map("".join)

"""Wordings of Taiwan and Hong Kong as the mainland says them: 東協 is 东盟.

OpenCC's tables of phrases know everyday and technical words; what diplomacy needs
beside them stands here.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from glossary import late
from glossary.text.fold import simplified

if TYPE_CHECKING:
    import opencc
else:
    opencc = late("opencc")

#: What Taiwan or Hong Kong writes → what the mainland writes, both in simplified
#: characters.
_WORDS: Final = {
    "东协": "东盟",
    "东南亚国协": "东南亚国家联盟",
    "大英国协": "英联邦",
    "永续": "可持续",
    "核子": "核",
    "数位": "数字",
    "落差": "鸿沟",
    "气候变迁": "气候变化",
    "纲要公约": "框架公约",
    "飞弹": "导弹",
    "信心建立": "建立信任",
    "区域论坛": "地区论坛",
    "伙伴协定": "伙伴关系协定",
    "亚太经济合作会议": "亚太经济合作组织",
    "亚太经合会": "亚太经合组织",
    "全球暖化": "全球变暖",
    "军备管制": "军备控制",
    "核子试爆": "核试验",
    "杜哈回合": "多哈回合",
    "千禧年": "千年",
    "国际原子能总署": "国际原子能机构",
    "开发中国家": "发展中国家",
    "已开发国家": "发达国家",
    "低度开发": "最不发达",
    "恐怖攻击": "恐怖袭击",
    "再生能源": "可再生能源",
    "网际网路": "互联网",
    "网路": "网络",
    "资讯": "信息",
    "太空": "外空",
    "外太空": "外空",
    "智慧财产权": "知识产权",
    "人工智慧": "人工智能",
    "暨": "与",
    "北韩": "朝鲜",
    "南韩": "韩国",
    "川普": "特朗普",
    "雷根": "里根",
    "欧巴马": "奥巴马",
    "公听会": "听证会",
    "谘商": "咨商",
    "谘询": "咨询",
    "洽签": "商签",
    "与会国": "与会国家",
    "会员国": "成员国",
}
_KNOWN: Final = re.compile(
    "(?<!可)(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
)


#: A look-up reads its query so up to three times.
@lru_cache(maxsize=64)
def mainland(text: str) -> tuple[str, ...]:
    """Return how the mainland may word a Chinese text of Taiwan or Hong Kong.

    There is nothing when it is worded alike but for the characters.

    >>> mainland("東協"), mainland("永續發展"), mainland("合作共贏")
    (('东盟',), ('可持续发展',), ())
    >>> mainland("全面禁止核子試爆條約"), mainland("亞太經合會")
    (('全面禁止核试验条约',), ('亚太经合组织',))
    """
    plain = simplified(text)
    ours = _KNOWN.sub(lambda match: _WORDS[match[0]], plain)
    theirs = simplified(_converter().convert(text))
    both = _KNOWN.sub(lambda match: _WORDS[match[0]], theirs)
    return tuple(dict.fromkeys(t for t in (both, ours, theirs) if t != plain))


@cache
def _converter() -> "opencc.OpenCC":
    return opencc.OpenCC("tw2sp")

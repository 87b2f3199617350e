"""Wordings of Taiwan and Hong Kong as the mainland says them: 東協 is 东盟.

OpenCC's tables of phrases know everyday and technical words; what diplomacy needs
beside them stands here.
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from glossary import late, late_pattern
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
    # Bodies, meetings and documents that Taiwan names otherwise.
    "高峰会": "峰会",
    "执委会": "委员会",
    "独立国协": "独立国家联合体",
    "七大工业国集团": "七国集团",
    "七大工业国组织": "七国集团",
    "八大工业国组织": "八国集团",
    "难民总署": "难民署",
    "国际海洋法庭": "国际海洋法法庭",
    "基础建设": "基础设施建设",
    "基础建设投资银行": "基础设施投资银行",
    "关税暨贸易总协定": "关税及贸易总协定",
    "巴黎气候协定": "巴黎协定",
    "公民与政治权利": "公民权利和政治权利",
    "核不扩散条约": "不扩散核武器条约",
    "核武禁扩条约": "不扩散核武器条约",
    "防止核武扩散条约": "不扩散核武器条约",
    "蒙特娄": "蒙特利尔",
    "东协加三": "东盟与中日韩",
    "国际货币基金": "国际货币基金组织",
    # What it calls things of law, trade, war and the sea.
    "经济海域": "经济区",
    "邻接区": "毗连区",
    "大陆礁层": "大陆架",
    "司法互助": "司法协助",
    "平衡税": "反补贴税",
    "边境调整机制": "边境调节机制",
    "去风险化": "去风险",
    "认知作战": "认知战",
    "决议案": "决议",
    "毁灭性武器": "杀伤性武器",
    "邦交国": "建交国",
    "不受欢迎人物": "不受欢迎的人",
    "投资保障协定": "投资保护协定",
    "印度太平洋": "印太",
    "南中国海": "南海",
    "人道援助": "人道主义援助",
    "人道救援": "人道主义救援",
    "人道危机": "人道主义危机",
    "份子": "分子",
    "假讯息": "虚假信息",
    "深伪": "深度伪造",
    "区域安全": "地区安全",
    "区域稳定": "地区稳定",
    "区域和平": "地区和平",
    "区域国家": "地区国家",
    "俄乌战争": "乌克兰战争",
    "乌俄战争": "乌克兰战争",
    "乌俄冲突": "俄乌冲突",
    # Names of people and places that OpenCC does not know.
    "普丁": "普京",
    "蒲亭": "普京",
    "乔治亚": "格鲁吉亚",
    "吉尔吉斯": "吉尔吉斯斯坦",
    "史瓦帝尼": "斯威士兰",
    "赛普勒斯": "塞浦路斯",
    "塞席尔": "塞舌尔",
    "马尔他": "马耳他",
    "马利共和国": "马里共和国",
    "塞尔维亚与蒙特内哥罗": "塞尔维亚和黑山",
    "蒙特内哥罗": "黑山",
    "波士尼亚": "波斯尼亚",
    "赫塞哥维纳": "黑塞哥维那",
    "吉布地": "吉布提",
    "马拉威": "马拉维",
    "圣多美普林西比": "圣多美和普林西比",
    "加萨": "加沙",
    "杜拜": "迪拜",
    "库德族": "库尔德",
    "马克宏": "马克龙",
    "梅克尔": "默克尔",
    "泽伦斯基": "泽连斯基",
    "艾尔多安": "埃尔多安",
}


def _unless_ours(word: str) -> str:
    """Return a pattern of a word where ours, if it goes on from it, does not stand."""
    ours = _WORDS[word]
    return f"{word}(?!{ours[len(word) :]})" if ours.startswith(word) else word


#: What none of them begins with is passed over at once.
_KNOWN: Final = late_pattern(
    f"(?=[{''.join(sorted({word[0] for word in _WORDS}))}])(?<!可)(?:"
    + "|".join(map(_unless_ours, sorted(_WORDS, key=len, reverse=True)))
    + ")"
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
    >>> mainland("國際貨幣基金"), mainland("國際貨幣基金組織"), mainland("歐盟執委會")
    (('国际货币基金组织',), (), ('欧盟委员会',))
    >>> mainland("加薩走廊"), mainland("馬克宏總統"), mainland("深偽技術")
    (('加沙走廊',), ('马克龙总统',), ('深度伪造技术',))
    """
    plain = simplified(text)
    ours = _KNOWN.sub(lambda match: _WORDS[match[0]], plain)
    theirs = simplified(_converter().convert(text))
    both = (
        ours if theirs == plain else _KNOWN.sub(lambda match: _WORDS[match[0]], theirs)
    )
    return tuple(dict.fromkeys(t for t in (both, ours, theirs) if t != plain))


@cache
def _converter() -> "opencc.OpenCC":
    return opencc.OpenCC("tw2sp")

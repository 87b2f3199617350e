"""What a question asks about: the phrase in *how do you say 不结盟 in English*."""

import re
from typing import Final

_QUOTES: Final = " \t“”\"'‘’「」『』《》：:，,。."
_LANGUAGE: Final = "(?:英文|英語|英语|中文|汉语|漢語|华语|華語|国语|國語)"
_IN_ENGLISH: Final = (
    "(?:(?:in(?:to)?|to) (?:simplified |traditional )?(?:english|chinese|mandarin))"
)
_MARKS: Final = "？?！!"
#: A question has so many layers: *anyone know how to say … in Chinese, please?*
_ROUNDS: Final = 4
#: How somebody begins to ask, and how the question ends.
_BEGINS: Final = re.compile(
    r"(?:请问(?:一下)?|請問(?:一下)?|求助|请教(?:一下)?|請教|求问|求問|求(?:翻译|译)|想问(?:一下)?|想問|谁知道"
    r"|誰知道|有人知道|什么叫|什麼叫|何谓|何謂|何为|怎[样樣么麼]?[翻译譯]+|如何翻[译譯]"
    r"|请翻[译譯]|請翻譯|解释一下|解釋一下"
    r"|(?:外交部|新华社|新華社|官方|官媒|国内|國內|一般|通常)?(?:是)?(?:怎么|怎麼|怎样|怎樣|如何)"
    rf"(?:用{_LANGUAGE})?(?:翻译|翻譯|翻|译|譯|说|說|表达|表達)(?!成)"
    rf"|{_LANGUAGE}(?:里|裡|中)?的?"
    r"|(?:how (?:do|should|can|would|to) ?(?:you|i|we|one|they)? "
    r"?(?:say|translate|render)"
    r"|what(?:'s| is) the (?:english|chinese) (?:for|of|term for|word for)"
    r"|how(?:'s| is)|what do (?:you|we|they) call|what is meant by|what does one call"
    r"|(?:what(?:'s| is) the |the )?differences? between|define|definition of"
    r"|(?:the )?(?:chinese|english) (?:equivalent|rendering|version) (?:for|of)"
    r"|how (?:would|do|should) (?:you|i|we|one) (?:put|express)|how to (?:put|express)"
    r"|(?:the )?(?:chinese|english) (?:term|word|translation|name) (?:for|of)"
    r"|(?:official )?translation (?:of|for)|meaning of|what does|what is|what's"
    r"|(?:please |can you (?:please )?|could you (?:please )?)?translate"
    r"|(?:is there )?(?:an? |the )?(?:(?:official|standard|correct|best|proper) )*"
    r"(?:(?:chinese|english) )?(?:translation|term|word|equivalent|version) (?:for|of)"
    r"|(?:i )?need (?:the )?(?:chinese|english) (?:for|of)|chinese (?:for|of)"
    r"|looking for (?:the )?(?:chinese|english) (?:for|of)|english for"
    r"|(?:does )?any(?:one|body) knows? (?:the (?:chinese|english) (?:for|of))?"
    r"|how do the (?:chinese|english) say|what would)(?=\W))[\s：:，,]*",
    re.IGNORECASE,
)
#: What an English question ends with, before marks: without it none need be looked for.
_LAST_WORDS: Final = (
    *("english", "chinese", "mandarin", "mean", "meaning", "translation"),
    *("translated", "rendered", "pinyin", "please", "thanks"),
)
_LAST_MARKS: Final = "?.! \t\n\v\f\r\x1c\x1d\x1e\x1f"
_ENDS: Final = re.compile(
    rf"(?:\s*(?:[这這]个?[词詞]|一[词詞])?的?\s*(?:"
    rf"(?:[用在]?{_LANGUAGE}(?:里|裡|中)?)?(?:该|該|应该|應該|一般)?(?:怎么|怎麼|怎样|怎樣|如何|咋)"
    r"(?:说|說|译|譯|翻译|翻譯|翻|表达|表達|表示|讲|講|写|寫|称呼|稱呼)(?:成[中英]文)?"
    r"(?:比较|比較|才|最|更)?(?:好|准确|準確|合适|合適|贴切|貼切|地道)?"
    rf"|(?:应|應|可以?|能)?(?:翻译|翻譯|译|譯|翻)[成为為作]{_LANGUAGE}?"
    r"(?:是什么|是什麼|是啥)?|可以|(?:是)?啥(?:意思)?|简称(?:什么|是什么)?"
    r"|[的之](?:意思|含义|含義|定义|定義|译名|譯名|解释|解釋)"
    r"|谢谢|謝謝|多谢|多謝|谢了|[呀呢啊吗嗎]"
    rf"|{_LANGUAGE}版?(?:是)?"
    rf"|(?:官方)?(?:[译譯]法|英译|英譯|[译譯]文)(?:是什么|是什麼)?|(?:是)?(?:什么|什麼|啥)意思|是指什么|是指什麼|是什么|是什麼"
    r"|(?:之间)?的?(?:区别|區別|差别|差別|异同|異同)(?:是什么|是什麼|在哪里?|在哪裡|何在)?"
    r"|(?:之间)?有(?:什么|什麼|何|啥)(?:区别|區別|不同|差别|差別)"
    rf"|(?:的)?(?:官方|标准|標準|规范|正式){_LANGUAGE}?(?:翻译|翻譯|译法|譯法|表述|说法|說法)"
    rf"|{_LANGUAGE}的?(?:翻译|翻譯|表达|表達|表述|译法|譯法|译名|譯名|说法|說法|名称|名稱"
    r"|全称|全稱|缩写|縮寫|简称|簡稱)?"
    r"(?:是什么|是什麼|是啥|叫什么|叫什麼|有哪些)?|[翻译譯]+|翻译成英文"
    rf"|(?:所)?(?:对应|對應|相应|相應)的?{_LANGUAGE}"
    rf"|(?:put |rendered |translated |expressed |be )?{_IN_ENGLISH}"
    rf"|mean(?:ing)?(?: {_IN_ENGLISH})?|official translation"
    r"|- ?(?:chinese|english)|(?:simplified|traditional) chinese"
    r"|(?:chinese|english) translation|translated|rendered|pinyin|,? ?please"
    r"|[,.;] ?thanks))[\s？?。.！!]*$",
    re.IGNORECASE,
)


def asked_about(text: str) -> str | None:
    """Return the phrase that a question asks about; None where none is asked.

    >>> asked_about("劝和促谈用英文怎么说？"), asked_about("请问“永不称霸”怎么翻译")
    ('劝和促谈', '永不称霸')
    >>> asked_about("How do you say 不结盟 in English?"), asked_about("nuncio 中文")
    ('不结盟', 'nuncio')
    >>> asked_about("“脱钩”和“去风险”有什么区别"), asked_about("何谓小院高墙？")
    ('脱钩”和“去风险', '小院高墙')
    >>> asked_about("劝和促谈"), asked_about("英文")
    (None, None)
    """
    whole = phrase = text.strip(_QUOTES + _MARKS)
    for _ in range(_ROUNDS):
        shorter = phrase
        if begins := _BEGINS.match(shorter):
            shorter = shorter[begins.end() :]
        if _may_end(shorter):
            shorter = _ENDS.sub("", shorter)
        shorter = shorter.strip(_QUOTES + _MARKS)
        if shorter in {phrase, ""}:
            break
        phrase = shorter
    return phrase if phrase != whole else None


def _may_end(text: str) -> bool:
    """Say whether a text may end as a question does, as far as its last word tells."""
    return not text.isascii() or text.rstrip(_LAST_MARKS).lower().endswith(_LAST_WORDS)

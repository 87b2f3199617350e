"""What a question asks about: the phrase in *how do you say 不结盟 in English*."""

import re
from typing import Final

_QUOTES: Final = " \t“”\"'‘’「」『』《》：:，,。."
_LANGUAGE: Final = "(?:英文|英語|英语|中文|汉语|漢語|华语|華語|国语|國語)"
_IN_ENGLISH: Final = "(?:in(?:to)? (?:english|chinese|mandarin))"
#: How somebody begins to ask, and how the question ends.
_BEGINS: Final = re.compile(
    r"(?:请问|請問|求助|请教|請教|什么叫|什麼叫|怎[样樣么麼]?[翻译譯]+|如何翻[译譯]"
    r"|请翻[译譯]|請翻譯"
    rf"|{_LANGUAGE}(?:里|裡|中)?的?"
    r"|(?:how (?:do|should|can|would|to) ?(?:you|i|we|one|they)? "
    r"?(?:say|translate|render)"
    r"|what(?:'s| is) the (?:english|chinese) (?:for|of|term for|word for)"
    r"|how(?:'s| is)"
    r"|(?:the )?(?:chinese|english) (?:term|word|translation|name) (?:for|of)"
    r"|(?:official )?translation (?:of|for)|meaning of|what does|what is|what's"
    r"|(?:please )?translate)(?=\W))[\s：:，,]*",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    rf"(?:\s*(?:[这這]个?[词詞]|一[词詞])?的?\s*(?:"
    rf"(?:[用在]?{_LANGUAGE}(?:里|裡|中)?)?(?:该|該|应该|應該|一般)?(?:怎么|怎麼|怎样|怎樣|如何|咋)"
    r"(?:说|說|译|譯|翻译|翻譯|翻|表达|表達|讲|講|写|寫|称呼|稱呼)(?:成[中英]文)?(?:比较好|比較好|好)?"
    rf"|(?:官方)?[译譯]法|(?:是)?(?:什么|什麼|啥)意思|是指什么|是指什麼|是什么|是什麼"
    rf"|{_LANGUAGE}的?(?:翻译|翻譯|表达|表達|表述|译法|譯法|译名|譯名|说法|說法|名称|名稱"
    r"|全称|全稱|缩写|縮寫|简称|簡稱)?"
    r"(?:是什么|是什麼|是啥|叫什么|叫什麼|有哪些)?|[翻译譯]+|翻译成英文"
    rf"|(?:所)?(?:对应|對應|相应|相應)的?{_LANGUAGE}"
    rf"|(?:put |rendered |translated |expressed )?{_IN_ENGLISH}"
    r"|mean(?:ing)?|official translation))[\s？?。.！!]*$",
    re.IGNORECASE,
)


def asked_about(text: str) -> str | None:
    """Return the phrase that a question asks about; None where none is asked.

    >>> asked_about("劝和促谈用英文怎么说？"), asked_about("请问“永不称霸”怎么翻译")
    ('劝和促谈', '永不称霸')
    >>> asked_about("How do you say 不结盟 in English?"), asked_about("nuncio 中文")
    ('不结盟', 'nuncio')
    >>> asked_about("劝和促谈"), asked_about("英文")
    (None, None)
    """
    whole = text.strip(_QUOTES + "？?！!")
    phrase = whole
    if begins := _BEGINS.match(phrase):
        phrase = phrase[begins.end() :]
    phrase = _ENDS.sub("", phrase).strip(_QUOTES + "？?！!")
    return phrase if phrase and phrase != whole else None

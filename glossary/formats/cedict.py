"""CC-CEDICT: `繁體 简体 [pin1 yin1] /gloss/gloss/`."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from glossary.formats.clue import fit, pieces_of
from glossary.formats.encoding import lines
from glossary.formats.identifier import identifier
from glossary.formats.pinyin import with_marks
from glossary.formats.record import (
    FileReading,
    Given,
    ReadOptions,
    Record,
    Refused,
    Remark,
)
from glossary.formats.table.alphabet import chinese_script
from glossary.message import N_, Message
from glossary.text import has_han

#: Before 2008 there was one form a line.
LINE: Final = re.compile(r"(\S+)(?:\s+(\S+))?\s+\[([^\]]*)\]\s+/(.*?)/?\s*")
#: A gloss that explains the word instead of rendering it.
_EXPLAINS: Final = re.compile(
    r"(?:\([^)]*\)\s*)*(?:CL:|surname\b|(?:\w+ )?variant of\b|see\b(?: also)? ?\W|"
    r"abbr\. (?:for|of|to)\b|also (?:written|called|pr\.|known as)|"
    r"Taiwan pr\.|used (?:in|as|to|for|before|after|with)\b|same as\b|"
    r"(?:classifier|particle|suffix|prefix|interjection) (?:for|used|indicating)\b|"
    r"(?:old|alternative|another|short) name (?:for|of)\b|(?:cf|e\.g|i\.e)\b)"
)
_LABEL: Final = re.compile(r"^(\([^()]*\))\s*(?=\S)|(?<=\S)\s+(\([^()]*\))$")
_SYNONYMS: Final = re.compile(r";\s+(?![^()]*\))")
#: A gloss longer than a term may be is a definition.
_LONGEST_TERM: Final = 500
_STEM: Final = re.compile(r"[^a-z0-9]+")


def read(stream: BinaryIO, options: ReadOptions) -> FileReading:
    """Read CC-CEDICT; a line that is no entry is refused.

    Glosses become English terms; those that explain become the definition, and
    measure words and other pronunciations the note.
    """
    texts = lines(stream, longest=options.limits.cell)
    return FileReading(
        _records(texts),
        {"繁體": "zh-Hant", "简体": "zh-Hans", "[pinyin]": "reading", "/gloss/": "en"},
    )


def _records(texts: Iterable[str]) -> Iterator[Given]:
    is_noted = False
    for line, text in enumerate(texts, start=1):
        if not text.strip() or text.startswith("#"):
            continue
        if match := LINE.fullmatch(text):
            first, second, numbered, glosses = match.groups()
            if second is None and not is_noted:
                is_noted = True
                message = Message(
                    N_(
                        "This is an old CEDICT with one form per line; its "
                        "script was told from the characters."
                    )
                )
                yield Remark(line, None, "old-cedict", message, text[:200], lost=False)
            yield Record(line, _entry(first, second, numbered, glosses), _COLUMNS)
        else:
            message = Message(
                N_("Line %(line)s is not “繁體 简体 [pin1 yin1] /gloss/”."), line=line
            )
            texts = fit([*text.split()[:2], *pieces_of(text)])
            yield Refused(
                line,
                None,
                "no-cedict-line",
                message,
                text[:200],
                texts=texts,
                guessed=True,
            )


_COLUMNS: Final = {
    "/terms/0/text": "简体",
    "/terms/1/text": "繁體",
    "/terms/0/reading": "[pinyin]",
    "/terms/1/reading": "[pinyin]",
    "/definition/en": "/gloss/",
    "/note": "/gloss/",
}


def _entry(
    traditional: str, simplified: str | None, numbered: str, glosses: str
) -> Any:
    reading = with_marks(numbered)
    forms = [("zh-Hans", simplified), ("zh-Hant", traditional)]
    if simplified is None:
        forms = [(chinese_script(traditional) or "zh-Hans", traditional)]
    terms: list[dict[str, str]] = [
        {"lang": lang, "text": form or "", "reading": reading} for lang, form in forms
    ]
    explained, noted, texts_there = [], [], set()
    for gloss in filter(None, map(str.strip, glosses.split("/"))):
        if gloss.startswith(("CL:", "Taiwan pr.", "also pr.")):
            noted.append(gloss)
        elif _EXPLAINS.match(gloss) or has_han(_bare(gloss)[0]):
            explained.append(gloss)
        else:
            for text, usage in map(_bare, _SYNONYMS.split(gloss)):
                if len(text) > _LONGEST_TERM:
                    explained.append(text)
                elif text and text not in texts_there:
                    texts_there.add(text)
                    terms.append({"lang": "en", "text": text, "usage": usage})
    entry: dict[str, Any] = {
        "id": _id(traditional, simplified or traditional, numbered),
        "terms": [{k: v for k, v in term.items() if v} for term in terms],
    }
    if explained:
        entry["definition"] = {"en": "; ".join(explained)}
    if noted:
        entry["note"] = "; ".join(noted)
    return entry


def _bare(gloss: str) -> tuple[str, str]:
    """Return a gloss without its labels, such as (idiom), and the labels."""
    text = gloss.strip()
    if "(" not in text:
        return text, ""
    labels = []
    while match := _LABEL.search(text):
        labels.append(match[1] or match[2])
        text = (text[: match.start()] + text[match.end() :]).strip()
    return text, " ".join(labels)


def _id(traditional: str, simplified: str, numbered: str) -> str:
    """Return an id that is the word's own: no other has these three together."""
    whole = f"{traditional} {simplified} [{numbered}]"
    digest = hashlib.blake2b(whole.encode(), digest_size=6).hexdigest()
    stem = _STEM.sub("-", numbered.replace("u:", "v").lower()).strip("-")[:60]
    return identifier(f"{stem}-{digest}".lstrip("-"), "c")

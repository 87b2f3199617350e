"""How much text one request may ask about, and how large its answer may become."""

from glossary.errors import TooLarge
from glossary.message import N_
from glossary.recognition import AnswerSize
from glossary.web import current


def answer_size() -> AnswerSize:
    """Return the size of an answer that is to be made, 0 yet."""
    return AnswerSize(current.settings().max_answer)


def take_texts(*, characters: int, count: int = 1) -> None:
    """Raise TooLarge for more texts than one request may have annotated."""
    _take(characters, current.settings().max_text, "GLOSSARY_MAX_TEXT")
    _take_several(count)


def take_pairs(*, characters: int, count: int = 1) -> None:
    """Raise TooLarge for more pairs than one request may have checked."""
    _take(characters, current.settings().max_check, "GLOSSARY_MAX_CHECK")
    _take_several(count)


def stream_is_too_large() -> TooLarge:
    """Return what to say where a stream has more bytes than it may have."""
    return TooLarge(
        N_("The body may have %(most)s bytes; split it, or raise %(setting)s."),
        most=current.settings().max_stream,
        setting="GLOSSARY_MAX_STREAM",
    )


def _take(characters: int, most: int, setting: str) -> None:
    if characters > most:
        raise TooLarge(
            N_(
                "The text has %(characters)s characters, and %(most)s are taken at a "
                "time; send it in parts, or raise %(setting)s."
            ),
            characters=characters,
            most=most,
            setting=setting,
        )


def _take_several(count: int) -> None:
    most = current.settings().max_texts
    if count > most:
        raise TooLarge(
            N_(
                "%(count)s texts are too many, %(most)s are taken at a time; send them "
                "in parts, or raise %(setting)s."
            ),
            count=count,
            most=most,
            setting="GLOSSARY_MAX_TEXTS",
        )

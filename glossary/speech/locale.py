"""Which language the reader wants, and our messages in it (Babel)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from gettext import NullTranslations
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from glossary import late
from glossary.message import Message
from glossary.text import canonical, primary, without_region

if TYPE_CHECKING:
    from babel import core, dates, numbers, support
    from babel.messages import mofile, pofile
else:
    core, dates, numbers, support, mofile, pofile = map(
        late,
        (
            "babel.core",
            "babel.dates",
            "babel.numbers",
            "babel.support",
            "babel.messages.mofile",
            "babel.messages.pofile",
        ),
    )

#: The languages of pages and messages; the first is the one messages are written in.
LOCALES: Final = ("en", "zh-Hans", "zh-Hant")
NAMES: Final = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}


def negotiate(tags: Iterable[str]) -> str:
    """Return the language for tags that a reader wants, the best first.

    `zh-CN` and `zh-SG` read Simplified Chinese, `zh-TW`, `zh-HK` and `zh-MO`
    Traditional: neither werkzeug nor Babel knows that by itself.

    >>> negotiate(["fr", "zh-CN", "en"]), negotiate(["en-GB"]), negotiate(["fr"])
    ('zh-Hans', 'en', 'en')
    """
    for tag in tags:
        tag_known = canonical(tag)
        if tag_known is None:
            continue
        for locale in LOCALES:
            if locale in {without_region(tag_known), primary(tag_known)}:
                return locale
    return LOCALES[0]


def best_read(
    labels: Mapping[str, str], locale: str, *, name: str = ""
) -> tuple[str, str]:
    """Return tag and text of what a reader reads best; else a name, in English.

    >>> best_read({"en": "Climate", "zh-Hans": "气候"}, "zh-Hant")
    ('zh-Hans', '气候')
    """
    near = (tag for tag in labels if primary(tag) == primary(locale))
    for tag in (locale, *near, "en", *labels):
        if labels.get(tag):
            return tag, labels[tag]
    return "en", name


@cache
def translations(locale: str) -> NullTranslations:
    """Return the catalogue of a language, read from its `.po` file."""
    if locale == LOCALES[0]:
        return NullTranslations()
    name = locale.replace("-", "_")
    source = files("glossary.locales") / name / "LC_MESSAGES" / "messages.po"
    catalog = pofile.read_po(io.BytesIO(source.read_bytes()), locale=name)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, catalog)
    compiled.seek(0)
    return support.Translations(compiled)


def say(text: str, locale: str) -> str:
    """Return a message in a language; text that is no message comes back as it is."""
    catalogue = translations(locale)
    if not isinstance(text, Message):
        return catalogue.gettext(text) if text else ""
    values = {
        name: say(value, locale) if isinstance(value, Message) else value
        for name, value in text.values.items()
    }
    template = catalogue.gettext(text.template)
    return template % values if values else template


def say_kept(document: Mapping[str, Any], locale: str) -> str:
    """Return a message that was kept as template and values, in a language."""
    return str(say(Message(document["template"], **document["values"]), locale))


def moment(value: str, locale: str) -> str:
    """Return an RFC 3339 time as people of this language write it, in UTC.

    >>> moment("2014-02-14T08:00:00.000Z", "zh-Hans")
    '2014年2月14日 08:00'
    """
    pattern = "yyyy年M月d日 HH:mm" if primary(locale) == "zh" else "d MMMM yyyy, HH:mm"
    return dates.format_datetime(
        datetime.fromisoformat(value), pattern, locale=_babel(locale)
    )


def day(value: str, locale: str) -> str:
    """Return the day of an RFC 3339 time as people of this language write it.

    >>> day("2014-02-14T08:00:00.000Z", "zh-Hans"), day("2014-02-14T08:00:00Z", "en")
    ('2014年2月14日', '14 February 2014')
    """
    pattern = "yyyy年M月d日" if primary(locale) == "zh" else "d MMMM yyyy"
    return dates.format_date(
        datetime.fromisoformat(value), pattern, locale=_babel(locale)
    )


def number(value: int, locale: str) -> str:
    """Return a whole number with this language's separators."""
    return numbers.format_decimal(value, locale=_babel(locale))


@lru_cache(maxsize=1024)
def name_of(tag: str, locale: str = "en") -> str:
    """Return the name of a language tag, in English; the tag itself when it has none.

    >>> name_of("en-GB"), name_of("zh"), name_of("xx")
    ('English (United Kingdom)', 'Chinese', 'xx')
    """
    try:
        return (
            core.Locale.parse(tag, sep="-").get_display_name(locale.replace("-", "_"))
            or tag
        )
    except (ValueError, core.UnknownLocaleError):
        return tag


def _babel(locale: str) -> core.Locale:
    return core.Locale.parse(locale.replace("-", "_"))

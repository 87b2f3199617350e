"""The languages we speak: messages for the reader, names for the words."""

from typing import TYPE_CHECKING

from glossary import door

if TYPE_CHECKING:
    from glossary.speech import locale
    from glossary.speech.locale import (
        LOCALES,
        NAMES,
        best_read,
        day,
        moment,
        name_of,
        negotiate,
        number,
        say,
        say_kept,
    )
    from glossary.speech.locators import for_scripts, locator
    from glossary.speech.registry import (
        names_of_languages,
        registered,
        usual_script,
    )
    from glossary.speech.words import FIELDS, WORDS

__all__ = [
    "FIELDS",
    "LOCALES",
    "NAMES",
    "WORDS",
    "best_read",
    "day",
    "for_scripts",
    "locale",
    "locator",
    "moment",
    "name_of",
    "names_of_languages",
    "negotiate",
    "number",
    "registered",
    "say",
    "say_kept",
    "usual_script",
]

door(__name__)

"""What the scripts of pages say: one file a language, the same for all pages.

Pages are drawn with their words in them and need no script. A script that draws more of
them takes the words of the data and its own sentences from this file, which a browser
keeps as long as it keeps the scripts.
"""

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Final

from glossary.entry import write
from glossary.message import N_, Message
from glossary.speech import LOCALES, WORDS, for_scripts, say

#: What a script says → the sentence, for translation. Values stand in braces there.
SENTENCES: Final = {
    "copied": N_("Copied: %(text)s"),
    "not copied": N_("The browser does not let this page copy."),
    "unreachable": N_("The server cannot be reached; press Enter to try again."),
    "offline": N_("You are offline: this is the copy of %(date)s."),
    "no copy": N_("There is no copy in this browser yet."),
    "copies": N_("A copy of %(count)s entries is kept, as of %(date)s."),
    "copy": N_("A copy of 1 entry is kept, as of %(date)s."),
    "nothing": N_("Nothing found for “%(q)s”."),
    "elsewhere": N_("Without the filters there are %(count)s."),
    "not in": N_("Nothing in %(places)s; %(count)s elsewhere"),
    "avoid": N_("not to be used: %(count)s"),
    "then": N_("in force then, until %(date)s"),
    "no document": N_("no document yet"),
    "document": N_("1 document"),
    "documents": N_("%(count)s documents"),
    "no terms": N_("No term in the glossary occurs in this text."),
    "terms": N_("Terms: %(count)s"),
    "alike": N_("The same wording appears in"),
    "read": N_("Records read: %(count)s"),
    "first ones": N_("These are the first ones; the rest is in the download."),
    "sending": N_("The file is being sent."),
    "sure": N_("Yes, retire the entry that is not in the file."),
    "surely": N_("Yes, retire the %(count)s entries that are not in the file."),
    "my rendering": N_("My rendering"),
    "my note": N_("My note"),
    "keep no more": N_("Remove from my glossary"),
    "nothing here": N_("There is nothing here."),
    "comma": N_(", "),
    "colon": N_(": "),
    "listed": N_("%(one)s, %(other)s"),
    "in brackets": N_("%(what)s (%(how)s)"),
}
_VALUE: Final = re.compile(r"%\((\w+)\)s")
_NAME: Final = re.compile(rf"words\.({'|'.join(LOCALES)})\.js")


@cache
def script(locale: str) -> bytes:
    """Return the file of a language: a script that lets the others find its words."""
    words = {name: str(say(text, locale)) for name, text in WORDS.items()}
    sentences = {}
    for name, template in SENTENCES.items():
        values = {value: f"{{{value}}}" for value in _VALUE.findall(template)}
        sentences[name] = str(say(Message(template, **values), locale))
    both = {"words": words, "sentences": sentences}
    plain = write({**both, "locators": for_scripts(locale)})
    return b"globalThis.wording = " + plain + b";\n"


def script_called(filename: str) -> bytes | None:
    """Return the file of this name, as it stands beside the static ones, if it is one.

    >>> script_called("words.en.js")[:19], script_called("words.js")
    (b'globalThis.wording ', None)
    """
    match = _NAME.fullmatch(filename)
    return script(match[1]) if match else None


def digest() -> bytes:
    """Return what is another one when a word or a translation is another one."""
    total = hashlib.sha256(repr((WORDS, SENTENCES)).encode())
    for locale in LOCALES[1:]:
        catalogue = files("glossary.locales") / locale.replace("-", "_")
        total.update((catalogue / "LC_MESSAGES" / "messages.po").read_bytes())
    return total.digest()

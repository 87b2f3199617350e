"""What text settings must be like, and how that is said."""

import re
from typing import Final

from glossary.message import N_

#: What a text setting must be like, and how that is said.
HOST: Final = re.compile(r"[^\s/]+"), N_("the name or the number of an address")
NAMED: Final = (
    re.compile(r"[a-z][a-z0-9-]{0,99}"),
    N_("letters a-z, digits and hyphens"),
)
SERVER: Final = (
    re.compile(r"https?://[^\s/?#]+[^\s?#]*", re.IGNORECASE),
    N_("an address that begins with http:// or https://"),
)
MAYBE_SERVER: Final = (re.compile(f"|{SERVER[0].pattern}", re.IGNORECASE), SERVER[1])
MAIL_SERVER: Final = (
    re.compile(r"|smtp(s|\+tls)?://[^\s/]+"),
    N_("an address that begins with smtp://, smtp+tls:// or smtps://"),
)
ORIGINS: Final = (
    re.compile(r"|\*|https?://[^\s/?#*]+( https?://[^\s/?#*]+)*", re.IGNORECASE),
    N_("sites such as https://example.org, separated by spaces, or *"),
)
SECRET: Final = re.compile("[!-~]*"), N_("ASCII letters, digits and signs, no space")
ANY: Final = re.compile(r"[^\x00-\x1f]*"), N_("text on one line")
SOME: Final = re.compile(r"[^\x00-\x1f]*[^\x00-\x20][^\x00-\x1f]*"), N_("a text")
RATE: Final = (
    re.compile(r"|[1-9]\d{0,8}/(second|minute|hour|day)"),
    N_("a number per second, minute, hour or day, such as 600/minute, or nothing"),
)
LOG: Final = re.compile("text|json"), N_("text or json")

"""Names that fit our rule for ids, made from the names that other tools use."""

import re
import unicodedata
from hashlib import sha256
from typing import Final

from glossary.text import derived, has_han

#: Characters of an id, the most that the schema of an entry takes.
_LONGEST: Final = 100
_FITS: Final = re.compile(r"[a-z][a-z0-9-]{0,99}")
_TOLERATED: Final = re.compile(r"[\w .:/,;&()'-]+", re.ASCII)


def fits(text: str) -> bool:
    """Say whether a text is an id as it stands."""
    return _FITS.fullmatch(text) is not None


def identifier(text: str, prefix: str) -> str:
    """Return the id for another tool's name: always the same one for the same name.

    `prefix` goes before what does not begin with a letter. A name that loses more
    than case and punctuation on the way gets a digest, so that two such names do
    not fall together.

    >>> [identifier(name, "c") for name in ("123", "IATE-7", "2_76365", "peace")]
    ['c123', 'iate-7', 'c2-76365', 'peace']
    """
    if fits(text):
        return text
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if not slug[:1].isalpha():
        slug = prefix + slug
    if _TOLERATED.fullmatch(text) and len(slug) <= _LONGEST:
        return slug.rstrip("-") or prefix
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    head = slug[: _LONGEST - len(digest) - 1].rstrip("-")
    return f"{head}-{digest}"


def subject_id(name: str) -> str:
    """Return the id of a subject field: of a Chinese name its pinyin, and a digest.

    法治 and 法制 sound the same; the digest tells them apart.

    >>> subject_id("外交"), subject_id("Human rights"), subject_id("diplomacy")
    ('waijiao-222a', 'human-rights', 'diplomacy')
    """
    if not has_han(name):
        return identifier(name, "subject-")
    sound = unicodedata.normalize("NFKD", derived(name).replace("ü", "v"))
    plain = sound.encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "", plain)[: _LONGEST - 20]
    head = slug if slug[:1].isalpha() else f"subject-{slug}"
    digest = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:4]
    return f"{head}-{digest}".replace("--", "-")

"""What a file says of itself, and how it is read from a file of any format."""

import io
import zipfile

from glossary.entry import Glossary
from glossary.formats import Imprint

MADE = Imprint(
    glossaries=(
        Glossary(
            "mfa",
            {"en": "Terms & <phrases> -- of talks", "zh-Hans": "外交用语"},
            publisher="Office; of\tterms",
            licence="CC-BY-4.0",
            release="2026.11",
        ),
    ),
    revision="0123abcd-12",
    date="2026-11-28",
)


def text_of(name: str, file: bytes) -> str:
    """Return all that a file says as text."""
    if name == "dsl":
        return file.decode("utf-16")
    if not file.startswith(b"PK"):
        return file.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(file)) as book:
        return "".join(
            book.read(each).decode(errors="replace") for each in book.namelist()
        )

"""Style, scripts and pictures under an address that changes when they do."""

import hashlib
from importlib.resources import files
from typing import Final

from glossary.web import wording

#: A year: what has another content has another address.
FOR_LONG: Final = 31_536_000


def address() -> str:
    """Return where the static files stand: a path with a digest of them all."""
    digest = hashlib.sha256(wording.digest())
    folder = files("glossary.web") / "static"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        digest.update(file.name.encode() + file.read_bytes())
    return f"/static/{digest.hexdigest()[:12]}"

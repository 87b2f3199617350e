"""A glossary as a web site of plain files, which any server, or a folder, can show."""

from glossary.formats.website.pages import write

__all__ = ["write"]

"""What the site needs beside its pages: files of the project that they lead to.

MkDocs knows one folder; links out of it (`../README.md`, `../deploy/Caddyfile`) lead to
copies under `project/`. A Chinese page that is behind its original says so at its head.
"""

import posixpath
import re
import unicodedata
from pathlib import Path
from typing import Any, Final

from mkdocs.structure.files import File, Files

from docs.site.translations import behind

ROOT: Final = Path(__file__).parents[2]
_LINK: Final = re.compile(r"\]\((?!\w+:|#)([^)\s#]+)")
_BEHIND: Final = (
    '!!! warning "本页落后于英文原文"\n    英文原文在翻译之后有改动，以英文为准。\n\n'
)


def on_files(files: Files, config: Any) -> Files:
    """Add the files of the project that pages, and those files, lead to."""
    pages = [*ROOT.glob("*.md")]
    pages += [Path(each.abs_src_path or "") for each in files.documentation_pages()]
    wanted = {*ROOT.glob("*.md")}
    for page in pages:
        for target in _LINK.findall(page.read_text("utf-8")):
            place = (page.parent / target).resolve()
            if not place.is_relative_to(config.docs_dir) and place.is_file():
                wanted.add(place)
    for place in sorted(wanted):
        uri = f"project/{place.relative_to(ROOT).as_posix()}"
        if place.suffix == ".md":
            files.append(File.generated(config, uri, content=_inward(place)))
        else:
            files.append(File.generated(config, uri, abs_src_path=str(place)))
    return files


def _inward(place: Path) -> str:
    """Return a page of the project with links that hold under `project/`."""

    def moved(link: re.Match[str]) -> str:
        inside = link[1].removeprefix("docs/")
        return f"](../{inside}" if inside != link[1] else link[0]

    return _LINK.sub(moved, place.read_text("utf-8"))


def on_page_markdown(markdown: str, page: Any, config: Any, **_: Any) -> str:
    """Lead links out of the folder to the copies; warn where a page is behind."""
    folder = posixpath.dirname(page.file.src_uri)

    def moved(link: re.Match[str]) -> str:
        place = posixpath.normpath(posixpath.join(config.docs_dir, folder, link[1]))
        if place.startswith(f"{config.docs_dir}/"):
            return link[0]
        inside = posixpath.relpath(place, ROOT)
        return f"]({posixpath.relpath(f'project/{inside}', folder or '.')}"

    if not page.file.src_uri.startswith("project/"):
        markdown = _LINK.sub(moved, markdown)
    is_behind = page.file.src_uri in {f"zh-Hans/{each}" for each in behind()}
    return (_BEHIND if is_behind else "") + markdown


def slug(text: str, separator: str) -> str:
    """Return the anchor of a heading as GitHub makes it, which links go by."""
    kept = [
        letter
        for letter in unicodedata.normalize("NFC", text).strip().lower()
        if letter.isalnum() or letter in " -_"
    ]
    return "".join(kept).replace(" ", separator)

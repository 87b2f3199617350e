"""Formats that only go out: for engines of translation, and for readers.

So do the narrower dialects of TBX 3: `tbx3` reads every dialect.
"""

from functools import partial
from typing import TYPE_CHECKING, Final

from glossary import late_functions
from glossary.formats.record import Format
from glossary.formats.tbx.frame import CORE, MIN, TbxVersion
from glossary.message import N_

if TYPE_CHECKING:
    from glossary.formats import anki, booklet, engines, lexica, vale, website
    from glossary.formats.tbx import write as tbx

late_functions(__name__)


def _dialect(name: str, version: TbxVersion) -> Format:
    return Format(
        name=name,
        label=f"{version.dialect} (ISO 30042:2019)",
        suffixes=(".tbx",),
        media_type="application/x-tbx+xml",
        write=partial(tbx.write, version=version),
        directed=partial(tbx.write_directed, version=version),
        nouns=True,
    )


#: TBX 3 for programs that take only what one of its smaller dialects has.
DIALECTS: Final = (_dialect("tbx-min", MIN), _dialect("tbx-core", CORE))

#: Lists of pairs for machine translation.
ENGINES: Final = (
    Format(
        name="google",
        imprinted=False,
        label="Google Translate",
        suffixes=(".csv",),
        media_type="text/csv",
        write=engines.write_google,
        directed=engines.write_google,
    ),
    Format(
        name="aws",
        imprinted=False,
        label="Amazon Translate",
        suffixes=(".csv",),
        media_type="text/csv",
        write=engines.write_amazon,
        directed=engines.write_amazon,
    ),
    Format(
        name="azure",
        imprinted=False,
        label="Azure Translator",
        suffixes=(".tsv",),
        media_type="text/tab-separated-values",
        write=engines.write_azure,
        directed=engines.write_azure,
    ),
    Format(
        name="immersive",
        imprinted=False,
        label="Immersive Translate",
        suffixes=(".csv",),
        media_type="text/csv",
        write=engines.write_immersive,
        directed=engines.write_immersive,
    ),
    Format(
        name="qwen",
        imprinted=False,
        label="Qwen-MT",
        suffixes=(".json",),
        media_type="application/json",
        write=engines.write_qwen,
        directed=engines.write_qwen,
    ),
)
#: Dictionaries, booklets, cards, a site and a style for prose.
READERS: Final = (
    Format(
        name="dsl",
        lean=True,
        label="Lingvo DSL (GoldenDict)",
        suffixes=(".dsl",),
        media_type="application/x-dsl",
        write=lexica.write_dsl,
        directed=lexica.write_dsl,
    ),
    Format(
        name="stardict",
        lean=True,
        label="StarDict",
        suffixes=(".stardict.zip",),
        media_type="application/zip",
        write=lexica.write_stardict,
        directed=lexica.write_stardict,
    ),
    Format(
        name="docx",
        lean=True,
        label="Word",
        suffixes=(".docx",),
        media_type=(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ),
        write=booklet.write_docx,
        directed=booklet.write_docx,
        nouns=True,
        described=True,
    ),
    Format(
        name="html",
        lean=True,
        label="HTML",
        suffixes=(".html",),
        media_type="text/html",
        write=booklet.write_html,
        directed=booklet.write_html,
        nouns=True,
        described=True,
    ),
    Format(
        name="anki",
        lean=True,
        label="Anki",
        suffixes=(".apkg",),
        media_type="application/vnd.anki",
        write=anki.write,
        directed=anki.write,
    ),
    Format(
        name="site",
        lean=True,
        label=N_("Website"),
        suffixes=(".site.zip",),
        media_type="application/zip",
        write=website.write,
        nouns=True,
        described=True,
    ),
    Format(
        name="vale",
        label="Vale",
        suffixes=(".vale.zip",),
        media_type="application/zip",
        write=vale.write,
    ),
)

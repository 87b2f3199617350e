"""What proves a wording, as pages show it: how many documents, of which years."""

from collections.abc import Iterable, Mapping, Sequence

from glossary.entry import Source, years
from glossary.message import N_, Message
from glossary.speech import say
from glossary.text import primary
from glossary.web import current
from glossary.web.pages.frame import best, pages, whose


@pages.app_template_global("documents_and_years")
def documents_and_years(documents: Sequence[str], sources: Mapping[str, Source]) -> str:
    """Say how many documents there are, and of which years: 3 documents 2017–2023."""
    count = len(documents)
    all_years = years(documents, sources)
    template = N_("1 document") if count == 1 else N_("%(count)s documents")
    text = say(Message(template, count=count), current.locale())
    return f"{text} {spanned(all_years)}" if all_years else text


@pages.app_template_global("cite")
def cite(name: str, sources: Mapping[str, Source]) -> tuple[str, str]:
    """Return the language and the name of a source, with issuer and date if known."""
    source = sources.get(name)
    if source is None:
        return "en", name
    tag, title = best(source.title, source.id)
    issuer = whose(source.issuer)[1] if source.issuer else None
    comma = "，" if primary(tag) == "zh" else ", "
    return tag, comma.join(filter(None, [issuer, title, source.symbol, source.date]))


def spanned(numbers: Iterable[int]) -> str:
    """Return years as one, or from the first to the last."""
    years = sorted(numbers)
    return "–".join(dict.fromkeys([str(years[0]), str(years[-1])])) if years else ""

"""Commands that read: look a phrase up, print an entry."""

import sys
import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import click

from glossary import config, late
from glossary.cli.printing import issuer_names, print_entry, print_hit, word
from glossary.cli.root import LOCALE, Failure, _, as_json, log, main, print_json, store
from glossary.entry import Glossary, is_draft
from glossary.lookup import Answer, Vectors, embed
from glossary.lookup import lookup as find
from glossary.message import N_, Message
from glossary.query import Filters, Query
from glossary.speech import best_read
from glossary.store import Store
from glossary.text import has_han, primary

if TYPE_CHECKING:
    from glossary import schema
else:
    schema = late("glossary.schema")

#: Seconds between two words about work that takes long.
_TOLD: Final = 10.0
#: What stands beside the answers, and its heading.
_BESIDE = (("known-parts", N_("Known parts:")), ("similar", N_("Only similar:")))


@main.command(help=_("Look up phrases in Chinese or English; “-” reads one per line."))
@click.argument("q", nargs=-1, required=True)
@click.option("--from", "from_", help=_("Language of the query."))
@click.option("--to", help=_("Language to translate into."))
@click.option("--glossary", help=_("Search only this glossary."))
@click.option("--glossaries", help=_("Search only these glossaries, as a,b."))
@click.option("--subject", help=_("Search only this subject."))
@click.option(
    "--state", help=_("Only drafts (draft) or only approved entries (approved).")
)
@click.option(
    "--proof", help=_("Only entries with this proof: pair, both, one or none.")
)
@click.option("--as-of", help=_("Put the rendering in force at this time first."))
@click.option("--issuer", help=_("Put the renderings of this issuer first."))
@click.option("--tier", help=_("Lowest tier of match to return."))
@click.option("--limit", type=int, help=_("Maximum number of entries."))
@click.option("--field", help=_("Field to search: term, definition, note or all."))
@as_json
@click.pass_context
def lookup(
    ctx: click.Context, /, q: tuple[str, ...], *, as_json: bool, **options: Any
) -> None:
    """Print the hits; exit with 1 when one of the queries has no answer."""
    options["from"] = options.pop("from_")
    values = {name: value for name, value in options.items() if value is not None}
    is_own_script = not (as_json or {"from", "to"} & values.keys())
    texts = _lines() if q == ("-",) else list(q)
    queries = [_query(text, values, own=is_own_script) for text in texts]
    store_here = store()
    settings = config.settings()
    how: dict[str, Any] = {"candidates": settings.candidates}
    if settings.embeddings:
        how["meaning"] = Vectors(settings.embeddings)
    answers, issuer_name = [], issuer_names(store_here)
    with store_here.snapshot():
        now = store_here.moment()
        for query in queries:
            answer = find(store_here, query, **how)
            answers.append(answer)
            if not as_json:
                places = _places(store_here, query.filters) if answer.elsewhere else ""
                _print(answer, places, issuer_name, with_name=len(queries) > 1)
                # Who says how many are wanted knows that there may be more.
                if answer.more and "limit" not in values:
                    log(_(N_("There are more; --limit sets how many are shown.")))
    if as_json and len(answers) == 1:
        print_json(answers[0].plain(now))
    elif as_json:
        plain = [answer.plain() for answer in answers]
        print_json({**now._asdict(), "answers": plain})
    if not all(answer.answers for answer in answers):
        ctx.exit(1)


def _query(text: str, options: dict[str, Any], *, own: bool) -> Query:
    """Return what is asked; raise Invalid with every rule that it breaks.

    A phrase that is plainly sound, without options, needs no schema: a fifth of the
    time of a cold look-up is that of validation that has nothing to say.
    """
    languages = _languages(text, own=own)
    phrase = unicodedata.normalize("NFC", text).strip()
    is_of_length = 0 < len(phrase) <= config.settings().max_query
    if not options and is_of_length and phrase.isprintable():
        return Query(phrase, to=languages.get("to"))
    query: Query = schema.load(
        schema.LookupQuery(), {"q": text, **options, **languages}
    )
    return query


def _languages(text: str, *, own: bool) -> dict[str, str]:
    """Return in which script a reader of Chinese has the answer to an English query."""
    return (
        {"to": LOCALE} if own and primary(LOCALE) == "zh" and not has_han(text) else {}
    )


def _lines() -> list[str]:
    """Return the queries that standard input has, one in each line."""
    return [line.strip() for line in sys.stdin if line.strip()]


def _places(store_here: Store, filters: Filters) -> str:
    """Return what the glossaries and the subject are called that are looked in.

    It is nothing where something else is asked of the entries too.
    """
    if filters.state or filters.proof:
        return ""
    labels = {noun.id: noun.title for noun in store_here.nouns.all(Glossary)}
    names = sorted(filters.glossaries)
    if filters.subject:
        labels |= {noun.id: noun.label for noun, _ in store_here.subjects()}
        names.append(filters.subject)
    return ", ".join(best_read(labels.get(n, {}), LOCALE, name=n)[1] for n in names)


def _print(
    answer: Answer, places: str, issuer_name: Callable[[str], str], *, with_name: bool
) -> None:
    """Print what answers a query, and what stands beside it."""
    if with_name:
        click.echo(f"# {answer.q}")
    for hit in answer.answers:
        print_hit(hit, issuer_name)
    if not answer.answers:
        log(_(Message(N_("Nothing found for “%(q)s”."), q=answer.q)))
    _print_elsewhere(answer, places)
    for block, heading in _BESIDE:
        if hits := answer.of(block):
            click.echo(f"\n{_(heading)}")
            for hit in hits:
                print_hit(hit, issuer_name)
    for term in answer.did_you_mean:
        draft = f" · {word('draft')}" if is_draft(term.state) else ""
        template = Message(N_("Did you mean: %(text)s"), text=term.text + draft)
        log(_(template))


def _print_elsewhere(answer: Answer, places: str) -> None:
    """Say what the filters left out."""
    if answer.elsewhere:
        template = N_("Without the filters there are %(count)s.")
        if places:
            template = N_("Nothing in %(places)s; %(count)s elsewhere")
        log(_(Message(template, places=places, count=answer.elsewhere)))


def _progress() -> Callable[[int, int], None]:
    """Return what says at times how many entries of how many have been embedded."""
    due = monotonic() + _TOLD

    def tell(count: int, number: int) -> None:
        nonlocal due
        if monotonic() > due:
            due += _TOLD
            template = N_("Embedded so far: %(count)s of %(number)s.")
            log(_(Message(template, count=count, number=number)))

    return tell


@main.command(
    "embed",
    help=_("Build the file that “did you mean” uses to find phrases by meaning."),
)
@as_json
def embed_(*, as_json: bool) -> None:
    """Bring the file that GLOSSARY_EMBEDDINGS names up to date with the store."""
    path = config.settings().embeddings
    if not path:
        raise Failure(2, _(N_("Set GLOSSARY_EMBEDDINGS to the file to write.")))
    totals = embed(store(), path, tell=_progress())
    if as_json:
        print_json(asdict(totals))
        return
    template = N_("Entries embedded: %(made)s; unchanged: %(kept)s; in %(path)s.")
    click.echo(_(Message(template, path=path, **asdict(totals))))


@main.command(help=_("List the look-ups that found nothing, most frequent first."))
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=100,
    help=_("Maximum number of look-ups to list."),
)
@as_json
def missed(*, limit: int, as_json: bool) -> None:
    """Print how often which query found nothing."""
    rows = store().missed(limit=limit)
    if as_json:
        print_json({"items": [{"q": q, "count": n} for q, n in rows]})
    else:
        for q, n in rows:
            click.echo(f"{n:>6}  {q}")


@main.command(help=_("Print one entry."))
@click.argument("entry_id", metavar="ID")
@as_json
def show(entry_id: str, *, as_json: bool) -> None:
    """Print an entry with all its terms."""
    entry = store().entry(entry_id)
    if as_json:
        print_json(entry)
    else:
        print_entry(entry, issuer_names(store()))

"""Commands that read: look a phrase up, print an entry."""

from typing import Any

import click

from glossary import config, errors
from glossary.cli.printing import print_entry, print_hit
from glossary.cli.root import _, as_json, log, main, print_json, store
from glossary.errors import Message
from glossary.lookup import Answer
from glossary.lookup import lookup as find
from glossary.schema import LookupQuery, load


@main.command(help=_("Look a phrase up, in Chinese or English."))
@click.argument("q", nargs=-1, required=True)
@click.option("--from", "from_", help=_("Language of the query."))
@click.option("--to", help=_("Language wanted."))
@click.option("--glossary", help=_("Look in this glossary only."))
@click.option("--subject", help=_("Look in this subject field only."))
@click.option("--as-of", help=_("Lead with the rendering in force at this time."))
@click.option("--issuer", help=_("Lead with the renderings of this issuer."))
@click.option("--tier", help=_("The lowest tier wanted."))
@click.option("--limit", type=int, help=_("How many entries at most."))
@as_json
@click.pass_context
def lookup(
    ctx: click.Context, /, q: tuple[str, ...], *, as_json: bool, **asked: Any
) -> None:
    """Print the hits; exit with 1 when there are none."""
    asked["from"] = asked.pop("from_")
    given = {name: value for name, value in asked.items() if value is not None}
    query = load(LookupQuery(), {"q": " ".join(q), **given})
    opened = store()
    answer = find(opened, query, candidates=config.settings().candidates)
    if as_json:
        print_json(_answered(answer, opened.revision()))
    for hit in () if as_json else answer.hits:
        print_hit(hit)
    if not answer.hits:
        log(_(Message(errors.N_("Nothing found for “%(q)s”."), q=answer.q)))
        ctx.exit(1)


@main.command(help=_("Print one entry."))
@click.argument("entry_id", metavar="ID")
@as_json
def show(entry_id: str, *, as_json: bool) -> None:
    """Print an entry with all its terms."""
    entry = store().entry(entry_id)
    if as_json:
        print_json(entry)
    else:
        print_entry(entry)


def _answered(answer: Answer, revision: int) -> dict[str, object]:
    echo = {"q": answer.q, "from": answer.from_, "to": answer.to}
    return {"query": echo, "revision": revision, "hits": answer.hits}

"""Commands that read: look a phrase up, print an entry."""

from typing import Any

import click

from glossary import config
from glossary.cli.printing import print_entry, print_hit, word
from glossary.cli.root import _, as_json, log, main, print_json, store
from glossary.lookup import lookup as find
from glossary.message import N_, Message
from glossary.schema import LookupQuery, load

#: What stands beside the answers, and its heading.
_BESIDE = (("known-parts", N_("Known in it:")), ("similar", N_("Only similar:")))


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
@click.option("--field", help=_("Look in: term, definition, note, or all of these."))
@as_json
@click.pass_context
def lookup(
    ctx: click.Context, /, q: tuple[str, ...], *, as_json: bool, **asked: Any
) -> None:
    """Print the hits; exit with 1 when none answers the query."""
    asked["from"] = asked.pop("from_")
    given = {name: value for name, value in asked.items() if value is not None}
    query = load(LookupQuery(), {"q": " ".join(q), **given})
    opened = store()
    with opened.snapshot() as revision:
        answer = find(opened, query, candidates=config.settings().candidates)
    if as_json:
        print_json(answer.plain(revision))
    for hit in () if as_json else answer.answers:
        print_hit(hit)
    if not answer.answers:
        log(_(Message(N_("Nothing found for “%(q)s”."), q=answer.q)))
    for block, heading in () if as_json else _BESIDE:
        if hits := answer.of(block):
            click.echo(f"\n{_(heading)}")
            for hit in hits:
                print_hit(hit)
    if not answer.answers:
        for term in answer.did_you_mean:
            draft = f" · {word(term.state)}" if term.state == "draft" else ""
            said = Message(N_("Did you mean: %(text)s"), text=term.text + draft)
            log(_(said))
        ctx.exit(1)


@main.command(help=_("List the look-ups that found nothing, the most frequent first."))
@click.option(
    "--limit", type=click.IntRange(1), default=100, help=_("How many at most.")
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
        print_entry(entry)

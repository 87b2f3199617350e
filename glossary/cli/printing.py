"""Nouns as a person reads them in a terminal."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from glossary import late
from glossary.cli.root import LOCALE, _, console
from glossary.config import wants_colour
from glossary.entry import Dated, Entry, Hit, Term, is_draft, label, proof
from glossary.message import N_, Message
from glossary.speech import WORDS, best_read
from glossary.text import dotted, primary

if TYPE_CHECKING:
    from rich import table as tables
    from rich import text as rich_text

    from glossary.store import Store
else:
    tables, rich_text = map(late, ("rich.table", "rich.text"))


def word(name: str) -> str:
    """Return what a word of the data is called."""
    return _(WORDS.get(name, name))


def print_table(table: "tables.Table", *, stderr: bool = False) -> None:
    """Print a table with every cell whole: Chinese breaks anywhere, and is not cut."""
    for column in table.columns:
        column.overflow = "fold"
    console(stderr=stderr).print(table)


def issuer_names(store_here: "Store") -> Callable[[str], str]:
    """Return what gives an issuer, by any of its names, the one that readers read.

    Entries name issuers in English, so a reader of English needs no look at the store.
    """
    if primary(LOCALE) == "en":
        return str

    def issuer_name(text: str) -> str:
        issuer = store_here.issuers.of(text)
        return best_read(issuer.names, LOCALE, name=text)[1] if issuer else text

    return issuer_name


def print_hit(hit: Hit, issuer_name: Callable[[str], str] = str) -> None:
    """Print a hit with its equivalents; `issuer_name` gives the name of an issuer."""
    # What stands in the query does not contain it, as other hits of its tier do.
    tier = [] if "contained" in hit.via else [hit.tier]
    why = ", ".join(map(word, (*tier, *hit.via)))
    head = click.style(dotted(hit.term.text), bold=True)
    if hit.term.status != "preferred":
        head += _coloured(f"  {word(hit.term.status)}", "yellow")
    head += _dim(f"  {why} · {proved(hit.proof, len(hit.proved_by))}")
    if is_draft(hit.state):
        head += _coloured(f"  {word('draft')}", "yellow")
    click.echo(head)
    if hit.block == "similar":
        click.echo(_differing(hit))
    if hit.use:
        message = Message(N_("use instead: %(text)s"), text=dotted(hit.use[0].text))
        click.echo(_coloured(f"  → {_(message)}", "yellow"))
    for term in hit.equivalents:
        click.echo(f"  {dotted(term.text)}{_dim(facts(term, issuer_name))}")


def _dim(text: str) -> str:
    return click.style(text, dim=True)


def _coloured(text: str, colour: str) -> str:
    """Return a text in a colour, unless the reader wants none (no-color.org)."""
    return click.style(text, fg=colour) if wants_colour() else text


def _differing(hit: Hit) -> str:
    """Return the query and the term in one, what only one of them has marked."""
    line = "  "
    for piece in hit.difference:
        mark = {"query": "[-%s-]", "term": "{+%s+}"}.get(piece.side)
        colour = {"query": "red", "term": "green"}.get(piece.side, "")
        line += _coloured(mark % piece.text, colour) if mark else piece.text
    return line


def proved(state: str, documents: int) -> str:
    """Return what is proved of an entry, and by how many documents as a pair."""
    count = Message(N_("documents: %(count)s"), count=documents)
    return f"{word(state)} · {_(count)}" if documents else word(state)


def facts(term: Term, issuer_name: Callable[[str], str] = str) -> str:
    """Return a term's status, issuer and period; what was in force then is said so."""
    period = label(term.since, term.until)
    status = word(term.status)
    is_right_then = isinstance(term, Dated) and term.in_force == "yes"
    if is_right_then and term.status == "superseded":
        template = N_("in force then, until %(date)s")
        status = _(Message(template, date=term.until))
    parts = (status, issuer_name(term.issuer) if term.issuer else "", period)
    return "  " + " · ".join(filter(None, parts))


def print_entry(entry: Entry, issuer_name: Callable[[str], str] = str) -> None:
    """Print an entry with all its terms; `issuer_name` gives the name of an issuer."""
    out = console(stderr=False)
    state, documents = proof(entry)
    about = f"{word(entry.state)} · {proved(state, len(documents))}"
    out.print(
        rich_text.Text(entry.id, style="bold"), rich_text.Text(about, style="dim")
    )
    if entry.checked:
        last_check = Message(N_("last checked %(date)s"), date=entry.checked.date)
        out.print(
            rich_text.Text(
                "  " + " · ".join(filter(None, (_(last_check), entry.checked.by)))
            )
        )
    for text in entry.definition.values():
        out.print(rich_text.Text(f"  {text}"))
    table = tables.Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for term in entry.terms:
        about = facts(term, issuer_name).strip()
        cells = (term.lang, dotted(term.text), about, term.reading or "")
        table.add_row(*map(rich_text.Text, cells))
    print_table(table)

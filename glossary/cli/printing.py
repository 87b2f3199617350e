"""Nouns as a person reads them in a terminal."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.text import Text

from glossary import late
from glossary.cli.root import LOCALE, _, console
from glossary.entry import Dated, Entry, Hit, Term, is_draft, label, proof
from glossary.message import N_, Message
from glossary.speech import WORDS, best_read
from glossary.text import dotted, primary

if TYPE_CHECKING:
    from rich import table as tables

    from glossary.store import Store
else:
    tables = late("rich.table")


def word(name: str) -> str:
    """Return what a word of the data is called."""
    return _(WORDS.get(name, name))


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
    out = console(stderr=False)
    # What stands in the query does not contain it, as other hits of its tier do.
    tier = [] if "contained" in hit.via else [hit.tier]
    why = ", ".join(map(word, (*tier, *hit.via)))
    head = Text(dotted(hit.term.text), style="bold")
    if hit.term.status != "preferred":
        head.append(f"  {word(hit.term.status)}", style="yellow")
    head.append(f"  {why} · {proved(hit.proof, len(hit.proved_by))}", style="dim")
    if is_draft(hit.state):
        head.append(f"  {word('draft')}", style="yellow")
    out.print(head)
    if hit.block == "similar":
        out.print(_differing(hit))
    if hit.use:
        message = Message(N_("use instead: %(text)s"), text=dotted(hit.use[0].text))
        out.print(Text(f"  → {_(message)}", style="yellow"))
    for term in hit.equivalents:
        out.print(
            Text("  ")
            .append(dotted(term.text))
            .append(facts(term, issuer_name), style="dim")
        )


def _differing(hit: Hit) -> Text:
    """Return the query and the term in one, what only one of them has marked."""
    line = Text("  ")
    for piece in hit.difference:
        mark = {"query": "[-%s-]", "term": "{+%s+}"}.get(piece.side, "%s")
        style = {"query": "red", "term": "green"}.get(piece.side, "")
        line.append(mark % piece.text, style=style)
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
    out.print(Text(entry.id, style="bold"), Text(about, style="dim"))
    if entry.checked:
        last_check = Message(N_("last checked %(date)s"), date=entry.checked.date)
        out.print(
            Text("  " + " · ".join(filter(None, (_(last_check), entry.checked.by))))
        )
    for text in entry.definition.values():
        out.print(Text(f"  {text}"))
    table = tables.Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for term in entry.terms:
        about = facts(term, issuer_name).strip()
        cells = (term.lang, dotted(term.text), about, term.reading or "")
        table.add_row(*map(Text, cells))
    out.print(table)

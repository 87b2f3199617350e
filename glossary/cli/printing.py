"""Nouns as a person reads them in a terminal."""

from rich.table import Table
from rich.text import Text

from glossary.cli.root import _, console
from glossary.entry import Entry, Hit, Term, label
from glossary.message import N_, Message
from glossary.speech import WORDS
from glossary.text import dotted


def word(name: str) -> str:
    """Return what a word of the data is called."""
    return _(WORDS.get(name, name))


def print_hit(hit: Hit) -> None:
    """Print a hit with its equivalents."""
    out = console(stderr=False)
    why = ", ".join([word(hit.tier), *map(word, hit.via)])
    head = Text(dotted(hit.term.text), style="bold")
    if hit.term.status != "preferred":
        head.append(f"  {word(hit.term.status)}", style="yellow")
    head.append(f"  {why}", style="dim")
    if hit.state == "draft":
        head.append(f"  {word('draft')}", style="yellow")
    out.print(head)
    if hit.block == "similar":
        out.print(_differing(hit))
    if hit.use:
        said = Message(N_("use instead: %(text)s"), text=dotted(hit.use[0].text))
        out.print(Text(f"  → {_(said)}", style="yellow"))
    for term in hit.equivalents:
        out.print(Text("  ").append(dotted(term.text)).append(facts(term), style="dim"))


def _differing(hit: Hit) -> Text:
    """Return the query and the term in one, what only one of them has marked."""
    line = Text("  ")
    for piece in hit.difference:
        mark = {"query": "[-%s-]", "term": "{+%s+}"}.get(piece.side, "%s")
        style = {"query": "red", "term": "green"}.get(piece.side, "")
        line.append(mark % piece.text, style=style)
    return line


def facts(term: Term) -> str:
    """Return a term's status, issuer and period."""
    period = label(term.since, term.until)
    parts = (word(term.status), term.issuer or "", period)
    return "  " + " · ".join(filter(None, parts))


def print_entry(entry: Entry) -> None:
    """Print an entry with all its terms."""
    out = console(stderr=False)
    out.print(Text(entry.id, style="bold"), Text(word(entry.state), style="dim"))
    for text in entry.definition.values():
        out.print(Text(f"  {text}"))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for term in entry.terms:
        said = term.reading or facts(term).strip()
        table.add_row(Text(term.lang), Text(dotted(term.text)), Text(said))
    out.print(table)

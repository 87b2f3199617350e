"""Commands for editors: what to look at in a glossary, what a document proves."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click
import orjson
from rich.table import Table
from rich.text import Text

from glossary import bitext, config, errors
from glossary.cli.printing import print_table, word
from glossary.cli.root import _, as_json, log, main, print_json, store
from glossary.cli.texts import wordings
from glossary.curation import (
    CITATION,
    ERROR,
    RENDERING,
    SEVERITIES,
    Attested,
    Flaw,
    lint,
    made_id,
)
from glossary.curation import accept as accept_
from glossary.curation import attest as attested
from glossary.entry import Attestation, Entry, Source, is_draft
from glossary.formats import Limits, ReadOptions, Refused, Remark, of_file
from glossary.message import N_, Message, counted
from glossary.schema import (
    AttestationSchema,
    IssuerSchema,
    SourceSchema,
    load,
    load_entry,
)
from glossary.store import IssuerNames, Store

#: The exit code where an error was found, as linters have it.
_FOUND: Final = 1
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@main.command("lint", help=_("List what an editor should look at in a glossary."))
@click.argument("files", nargs=-1, metavar="[FILE]…", type=_FILE)
@click.option("--glossary", help=_("Check only this glossary of the store."))
@click.option(
    "--sources",
    type=_FILE,
    help=_("With FILE: the sources that may be cited, as NDJSON."),
)
@click.option(
    "--issuers",
    type=_FILE,
    help=_("With FILE: the issuers with all their names, as NDJSON."),
)
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    default=SEVERITIES[-1],
    show_default=True,
    help=_("Lowest severity to list."),
)
@as_json
@click.pass_context
def lint_(
    ctx: click.Context,
    *,
    files: tuple[Path, ...],
    glossary: str | None,
    sources: Path | None,
    issuers: Path | None,
    severity: str,
    as_json: bool,
) -> None:
    """Print the flaws of files, or of the store; exit with 1 when one is an error."""
    if files:
        flaws = list(
            lint(
                [entry for file in files for entry in _entries_of(file)],
                sources=_sources_of(sources),
                issuers=_issuers_of(issuers),
            )
        )
    else:
        store_here = store()
        documents = {source.id: source for source in store_here.sources()}
        entries = store_here.all_entries(glossary)
        flaws = list(
            lint(
                entries,
                sources=documents,
                others=_Stored(store_here),
                issuers=store_here.issuers,
            )
        )
    summary = Counter(flaw.severity for flaw in flaws)
    severities = SEVERITIES[: SEVERITIES.index(severity) + 1]
    rows = sorted(
        (flaw for flaw in flaws if flaw.severity in severities),
        key=lambda f: (SEVERITIES.index(f.severity), f.entry, f.pointer),
    )
    if as_json:
        counts = {name: summary[name] for name in SEVERITIES}
        print_json({"summary": counts, "flaws": [f.plain(_(f.message)) for f in rows]})
    else:
        _print(rows, summary)
    if summary[ERROR]:
        ctx.exit(_FOUND)


class _Stored:
    """The ids of the entries in use, asked of the store one by one."""

    def __init__(self, source: Store) -> None:
        self._store = source

    def __contains__(self, entry_id: object) -> bool:
        return bool(self._store.in_use([str(entry_id)]))


def _entries_of(file: Path) -> Iterator[Entry]:
    """Yield the entries of a file; raise Unreadable at a record that is none."""
    with file.open("rb") as stream:
        read = of_file(stream, file.name).read
        assert read is not None  # noqa: S101 - a format is told among readable ones.  # nosec B101
        for record in read(stream, ReadOptions()).records:
            if isinstance(record, Remark):
                continue
            if isinstance(record, Refused):
                raise errors.Unreadable(
                    record.message.template, **record.message.values
                )
            try:
                entry = load_entry(record.data)
            except errors.Invalid:
                log(f"{file.name}:{record.line}")
                raise
            yield entry if entry.id else replace(entry, id=made_id(entry))


def _sources_of(file: Path | None) -> dict[str, Source] | None:
    if file is None:
        return None
    lines = file.read_bytes().splitlines()
    sources = (load(SourceSchema(), _json(line, file.name)) for line in lines)
    return {source.id: source for source in sources}


def _issuers_of(file: Path | None) -> IssuerNames:
    lines = file.read_bytes().splitlines() if file is not None else []
    documents = (_json(line, str(file)) for line in lines)
    return IssuerNames(load(IssuerSchema(), document) for document in documents)


def _print(flaws: list[Flaw], summary: Counter[str]) -> None:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for flaw in flaws:
        style = "red" if flaw.severity == ERROR else "yellow"
        place = Text(f"{flaw.entry}{flaw.pointer}")
        text = Text(_(flaw.message))
        table.add_row(Text(word(flaw.severity), style=style), flaw.code, place, text)
    if flaws:
        print_table(table)
    template = N_("Errors: %(errors)s; warnings: %(warnings)s")
    counts = {"errors": summary["error"], "warnings": summary["warning"]}
    log(_(Message(template, **counts)))


@main.command(help=_("Find what a document and its translation prove about entries."))
@click.argument("english", required=False, metavar="EN", type=_FILE)
@click.argument("chinese", required=False, metavar="ZH", type=_FILE)
@click.option(
    "--source", type=_FILE, help=_("JSON file that describes the document as a source.")
)
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    help=_("Use only this glossary; may be given more than once."),
)
@click.option(
    "--accept",
    type=_FILE,
    help=_("Write what you left in this --ndjson file into the entries."),
)
@click.option(
    "--ndjson", is_flag=True, help=_("Print NDJSON lines to edit and then accept.")
)
@as_json
def attest(
    *,
    english: Path | None,
    chinese: Path | None,
    source: Path | None,
    glossaries: tuple[str, ...],
    accept: Path | None,
    ndjson: bool,
    as_json: bool,
) -> None:
    """Print citations and new renderings, or write those that were accepted."""
    if accept is not None:
        entries = _accepted(accept)
        if as_json:
            print_json({"entries": [entry.id for entry in entries]})
        else:
            one = N_("1 entry has a new version.")
            several = N_("%(count)s entries have a new version.")
            click.echo(_(counted(len(entries), one, several)))
        return
    if english is None or chinese is None or source is None:
        raise click.UsageError(_("Use --source FILE.json EN ZH, or --accept FILE."))
    document = load(SourceSchema(), _json(source.read_bytes(), source.name))
    paragraphs = (s.pair for s in _paragraphs(english, chinese))
    names = frozenset(glossaries)
    attested_terms = attested(wordings(), document, paragraphs, glossaries=names)
    if as_json:
        print_json(attested_terms)
    elif ndjson:
        print_json({"source": attested_terms.source})
        for attestation in attested_terms.attestations:
            print_json(attestation)
    else:
        _print_attested(attested_terms)


def _paragraphs(english: Path, chinese: Path) -> Iterator[bitext.Segment]:
    limits = Limits(cell=config.settings().max_cell)
    with english.open("rb") as one, chinese.open("rb") as other:
        pair = ((one, english.name), (other, chinese.name))
        yield from bitext.together(*pair, bitext.Languages("en", "zh-Hans"), limits)


def _accepted(file: Path) -> list[Entry]:
    """Write what a file of NDJSON holds; its first line names the source."""
    lines = [line for line in file.read_bytes().splitlines() if line.strip()]
    first, *rest = [_json(line, file.name) for line in lines] or [None]
    if not isinstance(first, dict) or "source" not in first:
        raise errors.Unreadable(
            N_("%(name)s: the first line does not name the source."),
            name=file.name,
        )
    document = load(SourceSchema(), first["source"])
    return accept_(
        store(), document, [load(AttestationSchema(), row) for row in rest], by="cli"
    )


def _json(text: bytes, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise errors.Unreadable(
            N_("%(name)s is not JSON: %(reason)s."), name=name, reason=error.msg
        ) from None


def _named(attestation: Attestation) -> Text:
    """Return the id of an entry, marked when it is a draft."""
    line = Text(attestation.entry)
    if is_draft(attestation.state):
        line.append(f" · {word('draft')}", style="yellow")
    return line


def _print_attested(proofs: Attested) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in (_("paragraph"), _("what"), _("entry"), _("wording"), _("quote")):
        table.add_column(heading)
    for attestation in proofs.attestations:
        style = "yellow" if attestation.kind == RENDERING else ""
        quote = attestation.citation.quote
        text = (
            quote if attestation.kind == CITATION else f"{attestation.like} → {quote}"
        )
        table.add_row(
            str(attestation.paragraph),
            Text(word(attestation.kind), style=style),
            _named(attestation),
            Text(attestation.text if attestation.kind == CITATION else ""),
            Text(text),
        )
    print_table(table)
    kinds = Counter(attestation.kind for attestation in proofs.attestations)
    template = N_(
        "Paragraphs: %(paragraphs)s; citations: %(citations)s; new renderings: "
        "%(renderings)s"
    )
    counts = {"citations": kinds[CITATION], "renderings": kinds[RENDERING]}
    log(_(Message(template, paragraphs=proofs.paragraphs, **counts)))

"""Commands on texts: mark the terms of one, check the terms of a translation."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Final

import click
from rich.text import Text

from glossary import bitext, config, errors
from glossary.bitext import REPORTS, CheckedSegment, Languages, Segment
from glossary.cli.output import written_to
from glossary.cli.printing import word
from glossary.cli.root import LOCALE, _, as_json, console, log, main, store
from glossary.entry import Finding, codec, is_draft
from glossary.formats import Limits, decoded
from glossary.message import N_, counted
from glossary.query import ALIGNS, Wanted
from glossary.recognition import (
    LIST_FORMATS,
    WRITERS,
    Recognition,
    Snapshot,
    html,
    listed,
    matches_json,
    runs,
    summary,
)
from glossary.recognition import annotate as annotated
from glossary.recognition import check as findings_of
from glossary.schema import TextOptions, load
from glossary.text import dotted

#: What `--fail-on` may name, the mildest first.
LEVELS: Final = ("advice", "admitted", "missing", "forbidden")
_ONE: Final = N_(
    "1 pair: %(ok)s right, %(admitted)s admitted, %(missing)s missing, "
    "%(forbidden)s forbidden"
)
_SEVERAL: Final = N_(
    "%(count)s pairs: %(ok)s right, %(admitted)s admitted, %(missing)s missing, "
    "%(forbidden)s forbidden"
)
_STYLES: Final = {"missing": "yellow", "forbidden": "red", "admitted": "dim"}


def _asking(command: Any) -> Any:
    """Give a command the options of every question about a text."""
    options = (
        click.option("--from", "from_", help=_("Language of the text.")),
        click.option("--to", help=_("Language to translate into.")),
        click.option(
            "--glossary",
            "glossaries",
            multiple=True,
            help=_("Use only this glossary; may be given more than once."),
        ),
        click.option("--as-of", help=_("Judge renderings as of this time.")),
        click.option("--issuer", help=_("Put the renderings of this issuer first.")),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _settings(options: dict[str, Any]) -> Wanted:
    options["from"] = options.pop("from_")
    values = {name: value for name, value in options.items() if value}
    if "glossaries" in values:
        values["glossaries"] = list(values["glossaries"])
    settings: Wanted = load(TextOptions(), values)
    return settings


def wordings() -> Snapshot:
    """Return the wordings of the store, waiting for them if need be."""
    recognition = Recognition(store())
    try:
        return recognition.snapshot()
    except errors.NotReady as waiting:
        log(_(waiting.message))
        recognition.settle()
        return recognition.snapshot()


@main.command(help=_("Print a text with its terms marked; “-” reads standard input."))
@click.argument("file", default="-")
@_asking
@click.option("--html", "as_html", is_flag=True, help=_("Print an HTML page."))
@click.option(
    "--terms",
    "kind",
    type=click.Choice(LIST_FORMATS),
    help=_("Print each term once, with what to write for it and what not to."),
)
@as_json
def annotate(
    file: str, *, as_html: bool, kind: str | None, as_json: bool, **options: Any
) -> None:
    """Print the text of a file with its terms marked."""
    with _opened(file) as stream:
        text = "".join(decoded(stream))
    answer = annotated(wordings(), text, _settings(options))
    if kind is not None and kind in WRITERS:
        click.echo(WRITERS[kind](listed(answer.matches)), nl=False)
    elif kind is not None:
        terms = [row._asdict() for row in listed(answer.matches)]
        click.echo(codec.write({"terms": terms}))
    elif as_json:
        members = codec.write(answer.from_), codec.write(answer.to)
        matches = matches_json(text, answer.matches, "codepoint")
        click.echo(b'{"from":%s,"to":%s,"matches":%s}' % (*members, matches))
    elif as_html:
        page = html(text, answer.from_, answer.matches, draft=word("draft"))
        click.echo(page, nl=False)
    else:
        marked_text = Text()
        for run, match in runs(text, answer.matches):
            style = ("bold red" if match.banned else "bold green") if match else ""
            marked_text.append(run, style=style)
            if match and (use := match.shown):
                draft = f" · {word('draft')}" if is_draft(match.state) else ""
                marked_text.append(f" [{dotted(use[0].text)}{draft}]", style="cyan")
        console(stderr=False).print(
            marked_text, end="" if text.endswith("\n") else "\n"
        )


@main.command(help=_("Check the terms in translated files."))
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@_asking
@click.option(
    "--with", "target", help=_("File that holds the translation of the document.")
)
@click.option(
    "--fail-on",
    type=click.Choice((*LEVELS, "never")),
    default="missing",
    show_default=True,
    help=_("Exit with 1 if there is a finding of this kind or worse."),
)
@click.option(
    "--align",
    type=click.Choice(ALIGNS),
    default=ALIGNS[0],
    show_default=True,
    help=_(
        "Look for each term in the matching sentence of the translation, "
        "or anywhere in it."
    ),
)
@click.option("--all", "every", is_flag=True, help=_("Also list terms that are right."))
@click.option(
    "--format",
    "kind",
    type=click.Choice(("text", "json", *REPORTS)),
    default="text",
    show_default=True,
    help=_("Format of the findings: JSON, CSV, SARIF 2.1.0 or a Word table."),
)
@click.option(
    "-o",
    "--output",
    default="-",
    help=_("File to write; “-”, the default, is standard output."),
)
@click.option("--sarif", "kind", flag_value="sarif", help=_("Print SARIF 2.1.0."))
@click.option(
    "--json", "kind", flag_value="json", help=_("Print JSON, as the API returns it.")
)
@click.pass_context
def check(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    *,
    target: str | None,
    fail_on: str,
    align: str,
    every: bool,
    kind: str,
    output: str,
    **options: Any,
) -> None:
    """Print the findings; exit with 1 when one is bad enough."""
    if kind == "docx" and output == "-" and sys.stdout.isatty():
        raise click.UsageError(_("Name the document to write: --output FILE."))
    settings = replace(_settings(options), align=align)
    snapshot = wordings()
    languages = Languages(settings.from_, settings.to)
    checks = [
        CheckedSegment(file, segment, _of(snapshot, segment, settings))
        for file in files
        for segment in _segments(file, target, languages)
    ]
    shown_checks = checks if every else [_not_right(item) for item in checks]
    counts = summary(item.findings for item in checks)
    if kind == "text":
        _print(shown_checks)
        log(_(counted(counts["pairs"], _ONE, _SEVERAL, **counts)))
    else:
        rows = [item for item in shown_checks if every or item.findings]
        with written_to(output) as stream:
            if kind == "json":
                report = {"summary": counts, "findings": [*_plain(rows)]}
                stream.write(codec.write(report) + b"\n")
            else:
                stream.write(bitext.report(kind, rows, _, lang=LOCALE))
    if any(_is_bad(f, fail_on) for item in checks for f in item.findings):
        ctx.exit(1)


def _not_right(segment: CheckedSegment) -> CheckedSegment:
    findings = (f for f in segment.findings if f.verdict != "ok" or f.advice)
    return segment._replace(findings=tuple(findings))


def _of(snapshot: Snapshot, segment: Segment, settings: Wanted) -> tuple[Finding, ...]:
    languages = segment.languages
    order = Wanted(
        from_=languages.from_,
        to=languages.to,
        glossaries=settings.glossaries,
        as_of=settings.as_of,
        issuer=settings.issuer,
        align=settings.align,
    )
    return findings_of(snapshot, segment.pair.source, segment.pair.target, order)


def _segments(file: str, target: str | None, languages: Languages) -> Iterator[Segment]:
    settings = config.settings()
    limits = Limits(
        cell=settings.max_cell,
        columns=settings.max_columns,
        unpacked_bytes=settings.max_unpacked,
    )
    with ExitStack() as stack:
        stream = stack.enter_context(Path(file).open("rb"))
        if target is None:
            yield from bitext.read(stream, file, languages, limits)
            return
        other = stack.enter_context(Path(target).open("rb"))
        yield from bitext.together((stream, file), (other, target), languages, limits)


def _is_bad(finding: Finding, fail_on: str) -> bool:
    if finding.verdict == "ok" and not finding.advice:
        return False
    if fail_on == "never":
        return False
    level = "advice" if finding.advice else finding.verdict
    return LEVELS.index(level) >= LEVELS.index(fail_on)


def _plain(segments: list[CheckedSegment]) -> Iterator[dict[str, Any]]:
    for file, segment, findings in segments:
        for finding in findings:
            plain = {name: getattr(finding, name) for name in Finding.__struct_fields__}
            plain["message"] = _(finding.message)
            yield {"file": file, "id": segment.pair.id, "line": segment.line, **plain}


def _print(segments: list[CheckedSegment]) -> None:
    out = console(stderr=False)
    rows = [
        (f"{item.file}:{item.segment.line}", finding)
        for item in segments
        for finding in item.findings
    ]
    wide = max((len(place) for place, _finding in rows), default=0)
    for place, finding in rows:
        line = Text(f"{place:{wide}}  ")
        verdict = word("advice" if finding.advice else finding.verdict)
        line.append(verdict, style=_STYLES.get(finding.verdict, "green"))
        line.append(f"  {_(finding.message)}")
        if is_draft(finding.state):
            line.append(f"  {word('draft')}", style="yellow")
        out.print(line)


def _opened(file: str) -> BinaryIO:
    return sys.stdin.buffer if file == "-" else Path(file).open("rb")

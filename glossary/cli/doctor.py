"""The command that says what is wrong with a store, and what to do about it."""

import sys

import click

from glossary import config
from glossary.cli.root import _, as_json, main, print_json
from glossary.message import N_, Message
from glossary.serving import Diagnosis, examine, repair


@main.command(help=_("Check the store for problems and say how to fix them."))
@click.option(
    "--repair",
    "mend",
    is_flag=True,
    help=_("Rebuild the index and clear away what interrupted dry runs left behind."),
)
@as_json
def doctor(*, mend: bool, as_json: bool) -> None:
    """Print what was found, a line each; exit with 1 when anything is wrong."""
    settings = config.settings()
    if mend:
        repair(settings)
    findings = []
    for finding in examine(settings):
        findings.append(finding)
        if not as_json:
            _print(finding)
    if as_json:
        print_json([_plain(finding) for finding in findings])
    sys.exit(int(any(finding.verdict == "wrong" for finding in findings)))


def _print(finding: Diagnosis) -> None:
    template = N_("%(verdict)s: %(check)s: %(detail)s")
    verdict = Message(_VERDICTS[finding.verdict])
    line = _(
        Message(template, verdict=verdict, check=finding.check, detail=finding.detail)
    )
    click.echo(f"{line} → {_(finding.remedy)}" if finding.remedy else line)


def _plain(finding: Diagnosis) -> dict[str, str]:
    plain = {"check": finding.check, "verdict": finding.verdict}
    return {**plain, "detail": _(finding.detail), "remedy": _(finding.remedy)}


_VERDICTS = {"ok": N_("ok"), "advice": N_("advice"), "wrong": N_("wrong")}

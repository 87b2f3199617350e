"""Commands that change many entries as one revision, and take such a change back."""

from dataclasses import asdict

import click

from glossary.cli.root import _, as_json, log, main, print_json, store
from glossary.curation import bulk
from glossary.entry import STATES, STATUSES, Choice, Wish
from glossary.errors import Invalid
from glossary.message import N_, Message, Problem

#: In the history, who works at the machine itself.
_BY = "cli"
_FOUND = 1

dry_run = click.option(
    "--dry-run",
    is_flag=True,
    help=_("Show what would change without writing anything."),
)
reason = click.option(
    "--reason", default="", help=_("Reason for the change, kept in the history.")
)


@main.command("undo", help=_("Undo a revision by making a new one."))
@click.argument("revision", type=click.IntRange(1, 2**53))
@dry_run
@reason
@as_json
@click.pass_context
def undo_(
    ctx: click.Context, *, revision: int, dry_run: bool, reason: str, as_json: bool
) -> None:
    """Undo an import or a bulk edit; exit with 1 when something is left as it is."""
    _tell(
        ctx,
        bulk.undo(store(), revision, by=_BY, reason=reason, dry_run=dry_run),
        as_json=as_json,
    )


@main.command("bulk", help=_("Change many entries in one revision."))
@click.argument("entries", nargs=-1, metavar="[ENTRY]…")
@click.option("--glossary", help=_("Only entries in this glossary."))
@click.option("--subject", help=_("Only entries of this subject."))
@click.option(
    "--state", type=click.Choice(STATES), help=_("Only entries in this state.")
)
@click.option(
    "--status",
    type=click.Choice(STATUSES),
    help=_("Only entries that have a term of this status."),
)
@click.option(
    "--set-state", type=click.Choice(STATES), help=_("New state of the entries.")
)
@click.option("--set-glossary", help=_("Glossary to move the entries to."))
@click.option("--add-subject", multiple=True, help=_("Subject to add."))
@click.option("--remove-subject", multiple=True, help=_("Subject to remove."))
@click.option(
    "--change-issuer",
    nargs=2,
    metavar="FROM TO",
    help=_("Replace one issuer with another."),
)
@click.option(
    "--change-status",
    nargs=2,
    type=click.Choice(STATUSES),
    metavar="FROM TO",
    help=_("Replace one status of terms with another."),
)
@dry_run
@reason
@as_json
@click.pass_context
def bulk_(
    ctx: click.Context,
    *,
    entries: tuple[str, ...],
    glossary: str | None,
    subject: str | None,
    state: str | None,
    status: str | None,
    set_state: str | None,
    set_glossary: str | None,
    add_subject: tuple[str, ...],
    remove_subject: tuple[str, ...],
    change_issuer: tuple[str, str] | None,
    change_status: tuple[str, str] | None,
    dry_run: bool,
    reason: str,
    as_json: bool,
) -> None:
    """Change a selection; exit with 1 when something is left as it is."""
    choice = Choice(
        entries=entries, glossary=glossary, subject=subject, state=state, status=status
    )
    wish = Wish(
        state=set_state,
        glossary=set_glossary,
        add_subjects=add_subject,
        remove_subjects=remove_subject,
        issuer=change_issuer,
        status=change_status,
    )
    for is_empty, template in (
        (choice == Choice(), N_("Say which entries to change.")),
        (wish == Wish(), N_("Say what to change.")),
    ):
        if is_empty:
            raise Invalid([Problem("", Message(template))])
    outcome = bulk.edit(store(), choice, wish, by=_BY, reason=reason, dry_run=dry_run)
    _tell(ctx, outcome, as_json=as_json)


def _tell(ctx: click.Context, outcome: bulk.Done, *, as_json: bool) -> None:
    if as_json:
        print_json({**asdict(outcome), "left": [_plain(one) for one in outcome.left]})
    else:
        for one in outcome.left:
            log(f"{one.entry}: {_(one.message)}")
        template = N_(
            "Changed: %(changed)s, retired: %(retired)s, unchanged: %(unchanged)s, "
            "left: %(left)s; revision %(revision)s."
        )
        if outcome.dry_run:
            template = N_(
                "Trial run, nothing was written. To be changed: %(changed)s, retired: "
                "%(retired)s; unchanged: %(unchanged)s, left: %(left)s."
            )
        counts = {
            "changed": len(outcome.changed),
            "retired": len(outcome.retired),
            "unchanged": outcome.unchanged,
            "left": len(outcome.left),
            "revision": outcome.revision,
        }
        click.echo(_(Message(template, **counts)))
    if outcome.left:
        ctx.exit(_FOUND)


def _plain(one: bulk.Left) -> dict[str, str]:
    return {"entry": one.entry, "code": one.code, "message": _(one.message)}

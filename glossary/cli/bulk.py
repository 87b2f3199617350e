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
    "--dry-run", is_flag=True, help=_("Say what would come of it; write nothing.")
)
reason = click.option("--reason", default="", help=_("Why, for the history."))


@main.command("undo", help=_("Take back what a revision did, as a new revision."))
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


@main.command("bulk", help=_("Change many entries as one revision."))
@click.argument("entries", nargs=-1, metavar="[ENTRY]…")
@click.option("--glossary", help=_("Only entries of this glossary."))
@click.option("--subject", help=_("Only entries of this subject field."))
@click.option("--state", type=click.Choice(STATES), help=_("Only of this state."))
@click.option("--status", type=click.Choice(STATUSES), help=_("With such a term."))
@click.option("--set-state", type=click.Choice(STATES), help=_("What they become."))
@click.option("--set-glossary", help=_("Where they go."))
@click.option("--add-subject", multiple=True, help=_("A subject field to be added."))
@click.option("--remove-subject", multiple=True, help=_("One to be taken away."))
@click.option(
    "--change-issuer", nargs=2, metavar="FROM TO", help=_("An issuer, and another.")
)
@click.option(
    "--change-status",
    nargs=2,
    type=click.Choice(STATUSES),
    metavar="FROM TO",
    help=_("A status of terms, and another."),
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
        (choice == Choice(), N_("Say which entries are meant.")),
        (wish == Wish(), N_("Say what is to be changed.")),
    ):
        if is_empty:
            raise Invalid([Problem("", Message(template))])
    outcome = bulk.edit(store(), choice, wish, by=_BY, reason=reason, dry_run=dry_run)
    _tell(ctx, outcome, as_json=as_json)


def _tell(ctx: click.Context, outcome: bulk.Done, *, as_json: bool) -> None:
    if as_json:
        print_json({**asdict(outcome), "left": [_plain(left) for left in outcome.left]})
    else:
        for left in outcome.left:
            log(f"{left.entry}: {_(left.message)}")
        template = N_(
            "Changed: %(changed)s, retired: %(retired)s, unchanged: %(unchanged)s, "
            "left: %(left)s; revision %(revision)s."
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


def _plain(left: bulk.Left) -> dict[str, str]:
    return {"entry": left.entry, "code": left.code, "message": _(left.message)}

"""The command that brings a glossary to DeepL, through its official client."""

from importlib import import_module
from typing import Any, Final

import click

from glossary.cli.root import Failure, _, as_json, log, main, print_json, store
from glossary.formats import Dropped
from glossary.message import N_, Message
from glossary.query import Export
from glossary.schema import ExportQuery, load
from glossary.text import primary
from glossary.transfer import Push, pairs_for, pushed

#: What DeepL takes for a glossary, in bytes (developers.deepl.com, glossaries).
_LARGEST: Final = 10 * 1024 * 1024
_PRINTED: Final = 20


@main.group("push", help=_("Send a glossary to a machine translation service."))
def push() -> None:
    """Hold the engines that a glossary can be brought to."""


@push.command(help=_("Show what would change at DeepL; with --yes, change it."))
@click.option(
    "--key",
    envvar="DEEPL_AUTH_KEY",
    required=True,
    help=_("Your DeepL API credential; by default $DEEPL_AUTH_KEY."),
)
@click.option("--url", help=_("Address of the DeepL API, if not the usual one."))
@click.option(
    "--name", help=_("Name of the glossary at DeepL; by default the same as here.")
)
@click.option("--glossary", required=True, help=_("Only this glossary."))
@click.option(
    "--from",
    "source",
    default="zh-Hans",
    show_default=True,
    help=_("Source language, in formats that list pairs."),
)
@click.option(
    "--to",
    "target",
    default="en",
    show_default=True,
    help=_("Target language."),
)
@click.option("--state", help=_("Only entries in this state."))
@click.option("--subject", help=_("Only entries of this subject."))
@click.option(
    "--yes",
    "sure",
    is_flag=True,
    help=_("Make the changes instead of only showing them."),
)
@as_json
def deepl(
    *,
    key: str,
    url: str | None,
    name: str | None,
    sure: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Compare the glossary with the one of that name, and send only what changed.

    Where nothing is to be removed, only the new and changed pairs are sent; else the
    dictionary of these two languages is replaced. Other dictionaries stay.
    """
    client, entries_of = _client(key, url)
    sides = options.pop("source"), options.pop("target")
    values = {n: v for n, v in options.items() if v is not None}
    part: Export = load(ExportQuery(), {**values, "format": "deepl"})
    dropped: list[Dropped] = []
    ours = pairs_for(
        store(), "deepl", part=part, sides=sides, drop=dropped.append, most=_LARGEST
    )
    if not ours:
        log(_("No entry matches; nothing was sent."))
        raise Failure(1)
    langs = tuple(primary(side).upper() for side in sides)
    title = name or str(part.glossary)
    there = next(
        (g for g in client.list_multilingual_glossaries() if g.name == title), None
    )
    theirs = _theirs(client, there, langs)
    push = pushed(ours, theirs)
    if sure and push:
        pairs = ours if push.removals else {**push.additions, **push.changes}
        entries = entries_of(*langs, pairs)
        if there is None:
            client.create_multilingual_glossary(title, [entries])
        elif push.removals:
            client.replace_multilingual_glossary_dictionary(there, entries)
        else:
            client.update_multilingual_glossary_dictionary(there, entries)
    if as_json:
        counts = {
            "added": push.additions,
            "changed": push.changes,
            "removed": push.removals,
        }
        print_json({**counts, "dropped": len(dropped), "done": bool(sure and push)})
    else:
        _print(push, theirs, dropped, sure=sure)


def _client(key: str, url: str | None) -> tuple[Any, Any]:
    try:
        library = import_module("deepl")
        data = import_module("deepl.api_data")
    except ImportError:
        log(_("DeepL's client is missing: pip install 'glossary-termbase[deepl]'."))
        raise Failure(69) from None
    client = library.DeepLClient(key, server_url=url, send_platform_info=False)
    return client, data.MultilingualGlossaryDictionaryEntries


def _theirs(client: Any, there: Any, langs: tuple[str, ...]) -> dict[str, str]:
    """Return the pairs that DeepL has in this direction."""
    if there is None:
        return {}
    directions = {
        (d.source_lang.upper(), d.target_lang.upper()) for d in there.dictionaries
    }
    if langs not in directions:
        return {}
    pairs_there = client.get_multilingual_glossary_entries(there, *langs).dictionaries
    lines = [line for pairs in pairs_there for line in _lines(pairs.entries)]
    return {source: target for source, _tab, target in lines}


def _lines(entries: Any) -> list[tuple[str, str, str]]:
    """Return the pairs of a dictionary, which comes as text or as pairs."""
    if isinstance(entries, str):
        return [line.partition("\t") for line in entries.splitlines() if line]
    return [(source, "", target) for source, target in entries.items()]


def _print(
    push: Push, theirs: dict[str, str], dropped: list[Dropped], *, sure: bool
) -> None:
    for source, target in [*push.additions.items()][:_PRINTED]:
        click.echo(f"+ {source}\t{target}")
    for source, target in [*push.changes.items()][:_PRINTED]:
        click.echo(f"~ {source}\t{theirs[source]} → {target}")
    for source in push.removals[:_PRINTED]:
        click.echo(f"- {source}\t{theirs[source]}")
    counts = {
        "added": len(push.additions),
        "changed": len(push.changes),
        "removed": len(push.removals),
        "dropped": len(dropped),
    }
    if not push:
        template = N_("Nothing changed; values left out: %(dropped)s.")
    elif sure:
        template = N_(
            "Sent: %(added)s new, %(changed)s changed, %(removed)s removed; "
            "values left out: %(dropped)s."
        )
    else:
        template = N_(
            "To be sent: %(added)s new, %(changed)s changed, %(removed)s removed; "
            "values left out: %(dropped)s. Use --yes to send."
        )
    log(_(Message(template, **counts)))

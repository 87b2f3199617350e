"""Small faults put into the code on purpose, to see whether the tests find them.

A mutant names a function and a piece of it, and what stands there instead. `make
mutants` puts each into a copy of the package, runs the tests that should fail, and
says which mutants survived. Those that may survive, because nobody could tell them from
the right code, stand in `survivors.md` with the reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
#: Where a module stands. When one moves, only this table changes.
MODULES: Final = {
    "fold": "glossary/text/fold.py",
    "simple": "glossary/text/simple.py",
    "occurrences": "glossary/recognition/occurrences.py",
    "senses": "glossary/recognition/senses.py",
    "longest": "glossary/recognition/longest.py",
    "tier": "glossary/recognition/tier.py",
    "pauses": "glossary/recognition/pauses.py",
    "annotate": "glossary/recognition/annotate.py",
    "check": "glossary/recognition/check.py",
    "settlement": "glossary/recognition/settlement.py",
    "within": "glossary/recognition/within.py",
    "demand": "glossary/recognition/demand.py",
    "beside": "glossary/recognition/beside.py",
    "renderings": "glossary/recognition/renderings.py",
    "tiers": "glossary/lookup/tiers.py",
    "holding": "glossary/lookup/holding.py",
    "unasked": "glossary/recognition/unasked.py",
    "settled": "glossary/lookup/settled.py",
    "ranking": "glossary/entry/ranking.py",
    "period": "glossary/entry/period.py",
    "merging": "glossary/transfer/merging.py",
    "identity": "glossary/transfer/identity.py",
    "uniting": "glossary/curation/uniting.py",
}
#: The tests of a module, quickest first; they run over the embedded store.
TESTS: Final = {
    "fold": ("tests/text/test_fold.py", "tests/text/test_difference.py"),
    "simple": ("tests/text/test_fold.py",),
    "occurrences": (
        "tests/recognition/test_annotate.py",
        "tests/recognition/test_slots.py",
        "tests/recognition/test_annotate_oracle.py",
        "tests/recognition/test_snapshot.py",
    ),
    "senses": (
        "tests/recognition/test_annotate.py",
        "tests/recognition/test_slots.py",
        "tests/recognition/test_annotate_oracle.py",
        "tests/recognition/test_snapshot.py",
    ),
    "longest": (
        "tests/recognition/test_annotate.py",
        "tests/recognition/test_borders.py",
        "tests/recognition/test_slots.py",
        "tests/recognition/test_annotate_oracle.py",
    ),
    "tier": (
        "tests/recognition/test_annotate.py",
        "tests/recognition/test_acronyms.py",
        "tests/recognition/test_annotate_oracle.py",
    ),
    "pauses": ("tests/recognition/test_pauses.py",),
    "annotate": (
        "tests/recognition/test_annotate.py",
        "tests/curation/test_drafts.py",
    ),
    "check": (
        "tests/recognition/test_check.py",
        "tests/recognition/test_demand.py",
        "tests/recognition/test_renderings.py",
        "tests/recognition/test_demand.py",
        "tests/curation/test_drafts.py",
    ),
    "settlement": ("tests/recognition/test_check.py",),
    "within": (
        "tests/recognition/test_check.py",
        "tests/recognition/test_within.py",
    ),
    "unasked": (
        "tests/recognition/test_check.py",
        "tests/recognition/test_demand.py",
        "tests/recognition/test_renderings.py",
        "tests/recognition/test_demand.py",
        "tests/curation/test_drafts.py",
    ),
    "demand": (
        "tests/recognition/test_demand.py",
        "tests/recognition/test_check.py",
        "tests/recognition/test_renderings.py",
    ),
    "beside": ("tests/recognition/test_demand.py",),
    "renderings": (
        "tests/recognition/test_check.py",
        "tests/recognition/test_renderings.py",
        "tests/recognition/test_slots.py",
    ),
    "tiers": (
        "tests/lookup/test_tiers.py",
        "tests/lookup/test_lookup.py",
        "tests/lookup/test_spellings.py",
    ),
    "holding": (
        "tests/lookup/test_tiers.py",
        "tests/lookup/test_lookup.py",
        "tests/lookup/test_spellings.py",
    ),
    "settled": ("tests/lookup/test_lookup.py",),
    "ranking": ("tests/entry/test_ranking.py", "tests/entry/test_pairing.py"),
    "period": ("tests/entry/test_period.py",),
    "merging": ("tests/transfer/test_merging.py",),
    "identity": ("tests/transfer/test_identity.py", "tests/transfer/test_transfer.py"),
    "uniting": ("tests/curation/test_uniting.py",),
}


#: For each mutant the test that found it last time, a line each.
KILLERS: Final = Path(__file__).with_name("killers.txt")


class Mutant(NamedTuple):
    """A piece of a function, and what is put in its place.

    `function` is its name, with that of its class before it. `piece` must stand in it
    once; how it is broken into lines does not matter.
    """

    name: str
    module: str
    function: str
    piece: str
    instead: str


def listed(text: str | None = None) -> list[Mutant]:
    """Return the mutants of `mutants.txt`, in their order; raise ValueError."""
    if text is None:
        text = Path(__file__).with_name("mutants.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = []
    module, place = "", 0
    while place < len(lines):
        if head := re.fullmatch(r"\[(\w+)\]", lines[place]):
            module = head[1]
            place += 1
            continue
        name, _, function = lines[place].partition(" ")
        piece, instead = (lines[place + at] for at in (1, 2))
        if module not in MODULES or piece[:1] != "-" or instead[:1] != "+":
            raise ValueError(f"this is no mutant of a module: {lines[place]}")
        found.append(Mutant(name, module, function, piece[2:], instead[2:]))
        place += 3
    return found


def killers() -> dict[str, str]:
    """Return for each mutant the test that found it last time, as `path::name`."""
    if not KILLERS.exists():
        return {}
    lines = KILLERS.read_text("utf-8").splitlines()
    return {name: test for name, _, test in (line.partition(" ") for line in lines)}


class Misplaced(Exception):
    """What a mutant changes is not there, or there more than once."""


def mutated(source: str, mutant: Mutant) -> str:
    """Return the source of a module with a mutant in it; raise Misplaced."""
    start, end = _span(source, mutant.function)
    pattern = r"\s+".join(map(re.escape, mutant.piece.split()))
    found = list(re.finditer(pattern, source[start:end]))
    if len(found) != 1:
        raise Misplaced(
            f"{mutant.name}: {mutant.piece!r} stands {len(found)} times in "
            f"{mutant.function} of {MODULES[mutant.module]}"
        )
    at = start + found[0].start(), start + found[0].end()
    changed = source[: at[0]] + mutant.instead + source[at[1] :]
    ast.parse(changed)
    return changed


def _span(source: str, function: str) -> tuple[int, int]:
    """Return where a function begins and ends; raise Misplaced."""
    begins = [0]
    for line in source.split("\n"):
        begins.append(begins[-1] + len(line) + 1)
    for name, node in _functions(ast.parse(source), ""):
        if name == function and node.end_lineno is not None:
            return begins[node.lineno - 1], begins[node.end_lineno] - 1
    raise Misplaced(f"there is no function {function}")


def _functions(node: ast.AST, within: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef):
            name = f"{within}.{child.name}" if within else child.name
            if isinstance(child, ast.FunctionDef):
                yield name, child
            yield from _functions(child, name)

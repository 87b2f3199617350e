"""How far a check can be trusted: alarms on right translations, and errors it finds.

Run `python -m benchmarks.alarms`. Two small corpora stand beside it, both written for
it: `alarms.tsv` has right translations, among them such as a check takes for wrong
easily; `readout.tsv` a readout of thirty sentences in two languages, half of which is
checked in either direction, each with an error of one of eleven kinds. An alarm is a
finding `missing` or `forbidden` without `advice`. Besides, where the check confirms a
set phrase, its rendering is dropped, or another entry's is put there: what it contrasts
with, or any. Such an error is found when the check then accuses of that entry.
"""

import argparse
import csv
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from rich.console import Console
from rich.table import Table

from glossary.curation import entries, load_curated
from glossary.entry import Entry, Finding, Span
from glossary.query import Wanted
from glossary.recognition import Recognition, Snapshot, check
from glossary.store import open_store

FOLDER: Final = Path(__file__).parent
DIRECTIONS: Final = (("zh", "en"), ("en", "zh"))
_HAN: Final = re.compile("[\u3400-\u9fff]+")
_PHRASE: Final = 4
ACCUSING: Final = frozenset({"missing", "forbidden"})


class Error(NamedTuple):
    """A sentence with an error of a kind, and what the check said of it."""

    kind: str
    sentence: str
    is_found: bool


class Read(NamedTuple):
    """What a check says of the readout: errors, and accusations of what is right."""

    errors: list[Error]
    false: list[str]


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a corpus."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def alarms(snapshot: Snapshot, source: str, target: str) -> list[Finding]:
    """Return the accusations that a check makes of a pair."""
    found = check(snapshot, source, target, Wanted())
    return [f for f in found if f.verdict in ACCUSING and not f.advice]


def readout(snapshot: Snapshot, *, wrong: bool) -> Read:
    """Check the readout in both directions, each as one text, with errors or not."""
    errors, false = [], []
    for from_, to in DIRECTIONS:
        source = target = ""
        places = []
        for row in rows("readout.tsv"):
            has_error = wrong and row["side"] == to
            begin = len(source)
            source += f"{row[from_]} "
            target += f"{row['wrong'] if has_error else row[to]} "
            places.append((begin, len(source), row, has_error))
        accused = alarms(snapshot, source, target)
        for begin, end, row, has_error in places:
            here = [f for f in accused if f.source and begin <= f.source.start < end]
            if has_error:
                errors.append(Error(row["kind"], row["wrong"], bool(here)))
            else:
                false += [f"{f.entry}: {row[to]}" for f in here]
    return Read(errors, false)


def planted(snapshot: Snapshot, known: dict[str, Entry]) -> Iterator[Error]:
    """Yield the errors that are put in the place of each confirmed rendering."""
    choose = random.Random(1)
    pairs = [*rows("alarms.tsv"), *rows("readout.tsv")]
    for from_, to in DIRECTIONS:
        for row in pairs:
            source, target = row[from_], row[to]
            for finding in check(snapshot, source, target, Wanted()):
                place, entry = finding.target, known.get(finding.entry or "")
                if finding.verdict in ACCUSING or place is None or entry is None:
                    continue
                if finding.source and _is_phrase(finding.source.text, place.text):
                    for kind, text in _instead(entry, to, known, choose):
                        changed = f"{target[: place.start]}{text}{target[place.end :]}"
                        accused = alarms(snapshot, source, changed)
                        is_found = any(f.entry == entry.id for f in accused)
                        yield Error(kind, changed, is_found)


def _is_phrase(*texts: str) -> bool:
    """Say whether a term is a set phrase: four Han characters in one language."""
    return max(sum(map(len, _HAN.findall(text))) for text in texts) >= _PHRASE


def _instead(
    entry: Entry, lang: str, known: dict[str, Entry], choose: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield kinds of errors with what is put in the place of a rendering."""
    yield "dropped", ""
    told_apart = [
        known[r.entry]
        for r in entry.relations
        if r.type == "contrast" and r.entry in known
    ]
    kind = "contrast" if told_apart else "another's"
    for other in told_apart[:1] or [choose.choice(list(known.values()))]:
        best = other.best("en" if lang == "en" else "zh-Hans")
        if best is not None:
            yield kind, best.text


def _shown(errors: list[Error], title: str) -> Table:
    table = Table("kind", "found", "of", title=title)
    counts = Counter(error.kind for error in errors)
    hits = Counter(error.kind for error in errors if error.is_found)
    for kind, number in sorted(counts.items()):
        table.add_row(kind, str(hits[kind]), str(number))
    table.add_row("all", str(hits.total()), str(counts.total()))
    return table


def main() -> None:
    """Print the figures, and what is missed or falsely accused."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    out = Console(width=110)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "glossary.db"))
        load_curated(store)
        snapshot = Recognition(store).snapshot()
        for from_, to in DIRECTIONS:
            pairs = rows("alarms.tsv")
            words = sum(len(row["en"].split()) for row in pairs)
            false = [
                f"{f.entry}: {_text(f.source)} in {row[to]}"
                for row in pairs
                for f in alarms(snapshot, row[from_], row[to])
            ]
            per = 1000 * len(false) / words
            out.print(f"{from_}→{to}: {len(false)} alarms, {per:.1f} in 1,000 words")
            out.print(*(f"  {each}" for each in false), sep="\n")
        right, wrong = readout(snapshot, wrong=False), readout(snapshot, wrong=True)
        out.print(_shown(wrong.errors, "errors of the readout"))
        missed = [f"  missed: {e.sentence}" for e in wrong.errors if not e.is_found]
        false = [f"  false: {each}" for each in {*right.false, *wrong.false}]
        out.print(*missed, *false, sep="\n")
        known = {entry.id: entry for entry in entries()}
        out.print(_shown(list(planted(snapshot, known)), "planted errors"))
        store.close()


def _text(span: Span | None) -> str:
    return span.text if span else ""


if __name__ == "__main__":
    main()

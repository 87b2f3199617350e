"""What finding the terms of a text costs, beside other engines and their recall.

Run `python -m benchmarks.annotate`. Each size fills a store, builds its lexicon in a
process of its own and reads it back; then each engine goes over the same English and
Chinese texts, in which one sentence in three holds a term, one in four English ones of
them as a plural. “Scan” is an engine alone over a text that is folded already; “raw” is
the fastest of those. “End to end” is all of the work, from the text to the JSON: for us
as it is, for another engine with `benchmarks.engines.complete` around it. Recall is of
the wordings that were put in; “wrong” is the share of hits that cut an English word, or
whose span is not the term.
Speeds are by processor time. Install the others with `pip install ahocorasick-rs
pyahocorasick flashtext2 spacy`, or they are left out. `--database` takes stores that
are filled already.
"""

import argparse
import gc
import io
import itertools
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from rich.console import Console
from rich.table import Table
from werkzeug.test import EnvironBuilder

from benchmarks.engines import RAW, complete, engines, members_of, wrong
from benchmarks.lookup import application, caller, drained, hello
from benchmarks.lookup import timed as call_time
from benchmarks.phrases import fill
from glossary.curation import entries
from glossary.query import Wanted
from glossary.recognition import (
    Lexicon,
    Shelf,
    Snapshot,
    WordingRow,
    annotate,
    matches_json,
    rehearse,
)
from glossary.store import SqliteStore, open_store
from glossary.text import fold, key

ROUNDS = 5
CHARACTERS = 100_000
#: So much of a text is read at once, by a process that has read none.
LONG = 50_000
#: The regex loop reads no more of a text than this.
FEW = 2_000


class Sample(NamedTuple):
    """A text, and the wordings that were put into it."""

    text: str
    planted: list[str]


def sample(lang: str, terms: list[str], size: int, chance: random.Random) -> Sample:
    """Make a text of ordinary sentences, a term in one of three."""
    english = [d for e in entries() if (d := e.definition.get("en"))]
    signs = "".join(t.text for e in entries() for t in e.terms if t.lang == "zh-Hans")
    parts: list[str] = []
    planted: list[str] = []
    length = 0
    while length < size:
        if lang == "en":
            sentence = chance.choice(english)
        else:
            sentence = "".join(chance.choices(signs, k=chance.randint(8, 25))) + "。"
        if chance.random() < 1 / 3:
            term = chance.choice(terms)
            if lang == "en" and chance.random() < 1 / 4 and term[-1] in "nrtdklmp":
                term += "s"
            planted.append(term)
            gap = " " if lang == "en" else ""
            sentence = f"{term}{gap}{sentence}"
        parts.append(sentence)
        length += len(sentence) + 1
    return Sample((" " if lang == "en" else "").join(parts), planted)


def timed(call: Callable[[], Any]) -> float:
    """Return the seconds of processor time of the median of a few calls."""
    spent = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        call()
        spent.append(time.process_time() - begin)
    return statistics.median(spent)


def recall(found: Iterable[str], planted: list[str]) -> float:
    """Return the share of the planted wordings that are among those found."""
    there = {key(text) for text in found}
    return sum(key(text) in there for text in planted) / len(planted)


def ours(store: SqliteStore, path: Path, lines: Table) -> Snapshot:
    """Build the lexicon and read it back; note what that costs."""
    kept = path.exists()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-m",
        "glossary.recognition.snapshot",
        store.path,
        str(path),
    ]
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    held = _resident()
    begin = time.process_time()
    lexicon = Lexicon.load(path, store.epoch)
    if lexicon is None:
        raise SystemExit(f"{path} is of another store or another program")
    loaded = time.process_time() - begin
    numbers = [row[0] for row in store.rows("select n from entry limit 200")]
    changed = [
        WordingRow(n, at, key(term.text), term.text)
        for n, entry in store.wordings.entries(numbers, store.revision()).items()
        for at, term in enumerate(entry.terms)
    ]
    delta = timed(lambda: Lexicon.of(1, changed))
    lines.add_row(
        f"{store.wordings.count():,}",
        f"{len(lexicon):,}",
        "–" if kept else f"{after.ru_utime - before.ru_utime:.1f}",
        "–" if kept else f"{after.ru_maxrss / 1024:,.0f}",
        f"{path.stat().st_size / 1e6:,.0f}",
        f"{loaded:.2f}",
        f"{_resident() - held:,.0f}",
        f"{delta * 1000:.1f}",
    )
    nothing = Shelf(Lexicon.of(lexicon.revision, []), store)
    return Snapshot(lexicon.revision, Shelf(lexicon, store), nothing, frozenset())


def _resident() -> float:
    """Return the megabytes that this process has in memory."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def measured(store: SqliteStore, path: Path) -> None:
    """Measure one store in both languages and print the tables."""
    tables = [
        Table(
            *("entries", "terms", "build, s", "build, MB", "file, MB"),
            *("read back, s", "memory, MB", "delta of 200, ms"),
            title="the lexicon",
        ),
        Table(
            *("entries", "text", "engine", "scan, MB/s", "end to end, MB/s"),
            *("against raw", "recall", "wrong"),
            title="terms of a text",
        ),
        Table(
            *("entries", "text", "first time, ms", "again, ms"),
            title=f"{LONG:,} characters in a process that knows no wording yet",
        ),
        Table(
            *("store", "hello, µs", "first time, µs", "again, µs"),
            *("speed, first time", "again"),
            title="500 characters beside hello",
        ),
    ]
    snapshot = ours(store, path, tables[0])
    size = store.wordings.count()
    chance = random.Random(5)
    numbers = [row[0] for row in store.rows("select n from entry order by n")]
    terms: dict[str, list[str]] = {"en": [], "zh-Hans": []}
    chosen = chance.sample(numbers, min(2_000, size))
    for entry in store.wordings.entries(chosen, store.revision()).values():
        for term in entry.terms:
            if term.lang in terms and key(term.text) and "{" not in term.text:
                terms[term.lang].append(term.text)
    samples = {
        lang: sample(lang, wordings, CHARACTERS, chance)
        for lang, wordings in terms.items()
    }
    for lang, made in samples.items():
        tables[2].add_row(f"{size:,}", lang, *_long(snapshot, made.text[:LONG]))
    rows = {lang: [_ours(snapshot, made)] for lang, made in samples.items()}
    for lang, made in samples.items():
        requests(store.path, made, f"{size:,} {lang}", tables[3])
    for lang, theirs in _theirs(store, samples):
        rows[lang].append(theirs)
    for lang, timings in rows.items():
        raw = max(each.scan for each in timings if each.engine in RAW)
        for each in timings:
            tables[1].add_row(f"{size:,}", lang, *each.told(raw))
    for table in tables:
        Console(width=110).print(table)


class Timing(NamedTuple):
    """What an engine did with a text; speeds in MB/s, 0 where there is none."""

    engine: str
    scan: float = 0.0
    whole: float = 0.0
    recall: float = 0.0
    wrong: float = 0.0
    why_not: str = ""

    def told(self, raw: float) -> tuple[str, ...]:
        """Return the columns of the table."""
        if self.why_not:
            return self.engine, self.why_not
        scan = f"{self.scan:.2f}" if self.scan else ""
        speeds = scan, f"{self.whole:.2f}", f"{self.whole / raw:.3f}"
        return self.engine, *speeds, f"{self.recall:.0%}", f"{self.wrong:.0%}"


def _long(snapshot: Snapshot, text: str) -> tuple[str, str]:
    """Return the milliseconds of a text that nobody has asked for, and of it again.

    As in a server, tables and dictionaries are loaded before, and the collector does
    not go over what was there at the start.
    """
    rehearse(snapshot)
    gc.collect()
    gc.freeze()

    def answered() -> bytes:
        matches = annotate(snapshot, text, Wanted()).matches
        return matches_json(text, matches, "codepoint")

    begin = time.process_time()
    answered()
    first = time.process_time() - begin
    return f"{first * 1000:.0f}", f"{timed(answered) * 1000:.0f}"


def _ours(snapshot: Snapshot, made: Sample) -> Timing:
    text = made.text

    def answered() -> bytes:
        matches = annotate(snapshot, text, Wanted()).matches
        return matches_json(text, matches, "codepoint")

    answered()
    whole = len(text.encode()) / 1e6 / timed(answered)
    every = annotate(snapshot, text, Wanted(overlaps=True)).matches
    share = recall((match.text for match in every), made.planted)
    bad = wrong(text, [(match.start, match.end, match.text) for match in every])
    return Timing("ours", 0.0, whole, share, bad)


def _theirs(
    store: SqliteStore, samples: dict[str, Sample]
) -> Iterator[tuple[str, Timing]]:
    """Yield language and timing of each other engine, loaded with all the terms."""
    numbers = {folded: n for n, _, folded in store.wordings.keyed() if folded}

    entry = members_of(store, numbers)
    for name, find in engines(list(numbers), store.wordings.count()):
        for lang, made in samples.items():
            if isinstance(find, str):
                yield lang, Timing(name, why_not=find)
                continue
            text = made.text[:FEW] if "loop" in name else made.text
            folded = fold(text).text
            megabytes = len(text.encode()) / 1e6
            around = partial(complete(find, entry), text)
            around()
            hits = find(folded)
            planted = [t for t in made.planted if key(t) in folded]
            share = recall((term for _, _, term in hits), planted)
            yield (
                lang,
                Timing(
                    name,
                    len(folded.encode()) / 1e6 / timed(partial(find, folded)),
                    megabytes / timed(around),
                    share,
                    wrong(folded, hits),
                ),
            )


def requests(database: str, made: Sample, lang: str, table: Table) -> None:
    """Time `POST /annotate` of 500 characters beside a bare Flask hello, in turn."""
    app = application(database)
    greet = caller(hello(), ["/hello"])
    bodies = [
        orjson.dumps({"text": made.text[at : at + 500]}) for at in range(0, 50_000, 500)
    ]
    environ = EnvironBuilder(
        path="/api/v1/annotate", method="POST", content_type="application/json"
    ).get_environ()
    turn = itertools.cycle(bodies)

    def ask() -> None:
        body = next(turn)
        sent = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        answer = app.wsgi_app({**environ, **sent}, lambda *_: None)
        drained(answer)

    def ask_new() -> None:
        recognition.snapshot().delta.memory("segments").clear()
        ask()

    # Few enough that all are remembered.
    recognition = app.extensions["glossary"].recognition
    rounds = []
    for _ in range(15):
        new = call_time(ask_new)
        for _ in bodies:
            ask()
        rounds.append((call_time(greet), new, call_time(ask)))
    first = statistics.median(a / b for a, b, _ in rounds)
    again = statistics.median(a / c for a, _, c in rounds)
    spent = (f"{statistics.median(times):.0f}" for times in zip(*rounds, strict=True))
    table.add_row(lang, *spent, f"{first:.2f}", f"{again:.2f}")
    app.extensions["glossary"].store.close()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 100_000])
    parser.add_argument("--database", nargs="*", default=[], help="filled stores")
    asked = parser.parse_args()
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(str(Path(folder) / "glossary.db"))
            fill(store, size)
            measured(store, Path(f"{store.path}.lexicon"))
            store.close()
    for database in asked.database:
        store = open_store(database)
        measured(store, Path(f"{database}.lexicon"))
        store.close()


if __name__ == "__main__":
    main()

"""What finding the terms of a text costs, beside other engines and their recall.

Run `python -m benchmarks.annotate`. Each size fills a store, builds its lexicon and
reads it back; then each engine goes over the same English and Chinese texts, in which
one sentence in three holds a term, and says how many of those it found. “Ours” is all
of the work: folding, scanning, the way back, entries, JSON. “Raw” is the same automaton
over a text that is folded already. The other engines are given folded texts and folded
terms, so that what they find is not a matter of spelling; install them with `pip
install pyahocorasick flashtext2 spacy`, or they are left out. `--database` takes a
store that is filled already.
"""

import argparse
import importlib
import io
import itertools
import os
import random
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from rich.console import Console
from rich.table import Table
from werkzeug.test import EnvironBuilder

from benchmarks.lookup import caller, hello
from benchmarks.lookup import timed as call_time
from benchmarks.phrases import fill
from glossary import config, recognition
from glossary.annotate import annotate
from glossary.curated import entries
from glossary.fold import key
from glossary.lexicon import Lexicon
from glossary.matchjson import matches_json
from glossary.query import Wanted
from glossary.recognition import Shelf, Snapshot
from glossary.store import SqliteStore, open_store
from glossary.tape import tape
from glossary.web import create_app

ROUNDS = 5


Spans = Callable[[str], Iterable[str]]


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
            planted.append(chance.choice(terms))
            gap = " " if lang == "en" else ""
            sentence = f"{planted[-1]}{gap}{sentence}"
        parts.append(sentence)
        length += len(sentence) + 1
    return Sample((" " if lang == "en" else "").join(parts), planted)


def timed(call: Callable[[], Any]) -> float:
    """Return the seconds of the median of a few calls."""
    spent = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        call()
        spent.append(time.perf_counter() - begin)
    return statistics.median(spent)


def recall(found: Iterable[str], planted: list[str]) -> float:
    """Return the share of the planted wordings that are among those found."""
    there = {key(text) for text in found}
    return sum(key(text) in there for text in planted) / len(planted)


def peers(terms: list[str]) -> Iterator[tuple[str, Spans]]:
    """Yield the other engines that are installed, loaded with folded terms."""
    folded = sorted({key(term) for term in terms})
    with suppress(ImportError):
        tree = importlib.import_module("ahocorasick").Automaton()
        for term in folded:
            tree.add_word(term, term)
        tree.make_automaton()
        yield "pyahocorasick", lambda text: [t for _, t in tree.iter_long(text)]
    with suppress(ImportError):
        processor = importlib.import_module("flashtext2").KeywordProcessor(
            case_sensitive=True
        )
        processor.add_keywords_from_iter(folded)
        yield "flashtext2", processor.extract_keywords
    with suppress(ImportError):
        spacy = importlib.import_module("spacy")
        matching = importlib.import_module("spacy.matcher")
        # The blank pipeline of no language in particular, as the terms are of two.
        nlp = spacy.blank("xx")
        nlp.max_length = 10_000_000
        matcher = matching.PhraseMatcher(nlp.vocab)
        matcher.add("terms", list(nlp.tokenizer.pipe(folded)))

        def spans(text: str) -> list[str]:
            read = nlp.make_doc(text)
            return [span.text for span in matcher(read, as_spans=True)]

        yield "spaCy PhraseMatcher", spans


def word_loop(terms: list[str]) -> Spans:
    r"""Return a search for one term after another between `\b` and `\b`."""
    patterns = [(t, re.compile(rf"\b{re.escape(t)}\b")) for t in map(key, terms)]
    return lambda text: [term for term, pattern in patterns if pattern.search(text)]


def ours(store: SqliteStore, path: Path, lines: Table) -> Snapshot:
    """Build the lexicon and read it back; note what that costs."""
    kept = path.exists()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.perf_counter()
    if not kept:
        recognition.build(store, path)
    built = time.perf_counter() - begin
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    held = _resident()
    begin = time.perf_counter()
    lexicon = Lexicon.load(path, store.wordings.mark())
    if lexicon is None:
        raise SystemExit(f"{path} is of another store or another program")
    loaded = time.perf_counter() - begin
    lines.add_row(
        f"{store.wordings.count():,}",
        f"{len(lexicon):,}",
        "–" if kept else f"{built:.1f}",
        "–" if kept else f"{peak:,.0f}",
        f"{loaded:.2f}",
        f"{_resident() - held:,.0f}",
        f"{path.stat().st_size / 1e6:,.0f}",
    )
    nothing = Shelf(Lexicon.of(lexicon.revision, []), store)
    return Snapshot(lexicon.revision, Shelf(lexicon, store), nothing, frozenset())


def _resident() -> float:
    """Return the megabytes that this process has in memory."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def measured(store: SqliteStore, path: Path, most: int, tables: list[Table]) -> None:
    """Measure one store in both languages."""
    snapshot = ours(store, path, tables[0])
    size = store.wordings.count()
    chance = random.Random(5)
    numbers = [row[0] for row in store.rows("select n from entry order by n")]
    terms: dict[str, list[str]] = {"en": [], "zh-Hans": []}
    chosen = numbers if size <= most else chance.sample(numbers, min(2_000, size))
    for start in range(0, len(chosen), 500):
        some = chosen[start : start + 500]
        for entry in store.wordings.entries(some, store.revision()).values():
            for term in entry.terms:
                if term.lang in terms and key(term.text):
                    terms[term.lang].append(term.text)
    every = terms["en"] + terms["zh-Hans"]
    for lang, wordings in terms.items():
        made = sample(lang, wordings, 30_000, chance)
        for row in compared(snapshot, made, every if size <= most else []):
            tables[1].add_row(f"{size:,}", lang, *row)
        requests(store.path, made, f"{size:,} {lang}", tables[2])


def compared(
    snapshot: Snapshot, made: Sample, every: list[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield engine, MB/s, speed against the raw scan and recall, on one text."""
    text, folded, read = made.text, key(made.text), tape(made.text).text
    size = len(text.encode()) / 1e6
    raw = size / timed(lambda: snapshot.main.lexicon.find(read))

    def ours(text: str) -> list[str]:
        matches = annotate(snapshot, text, Wanted(overlaps=True)).matches
        matches_json(text, matches, "codepoint")
        return [match.text for match in matches]

    yield "raw scan", f"{raw:.2f}", "1.000", ""
    engines = [("ours, end to end", ours, text)]
    if every:
        engines += [(name, engine, folded) for name, engine in peers(every)]
        engines.append(("regex loop", word_loop(every), folded[:2_000]))
    for name, engine, part in engines:
        speed = len(part.encode()) / 1e6 / timed(partial(engine, part))
        planted = [t for t in made.planted if name != "regex loop" or key(t) in part]
        share = recall(engine(part), planted) if planted else 0.0
        yield name, f"{speed:.2f}", f"{speed / raw:.3f}", f"{share:.0%}"


def requests(database: str, made: Sample, lang: str, table: Table) -> None:
    """Time `POST /annotate` of 500 characters beside a bare Flask hello, in turn."""
    os.environ["GLOSSARY_DATABASE"] = database
    config.settings.cache_clear()
    app = create_app()
    greet = caller(hello(), ["/hello"])
    bodies = [
        orjson.dumps({"text": made.text[at : at + 500]})
        for at in range(0, len(made.text) - 500, 500)
    ]
    environ = EnvironBuilder(
        path="/api/v1/annotate", method="POST", content_type="application/json"
    ).get_environ()
    turn = itertools.cycle(bodies)

    def ask() -> None:
        body = next(turn)
        sent = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        answer = app.wsgi_app({**environ, **sent}, lambda *_: None)
        b"".join(answer)
        answer.close()

    for _ in bodies:
        ask()
    pairs = [(call_time(greet), call_time(ask)) for _ in range(15)]
    spent = statistics.median(b for _, b in pairs)
    speed = statistics.median(a / b for a, b in pairs)
    table.add_row(lang, f"{spent:.0f}", f"{speed:.2f}")
    app.extensions["glossary"].store.close()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 100_000])
    parser.add_argument("--database", help="a store that is filled already")
    parser.add_argument("--peers-up-to", type=int, default=100_000)
    asked = parser.parse_args()
    tables = [
        Table(
            *("entries", "terms", "build, s", "build, MB", "read back, s"),
            *("memory, MB", "file, MB"),
            title="the lexicon",
        ),
        Table(
            *("entries", "text", "engine", "MB/s", "against raw", "recall"),
            title="terms of a text",
        ),
        Table("store", "µs", "speed", title="500 characters beside hello"),
    ]
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(str(Path(folder) / "glossary.db"))
            fill(store, size)
            path = Path(folder) / "glossary.db.lexicon"
            measured(store, path, asked.peers_up_to, tables)
            store.close()
    if asked.database:
        store = open_store(asked.database)
        path = Path(f"{asked.database}.lexicon")
        measured(store, path, asked.peers_up_to, tables)
        store.close()
    for table in tables:
        Console(width=100).print(table)


if __name__ == "__main__":
    main()

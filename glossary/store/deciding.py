"""What earlier glossaries say of the pairs of entries, read from the store."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from glossary.entry import Entry, precedence
from glossary.store.store import Store

#: Of each pair, one wording is of this language.
_PAIRED: Final = "zh"
#: Of so many entries it is asked at once.
_AT_ONCE: Final = 500


def sharing(
    store: Store, entries: Iterable[Entry], glossaries: Collection[str]
) -> list[Entry]:
    """Return the approved entries of glossaries that have a Chinese wording of others.

    The entries themselves are among them, where they are of these glossaries.
    """
    if not glossaries:
        return []
    wordings = (precedence.wording(term) for entry in entries for term in entry.terms)
    keys = {wording for lang, wording in wordings if lang == _PAIRED}
    return store.wordings.sharing(sorted(keys), sorted(glossaries))


def decided(
    store: Store, entries: Iterable[Entry], order: Sequence[str]
) -> Iterator[Entry]:
    """Yield entries with each wording as the earliest glossary has it stand.

    That is asked for all pairs of an entry, as `glossary.entry.precedence` has it, and
    of the store for many entries at once.
    """
    rest = iter(entries)
    while some := list(islice(rest, _AT_ONCE)):
        last = max(precedence.rank(order, entry.glossary) for entry in some)
        earlier = sharing(store, some, order[:last])
        if not earlier:
            yield from some
            continue
        having: dict[tuple[str, str], list[Entry]] = {}
        for other in earlier:
            for name in {precedence.wording(term) for term in other.terms}:
                having.setdefault(name, []).append(other)
        for entry in some:
            names = {precedence.wording(term) for term in entry.terms}
            beside = {o.id: o for name in names for o in having.get(name, ())}
            yield precedence.decided(entry, beside.values(), order)

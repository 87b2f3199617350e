"""How a store stands, in numbers, for those who watch it."""

from datetime import UTC, datetime

from glossary.store.store import Store


def condition(store: Store) -> dict[str, float]:
    """Return numbers by name: counts, ages in seconds, connections.

    Raise StoreError when the store cannot be read.
    """
    (entries,) = store.rows("select count(*) from entry")[0]
    (waiting,) = store.rows("select count(*) from proposal where state = 'open'")[0]
    newest = store.rows(
        "select v.at from entry e join version v on v.entry = e.id "
        "and v.version = e.version order by e.revision desc, e.id limit 1"
    )
    numbers = {"entries": float(entries), "proposals_waiting": float(waiting)}
    if newest:
        then = datetime.fromisoformat(str(newest[0][0]))
        then = then if then.tzinfo else then.replace(tzinfo=UTC)
        age = (datetime.now(UTC) - then).total_seconds()
        numbers["revision_age_seconds"] = max(0.0, age)
    return numbers | store.connections()

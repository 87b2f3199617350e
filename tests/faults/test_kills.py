"""Nothing acknowledged is lost and no import is half there, whoever is killed when.

`KILLS=300 python -m pytest tests/faults/test_kills.py --capture no` kills so often,
half of it over each engine, in stores of 100,000 entries (`ENTRIES`); `make soak` does.
"""

import io
import os
from pathlib import Path

from glossary import config
from glossary.people import access
from glossary.query import Order
from glossary.store import open_store
from glossary.transfer.jobs import Imports
from tests.faults.kills import Trial
from tests.faults.running import Serve
from tests.running import run

KILLS = int(os.environ.get("KILLS", "0"))
#: Entries beside the curated ones.
ENTRIES = int(os.environ.get("ENTRIES", "100000" if KILLS else "0"))
#: Seconds from the start of a process to its first answer.
SOON = 5.0


def filled(number: int) -> None:
    """Bring so many more entries into the store that the settings name."""
    if not number:
        return
    rows = (f"第{n}号词条之名,name of entry number {n}\n" for n in range(number))
    settings = config.settings()
    store = open_store(settings.database)
    imports = Imports(settings, store)
    file = io.BytesIO(("zh,en\n" + "".join(rows)).encode())
    done = imports.run(imports.submit(file, Order(glossary="many"), by="me").id)
    store.close()
    assert done.state == "succeeded"


def test_what_was_acknowledged_survives_every_kill_and_imports_are_whole(
    serve: Serve, database: Path | str
) -> None:
    filled(ENTRIES)
    store = open_store(str(database))
    seen = Trial(serve, database, access.create(store, "writer")).run(
        KILLS // 2 or 2, store
    )
    entries = len(store.rows("select id from entry"))
    assert store.damage() == []
    store.close()
    print(f"{entries} entries: {seen.told()}")  # noqa: T201 - the counts are what it is run for.
    assert (seen.lost, seen.partial, seen.short, seen.wrong) == ([], [], [], [])
    assert len(seen.acknowledged) > 4 * seen.kills.total()
    assert seen.reads > seen.kills.total()
    if KILLS:
        doctor = run("doctor", database=database)
        assert "wrong" not in doctor.stdout, doctor.stdout
        assert max(seen.starts) < SOON

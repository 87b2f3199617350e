"""A file that was brought in before, into a store that has not moved since.

A file brought in twice changes nothing the second time. So the very same bytes, asked
for in the same way, need not be read again while the store is as they left it.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from glossary import release
from glossary.message import N_, Message
from glossary.transfer.report import Counts, Trouble
from glossary.transfer.run import Import, shown

#: What is asked of an import and changes nothing of what it writes.
_BESIDE: Final = frozenset({"filename", "confirm", "any_number", "dry_run"})


def seal(digest: str) -> str:
    """Return what tells a file apart, for this version of the program."""
    return f"{release()}:{digest}"


def is_again(job: Import, before: Import) -> bool:
    """Say whether an import is one that was done, of which nothing was refused."""
    counts = Counts(**before.counts)
    return bool(
        job.digest
        and before.digest == job.digest
        and before.state == "succeeded"
        and not counts.refused
        and _order_of(job) == _order_of(before)
    )


def done_again(job: Import, before: Import) -> tuple[Import, Mapping[str, Any]]:
    """Return an import that was done before as it ends now, and its warning."""
    records = before.counts["read"]
    unchanged = replace(Counts(), read=records, unchanged=records)
    message = Message(
        N_(
            "This file has already been imported, as revision %(revision)s, "
            "and nothing has changed since, so it was not read again."
        ),
        revision=before.revision,
    )
    warning = shown(Trouble(0, None, "same-file", message))
    job_now = replace(
        job,
        state="planned" if job.dry_run else "succeeded",
        counts=asdict(unchanged),
        progress={"done": records, "total": records, "share": 100},
        warnings=(warning,),
        left_out=before.left_out,
        left=before.left,
        mapping=before.mapping,
        revision=before.revision,
        epoch=before.epoch,
    )
    return job_now, warning


def _order_of(job: Import) -> dict[str, Any]:
    order = {name: v for name, v in job.asked.items() if name not in _BESIDE}
    return {**order, "format": job.format, "glossary": job.glossary}

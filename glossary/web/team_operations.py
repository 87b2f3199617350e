"""What the calls of people who work together take and answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from glossary.schema import teamwork
from glossary.web.operation import Operation

_SENT: Final = (404, 409, 413, 415)
#: By endpoint; no call of these tells a revision.
OF_TEAMS: Final[Mapping[str, Operation]] = {
    name: replace(each, revised=False, private=True)
    for name, each in {
        "team.get_queue": Operation(teamwork.QueueAnswer, teamwork.QueueQuery),
        "team.put_assignment": Operation(
            teamwork.AssignmentSchema, body=teamwork.AssignmentBody, problems=_SENT
        ),
        "team.delete_assignment": Operation(None, status=204, problems=(404,)),
    }.items()
}

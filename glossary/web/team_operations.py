"""What the calls of people who work together take and answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from marshmallow import Schema

from glossary.schema import teamwork
from glossary.web.operation import Operation

_SENT: Final = (404, 409, 413, 415)


def _creation(answer: type[Schema], body: type[Schema]) -> Operation:
    """Return a call that makes something which has no address of its own."""
    return Operation(answer, body=body, status=201, problems=_SENT, placed=False)


#: By endpoint; no call of these tells a revision.
OF_TEAMS: Final[Mapping[str, Operation]] = {
    name: replace(operation, revised=False, private=True)
    for name, operation in {
        "team.get_queue": Operation(teamwork.QueueAnswer, teamwork.QueueQuery),
        "team.put_assignment": Operation(
            teamwork.AssignmentSchema, body=teamwork.AssignmentBody, problems=_SENT
        ),
        "team.delete_assignment": Operation(None, status=204, problems=(404,)),
        "mine.get_mine": Operation(teamwork.MineAnswer, files=("text/csv",)),
        "mine.put_mine": Operation(
            teamwork.KeptSchema, body=teamwork.KeptBody, problems=_SENT
        ),
        "mine.delete_mine": Operation(None, status=204, problems=(404,)),
        "talk.get_comments": Operation(teamwork.RemarksAnswer, problems=(404,)),
        "talk.post_comments": _creation(teamwork.RemarkSchema, teamwork.RemarkBody),
        "talk.put_comment": Operation(
            teamwork.RemarkSchema, body=teamwork.SettleBody, problems=_SENT
        ),
        "talk.delete_comment": Operation(None, status=204, problems=(404,)),
        "talk.get_watches": Operation(teamwork.WatchesAnswer),
        "talk.post_watches": _creation(teamwork.WatchSchema, teamwork.WatchBody),
        "talk.delete_watch": Operation(
            None, teamwork.WatchBody, status=204, problems=(404,)
        ),
        "talk.get_notices": Operation(teamwork.NoticesAnswer, teamwork.NoticesQuery),
        "talk.post_seen": Operation(
            None, body=teamwork.SeenBody, status=204, problems=_SENT
        ),
        "talk.get_hooks": Operation(teamwork.HooksAnswer),
        "talk.post_hooks": _creation(teamwork.HookSchema, teamwork.HookBody),
        "talk.delete_hook": Operation(None, status=204, problems=(404,)),
        "talk.get_deliveries": Operation(
            teamwork.DeliveriesAnswer, teamwork.NoticesQuery, problems=(404,)
        ),
    }.items()
}

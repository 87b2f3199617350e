"""Writes of tasks, remarks, watches, notices and webhooks in one open transaction."""

from dataclasses import replace
from functools import cached_property

from glossary.entry import (
    DELIVERIES,
    Delivery,
    Hook,
    Notice,
    Saying,
    Starred,
    Task,
    Watch,
    codec,
)
from glossary.errors import NotFound
from glossary.message import N_
from glossary.store.connection import Connection, rows_of
from glossary.store.teamwork import Teamwork


class Teaming(Teamwork):
    """What a transaction changes of what people tell; the revision stays."""

    def __init__(self, connection: Connection, *, by: str, at: str) -> None:
        self._execute = connection.execute
        self._by, self._at = by, at
        super().__init__(rows_of(connection))

    def assign(self, task: Task) -> Task:
        """Keep whose an entry is to work on, in place of whose it was."""
        task = replace(task, by=self._by, at=self._at)
        self._execute("delete from task where entry = ?", [task.entry])
        self._execute(
            'insert into task (entry, person, due, note, "by", at) '
            "values (?, ?, ?, ?, ?, ?)",
            [task.entry, task.person, task.due, task.note, task.by, task.at],
        )
        return task

    def drop(self, entry_id: str) -> bool:
        """Forget whose an entry is to work on; say whether it was anybody's."""
        if not self._any_tasks:
            return False
        return bool(
            self._execute("delete from task where entry = ?", [entry_id]).rowcount
        )

    @cached_property
    def _any_tasks(self) -> bool:
        return bool(self._rows("select 1 from task limit 1", []))

    def hand_on(self, person: str, to: str) -> int:
        """Give what one is to work on to another, or to nobody; return how much."""
        if not to:
            return int(
                self._execute("delete from task where person = ?", [person]).rowcount
            )
        result = self._execute(
            "update task set person = ? where person = ?", [to, person]
        )
        return int(result.rowcount)

    def say(self, remark: Saying) -> Saying:
        """Keep a remark and return it with its number."""
        remark = replace(remark, by=self._by, at=self._at)
        (number,) = self._execute(
            "insert into remark (entry, document) values (?, ?) returning id",
            [remark.entry, codec.write(remark).decode()],
        ).fetchone()
        return replace(remark, id=int(number))

    def settle(self, remark: Saying, *, is_resolved: bool) -> Saying:
        """Note that a remark is settled, or open again."""
        remark_now = replace(
            remark,
            resolved=self._at if is_resolved else "",
            resolved_by=self._by if is_resolved else "",
        )
        self._execute(
            "update remark set document = ? where id = ?",
            [codec.write(remark_now).decode(), remark.id],
        )
        return remark_now

    def unsay(self, remark: Saying) -> None:
        """Remove a remark."""
        self._execute("delete from remark where id = ?", [remark.id])

    def watch(self, watch: Watch) -> None:
        """Keep what a person wants to be told of."""
        self._execute(
            "insert into watch (person, kind, value, at) values (?, ?, ?, ?) "
            "on conflict (person, kind, value) do nothing",
            [watch.person, watch.kind, watch.value, self._at],
        )

    def unwatch(self, watch: Watch) -> None:
        """Forget it; raise NotFound."""
        result = self._execute(
            "delete from watch where person = ? and kind = ? and value = ?",
            [watch.person, watch.kind, watch.value],
        )
        if not result.rowcount:
            raise NotFound(N_("You do not watch this."))

    def tell(self, notice: Notice) -> None:
        """Keep what a person is told."""
        self._execute(
            'insert into notice (person, kind, about, "by", text, at, seen, mailed) '
            "values (?, ?, ?, ?, ?, ?, '', '')",
            [
                notice.person,
                notice.kind,
                notice.about,
                notice.by or self._by,
                notice.text,
                notice.at or self._at,
            ],
        )

    def see(self, person: str, *, until: int) -> None:
        """Note that a person has seen all up to a number."""
        self._execute(
            "update notice set seen = ? where person = ? and n <= ? and seen = ''",
            [self._at, person, until],
        )

    def note_mailed(self, numbers: list[int]) -> None:
        """Note what is sent by e-mail, before it is, so that it never goes twice."""
        self._execute(
            "update notice set mailed = ? where n in "
            "(select cast(value as integer) from json_each(?))",
            [self._at, codec.write(numbers).decode()],
        )

    def keep(self, person: str, star: Starred) -> Starred:
        """Keep an entry for a person, as they have it now."""
        star = replace(star, at=self._at)
        self._execute(
            "insert into own (person, entry, document) values (?, ?, ?) "
            "on conflict (person, entry) do update set document = excluded.document",
            [person, star.entry, codec.write(star).decode()],
        )
        return star

    def let_go(self, person: str, entry_id: str) -> bool:
        """Keep an entry no more; say whether it was kept."""
        result = self._execute(
            "delete from own where person = ? and entry = ?", [person, entry_id]
        )
        return bool(result.rowcount)

    def put_hook(self, hook: Hook) -> None:
        """Keep an address that is told of changes."""
        self._execute(
            "insert into hook (id, document) values (?, ?) "
            "on conflict (id) do update set document = excluded.document",
            [hook.id, codec.write(hook).decode()],
        )

    def drop_hook(self, hook_id: str) -> None:
        """Forget a hook with what was sent to it; raise NotFound."""
        self.hook(hook_id)
        self._execute("delete from hook where id = ?", [hook_id])
        self._execute("delete from delivery where hook = ?", [hook_id])

    def deliver(self, delivery: Delivery) -> None:
        """Keep what is to be sent."""
        self._execute(
            "insert into delivery (hook, state, due, body, at, tries, outcome) "
            "values (?, ?, ?, ?, ?, ?, ?)",
            [
                delivery.hook,
                delivery.state,
                delivery.due,
                delivery.body,
                delivery.at or self._at,
                delivery.tries,
                delivery.outcome,
            ],
        )

    def give_up(self, hook_id: str, outcome: str) -> None:
        """Send nothing more of what waits for a hook, and note why."""
        self._execute(
            "update delivery set state = ?, outcome = ? where hook = ? and state = ?",
            [DELIVERIES[2], outcome, hook_id, DELIVERIES[0]],
        )

    def retry(self, delivery: Delivery) -> None:
        """Note how far a delivery has come."""
        self._execute(
            "update delivery set state = ?, due = ?, tries = ?, outcome = ? "
            "where n = ?",
            [
                delivery.state,
                delivery.due,
                delivery.tries,
                delivery.outcome,
                delivery.n,
            ],
        )

    def reach(self, name: str, value: str) -> None:
        """Note how far some work has come."""
        self._execute(
            "insert into mark (name, value) values (?, ?) "
            "on conflict (name) do update set value = excluded.value",
            [name, value],
        )

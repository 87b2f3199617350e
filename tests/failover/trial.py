"""One fault after another while a load runs, each undone before the next."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console
from rich.table import Table

from glossary.people import access
from glossary.store import open_store
from tests.failover import judgement
from tests.failover.cluster import ETCD, PROXY, WEB, Cluster, until
from tests.failover.judgement import History, Window
from tests.failover.load import Load

#: Patroni's `ttl` in deploy/patroni.yml, in seconds, and what is granted beyond it.
TTL: Final = 20
GRACE: Final = 10
#: The share of reads that must be answered in each fault's time.
ENOUGH: Final = 0.99
#: Seconds of load before the first fault, and between two.
_CALM: Final = 3.0
#: Seconds that a fault lasts at least.
_HOLD: Final = 5.0


@dataclass
class Trial:
    """What came of it."""

    load: Load
    base: int
    windows: list[Window] = field(default_factory=list)
    history: History = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)

    def verdict(self) -> dict[str, object]:
        """Return by name what should not be; where all is well, it is empty."""
        load, newest = self.load, dict[str, int]()
        for entry, version in self.history:
            newest[entry] = max(version, newest.get(entry, 0))
        followed, wanted = load.followed.items(), newest.items()
        reads = {w.fault: w.of(load.reads) for w in self.windows}
        silences = {w.fault: w.silence(load.writes) for w in self.windows}
        return {
            "acknowledged and lost": judgement.lost(load.writes, self.history),
            "refused": [answer.document for answer in load.refused],
            "out of order": judgement.disordered(load.writes, self.history),
            "revisions of none or several": judgement.gaps(self.base, self.history),
            "not as the follower has it": followed ^ wanted,
            "older than was seen": judgement.wrong(load.reads),
            "too few reads": {
                fault: (share, judgement.unanswered(ours))
                for fault, ours in reads.items()
                if (share := judgement.share(ours)) < ENOUGH
            },
            "writes too late": {f: s for f, s in silences.items() if s > TTL + GRACE},
            "ended by themselves": self.ended,
        }

    def table(self) -> Table:
        """Return the figures, a fault a row."""
        table = Table(
            *("fault", "s", "reads", "answered, %", "slowest read, s", "writes"),
            *("longest silence of writes, s",),
        )
        for window in self.windows:
            reads = window.of(self.load.reads)
            writes = [
                w for w in self.load.writes if window.began <= w.ended < window.ended
            ]
            table.add_row(
                window.fault,
                f"{window.ended - window.began:.0f}",
                f"{len(reads)}",
                f"{judgement.share(reads) * 100:.2f}",
                f"{max((r.ended - r.began for r in reads), default=0):.1f}",
                f"{len(writes)}",
                f"{window.silence(writes):.1f}",
            )
        return table


@dataclass(frozen=True)
class Fault:
    """What strikes, and what is back afterwards without anybody's hand."""

    name: str
    strike: Callable[[], Callable[[], None]]
    hold: float = _HOLD
    long: bool = False
    """Whether only the long form of the trial has it."""


def faults(cluster: Cluster) -> list[Fault]:
    """Return the faults in their order; each names the node when it strikes."""

    def killed(*names: str) -> Callable[[], None]:
        for name in names:
            cluster.nodes[name].kill()

        def start() -> None:
            for name in names:
                cluster.nodes[name].start()

        return start

    def frozen(name: str) -> Callable[[], None]:
        cluster.nodes[name].freeze()
        return cluster.nodes[name].thaw

    def cut(one: str, other: str) -> Callable[[], None]:
        cluster.network.cut(one, other)
        return lambda: cluster.network.heal(one, other)

    def unplugged(name: str) -> Callable[[], None]:
        cluster.network.unplug(name)
        return lambda: cluster.network.plug(name)

    def outrun() -> Callable[[], None]:
        leader, behind = cluster.leader(), cluster.asynchronous()
        reconnect = cut(leader, behind)
        time.sleep(_CALM)
        plug = unplugged(leader)

        def repair() -> None:
            reconnect()
            plug()

        return repair

    return [
        Fault("leader killed, agent and server", lambda: killed(cluster.leader())),
        Fault("web node killed", lambda: killed(WEB[0]), long=True),
        Fault(
            "leading member of etcd killed",
            lambda: killed(cluster.etcd_leader()),
            long=True,
        ),
        Fault("all of etcd killed", lambda: killed(*ETCD), hold=TTL + GRACE, long=True),
        Fault(
            "synchronous standby stopped",
            lambda: frozen(cluster.synchronous()),
            long=True,
        ),
        Fault(
            "leader and synchronous standby cut apart",
            lambda: cut(cluster.leader(), cluster.synchronous()),
            long=True,
        ),
        Fault(
            "leader cut off from all", lambda: unplugged(cluster.leader()), long=True
        ),
        Fault("leader cut off while a standby is behind", outrun),
    ]


def run(cluster: Cluster, *, long: bool) -> Trial:
    """Start everything, let faults strike, and return what was seen."""
    cluster.start()
    store = open_store(cluster.database)
    token = access.create(store, "somebody")
    base = store.revision()
    web = [f"{cluster.network.address[name]}:8000" for name in WEB]
    proxy = f"{cluster.network.address[PROXY]}:8000"
    routes = [web, web[::-1], [proxy, proxy], web]
    load = Load(routes, token, base)
    trial = Trial(load, base)
    load.start()
    try:
        for fault in (each for each in faults(cluster) if long or not each.long):
            trial.windows.append(_struck(cluster, load, fault))
        time.sleep(_CALM)
    finally:
        load.stop()
    trial.ended = [name for name, node in cluster.nodes.items() if not node.runs()]
    rows = store.rows("select entry, version, revision from version")
    trial.history = {(row[0], row[1]): row[2] for row in rows if row[2] > base}
    store.close()
    Console(width=120).print(trial.table())
    return trial


def _struck(cluster: Cluster, load: Load, fault: Fault) -> Window:
    time.sleep(_CALM)
    until(cluster.settled, 120, f"all to be whole before: {fault.name}")
    began = time.monotonic()
    undo = fault.strike()
    time.sleep(fault.hold)
    # If they do not come back in time, the judgement says so.
    with suppress(TimeoutError):
        until(lambda: load.written_since(began + fault.hold), TTL + GRACE, "writes")
    undo()
    until(lambda: cluster.settled() and all(map(cluster.answers, WEB)), 120, "repair")
    return Window(fault.name, began, time.monotonic())

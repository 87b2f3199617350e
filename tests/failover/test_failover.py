"""Faults, one by one, under a load: nothing lost, nothing wrong, no hand.

Two of them in the suite, all eight with FAULTS=all.
"""

import os
import shutil
import subprocess
from contextlib import ExitStack

import pytest

from tests import postgresql
from tests.failover import trial
from tests.failover.cluster import NAMES, Cluster
from tests.failover.network import Network
from tests.failover.trial import Trial
from tests.running import needs

pytestmark = pytest.mark.slow
LONG = os.environ.get("FAULTS") == "all"


def namespaces() -> str | None:
    """Say whether this user may make network namespaces."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return None
    tried = subprocess.run(["unshare", "--net", "true"], check=False)
    return "unshare" if tried.returncode == 0 else None


def tried() -> Trial:
    """Run the trial in a network of its own, which is gone afterwards."""
    for program in ("ip", "bridge", "etcd", "haproxy"):
        needs(shutil.which(program), program)
    needs(postgresql.program("initdb"), "PostgreSQL")
    needs(namespaces(), "the right to make network namespaces")
    with ExitStack() as ends:
        folder = postgresql.own_folder("glossary-failover-")
        ends.callback(shutil.rmtree, folder)
        network = Network(NAMES)
        ends.callback(network.remove)
        cluster = Cluster(network, folder)
        ends.callback(cluster.stop)
        try:
            with network.entered():
                return trial.run(cluster, long=LONG)
        except Exception as error:
            error.add_note(cluster.last_words())
            raise


def test_nothing_is_lost_or_wrong_or_late_whatever_fails() -> None:
    """One test, and not one for each point: two workers would run the trial twice."""
    seen = tried()
    assert len(seen.windows) == (8 if LONG else 2)
    assert len(seen.load.writes) > 28 * len(seen.windows)
    assert len(seen.load.reads) > 140 * len(seen.windows)
    assert {point: found for point, found in seen.verdict().items() if found} == {}

"""The nodes of a deployment: three of etcd, three of Patroni, two of ours, a proxy.

The databases run with deploy/patroni.yml, the proxy with deploy/haproxy.cfg, both as
they are but for names of hosts and folders.
"""

import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tests import postgresql
from tests.failover.network import Network
from tests.running import needs

DEPLOY: Final = Path(__file__).parents[2] / "deploy"
ETCD: Final = ("etcd1", "etcd2", "etcd3")
DATABASES: Final = ("db1", "db2", "db3")
WEB: Final = ("web1", "web2")
PROXY: Final = "haproxy"
NAMES: Final = (*ETCD, *DATABASES, *WEB, PROXY)
_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_SECRETS: Final = {
    "PATRONI_SUPERUSER_PASSWORD": "of-the-superuser",
    "PATRONI_REPLICATION_PASSWORD": "of-the-replicator",
    "GLOSSARY_DB_PASSWORD": "of-the-service",
    "PATRONI_RESTAPI_USERNAME": "patroni",
    "PATRONI_RESTAPI_PASSWORD": "of-patroni",
}
#: Where deploy/ looks for the keys of a node.
_KEYS: Final = "/etc/glossary/tls"
#: As in deploy/compose.yaml: reads are spread over the standbys.
_SPREAD: Final = "load_balance_hosts=random"
#: What each has to be, in Patroni's words, with the role that it has.
_WHOLE: Final = [
    ("leader", "running"),
    ("replica", "streaming"),
    ("sync_standby", "streaming"),
]


class Node:
    """One machine: a command in a namespace, started, killed, started again."""

    def __init__(
        self,
        network: Network,
        name: str,
        command: Sequence[str],
        *,
        folder: Path,
        environment: Mapping[str, str],
    ) -> None:
        self.name = name
        self._network = network
        self._command = [*network.inside(name), *command]
        self._environment = environment
        self.log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,
            )

    def run(self, *arguments: str) -> None:
        """Run the program once, with other arguments than its last one."""
        command = [*self._command[:-1], *arguments]
        subprocess.run(command, env=self._environment, cwd="/", check=True)

    def kill(self) -> None:
        """End all that runs on the node at once, as a power cut would."""
        self._network.signal(self.name, signal.SIGKILL)
        if self._process is not None:
            self._process.wait()

    def freeze(self) -> None:
        self._network.signal(self.name, signal.SIGSTOP)

    def thaw(self) -> None:
        self._network.signal(self.name, signal.SIGCONT)

    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None


class Cluster:
    """All nodes, and what they say of themselves."""

    def __init__(self, network: Network, folder: Path) -> None:
        self.network = network
        self._folder = folder
        nodes = [f"{name}={network.address[name]}" for name in (*ETCD, *DATABASES)]
        made = [str(DEPLOY / "certificates.sh"), str(folder / "tls"), *nodes]
        subprocess.run(made, check=True)
        self._install_patroni()
        self._trust = ssl.create_default_context(cafile=folder / "tls" / "ca.crt")
        # We ask as a node: etcd speaks with nobody else.
        own = folder / "tls" / ETCD[0]
        self._trust.load_cert_chain(own / "node.crt", own / "node.key")
        # Debian's Patroni speaks TLS with etcd where its Python has this package, too.
        there = ["/usr/bin/python3", "-c", "import idna"]
        has_idna = subprocess.run(there, check=False, capture_output=True)
        self._scheme = "https" if has_idna.returncode == 0 else "http"
        hosts = ",".join(network.address[name] for name in DATABASES)
        secret = _SECRETS["GLOSSARY_DB_PASSWORD"]
        known = f"sslmode=verify-full&sslrootcert={folder / 'tls' / 'ca.crt'}"
        self.database = (
            f"postgresql://glossary:{secret}@{hosts}/glossary?{_SPREAD}&{known}"
        )
        self.nodes = {name: self._etcd(name) for name in ETCD}
        self.nodes |= {name: self._patroni(name) for name in DATABASES}
        self.nodes |= {name: self._web(name) for name in WEB}
        self.nodes[PROXY] = self._proxy()

    def start(self) -> None:
        """Start everything, in the order in which each needs the others."""
        for name in ETCD:
            self.nodes[name].start()
        for name in DATABASES:
            self.nodes[name].start()
        until(self.settled, 90, "the databases to agree")
        self.nodes[WEB[0]].run("db", "create")
        for name in (*WEB, PROXY):
            self.nodes[name].start()
        until(lambda: all(map(self.answers, WEB)), 60, "the web nodes to answer")
        until(lambda: self.answers(PROXY), 30, "the proxy to answer")

    def leader(self) -> str:
        return self._with_role("leader")

    def synchronous(self) -> str:
        """Return the standby that every commit waits for."""
        return self._with_role("sync_standby")

    def asynchronous(self) -> str:
        """Return the standby that no commit waits for."""
        return self._with_role("replica")

    def settled(self) -> bool:
        """Say whether one database leads, and two follow it, one of them at once."""
        members = self._members()
        timelines = {member.get("timeline") for member in members}
        roles = sorted((member["role"], member["state"]) for member in members)
        return roles == _WHOLE and len(timelines) == 1

    def answers(self, name: str) -> bool:
        """Say whether a web node, or the proxy, is ready."""
        try:
            return bool(_get(f"http://{self.network.address[name]}:8000/readyz"))
        except OSError:
            return False

    def etcd_leader(self) -> str:
        """Return the member of etcd that leads."""
        for name in ETCD:
            place = f"{self._scheme}://{self.network.address[name]}:2379/v3/maintenance/status"
            status = _get(place, b"{}", trust=self._trust)
            if status["leader"] == status["header"]["member_id"]:
                return name
        raise AssertionError("no member of etcd leads")

    def stop(self) -> None:
        """End everything at once."""
        for node in self.nodes.values():
            node.kill()

    def last_words(self) -> str:
        """Return the end of what each node said."""
        return "\n".join(
            f"== {node.name}\n" + "\n".join(node.log.read_text().splitlines()[-20:])
            for node in self.nodes.values()
            if node.log.exists()
        )

    def _with_role(self, role: str) -> str:
        (name,) = [m["name"] for m in self._members() if m["role"] == role]
        return str(name)

    def _members(self) -> list[dict[str, Any]]:
        """Return what the first node of Patroni that answers knows of all."""
        for name in DATABASES:
            try:
                place = f"https://{self.network.address[name]}:8008/cluster"
                answer = _get(place, trust=self._trust)
                members: list[dict[str, Any]] = answer["members"]
            except OSError:
                continue
            return members
        return []

    def _etcd(self, name: str) -> Node:
        address = self.network.address
        peers = ",".join(
            f"{each}={self._scheme}://{address[each]}:2380" for each in ETCD
        )
        here, keys = f"{self._scheme}://{address[name]}", self._keys(name)
        command = [
            *(*postgresql.as_postgres(), "etcd", "--name", name),
            *("--data-dir", str(self._own(name) / "data")),
            *("--listen-peer-urls", f"{here}:2380"),
            *("--listen-client-urls", f"{here}:2379"),
            *("--advertise-client-urls", f"{here}:2379"),
            *("--initial-advertise-peer-urls", f"{here}:2380"),
            *("--initial-cluster", peers),
            *("--heartbeat-interval", "250", "--election-timeout", "2500"),
        ]
        if self._scheme == "https":
            command += [
                *("--client-cert-auth", "--peer-client-cert-auth"),
                *("--trusted-ca-file", f"{keys}/ca.crt"),
                *("--cert-file", f"{keys}/node.crt", "--key-file", f"{keys}/node.key"),
                *("--peer-trusted-ca-file", f"{keys}/ca.crt"),
                *("--peer-cert-file", f"{keys}/node.crt"),
                *("--peer-key-file", f"{keys}/node.key"),
            ]
        return self._node(name, command, {})

    def _patroni(self, name: str) -> Node:
        own, here = self._own(name), self.network.address[name]
        file, script = own / "patroni.yml", own / "new-database.sh"
        shutil.copy(DEPLOY / script.name, script)
        text = (DEPLOY / file.name).read_text().replace("/var/lib/glossary", str(own))
        text = text.replace(_KEYS, str(self._keys(name)))
        text = text.replace("protocol: https", f"protocol: {self._scheme}")
        file.write_text(text.replace(f"/etc/patroni/{script.name}", str(script)))
        environment = {
            **_SECRETS,
            "PYTHONPATH": str(self._folder / "patroni"),
            "PATRONI_NAME": name,
            "PATRONI_RESTAPI_CONNECT_ADDRESS": f"{here}:8008",
            "PATRONI_POSTGRESQL_CONNECT_ADDRESS": f"{here}:5432",
            "PATRONI_ETCD3_HOSTS": ",".join(
                f"{self.network.address[each]}:2379" for each in ETCD
            ),
        }
        python = ["/usr/bin/python3", "-m", "patroni", str(file)]
        command = [*postgresql.as_postgres(), *python]
        return self._node(name, command, environment)

    def _web(self, name: str) -> Node:
        own = self._own(name)
        environment = {
            "PYTHONPATH": str(DEPLOY.parent),
            "TMPDIR": str(own),
            "GLOSSARY_DATABASE": self.database,
            "GLOSSARY_HOST": self.network.address[name],
            "GLOSSARY_WORKERS": "1",
        }
        return self._node(
            name, [sys.executable, "-m", "glossary.cli", "serve"], environment
        )

    def _proxy(self) -> Node:
        file = self._own(PROXY) / "haproxy.cfg"
        text = (DEPLOY / file.name).read_text()
        for name in WEB:
            text = text.replace(f"{name}:8000", f"{self.network.address[name]}:8000")
        file.write_text(text)
        return self._node(PROXY, ["haproxy", "-db", "-f", str(file)], {})

    def _install_patroni(self) -> None:
        """Bring the Patroni that deploy/ names, beside what Debian's needs."""
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
        place = ["--target", str(self._folder / "patroni")]
        wanted = ["--require-hashes", "--requirement", str(DEPLOY / "patroni.txt")]
        done = subprocess.run([*pip, *place, *wanted], check=False)
        needs(None if done.returncode else "pip", "a package index with Patroni")

    def _node(self, name: str, command: list[str], more: Mapping[str, str]) -> Node:
        environment = {"PATH": _PATH, "LANG": "C.UTF-8", **more}
        return Node(
            self.network, name, command, folder=self._folder, environment=environment
        )

    def _keys(self, name: str) -> Path:
        """Return the folder with the keys of a node, which its user may read."""
        folder = self._own(name) / "tls"
        shutil.copytree(self._folder / "tls" / name, folder)
        if os.geteuid() == 0:
            for each in (folder, *folder.iterdir()):
                shutil.chown(each, "postgres", "postgres")
            # A key that is its own, PostgreSQL takes only if nobody else may read it.
            (folder / "node.key").chmod(0o600)
        return folder

    def _own(self, name: str) -> Path:
        """Return the folder of a node, new and PostgreSQL's."""
        folder = self._folder / name
        if not folder.exists():
            folder.mkdir(mode=0o700)
            if os.geteuid() == 0:
                shutil.chown(folder, "postgres", "postgres")
        return folder


def until(condition: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait for a condition; return how long it took, in seconds."""
    begin = time.monotonic()
    while not condition():
        if time.monotonic() - begin > seconds:
            raise TimeoutError(f"waited {seconds} s in vain for {what}")
        time.sleep(0.1)
    return time.monotonic() - begin


def _get(
    address: str, body: bytes | None = None, *, trust: ssl.SSLContext | None = None
) -> Any:
    with urllib.request.urlopen(address, body, timeout=2, context=trust) as answer:
        return json.loads(answer.read())

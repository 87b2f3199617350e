"""A network of the test's own: one namespace a node, one bridge between them.

No address of it exists outside; what runs in it is found, and ended, by namespace.
"""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_NAMESPACES: Final = Path("/run/netns")
_PREFIX: Final = "glossary-test-"
_CLONE_NEWNET: Final = 0x40000000
_SUBNET: Final = "10.77.0"
#: Where the clients, and this process while it tests, are.
CLIENTS: Final = "clients"


class Network:
    """Nodes by name, each with an address and a cable to the bridge."""

    def __init__(self, names: Sequence[str]) -> None:
        remove_left_over()
        self._prefix = f"{_PREFIX}{os.getpid()}-"
        self.names = [CLIENTS, *names]
        self.address = {n: f"{_SUBNET}.{i}" for i, n in enumerate(self.names, 1)}
        for name in self.names:
            _ip("netns", "add", self.namespace(name))
            self._ip(name, "link", "set", "lo", "up")
        self._ip(CLIENTS, "link", "add", "bridge", "type", "bridge")
        self._ip(CLIENTS, "link", "set", "bridge", "up")
        self._ip(CLIENTS, "addr", "add", f"{self.address[CLIENTS]}/24", "dev", "bridge")
        for name in names:
            cable = ("link", "add", name, "type", "veth", "peer", "name", "eth0")
            self._ip(CLIENTS, *cable, "netns", self.namespace(name))
            self._ip(CLIENTS, "link", "set", name, "master", "bridge", "up")
            self._ip(name, "addr", "add", f"{self.address[name]}/24", "dev", "eth0")
            self._ip(name, "link", "set", "eth0", "up")

    def namespace(self, name: str) -> str:
        return self._prefix + name

    def inside(self, name: str) -> list[str]:
        """Return what makes a command run on a node."""
        return ["ip", "netns", "exec", self.namespace(name)]

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be where the clients are: this thread, and the threads that it begins."""
        outside = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        inside = os.open(_NAMESPACES / self.namespace(CLIENTS), os.O_RDONLY)
        try:
            _enter(inside)
            yield
        finally:
            _enter(outside)
            os.close(inside)
            os.close(outside)

    def cut(self, one: str, other: str) -> None:
        """Let nothing pass between two nodes, silently; all else passes."""
        for name in (one, other):
            self._isolate(name, "on")

    def heal(self, one: str, other: str) -> None:
        for name in (one, other):
            self._isolate(name, "off")

    def unplug(self, name: str) -> None:
        """Let nothing pass to or from a node."""
        self._ip(CLIENTS, "link", "set", name, "down")

    def plug(self, name: str) -> None:
        self._ip(CLIENTS, "link", "set", name, "up")

    def signal(self, name: str, number: signal.Signals) -> None:
        """Send a signal to all that runs on a node."""
        send(self.namespace(name), number)

    def remove(self) -> None:
        """End all that runs on the nodes, and take the nodes away."""
        for name in reversed(self.names):
            remove(self.namespace(name))

    def _isolate(self, name: str, whether: str) -> None:
        command = ["bridge", "-n", self.namespace(CLIENTS), "link", "set", "dev", name]
        subprocess.run([*command, "isolated", whether], check=True)

    def _ip(self, name: str, *words: str) -> None:
        _ip("-n", self.namespace(name), *words)


def send(namespace: str, number: signal.Signals) -> None:
    """Send a signal to all in a namespace but this process; none begins meanwhile."""
    reached: set[int] = set()
    deadline = time.monotonic() + 10
    while fresh := _processes(namespace) - reached:
        for process in fresh:
            try:
                os.kill(process, number)
            except ProcessLookupError:
                continue
        reached |= fresh if number != signal.SIGKILL else set()
        if time.monotonic() > deadline:
            raise TimeoutError(f"{fresh} in {namespace} do not end")
        time.sleep(0.01)


def remove(namespace: str) -> None:
    send(namespace, signal.SIGKILL)
    _ip("netns", "del", namespace)


def remove_left_over() -> None:
    """Remove what a test left that was killed itself."""
    for place in _NAMESPACES.glob(f"{_PREFIX}*"):
        owner = place.name.removeprefix(_PREFIX).partition("-")[0]
        if not Path(f"/proc/{owner}").exists():
            remove(place.name)


def _processes(namespace: str) -> set[int]:
    """Return what runs in a namespace and is not dead yet, this process excepted."""
    found = subprocess.run(
        ["ip", "netns", "pids", namespace], check=True, capture_output=True, text=True
    )
    return {int(line) for line in found.stdout.split()} - {os.getpid()}


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)


def _enter(descriptor: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.setns(descriptor, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")

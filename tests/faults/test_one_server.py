"""One server, whole: its port is its own, and its processes come and go together."""

import os
import shutil
import signal
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from glossary.people import access
from glossary.store import open_store
from tests.faults.running import Running, Serve, locked, runs, until
from tests.nouns import major_country

API = "/api/v1"


@pytest.fixture
def editor(glossary_file: Path) -> dict[str, str]:
    store = open_store(str(glossary_file))
    token = access.create(store, "editor")
    store.close()
    return {"Authorization": f"Bearer {token}"}


def connected(end: socket.socket) -> bool:
    try:
        end.getpeername()
    except OSError:
        return False
    return True


class Posting:
    """A request that makes an entry, sent in the back."""

    def __init__(self, server: Running, headers: dict[str, str]) -> None:
        self.answer: httpx.Response | Exception | None = None
        self._send = server.url + f"{API}/entries", headers
        self._thread = threading.Thread(target=self._post, daemon=True)
        self._thread.start()
        # A busy machine is late with this request as with any other.
        server.get("/healthz")
        time.sleep(0.7)
        assert self.answer is None

    def _post(self) -> None:
        url, headers = self._send
        try:
            self.answer = httpx.post(
                url, json=major_country(id="drained"), headers=headers, timeout=60
            )
        except httpx.TransportError as error:
            self.answer = error

    def status(self) -> int:
        self._thread.join(30)
        assert isinstance(self.answer, httpx.Response), self.answer
        return self.answer.status_code


def test_a_second_server_on_the_port_is_refused_and_the_first_goes_on(
    serve: Serve, glossary_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    open_store(str(other)).close()
    first = serve(glossary_file).ready()
    for host in ("127.0.0.1", "0.0.0.0", "localhost"):  # noqa: S104 - it is refused.
        second = serve(other, "--host", host, port=first.port)
        assert second.ended() == 69
        assert f"Another program already listens on {host}:{first.port}" in second.text
        assert "Traceback" not in second.text
    for _ in range(20):
        assert first.get(f"{API}/stats").json()["entries"]["approved"] > 1_000


def test_a_port_that_another_program_has_is_refused(
    serve: Serve, glossary_file: Path
) -> None:
    first = serve(glossary_file).ready()
    for host in ("no-such-host.invalid", "192.0.2.1"):
        other = serve(glossary_file, "--host", host)
        assert other.ended() == 69
        assert host in other.text
    assert first.answers()


@pytest.mark.parametrize("host", ["localhost", "0.0.0.0", "::1", "[::1]"])  # noqa: S104
def test_an_address_is_given_by_name_or_by_number(
    serve: Serve, glossary_file: Path, host: str
) -> None:
    server = serve(glossary_file, GLOSSARY_HOST=host)
    if ":" in host:
        server.url = f"http://[::1]:{server.port}"
    assert server.ready().get(f"{API}/lookup?q=主权").json()["hits"]


def test_a_crowd_that_comes_at_once_is_answered(
    serve: Serve, glossary_file: Path
) -> None:
    server = serve(glossary_file).ready()
    crowd = [socket.socket() for _ in range(300)]
    for each in crowd:
        each.settimeout(0.0)
        each.connect_ex(("127.0.0.1", server.port))
    for each in crowd:
        each.settimeout(30)
        until(lambda one=each: connected(one), 5)
        each.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    for each in crowd:
        with each:
            assert each.recv(15) == b"HTTP/1.1 200 OK"


def test_workers_end_when_their_main_process_is_killed(
    serve: Serve, glossary_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    open_store(str(other)).close()
    first = serve(glossary_file).ready()
    workers = first.workers()
    assert len(workers) == 2
    first.signal(signal.SIGKILL)
    second = serve(other, port=first.port).ready()
    for _ in range(20):
        assert second.get(f"{API}/stats").json()["entries"] == {}
    until(lambda: not any(map(runs, workers)), 5)


def test_workers_alone_finish_what_has_begun_but_no_longer_than_they_may(
    serve: Serve, glossary_file: Path, editor: dict[str, str]
) -> None:
    options = {"GLOSSARY_DRAIN": "3", "GLOSSARY_BUSY_TIMEOUT": "60"}
    patient = {**options, "GLOSSARY_DRAIN": "30"}
    server = serve(glossary_file, **patient).ready()
    workers = server.workers()
    with locked(glossary_file):
        posting = Posting(server, editor)
        server.signal(signal.SIGKILL)
        until(lambda: not server.takes(), 2)
    assert posting.status() == 201
    until(lambda: not any(map(runs, workers)), 5)
    again = serve(glossary_file, port=server.port, **options).ready()
    workers = again.workers()
    with locked(glossary_file):
        posting = Posting(again, editor)
        again.signal(signal.SIGKILL)
        assert until(lambda: not any(map(runs, workers)), 8) > 2
    with pytest.raises(AssertionError):
        posting.status()


def test_a_server_told_to_stop_finishes_what_has_begun(
    serve: Serve, glossary_file: Path, editor: dict[str, str]
) -> None:
    server = serve(glossary_file, GLOSSARY_BUSY_TIMEOUT="60").ready()
    workers = server.workers()
    with locked(glossary_file):
        posting = Posting(server, editor)
        server.signal(signal.SIGTERM)
        time.sleep(1)
        with pytest.raises(httpx.TransportError):
            server.get("/healthz")
        assert server.process.poll() is None
    assert posting.status() == 201
    assert server.ended(15) == 0
    assert not any(map(runs, workers))


def test_a_stuck_request_does_not_keep_a_server_from_stopping(
    serve: Serve, glossary_file: Path, editor: dict[str, str]
) -> None:
    options = {"GLOSSARY_DRAIN": "2", "GLOSSARY_BUSY_TIMEOUT": "600"}
    server = serve(glossary_file, **options).ready()
    workers = server.workers()
    with locked(glossary_file):
        Posting(server, editor)
        server.signal(signal.SIGTERM)
        begin = time.monotonic()
        assert server.ended(10) == 0
        assert 1.5 < time.monotonic() - begin < 6
    assert "did not finish in time" in server.text
    assert not any(map(runs, workers))


def test_a_second_interrupt_ends_a_server_at_once(
    serve: Serve, glossary_file: Path, editor: dict[str, str]
) -> None:
    server = serve(glossary_file, GLOSSARY_BUSY_TIMEOUT="600").ready()
    with locked(glossary_file):
        Posting(server, editor)
        server.signal(signal.SIGINT)
        time.sleep(0.5)
        server.signal(signal.SIGINT)
        assert server.ended(3) == 0


@pytest.mark.parametrize("moment", [0.3, 1.0, "one worker", "two workers"])
def test_a_server_told_to_stop_early_stops_early(
    serve: Serve, glossary_file: Path, moment: float | str
) -> None:
    server = serve(glossary_file)
    if isinstance(moment, float):
        time.sleep(moment)
    else:
        until(lambda: len(server.workers()) >= (1 if "one" in moment else 2))
    workers = server.workers()
    server.signal(signal.SIGTERM)
    assert server.ended(5) in {0, -signal.SIGTERM}
    until(lambda: not any(map(runs, workers)), 3)


@pytest.mark.parametrize("later", [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
def test_a_worker_that_has_started_when_its_server_ends_is_let_go(
    serve: Serve, glossary_file: Path, later: float
) -> None:
    server = serve(glossary_file)
    until(lambda: len(server.workers()) == 2)
    time.sleep(later)
    server.signal(signal.SIGTERM)
    assert server.ended(15) == 0
    assert "Errno" not in server.text


def test_a_balancer_notices_a_server_that_is_to_stop_before_it_does(
    serve: Serve, glossary_file: Path
) -> None:
    server = serve(glossary_file, GLOSSARY_LINGER="3").ready()
    with httpx.Client(base_url=server.url) as kept:
        assert "Connection" not in kept.get("/healthz").headers
        server.signal(signal.SIGTERM)
        until(lambda: not server.answers(), 2)
        red = server.get("/readyz")
        assert (red.status_code, red.json()["code"]) == (503, "stopping")
        last = kept.get(f"{API}/lookup?q=主权")
        assert (last.status_code, last.headers["Connection"]) == (200, "close")
    assert server.ended(8) == 0


def test_a_worker_that_ends_or_stands_still_is_replaced(
    serve: Serve, glossary_file: Path
) -> None:
    server = serve(glossary_file, GLOSSARY_STUCK="3").ready()
    until(lambda: len(server.workers()) == 2)
    one, two = server.workers()
    os.kill(one, signal.SIGKILL)
    until(lambda: f"Process {one} ended by itself" in server.text)
    until(lambda: len(server.workers()) == 2)
    # One that has not answered yet is given two minutes for its start, and the second
    # answers a moment after the first.
    time.sleep(3)
    os.kill(two, signal.SIGSTOP)
    until(lambda: f"Process {two} gave no sign of life" in server.text, 150)
    until(lambda: not runs(two) and len(server.workers()) == 2)
    assert server.answers()


def test_a_server_that_cannot_begin_says_why_and_leaves_nothing(
    serve: Serve, glossary_file: Path
) -> None:
    glossary_file.write_bytes(b"no database at all" * 500)
    server = serve(glossary_file)
    assert server.ended() == 74
    assert "is not an SQLite file" in server.text
    assert "Traceback" not in server.text


def test_a_renewed_server_has_new_settings_and_loses_no_request(
    serve: Serve, glossary_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "glossary.env"
    file.write_text("# as systemd reads it\nGLOSSARY_MAX_HITS=5\n")
    server = serve(glossary_file, GLOSSARY_SETTINGS=str(file)).ready()
    query = f"{API}/lookup?q=peace&limit=20"
    assert server.get(query).status_code == 422
    before, pid = set(server.workers()), server.process.pid
    wrong: list[object] = []
    counts = [0] * 6
    over = threading.Event()

    def load(number: int) -> None:
        with httpx.Client(base_url=server.url, timeout=30) as kept:
            while not over.is_set():
                try:
                    call = kept.get if number % 2 else server.get
                    answer = call(f"{API}/lookup?q=和平&limit=5")
                    if answer.status_code != 200:
                        wrong.append(answer.text)
                except httpx.TransportError as error:
                    wrong.append(error)
                counts[number] += 1
                # What a start needs of a processor is left to it.
                time.sleep(0.02)

    threads = [threading.Thread(target=load, args=(n,)) for n in range(len(counts))]
    for thread in threads:
        thread.start()
    try:
        for most in (20, 30):
            file.write_text(f"GLOSSARY_MAX_HITS={most}\n")
            server.signal(signal.SIGHUP)
            until(lambda gone=before: not gone & set(server.workers()))
            until(lambda: len(server.workers()) == 2)
            before = set(server.workers())
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert wrong == []
    assert sum(counts) > 100
    assert server.process.pid == pid
    assert server.get(query).status_code == 200


def test_a_server_goes_on_as_it_was_with_settings_that_cannot_be(
    serve: Serve, glossary_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "glossary.env"
    right = f"GLOSSARY_DATABASE={glossary_file}\n"
    file.write_text(right)
    without = ("env", "-u", "GLOSSARY_DATABASE")
    server = serve("", before=without, GLOSSARY_SETTINGS=str(file)).ready()
    workers = server.workers()
    for number, (text, words) in enumerate(
        (
            (f"{right}GLOSSARY_MAX_HITS=many\n", "GLOSSARY_MAX_HITS must be a number"),
            (f"{right}GLOSSARY_MAXHITS=5\n", "There is no setting GLOSSARY_MAXHITS"),
            (f"{right}MAX_HITS=5\n", "line 2: write GLOSSARY_"),
            ("GLOSSARY_DATABASE=/nowhere/at/all.db\n", "The folder of"),
            (f"{right}GLOSSARY_HOST=0.0.0.0\n", "stop the server and start it"),
        ),
        start=1,
    ):
        file.write_text(text)
        server.signal(signal.SIGHUP)
        until(lambda n=number: server.text.count("nothing was changed") == n)
        assert words in server.text
    assert server.workers() == workers
    assert server.answers()


def test_systemd_hears_when_a_server_is_ready_alive_renewed_and_about_to_stop(
    serve: Serve, glossary_file: Path, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.settimeout(30)
        heard: list[str] = []

        def hears(word: str) -> None:
            while word not in heard:
                heard.extend(ear.recv(4096).decode().splitlines())

        notify = {"NOTIFY_SOCKET": str(tmp_path / "notify")}
        server = serve(glossary_file, WATCHDOG_USEC="1000000", **notify)
        hears("READY=1")
        assert server.answers()
        assert "STATUS=Serving with 2 process(es)" in heard
        hears("WATCHDOG=1")
        heard.clear()
        server.signal(signal.SIGHUP)
        hears("RELOADING=1")
        assert any(each.startswith("MONOTONIC_USEC=") for each in heard)
        hears("READY=1")
        for worker in server.workers():
            os.kill(worker, signal.SIGSTOP)
        time.sleep(1)
        heard.clear()
        ear.settimeout(0.1)
        with suppress(TimeoutError):
            while True:
                ear.recv(4096)
        ear.settimeout(1.5)
        with pytest.raises(TimeoutError):
            ear.recv(4096)
        for worker in server.workers():
            os.kill(worker, signal.SIGCONT)
        hears("WATCHDOG=1")
        server.signal(signal.SIGTERM)
        hears("STOPPING=1")
        assert server.ended(15) == 0


def test_a_renewed_server_speaks_as_its_catalogues_say_by_then(
    serve: Serve, glossary_file: Path, tmp_path: Path
) -> None:
    root = Path(__file__).parents[2]
    made = tmp_path / "program" / "glossary"
    shutil.copytree(root / "glossary", made)
    for name in ("locales", "fixtures"):
        shutil.copytree(root / name, made / name)
    program = {"PYTHONPATH": str(made.parent)}
    server = serve(glossary_file, cwd=tmp_path, **program).ready()
    chinese = {"headers": {"Accept-Language": "zh-Hans"}}
    before = server.get(f"{API}/entries/nix", **chinese).json()["title"]
    assert before == "未找到"
    catalogue = made / "locales" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
    catalogue.write_text(catalogue.read_text().replace('"未找到"', '"查无此条"'))
    workers = set(server.workers())
    server.signal(signal.SIGHUP)
    until(lambda: not workers & set(server.workers()))
    assert server.get(f"{API}/entries/nix", **chinese).json()["title"] == "查无此条"

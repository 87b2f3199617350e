"""Files that are made to hurt: refused with a reason, in little time and memory."""

import io
import resource
import subprocess
import sys
import textwrap
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).parents[2]
#: Bytes of address space; the program with its libraries maps about half of them.
MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 20


def billion_laughs() -> bytes:
    lines = ['<!ENTITY a0 "外交">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return (
        f'<?xml version="1.0"?><!DOCTYPE martif [{"".join(lines)}]>'
        "<martif type='TBX'><text><body><termEntry><langSet xml:lang='zh'><tig>"
        "<term>&a9;</term></tig></langSet></termEntry></body></text></martif>"
    ).encode()


def external_entity() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE martif [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<martif type='TBX'><text><body><termEntry><langSet xml:lang='en'><tig>"
        b"<term>&x;</term></tig></langSet></termEntry></body></text></martif>"
    )


def zip_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as workbook:
        workbook.writestr("[Content_Types].xml", "<Types/>")
        workbook.writestr("xl/workbook.xml", "<workbook/>")
        with workbook.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(600):
                sheet.write(b" " * 1_000_000)
    return made.getvalue()


HOSTILE: dict[str, bytes | Callable[[], bytes]] = {
    "billion-laughs.tbx": billion_laughs,
    "external-entity.tbx": external_entity,
    "bomb.xlsx": zip_bomb,
    "nul.csv": b"zh,en\n\xe4\xb8\xbb\xe6\x9d\x83,sove\x00reignty\n",
    "nuls.csv": b"\x00" * 100_000,
    "deep.ndjson": b"[" * 200_000,
    "deep-object.ndjson": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "unclosed.csv": 'zh,en\n主权,"sovereignty\n和平,peace\n'.encode(),
    "half-a-character.csv": "zh,en\n主权,sovereignty\n和平,peace".encode()
    + b"\xe4\xb8",
    "really-a.pdf.tbx": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n",
    "empty.csv": b"",
    "blank.csv": b" \n\n \n",
    "only-a-mark.csv": b"\xef\xbb\xbf",
    "half.tbx": b"<?xml version='1.0'?><tbx type='TBX-Basic' style='dca'><text><body>",
    "broken.xlsx": b"PK\x03\x04" + b"xl/workbook.xml" * 20,
    "prose.csv": "外交是一门艺术。它没有列，也没有行。\n".encode() * 20,
}


def a_gigabyte_of_spaces(file: IO[bytes]) -> None:
    file.write("zh,en\n主权,".encode())
    for _ in range(1_000):
        file.write(b" " * 1_000_000)
    file.write(b"\n")


def ten_million_columns(file: IO[bytes]) -> None:
    for _ in range(10):
        file.write(b"en," * 1_000_000)
    file.write(b"\n" + b"a," * 10 + b"\n")


#: Brings a file in within a bound of memory; prints state, reason and seconds.
PROGRAM = textwrap.dedent(
    """
    import resource, sys, time
    from pathlib import Path
    from glossary.config import settings
    from glossary.errors import GlossaryError
    from glossary.transfer.jobs import Imports
    from glossary.store import open_store
    from glossary.query import Order
    store = open_store(settings().database)
    most = int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    begin = time.monotonic()
    imports = Imports(settings(), store)
    path = Path(sys.argv[1])
    try:
        with path.open("rb") as file:
            order = Order(glossary="x", filename=path.name)
            job = imports.submit(file, order, by="me")
        job = imports.run(job.id)
        said = job.error or ""
        print(job.state, "|", said, "|", [p["message"] for p in job.problems][:2])
    except GlossaryError as error:
        print("refused |", error, "| []")
    print(time.monotonic() - begin)
    print(store.revision())
    """
)


def bring_in(path: Path, folder: Path) -> tuple[str, str]:
    """Return state and reason, after checking what it cost and that nothing stayed."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), str(MOST_MEMORY)],
        env={"GLOSSARY_DATABASE": str(folder / "x.db"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    line, seconds, revision = done.stdout.splitlines()
    state, reason, problems = (part.strip() for part in line.split("|", 2))
    assert float(seconds) < MOST_SECONDS
    assert revision == "0"
    assert reason or problems != "[]"
    return state, f"{reason} {problems}"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    content = HOSTILE[name]
    path.write_bytes(content if isinstance(content, bytes) else content())
    state, reason = bring_in(path, tmp_path)
    assert state in {"refused", "failed"}, reason
    assert "root:" not in reason


@pytest.mark.parametrize("made", [a_gigabyte_of_spaces, ten_million_columns])
def test_a_huge_row_is_refused_without_being_held(tmp_path: Path, made: object) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        made(file)  # type: ignore[operator]
    begin = time.monotonic()
    state, reason = bring_in(path, tmp_path)
    assert state in {"refused", "failed"}, reason
    assert time.monotonic() - begin < MOST_SECONDS


def test_the_bound_on_memory_is_real(tmp_path: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_AS)[1] > MOST_MEMORY or (
        resource.getrlimit(resource.RLIMIT_AS)[1] == resource.RLIM_INFINITY
    )
    program = (
        "import resource, sys; most = int(sys.argv[1]); "
        "resource.setrlimit(resource.RLIMIT_AS, (most, most)); b' ' * 2 * 10**9"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(MOST_MEMORY)],
        capture_output=True,
        check=False,
    )
    assert b"MemoryError" in done.stderr

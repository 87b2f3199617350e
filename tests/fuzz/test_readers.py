"""Whatever is in a file or a query: records, refusals, or one kind of error.

`FUZZ_FILES=50000 python -m pytest tests/fuzz/test_readers.py` spoils so many files, and
reads as many queries and texts; `make soak` does.
"""

import io
import os
import random
import time
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from glossary.entry import codec
from glossary.errors import GlossaryError
from glossary.formats import FORMATS, Format, ReadOptions, Record, Refused
from glossary.lookup import lookup
from glossary.query import Query
from glossary.store import Store
from glossary.text import fold

#: Files to be spoiled, over all formats; queries and texts to be read.
FILES = int(os.environ.get("FUZZ_FILES", "300"))
QUERIES = int(os.environ.get("FUZZ_FILES", "60"))
#: Seconds of a processor that no file of this size may take.
SLOW = 5.0
READABLE = [f for f in FORMATS if f.read is not None and f.write is not None]
#: What breaks a text in the middle: marks, ends, other encodings, figures, depth.
BITS = [
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x80", b"\r", b'"', b"\t", b"<", b"&"),
    *(b"<!DOCTYPE x>", b"]]>", b"<a>" * 50, b"[" * 50, b'{"a":', b"&#0;", b"&x;"),
    *("²".encode(), "主权".encode("utf-16"), "主权".encode("gb18030"), b"9" * 400),
    *(b"\xed\xa0\x80", "\u202e".encode(), b"%", b"=1+1", b"xml:lang=", b"\n" * 20),
]


def sound(format_: Format, curated: Store) -> bytes:
    stream = io.BytesIO()
    entries = [codec.plain(e) for e in curated.entries(limit=3)]
    assert format_.write is not None
    format_.write(iter(entries), stream, lambda _: None)
    return stream.getvalue()


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """Return a file with one to four places torn out, put twice, turned or filled."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((1, 1, 2, 8, 64, 1000)))
        ways: list[Callable[[], bytes]] = [
            lambda: b"",
            lambda a=at, b=to: bytes(data[a:b]) * 2,  # type: ignore[misc]
            lambda a=at, b=to: bytes(reversed(data[a:b])),  # type: ignore[misc]
            lambda: chance.choice(BITS),
            lambda: chance.randbytes(chance.randint(1, 8)),
        ]
        data[at:to] = chance.choice(ways)()
    return bytes(
        data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data
    )


def test_a_spoilt_file_gives_records_refusals_or_one_kind_of_error(
    curated: Store,
) -> None:
    chance = random.Random(os.environ.get("FUZZ_SEED", "1"))  # noqa: S311 - no secret.
    made = {format_.name: sound(format_, curated) for format_ in READABLE}
    met: Counter[str] = Counter()
    for number in range(FILES):
        format_ = READABLE[number % len(READABLE)]
        content = spoilt(made[format_.name], chance)
        begun = time.thread_time()
        assert format_.read is not None
        try:
            for given_ in format_.read(io.BytesIO(content), ReadOptions()).records:
                kind = type(given_).__name__
                assert isinstance(given_, Record | Refused) or kind == "Remark"
                met[kind] += 1
        except GlossaryError as error:
            met[error.code] += 1
        except Exception as error:
            error.add_note(f"{format_.name}: {content[:2000]!r}")
            raise
        took = time.thread_time() - begun
        assert took < SLOW, f"{format_.name} took {took:.1f} s: {content[:2000]!r}"
    print(f"{FILES} spoilt files: {dict(sorted(met.items()))}")  # noqa: T201 - the counts are what it is run for.
    assert len(met) > 3


ODD = st.one_of(
    st.text(max_size=40),
    st.text(
        st.sampled_from("主权和平 aA1²½'’\"*?{…}-\u200b\u202e\ufeffé́ßİ㊀\U0001d400"),
        max_size=30,
    ),
)
BY_CHANCE = settings(
    max_examples=QUERIES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@BY_CHANCE
@given(ODD)
def test_any_text_is_folded_and_every_letter_knows_where_it_came_from(
    text: str,
) -> None:
    folded = fold(text)
    assert len(folded.origin) >= len(folded.text)
    assert [*folded.origin] == sorted(folded.origin)
    assert all(0 <= at <= len(text) for at in folded.origin)
    assert folded.text.endswith(folded.key)


def test_any_query_is_answered_or_refused_in_words(curated: Store) -> None:
    met: Counter[str] = Counter()

    @BY_CHANCE
    @given(ODD)
    def ask(q: str) -> None:
        try:
            met[f"{len(lookup(curated, Query(q), candidates=100).hits) > 0}"] += 1
        except GlossaryError as error:
            met[error.code] += 1

    ask()
    print(f"{met.total()} queries: {dict(met)}")  # noqa: T201 - the counts are what it is run for.


@pytest.mark.parametrize("name", ["csv", "tbx3", "ndjson"])
def test_the_files_that_are_spoilt_were_sound(name: str, curated: Store) -> None:
    (format_,) = [each for each in READABLE if each.name == name]
    assert format_.read is not None
    content = io.BytesIO(sound(format_, curated))
    records = [*format_.read(content, ReadOptions()).records]
    assert [type(each).__name__ for each in records] == ["Record"] * 3

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.running import Serve, servers


@pytest.fixture
def glossary_file(curated_file: Path, tmp_path: Path) -> Path:
    """A file of its own with the curated glossary."""
    path = tmp_path / "glossary.db"
    shutil.copy(curated_file, path)
    return path


@pytest.fixture
def serve() -> Iterator[Serve]:
    with servers() as started:
        yield started

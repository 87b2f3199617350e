"""The marker of a test that takes minutes."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    said = "slow: takes minutes, and is run in CI as all others are"
    config.addinivalue_line("markers", said)

"""How tests and pictures drive the system's Chromium."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
#: Opens a page in a context of its own, made with these options.
Open = Callable[..., Page]


def watch(page: Page, wrong: list[str]) -> None:
    """Note what a page complains of."""

    def say(message: Any) -> None:
        if message.type in {"error", "warning"}:
            wrong.append(f"{page.url}: {message.text}")

    page.on("console", say)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))

"""How long a translator waits: from a key press to the first hit on the page.

    python -m benchmarks.keypress [ENTRIES]

A real Chromium types into the look-up page of a real server on this machine; the time
runs from the key's event to the first frame after the hits changed. Beside it stands
what the first page costs over the wire.
"""

import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from benchmarks.phrases import fill
from glossary.store import open_store
from tests.browsing import FLAGS
from tests.conftest import Server, chromium

PHRASES = ("win-win cooperation", "新型大国关系", "sovereignty", "重要共识", "mutual")
_WATCH = """() => {
    window.waits = [];
    let pressed = 0;
    document.getElementById("q").addEventListener("input", () => {
        pressed = performance.now();
    });
    new MutationObserver(() => requestAnimationFrame(() => {
        if (pressed) window.waits.push(performance.now() - pressed);
        pressed = 0;
    })).observe(document.getElementById("hits"), { childList: true });
}"""


def main() -> None:
    """Fill a store, type, and print the median and the 95th percentile."""
    number = int(sys.argv[1]) if sys.argv[1:] else 100_000
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "glossary.db"
        store = open_store(str(path))
        fill(store, number)
        store.close()
        server = Server(path)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            page = browser.new_page(base_url=server.address)
            size = _first_page(page)
            waits = _typed(page)
        finally:
            browser.close()
            server.kill()
    p95 = statistics.quantiles(waits, n=20)[-1]
    print(f"first page: {size / 1000:.1f} kB over the wire, in all")
    print(f"{number} entries, {len(waits)} key presses: key press to first hit")
    print(f"  median {statistics.median(waits):.0f} ms, 95 % within {p95:.0f} ms")


def _first_page(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.append(event["encodedDataLength"]),
    )
    page.goto("/", wait_until="networkidle")
    return sum(sizes)


def _typed(page: Page) -> list[float]:
    page.evaluate(_WATCH)
    for phrase in PHRASES:
        page.locator("#q").fill("")
        page.wait_for_timeout(300)
        page.locator("#q").press_sequentially(phrase, delay=250)
        page.wait_for_timeout(500)
    found: list[float] = page.evaluate("window.waits")
    return found


if __name__ == "__main__":
    main()

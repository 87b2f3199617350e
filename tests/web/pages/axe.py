"""What axe finds in a page that shuts somebody out."""

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: Rules that look at every letter as it is painted.
OF_PAINT = ["color-contrast", "link-in-text-block"]
#: Leaves two of every kind of neighbours, so that both colours of a striped list stay.
THINNED = """() => {
    const thin = (element) => {
        const times = new Map();
        const shapes = [];
        for (const child of [...element.children]) {
            const shape = thin(child);
            times.set(shape, (times.get(shape) ?? 0) + 1);
            if (times.get(shape) > 2) child.remove();
            else shapes.push(shape);
        }
        const attributes = [...element.attributes]
            .filter(({name}) => !["id", "for", "href", "title", "lang"].includes(name))
            .map(({name, value}) => `${name}=${value}`);
        return [element.tagName, ...attributes, "(", ...shapes, ")"].join(" ");
    };
    thin(document.body);
}"""


def violations(page: Page, *, whole: bool = False) -> list[str]:
    """Return what shuts somebody out; the page is thinned by that.

    A page with fewer of the same says nearly as much in a fraction of the time: a
    colour is that of a kind of element. With `whole`, all rules but those of paint run
    on the whole page before.
    """
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = []
    if whole:
        without = {rule: {"enabled": False} for rule in OF_PAINT}
        found = _against(page, {"type": "tag", "values": tags}, without)
    page.evaluate(THINNED)
    if whole:
        return found + _against(page, {"type": "rule", "values": OF_PAINT}, {})
    return _against(page, {"type": "tag", "values": tags}, {})


def _against(page: Page, run_only: dict[str, Any], rules: dict[str, Any]) -> list[str]:
    options = {"runOnly": run_only, "rules": rules, "resultTypes": ["violations"]}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    # Large objects come slowly out of a browser; texts do not.
    found = page.evaluate(
        "how => axe.run(how).then(({violations}) => JSON.stringify(violations))",
        options,
    )
    return [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
        for each in json.loads(found)
        for node in each["nodes"]
    ]

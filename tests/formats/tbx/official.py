"""What LTAC's own schemas say of TBX: `python -m tests.formats.tbx.official DIR FILE…`.

DIR holds `TBXcoreStructV03.rng` and `TBX-Basic_DCA.sch` from the repositories of
LTAC-Global (TBX_Core_RNG, TBX-Basic_dialect); they are no part of this one. Schematron
asks in XPath 2, which needs `pip install saxonche`. Those of TBX-Core and TBX-Min are
of other dialects, and forbid the categories of TBX-Basic that we write.

Each file is brought into an empty glossary and written again as TBX 3; one line a file
says how many rules were tried and what breaks one. The command ends with 1 where any
does.
"""

import io
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from lxml import etree

from glossary.formats import by_name, of_file
from glossary.query import Order, Part
from glossary.store import open_store
from glossary.transfer import take_out
from glossary.transfer.records import bring_in

_S: Final = "{http://purl.oclc.org/dsdl/schematron}"


def again(path: Path, folder: Path) -> bytes:
    """Return what we write of a file after reading it."""
    store = open_store(str(folder / "official.db"))
    try:
        with path.open("rb") as file:
            order = Order(glossary="official", on_error="skip")
            format_ = of_file(file, path.name)
            bring_in(store, format_, file, order, by="test", heed=lambda _: None)
        out = io.BytesIO()
        part = Part()
        take_out(
            store, by_name("tbx3"), out, part=part, drop=lambda _: None, nouns=True
        )
        return out.getvalue()
    finally:
        store.close()


class Schematron:
    """A schema that asks in XPath 2, without variables and abstract rules."""

    def __init__(self, path: Path) -> None:
        self._processor = import_module("saxonche").PySaxonProcessor(license=False)
        root = etree.fromstring(path.read_bytes())
        unknown = [*root.iter(f"{_S}let"), *root.iter(f"{_S}extends")]
        assert not unknown, "a schema of another kind"
        self._names = {ns.get("prefix"): ns.get("uri") for ns in root.iter(f"{_S}ns")}
        self._patterns = [[*p.iter(f"{_S}rule")] for p in root.iter(f"{_S}pattern")]
        self.tried = 0

    def faults(self, document: bytes) -> Iterator[str]:
        """Yield what breaks a rule; of a pattern, the first rule of a node counts."""
        tree = self._processor.parse_xml(xml_text=document.decode())
        xpath = self._processor.new_xpath_processor()
        for prefix, uri in self._names.items():
            xpath.declare_namespace(prefix, uri)
        for rules in self._patterns:
            met: set[str] = set()
            for rule in rules:
                xpath.set_context(xdm_item=tree)
                for node in self._nodes(xpath, rule.get("context")):
                    xpath.set_context(xdm_item=node)
                    name = xpath.evaluate_single("generate-id(.)").string_value
                    if name not in met:
                        met.add(name)
                        yield from self._broken(xpath, rule, node)

    def _nodes(self, xpath: Any, context: str) -> Iterator[Any]:
        nodes = xpath.evaluate(
            " | ".join(
                part if part.startswith("/") else f"//{part}"
                for part in map(str.strip, _alternatives(context))
            )
        )
        for at in range(nodes.size if nodes is not None else 0):
            yield nodes.item_at(at).get_node_value()

    def _broken(self, xpath: Any, rule: Any, node: Any) -> Iterator[str]:
        for check in rule.iterchildren(f"{_S}assert", f"{_S}report"):
            self.tried += 1
            is_assert = check.tag == f"{_S}assert"
            if xpath.effective_boolean_value(check.get("test")) != is_assert:
                yield f"{node.name}: {' '.join(''.join(check.itertext()).split())}"


def _alternatives(context: str) -> Iterator[str]:
    """Yield the parts between bars that stand in no brackets."""
    depth, part = 0, ""
    for character in context:
        depth += (character in "([") - (character in ")]")
        if character == "|" and not depth:
            yield part
            part = ""
        else:
            part += character
    yield part


def main() -> None:
    """Judge what is written of the files that are named."""
    folder, *paths = map(Path, sys.argv[1:])
    core = etree.RelaxNG(etree.parse(str(folder / "TBXcoreStructV03.rng")))
    basic = Schematron(folder / "TBX-Basic_DCA.sch")
    is_broken = False
    for path in paths:
        with tempfile.TemporaryDirectory() as place:
            document = again(path, Path(place))
        core.validate(etree.fromstring(document))
        before = basic.tried
        faults = [str(error) for error in core.error_log] + [*basic.faults(document)]
        is_broken = is_broken or bool(faults)
        tried = basic.tried - before
        sys.stdout.write(f"{path.name}: {tried} tried, {len(faults)} {faults[:3]}\n")
    sys.exit(is_broken)


if __name__ == "__main__":
    main()

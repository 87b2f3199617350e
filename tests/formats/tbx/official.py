"""What LTAC's own schemas say of TBX: `python -m tests.formats.tbx.official DIR FILE…`.

DIR holds the grammar of the core (`*.rng`) and the rules (`*.sch`) from the
repositories of LTAC-Global (TBX_Core_RNG, and the dialects of TBX-Core, TBX-Min and
TBX-Basic in the style DCA); they are no part of this one. Schematron asks in XPath 2,
which needs `pip install saxonche`. Ours is TBX-Basic, so of TBX-Core and TBX-Min that
pattern is left out which says the name of the dialect and which categories it has.

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
_DIALECT: Final = "TBX-Basic"
#: The pattern that is of one dialect alone.
_OF_DIALECT: Final = "dialectEnforcement"


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
        self._patterns = [
            [*pattern.iter(f"{_S}rule")]
            for pattern in root.iter(f"{_S}pattern")
            if pattern.get("id") != _OF_DIALECT or path.stem.startswith(_DIALECT)
        ]
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
    grammars = [etree.RelaxNG(etree.parse(str(p))) for p in folder.glob("*.rng")]
    schemas = [Schematron(path) for path in folder.glob("*.sch")]
    assert grammars, "no grammar"
    assert schemas, "no rules"
    is_broken = False
    for path in paths:
        with tempfile.TemporaryDirectory() as place:
            document = again(path, Path(place))
        before = sum(schema.tried for schema in schemas)
        faults = []
        for grammar in grammars:
            grammar.validate(etree.fromstring(document))
            faults += map(str, grammar.error_log)
        for schema in schemas:
            faults += schema.faults(document)
        is_broken = is_broken or bool(faults)
        tried = sum(schema.tried for schema in schemas) - before
        sys.stdout.write(f"{path.name}: {tried} tried, {len(faults)} {faults[:3]}\n")
    sys.exit(is_broken)


if __name__ == "__main__":
    main()

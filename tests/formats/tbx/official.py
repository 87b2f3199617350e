"""What LTAC's own schemas say of TBX: `python -m tests.formats.tbx.official DIR FILE…`.

DIR holds the five of them for the style DCA, under their own names, from the
repositories of LTAC-Global: TBX_Core_RNG, TBX-Core_dialect, TBX-Min_dialect and
TBX-Basic_dialect. They have no licence, so they are no part of this repository.
Schematron asks in XPath 2, which needs `pip install saxonche`.

Each file is brought into an empty glossary and written again in each dialect of TBX 3;
one line a file and dialect says how many nodes met a rule and what breaks one. With
`--as-is` before DIR, the files themselves are judged, as the dialects that they say.
The command ends with 1 where any rule is broken.
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
from glossary.store import Store, open_store
from glossary.transfer import take_out
from glossary.transfer.records import bring_in

_S: Final = "{http://purl.oclc.org/dsdl/schematron}"
_CORE: Final = "TBXcoreStructV03.rng"
#: Which formats are of which dialect, and what judges that.
_SCHEMAS: Final = {
    "TBX-Core": (_CORE, "TBXcoreStructV03_TBX-Core_integrated.rng", "TBX-Core.sch"),
    "TBX-Min": (_CORE, "TBX-Min_DCA.sch"),
    "TBX-Basic": (_CORE, "TBX-Basic_DCA.sch"),
}
_FORMATS: Final = {"TBX-Core": "tbx-core", "TBX-Min": "tbx-min", "TBX-Basic": "tbx3"}


def again(path: Path, folder: Path) -> dict[str, bytes]:
    """Return what we write of a file after reading it, by dialect."""
    store = open_store(str(folder / "official.db"))
    try:
        with path.open("rb") as file:
            order = Order(glossary="official", on_error="skip")
            format_ = of_file(file, path.name)
            bring_in(store, format_, file, order, by="test", heed=lambda _: None)
        return {dialect: _out(store, name) for dialect, name in _FORMATS.items()}
    finally:
        store.close()


def _out(store: Store, name: str) -> bytes:
    out = io.BytesIO()
    part, format_ = Part(), by_name(name)
    take_out(store, format_, out, part=part, drop=lambda _: None, nouns=True)
    return out.getvalue()


class Schematron:
    """A schema that asks in XPath 2, without variables and abstract rules."""

    def __init__(self, path: Path) -> None:
        self._processor = import_module("saxonche").PySaxonProcessor(license=False)
        root = etree.fromstring(path.read_bytes())
        unknown = [*root.iter(f"{_S}let"), *root.iter(f"{_S}extends")]
        assert not unknown, "a schema of another kind"
        self._names = {ns.get("prefix"): ns.get("uri") for ns in root.iter(f"{_S}ns")}
        self._patterns = [
            [*pattern.iter(f"{_S}rule")] for pattern in root.iter(f"{_S}pattern")
        ]
        self.tried = 0

    def faults(self, document: bytes) -> Iterator[str]:
        """Yield what breaks a rule; of a pattern, the first rule of a node counts."""
        tree = self._processor.parse_xml(xml_text=document.decode("utf-8-sig"))
        xpath = self._processor.new_xpath_processor()
        for prefix, uri in self._names.items():
            xpath.declare_namespace(prefix, uri)
        xpath.set_context(xdm_item=tree)
        for rules in self._patterns:
            met: list[str] = []
            for rule in rules:
                context = _anywhere(rule.get("context"))
                nodes = f"({context}) except ({' | '.join(met)})" if met else context
                met.append(context)
                yield from self._broken(xpath, rule, nodes)

    def _broken(self, xpath: Any, rule: Any, nodes: str) -> Iterator[str]:
        count = xpath.evaluate_single(f"count({nodes})")
        self.tried += int(count.string_value)
        for check in rule.iterchildren(f"{_S}assert", f"{_S}report"):
            breaks = "not" if check.tag == f"{_S}assert" else "boolean"
            broken = xpath.evaluate(f"({nodes})[{breaks}({check.get('test')})]")
            for at in range(broken.size if broken is not None else 0):
                name = broken.item_at(at).get_node_value().name
                yield f"{name}: {' '.join(''.join(check.itertext()).split())}"


def _anywhere(context: str) -> str:
    """Return a pattern as an expression that finds what it matches.

    >>> _anywhere("tbx:ref[a | b]|/tbx:tbx")
    '//tbx:ref[a | b] | /tbx:tbx'
    """
    parts = map(str.strip, _alternatives(context))
    return " | ".join(part if part.startswith("/") else f"//{part}" for part in parts)


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


class Judge:
    """The schemas of each dialect, in a folder; `tried` counts the nodes of rules."""

    def __init__(self, folder: Path) -> None:
        self._grammars, self._rules = {}, {}
        for name in {name for names in _SCHEMAS.values() for name in names}:
            if name.endswith(".rng"):
                self._grammars[name] = etree.RelaxNG(etree.parse(str(folder / name)))
            else:
                self._rules[name] = Schematron(folder / name)

    @property
    def tried(self) -> int:
        """How many nodes met a rule of Schematron."""
        return sum(schema.tried for schema in self._rules.values())

    def faults(self, dialect: str, document: bytes) -> Iterator[str]:
        """Yield what breaks a rule of a dialect."""
        for name in _SCHEMAS[dialect]:
            if grammar := self._grammars.get(name):
                grammar.validate(etree.fromstring(document))
                yield from map(str, grammar.error_log)
            else:
                yield from self._rules[name].faults(document)


def main() -> None:
    """Judge the files that are named, or what is written of them."""
    words = sys.argv[1:]
    is_as_is = words[:1] == ["--as-is"]
    folder, *paths = map(Path, words[is_as_is:])
    judge, is_broken = Judge(folder), False
    for path in paths:
        if is_as_is:
            document = path.read_bytes()
            documents = {str(etree.fromstring(document).get("type")): document}
        else:
            with tempfile.TemporaryDirectory() as place:
                documents = again(path, Path(place))
        for dialect, document in documents.items():
            before = judge.tried
            faults = [*judge.faults(dialect, document)]
            is_broken = is_broken or bool(faults)
            sys.stdout.write(
                f"{path.name}: {dialect}, {len(document)} bytes,"
                f" {judge.tried - before} tried, {len(faults)} {faults[:3]}\n"
            )
    sys.exit(is_broken)


if __name__ == "__main__":
    main()

"""Lines of XML that are made once are those that a library makes of a tree."""

import io

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from glossary.formats.record import Dropped
from glossary.formats.xml.fragment import Element, add, fit_for, group, put, wrap

#: What XML can hold, and what it has to write in another way.
SOUND = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", min_codepoint=32)
    | st.sampled_from("\t\n\r&<>\"'"),
    max_size=12,
)


@given(SOUND, SOUND, SOUND)
def test_what_is_written_is_what_a_library_would_write(
    text: str, kind: str, name: str
) -> None:
    tree = etree.Element("concept", {"id": name})
    etree.SubElement(tree, "language", {"code": kind})
    section = etree.SubElement(tree, "section", {"type": kind})
    for parent in (tree, section):
        etree.SubElement(parent, "note", {"type": kind}).text = text
    wrapper = etree.SubElement(section, "descripGrp")
    etree.SubElement(wrapper, "descrip", {"type": kind}).text = text
    etree.SubElement(tree, "end").text = ""
    etree.indent(tree, space=" ", level=2)

    element = Element("  ", "concept", id=name)
    add(element, "language", None, code=kind)
    inner = group(element, "section", type=kind)
    add(element, "note", text, type=kind)
    add(inner, "note", text, type=kind)
    wrap(inner, "descripGrp", "descrip", text, type=kind)
    add(element, "end", "")
    stream = io.BytesIO()
    put(stream, element)
    assert stream.getvalue() == b"  " + etree.tostring(tree, encoding="utf-8") + b"\n"


@given(st.text(max_size=12))
def test_what_xml_cannot_hold_is_replaced_and_told(text: str) -> None:
    dropped: list[Dropped] = []
    sound = fit_for("e", dropped.append)(text, "/note")
    element = Element("", "note", type=text)
    add(element, "p", sound)
    stream = io.BytesIO()
    put(stream, element)
    etree.fromstring(stream.getvalue())
    assert bool(dropped) == (sound != text)

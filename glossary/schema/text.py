"""What may be asked of a running text, and of a text with its translation."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from marshmallow import ValidationError, fields, post_load, validates_schema

from glossary.bitext import REPORTS
from glossary.entry import PROOFS, STATES
from glossary.message import N_
from glossary.query import ALIGNS, Pair, Wanted
from glossary.recognition import LIST_FORMATS, SHAPES, UNITS
from glossary.schema.value import Date, Id, Strict, Tag, Text, one_of

_NOTHING_SPECIAL: Final = Wanted()
#: What a check answers with: JSON, or findings saved as a file.
CHECK_FORMATS: Final = ("json", *REPORTS)


class TextQuestion(Strict):
    """What every question about a text may say."""

    from_ = Tag(
        data_key="from",
        metadata={"description": "Language of the text; without it, of every term."},
    )
    to = Tag(metadata={"description": "Language wanted; the other one by default."})
    glossaries = fields.List(
        Id(), metadata={"description": "Only these glossaries; all by default."}
    )
    glossary = Id(metadata={"description": "Only this glossary."})
    subject = Id(metadata={"description": "Only entries of this subject."})
    state = fields.String(
        validate=one_of(STATES[:-1]),
        metadata={
            "description": "Only entries in this state; what is in review is a draft "
            "too. All by default."
        },
    )
    proof = fields.String(
        validate=one_of(PROOFS),
        metadata={"description": "Only entries whose leading pair is proved so."},
    )
    as_of = Date(metadata={"description": "Judge renderings as of this time."})
    issuer = Text(
        longest=200,
        empty=False,
        metadata={"description": "Put the renderings of this issuer first."},
    )
    offsets = fields.String(load_default=UNITS[0], validate=one_of(UNITS))


class TextOptions(TextQuestion):
    """What is wanted of texts that come by another way than the body."""

    overlaps = fields.Boolean(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Wanted:
        """Return the noun."""
        data.pop("offsets")
        return _options_of(data)


class AnnotateBody(TextQuestion):
    """A text, or several, in which terms are to be found."""

    text = fields.String()
    texts = fields.List(fields.String())
    overlaps = fields.Boolean(
        load_default=False,
        metadata={"description": "Also what lies inside a longer term."},
    )
    shape = fields.String(
        load_default=SHAPES[0],
        validate=one_of(SHAPES),
        metadata={
            "description": "`terms`: each wording once, with what to write for it and "
            "what not; `entries`: each place, and each entry once."
        },
    )
    kind = fields.String(
        data_key="format",
        load_default=LIST_FORMATS[0],
        validate=one_of(LIST_FORMATS),
        metadata={"description": "Of the terms of one text."},
    )

    checks = ("one_of_two", "written_so")

    @validates_schema
    def one_of_two(self, data: dict[str, Any], **_: Any) -> None:
        """Take a text or a list of texts."""
        if ("text" in data) == ("texts" in data):
            raise ValidationError(N_("Send either “text” or “texts”."))

    @validates_schema
    def written_so(self, data: dict[str, Any], **_: Any) -> None:
        """Write as a table only what is one: the terms of one text."""
        is_table = data["kind"] != LIST_FORMATS[0]
        if is_table and (data["shape"] != "terms" or "texts" in data):
            raise ValidationError(
                N_("Only the terms of one text (“shape”: “terms”) are a table."),
                "format",
            )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> "TextsAsked":
        """Return the noun."""
        single = "text" in data
        texts = [data.pop("text")] if single else data.pop("texts")
        offsets, shape, kind = (data.pop(n) for n in ("offsets", "shape", "kind"))
        return TextsAsked(texts, single, offsets, _options_of(data), shape, kind)


class Shape(NamedTuple):
    """How the answer about a text is wanted, as far as its address says."""

    shape: str | None = None
    kind: str | None = None

    @property
    def of_body(self) -> Mapping[str, str]:
        """What is said, by its names in a body."""
        facts = {"shape": self.shape, "format": self.kind}
        return {name: value for name, value in facts.items() if value is not None}


class ShapeQuery(Strict):
    """How the answer about a text is wanted; a body may say so too."""

    shape = fields.String(validate=one_of(SHAPES))
    kind = fields.String(data_key="format", validate=one_of(LIST_FORMATS))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Shape:
        """Return the noun."""
        return Shape(**data)


class PairSchema(Strict):
    """A source and its translation."""

    id = fields.String(load_default="")
    source = fields.String(required=True)
    target = fields.String(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Pair:
        """Return the noun."""
        return Pair(**data)


class CheckBody(TextQuestion):
    """Pairs of a source and its translation."""

    pairs = fields.List(fields.Nested(PairSchema), required=True)
    all = fields.Boolean(
        load_default=False,
        metadata={"description": "Also list what is rendered as it should be."},
    )
    align = fields.String(
        load_default=ALIGNS[0],
        validate=one_of(ALIGNS),
        metadata={
            "description": "`auto` answers a term in the sentence that goes with its "
            "own, or in a neighbour; `none` anywhere in the target."
        },
    )
    kind = fields.String(
        data_key="format",
        load_default=CHECK_FORMATS[0],
        validate=one_of(CHECK_FORMATS),
        metadata={
            "description": "Findings as a file: a Word table with every pair, CSV with "
            "a finding a line, SARIF 2.1.0."
        },
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> "PairsAsked":
        """Return the noun."""
        pairs, every, offsets, kind = (
            data.pop(name) for name in ("pairs", "all", "offsets", "kind")
        )
        return PairsAsked(pairs, every, offsets, _options_of(data), kind)


class ReportQuery(Strict):
    """What the findings of a check are saved as; a body may say so too."""

    kind = fields.String(data_key="format", validate=one_of(CHECK_FORMATS))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Shape:
        """Return the noun."""
        return Shape(**data)


class PairsAsked(NamedTuple):
    """Pairs to be checked, and whether what is right is listed too."""

    pairs: list[Pair]
    all: bool
    offsets: str
    options: Wanted
    kind: str = CHECK_FORMATS[0]

    @property
    def characters(self) -> int:
        """The characters of both sides of all pairs."""
        return sum(len(pair.source) + len(pair.target) for pair in self.pairs)


class TextsAsked(NamedTuple):
    """Texts to be annotated; a single one is answered without a list."""

    texts: list[str]
    single: bool
    offsets: str
    options: Wanted
    shape: str = SHAPES[0]
    kind: str = LIST_FORMATS[0]

    @property
    def characters(self) -> int:
        """The characters of all texts."""
        return sum(map(len, self.texts))


def _options_of(data: dict[str, Any]) -> Wanted:
    if not any(value for name, value in data.items() if name != "align") and (
        data.get("align", ALIGNS[0]) == ALIGNS[0]
    ):
        return _NOTHING_SPECIAL
    glossary = data.pop("glossary", None)
    glossaries = frozenset(data.get("glossaries", ())) | (
        {glossary} if glossary else set()
    )
    return Wanted(**data | {"glossaries": glossaries})

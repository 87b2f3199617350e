"""What may be asked of whole files, on their way in and out."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from glossary.entry import PROOFS, STATES, STATUSES
from glossary.formats import READABLE, WRITABLE, by_name
from glossary.message import N_
from glossary.query import LAYOUTS, MODES, ON_ERROR, Applying, Export, Order
from glossary.schema.value import (
    Id,
    Mapped,
    Number,
    SheetNames,
    Splitting,
    Strict,
    Tag,
    Text,
    one_of,
)


class ImportQuery(Strict):
    """Parameters of an import."""

    format = fields.String(
        validate=one_of(READABLE),
        metadata={"description": "By default told from the content."},
    )
    glossary = Id(
        metadata={"description": "By default what each record says, else the default."}
    )
    mode = fields.String(load_default="merge", validate=one_of(MODES))
    dry_run = fields.Boolean(load_default=False)
    on_error = fields.String(load_default="abort", validate=one_of(ON_ERROR))
    source = Tag(metadata={"description": "Language of the “source” column."})
    target = Tag(metadata={"description": "Language of the “target” column."})
    mapping = Mapped(
        data_key="map",
        load_default=(),
        metadata={"description": "Columns by field: `zh=原文,en=译文`."},
    )
    heading = Number(
        load_default=None,
        metadata={
            "description": "Line number of the table's heading; 0 if there is none."
        },
    )
    sheets = SheetNames(
        data_key="sheet",
        load_default=(),
        metadata={"description": "Sheets of a workbook, with `/` between them."},
    )
    split = Splitting(
        load_default="",
        metadata={
            "description": "Characters that part synonyms in a cell: `/、`, `\\n`."
        },
    )
    filename = Text(longest=255, load_default="")
    confirm = Number(
        load_default=None,
        metadata={
            "description": "So many entries may be retired, as a dry run or 422 said."
        },
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Order:
        """Return the noun."""
        return Order(**data)


class ApplyQuery(Strict):
    """Parameters of applying a plan."""

    confirm = Number(
        load_default=None,
        metadata={"description": "The number of the plan's `confirm`, if it has one."},
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Applying:
        """Return the noun."""
        return Applying(**data)


class ExportQuery(Strict):
    """Parameters of an export."""

    checks = ("holds_nouns",)

    format = fields.String(required=True, validate=one_of(WRITABLE))
    glossary = Id()
    entry = Id(metadata={"description": "This entry alone."})
    layout = fields.String(
        load_default=LAYOUTS[0],
        validate=one_of(LAYOUTS),
        metadata={
            "description": "Of CSV, TSV and XLSX: `wide` has an entry a row, and for "
            "each language columns of what leads, what is allowed and what to avoid."
        },
    )
    state = fields.String(validate=one_of(STATES[:-1]))
    status = fields.String(
        validate=one_of(STATUSES),
        metadata={"description": "Entries that have a term of this status."},
    )
    subject = Id()
    proof = fields.String(validate=one_of(PROOFS))
    changed_since = Number(
        metadata={"description": "Entries changed after a revision."}
    )
    source = Tag(
        data_key="from",
        metadata={
            "description": "Of pairs in one direction, or of TBX for a reader "
            "of one; by default `zh-Hans`, or `en` into Chinese."
        },
    )
    target = Tag(
        data_key="to",
        metadata={"description": "By default `en`, or `zh-Hans` from `en`."},
    )
    report = fields.Boolean(
        load_default=False,
        metadata={"description": "Return what the format cannot hold instead."},
    )
    nouns = fields.Boolean(
        load_default=None,
        metadata={
            "description": "The sources, subjects, issuers and glossaries that the "
            "entries name too: in NDJSON, SKOS and tables before them, in TBX behind "
            "them, in XLSX on a sheet of their own. By default in all but CSV and TSV."
        },
    )

    @validates_schema
    def holds_nouns(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse nouns in a format that has no place for them."""
        format_ = by_name(data["format"])
        if data["nouns"] is None:
            is_wide = data["layout"] != LAYOUTS[0]
            data["nouns"] = format_.described and not is_wide
        if data["nouns"] and (not format_.nouns or data["layout"] == "wide"):
            raise ValidationError(
                N_("This format holds no sources, subjects and issuers."), "nouns"
            )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Export:
        """Return the noun."""
        return Export(**data)

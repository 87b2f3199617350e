"""What is answered of files: reports, questions, and what is left out."""

from marshmallow import fields

from glossary.schema.value import Strict, one_of


class ProgressSchema(Strict):
    """How many records are done; `total` is null until it is known.

    `share` is how much of the file is read by then, in percent.
    """

    done = fields.Integer()
    total = fields.Integer(allow_none=True)
    share = fields.Integer()


class CountsSchema(Strict):
    """How many records came to what."""

    read = fields.Integer()
    created = fields.Integer()
    updated = fields.Integer()
    unchanged = fields.Integer()
    conflicts = fields.Integer()
    rejected = fields.Integer()
    retired = fields.Integer()


class RefusedSchema(Strict):
    """A record that is refused, or deserves a look: where, why, and the value."""

    line = fields.Integer()
    column = fields.String(allow_none=True)
    code = fields.String()
    message = fields.String()
    value = fields.String()
    sheet = fields.String(metadata={"description": "Of a workbook of several."})


class AskedColumnSchema(Strict):
    """A column of a question: what it was taken for."""

    number = fields.Integer(metadata={"description": "From 1; `map=zh=2` names it."})
    heading = fields.String()
    meaning = fields.String()


class AskedRowSchema(Strict):
    """One of the first rows of a table."""

    line = fields.Integer()
    cells = fields.List(fields.String())


class QuestionSchema(Strict):
    """What must be said of a table before it can be read."""

    columns = fields.List(fields.Nested(AskedColumnSchema))
    rows = fields.List(fields.Nested(AskedRowSchema))
    heading = fields.Integer(
        metadata={"description": "The line taken for the heading, 0 for none."}
    )
    sheet = fields.String()
    sheets = fields.List(fields.String())


class DifferenceSchema(Strict):
    """One place of an entry before and after."""

    pointer = fields.String()
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class RecordSchema(Strict):
    """What one record does."""

    line = fields.Integer()
    action = fields.String()
    entry = fields.String(allow_none=True)
    changes = fields.List(fields.Nested(DifferenceSchema))


class ImportSchema(Strict):
    """An import and what came of it; problems, warnings and records are the first.

    So is what was `left`; `left_out` counts all of it by kind.
    """

    id = fields.String()
    state = fields.String(
        validate=one_of(
            ("planned", "queued", "running", "succeeded", "failed", "cancelled")
        )
    )
    format = fields.String()
    glossary = fields.String()
    mode = fields.String()
    on_error = fields.String()
    dry_run = fields.Boolean()
    by = fields.String(metadata={"description": "Whose it is in the history."})
    owner = fields.String(
        allow_none=True,
        metadata={"description": "Who sent it; it is shown to them and to admins."},
    )
    created = fields.DateTime()
    size = fields.Integer(metadata={"description": "Bytes of the file."})
    filename = fields.String()
    progress = fields.Nested(ProgressSchema)
    counts = fields.Nested(CountsSchema)
    problems = fields.List(fields.Nested(RefusedSchema))
    warnings = fields.List(fields.Nested(RefusedSchema))
    left_out = fields.Dict(keys=fields.String(), values=fields.Integer())
    left = fields.List(fields.Nested(RefusedSchema))
    records = fields.List(fields.Nested(RecordSchema))
    mapping = fields.Dict(keys=fields.String(), values=fields.String())
    revision = fields.Integer(allow_none=True)
    epoch = fields.String(metadata={"description": "Of the revision."})
    error = fields.String(allow_none=True)
    code = fields.String(allow_none=True, metadata={"description": "Of the error."})
    question = fields.Nested(
        QuestionSchema,
        allow_none=True,
        metadata={"description": "With the code `unsettled-columns`."},
    )
    confirm = fields.Integer(
        allow_none=True,
        metadata={"description": "So many would be retired; send it to have it done."},
    )

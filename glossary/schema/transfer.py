"""What is answered of files and of whole changesets: reports, and what is left out."""

from marshmallow import fields

from glossary.schema.value import Strict, one_of


class ProgressSchema(Strict):
    """How many records are done; `total` is null until it is known."""

    done = fields.Integer()
    total = fields.Integer(allow_none=True)


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
    """An import and what came of it; problems, warnings and records are the first."""

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
    records = fields.List(fields.Nested(RecordSchema))
    mapping = fields.Dict(keys=fields.String(), values=fields.String())
    revision = fields.Integer(allow_none=True)
    error = fields.String(allow_none=True)
    code = fields.String(allow_none=True, metadata={"description": "Of the error."})
    undoes = fields.Integer(
        allow_none=True,
        metadata={"description": "The revision whose changes are taken back."},
    )
    confirm = fields.Integer(
        allow_none=True,
        metadata={"description": "So many would be retired; send it to have it done."},
    )


class DroppedSchema(Strict):
    """Something that a format cannot hold."""

    entry = fields.String()
    pointer = fields.String()
    reason = fields.String()
    value = fields.String()


class DroppedAnswer(Strict):
    """Everything that a format cannot hold."""

    format = fields.String()
    dropped = fields.List(fields.Nested(DroppedSchema))


class MovedSchema(Strict):
    """What a revision did to an entry; `left` says that it was changed since."""

    entry = fields.String()
    action = fields.String()
    version = fields.Integer()
    left = fields.Boolean()


class ChangesetAnswer(Strict):
    """A revision that changed entries, and a page of them."""

    revision = fields.Integer()
    at = fields.DateTime()
    by = fields.String()
    entries = fields.Integer()
    items = fields.List(fields.Nested(MovedSchema))
    next = fields.String(allow_none=True)

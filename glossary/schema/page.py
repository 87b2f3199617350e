"""What answers that come in pages or in parts share."""

from typing import Any

import marshmallow
from marshmallow import fields


class Parts(marshmallow.Schema):
    """For answers of which fields may be chosen: of those only `id` always comes."""

    def on_bind_field(self, field_name: str, field_obj: Any) -> None:
        """Require nothing else."""
        field_obj.required = field_name == "id"


def next_page() -> fields.String:
    """Return the field of an answer that says where its next page is."""
    text = "Path and query of the next page on this server; null on the last."
    return fields.String(allow_none=True, metadata={"description": text})

"""The floors of the house and the rooms on them."""

from typing import Final

#: From the ground up; a room imports only from floors below its own, or from itself.
FLOORS: Final = (
    ("text", "message", "query"),
    ("entry", "errors", "speech"),
    ("store", "formats", "config"),
    ("recognition", "bitext", "people"),
    ("lookup",),
    ("schema", "client"),
    ("curation",),
    ("transfer", "serving"),
    ("web", "cli"),
)

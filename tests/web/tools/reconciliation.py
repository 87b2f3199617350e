"""The shapes of reconciliation 0.2, written from the specification's text.

They are stricter than it: what we do not mean to send is refused.
"""

from typing import Any

ADDRESS = {"type": "string", "pattern": "^https?://"}
TEMPLATE = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
NAME = {"type": "string", "minLength": 1}


def closed(required: str, optional: str = "", **properties: Any) -> dict[str, Any]:
    """Return the schema of an object with these properties and no others."""
    assert set(properties) == {*required.split(), *optional.split()}
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def many(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def mapping(values: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


PAIR = closed("id name", id=NAME, name=NAME)
SERVICE = closed(
    "service_url service_path",
    service_url=ADDRESS,
    service_path={"type": "string", "pattern": "^/"},
)
MANIFEST = closed(
    "versions name identifierSpace schemaSpace",
    "defaultTypes view preview suggest extend",
    versions={**many({"type": "string"}), "contains": {"const": "0.2"}},
    name=NAME,
    identifierSpace=ADDRESS,
    schemaSpace=ADDRESS,
    defaultTypes=many(PAIR),
    view=closed("url", url=TEMPLATE),
    preview=closed(
        "url width height",
        url=TEMPLATE,
        width={"type": "integer"},
        height={"type": "integer"},
    ),
    suggest=closed(
        "entity property type", entity=SERVICE, property=SERVICE, type=SERVICE
    ),
    extend=closed(
        "propose_properties property_settings",
        propose_properties=SERVICE,
        property_settings=many({"type": "object"}),
    ),
)
CANDIDATE = closed(
    "id name score match type",
    "description features",
    id=NAME,
    name=NAME,
    description={"type": "string"},
    score={"type": "number", "minimum": 0, "maximum": 100},
    match={"type": "boolean"},
    type={**many(PAIR), "minItems": 1},
    features=many(closed("id value", id=NAME, value={"type": ["number", "boolean"]})),
)
BATCH = mapping(closed("result", result=many(CANDIDATE)))
ENTITIES = closed(
    "result",
    result=many(
        closed(
            "id name description notable",
            id=NAME,
            name=NAME,
            description={"type": "string"},
            notable=many(NAME),
        )
    ),
)
PAIRS = closed("result", result=many(PAIR))
PROPOSED = closed("type properties", type=NAME, properties=many(PAIR))
EXTENDED = closed(
    "meta rows",
    meta=many(PAIR),
    rows=mapping(mapping(many(closed("str", str={"type": "string"})))),
)

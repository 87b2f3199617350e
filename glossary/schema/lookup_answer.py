"""What a look-up is answered with, for the OpenAPI document."""

from marshmallow import fields

from glossary.entry import BLOCKS, FORCES, PROOFS, STATES, VIAS
from glossary.query import TIERS
from glossary.schema.entry import CitationSchema, TermSchema
from glossary.schema.register import SourceSchema
from glossary.schema.value import Strict, one_of


class DatedTermSchema(TermSchema):
    """A term, with whether it is in force at the time asked for, else today."""

    in_force = fields.String(validate=one_of(FORCES))
    also_cited = fields.List(
        fields.Nested(CitationSchema),
        metadata={
            "description": "Citations of other terms that prove this one, turned round."
        },
    )


class PieceSchema(Strict):
    """A piece of a query beside a term."""

    text = fields.String()
    side = fields.String(
        validate=one_of(("both", "query", "term")),
        metadata={"description": "Which of them has it."},
    )


class HitSchema(Strict):
    """An entry found by a lookup."""

    block = fields.String(
        validate=one_of(BLOCKS),
        metadata={
            "description": "What the hit is: what is asked for, a term that stands in "
            "the query, or another wording that is like it."
        },
    )
    difference = fields.List(
        fields.Nested(PieceSchema),
        metadata={
            "description": "Query and term in pieces, in order, where they differ by "
            "more than folding overlooks."
        },
    )
    entry = fields.String()
    tier = fields.String(validate=one_of(TIERS))
    score = fields.Float(
        metadata={
            "description": "From 0 to 1, how much of the term the query covers. It "
            "orders hits of one tier and says nothing across tiers."
        },
    )
    via = fields.List(
        fields.String(validate=one_of(VIAS)),
        metadata={
            "description": "In what the term differs from what was asked for, or how "
            "it was reached; nothing for what is written alike."
        },
    )
    term = fields.Nested(DatedTermSchema)
    other_script = fields.List(
        fields.Nested(DatedTermSchema),
        metadata={"description": "The found wording in the other Chinese script."},
    )
    equivalents = fields.List(fields.Nested(DatedTermSchema))
    use = fields.List(
        fields.Nested(DatedTermSchema),
        metadata={"description": "What to write instead of a term not to be used."},
    )
    subjects = fields.List(fields.String())
    definition = fields.Dict(keys=fields.String(), values=fields.String())
    glossary = fields.String()
    state = fields.String(validate=one_of(STATES))
    proof = fields.String(
        validate=one_of(PROOFS),
        metadata={"description": "What is proved of the leading pair."},
    )
    proved_by = fields.List(
        fields.String(),
        metadata={"description": "The sources that prove it as a pair."},
    )
    proved_in = fields.List(
        fields.Integer(), metadata={"description": "The years of those sources."}
    )


class QueryEcho(Strict):
    """What was asked, with what was told from the text."""

    q = fields.String()
    from_ = fields.String(data_key="from")
    to = fields.String()


class SuggestionSchema(Strict):
    """A completion."""

    text = fields.String()
    lang = fields.String()
    entry = fields.String()
    equivalent = fields.String(allow_none=True)
    state = fields.String(validate=one_of(STATES))
    via = fields.String(
        metadata={
            "description": "`definition`: its terms or prose have words of the query; "
            "`meaning`: it is near in meaning."
        }
    )


class OneAnswer(Strict):
    """Hits, block after block, best first; `limit` counts those that answer."""

    query = fields.Nested(QueryEcho)
    sources = fields.List(
        fields.Nested(SourceSchema),
        metadata={"description": "What the entries of the hits cite."},
    )
    hits = fields.List(fields.Nested(HitSchema))
    more = fields.Boolean(
        metadata={"description": "Whether there are more answers than `limit`."}
    )
    elsewhere = fields.Integer(
        metadata={
            "description": "When the filters leave no answer: how many there are "
            "without them, up to `limit`."
        }
    )
    did_you_mean = fields.List(
        fields.Nested(SuggestionSchema),
        metadata={
            "description": "Up to five terms, when nothing answers: what is spelt "
            "alike, what is near in meaning, and what has the words."
        },
    )


class LookupAnswer(OneAnswer):
    """The hits of a query, as of a revision."""

    revision = fields.Integer()
    epoch = fields.String(metadata={"description": "Of the revision."})


class LookupsAnswer(Strict):
    """The hits of many queries, in their order."""

    revision = fields.Integer()
    epoch = fields.String(metadata={"description": "Of the revision."})
    answers = fields.List(fields.Nested(OneAnswer))


class MissedWordingSchema(Strict):
    """A look-up that found nothing, and how often."""

    q = fields.String()
    count = fields.Integer()


class MissedAnswer(Strict):
    """Look-ups that found nothing, the most frequent first."""

    number = fields.Integer()
    items = fields.List(
        fields.Nested(MissedWordingSchema),
        metadata={"description": "For who may write; for others it is empty."},
    )


class SuggestAnswer(Strict):
    """Completions of what is being typed."""

    suggestions = fields.List(fields.Nested(SuggestionSchema))

"""What the contract says of one call."""

from dataclasses import dataclass

from marshmallow import Schema

from glossary import schema


@dataclass(frozen=True, slots=True)
class Operation:
    """What the contract says of one call, beside its path and its view's docstring."""

    answer: type[Schema] | None
    query: type[Schema] = schema.NoQuery
    body: type[Schema] | None = None
    status: int = 200
    problems: tuple[int, ...] = ()
    conditional: bool = False
    may_match: bool = False
    file: bool = False
    reads: bool = False
    revised: bool = True
    private: bool = False
    open: bool = False
    files: tuple[str, ...] = ()
    #: Whether each line of a body may be one, answered by a line.
    lines: bool = False
    later: bool = False
    #: Whether it takes `Idempotency-Key`.
    once: bool = False
    #: Whether its answer has an `ETag`; None where that is told from the rest.
    etag: bool | None = None
    #: Whether 201 says in `Location` where what was made stands.
    placed: bool = True
    #: Whether what its address takes may stand in a body instead.
    either: bool = False

    def tagged(self, method: str) -> bool:
        """Say whether the answer to a method has an `ETag`."""
        return self.revised and method == "GET" if self.etag is None else self.etag

"""How large an answer about texts may become: what is found repeats what it means."""

from glossary.errors import TooLarge
from glossary.message import N_


class AnswerSize:
    """The bytes of an answer that is being made; `most` of them are allowed.

    Without `most`, any number is.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._bytes = 0

    def add(self, piece: bytes) -> bytes:
        """Count a piece of the answer and return it; raise TooLarge."""
        self._bytes += len(piece)
        if self._most is not None and self._bytes > self._most:
            raise TooLarge(
                N_(
                    "The answer would have more than %(most)s bytes; send less text at "
                    "a time, or raise %(setting)s."
                ),
                most=self._most,
                setting="GLOSSARY_MAX_ANSWER",
            )
        return piece

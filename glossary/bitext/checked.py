"""A pair of a file with what a check says of it."""

from collections.abc import Callable
from typing import NamedTuple

from glossary.bitext.segment import Segment
from glossary.entry import Finding, is_draft
from glossary.message import N_

#: Puts a message into the reader's language.
Say = Callable[[str], str]


class CheckedSegment(NamedTuple):
    """A segment with its findings; their spans count in the texts of its pair."""

    file: str
    segment: Segment
    findings: tuple[Finding, ...]


def text_of(finding: Finding, say: Say) -> str:
    """Return what a finding says, marked when it rests on a draft."""
    message = say(finding.message)
    return f"{message} ({say(N_('draft'))})" if is_draft(finding.state) else message

"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines."""

from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import Any, Final, NamedTuple

from glossary import DISTRIBUTION
from glossary.bitext.segment import Segment
from glossary.entry import Finding, is_draft
from glossary.message import N_

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"missing": "warning", "forbidden": "error", "admitted": "note"}
_RULES: Final = {
    "missing": N_("A term of the source is not rendered."),
    "forbidden": N_("A wording that must not be used."),
    "admitted": N_("Another wording is preferred."),
}


class Placed(NamedTuple):
    """A finding with the file and the segment that it is about."""

    file: str
    segment: Segment
    finding: Finding


def sarif(placed: Iterable[Placed], say: Callable[[str], str]) -> dict[str, Any]:
    """Return a log of one run; `say` puts messages into the reader's language."""
    rules = [
        {"id": name, "shortDescription": {"text": say(text)}}
        for name, text in _RULES.items()
    ]
    driver = {"name": "glossary", "version": version(DISTRIBUTION), "rules": rules}
    results = [_result(each, say) for each in placed if each.finding.verdict in _RULES]
    run = {
        "tool": {"driver": driver},
        # Columns are counted in code points, as everywhere here.
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _told(finding: Finding, say: Callable[[str], str]) -> str:
    """Return the message, marked when it rests on a draft."""
    told = say(finding.message)
    return f"{told} ({say(N_('draft'))})" if is_draft(finding.state) else told


def _result(placed: Placed, say: Callable[[str], str]) -> dict[str, Any]:
    file, segment, finding = placed
    return {
        "ruleId": finding.verdict,
        "ruleIndex": list(_RULES).index(finding.verdict),
        "level": "note" if finding.advice else _LEVELS[finding.verdict],
        "message": {"text": _told(finding, say)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": file},
                    "region": {"startLine": segment.line},
                },
                "logicalLocations": [
                    {"name": segment.pair.id or str(segment.line), "kind": "element"}
                ],
            }
        ],
        "properties": {
            "entry": finding.entry,
            "source": finding.source and finding.source.text,
            "target": finding.target and finding.target.text,
            "expected": list(finding.expected),
            "advice": finding.advice,
            "reason": finding.reason,
            "instead": finding.instead,
            "state": finding.state,
        },
    }

"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import quote

from glossary import release
from glossary.bitext.checked import CheckedSegment, Say, text_of
from glossary.bitext.segment import Segment
from glossary.entry import Finding
from glossary.message import N_

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"missing": "warning", "forbidden": "error", "admitted": "note"}
_RULES: Final = {
    "missing": N_("A term of the source is not rendered."),
    "forbidden": N_("A wording that must not be used."),
    "admitted": N_("Another wording is preferred."),
}


def sarif(segments: Iterable[CheckedSegment], say: Say) -> dict[str, Any]:
    """Return a log of one run; `say` puts messages into the reader's language."""
    rules = [
        {"id": name, "shortDescription": {"text": say(text)}}
        for name, text in _RULES.items()
    ]
    driver = {"name": "glossary", "version": release(), "rules": rules}
    results = [
        _result(file, segment, finding, say)
        for file, segment, findings in segments
        for finding in findings
        if finding.verdict in _RULES
    ]
    run = {
        "tool": {"driver": driver},
        # Columns are counted in code points, as everywhere here.
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(file: str, segment: Segment, finding: Finding, say: Say) -> dict[str, Any]:
    pair_id = segment.pair.id or str(segment.line)
    texts = [span.text if span else "" for span in (finding.source, finding.target)]
    seal = "\n".join([file, pair_id, finding.verdict, finding.entry or "", *texts])
    return {
        "ruleId": finding.verdict,
        "ruleIndex": list(_RULES).index(finding.verdict),
        "level": "note" if finding.advice else _LEVELS[finding.verdict],
        "message": {"text": text_of(finding, say)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(file)},
                    "region": {"startLine": segment.line},
                },
                "logicalLocations": [{"name": pair_id, "kind": "element"}],
            }
        ],
        # What is told again of the same place is the same, though lines were added.
        "partialFingerprints": {
            "finding/v1": blake2b(seal.encode("utf-8", "replace")).hexdigest()[:32]
        },
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

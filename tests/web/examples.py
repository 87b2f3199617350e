"""Real answers for the contract: `python -m tests.web.examples` asks for them anew."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any, Final

from flask.testing import FlaskClient

from glossary.web import create_app
from tests import sharing

PLACE: Final = Path(__file__).parents[2] / "glossary" / "web" / "examples.json"
#: What is asked, by operation: an address below the API, and a body to be posted.
CALLS: Final[dict[str, tuple[str, dict[str, Any] | None]]] = {
    "get_index": ("", None),
    "get_lookup": ("/lookup?q=一带一路&limit=1", None),
    "get_suggest": ("/suggest?q=win-w&limit=2", None),
    "get_entries": ("/entries?subject=climate&limit=1", None),
    "get_entry": ("/entries/sovereignty", None),
    "get_versions": ("/entries/sovereignty/versions?fields=at,by,action", None),
    "get_changes": ("/changes?limit=1", None),
    "get_stats": ("/stats", None),
    "get_sources": ("/sources?limit=1", None),
    "get_subjects": ("/subjects?limit=2", None),
    "get_issuers": ("/issuers?limit=1", None),
    "get_glossaries": ("/glossaries", None),
    "post_annotate": ("/annotate", {"text": "双方同意共建“一带一路”。", "to": "en"}),
    "post_check": (
        "/check",
        {
            "pairs": [
                {
                    "id": "1",
                    "source": "共建“一带一路”",
                    "target": "jointly build One Belt, One Road",
                }
            ],
            "from": "zh-Hans",
            "to": "en",
        },
    ),
}


def asked(client: FlaskClient) -> dict[str, Any]:
    """Return what each call is asked and answers."""
    told = {}
    for name, (path, body) in CALLS.items():
        address = f"/api/v1{path}"
        answer = client.post(address, json=body) if body else client.get(address)
        assert answer.status_code == 200, (name, answer.text)
        sent = {"request": body} if body else {}
        told[name] = {**sent, "answer": json.loads(answer.data)}
    return told


def main() -> None:
    """Ask a store with the curated glossary, and keep what it answers."""
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "glossary.db")
        sharing.fill(database)
        os.environ["GLOSSARY_DATABASE"] = database
        client = create_app().test_client()
        text = json.dumps(asked(client), ensure_ascii=False, indent=1)
    PLACE.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""The client of the Model Context Protocol, with our server as its process."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from tests.postgresql import free_port
from tests.running import Server, apart

TEXT = "共同构建新型大国关系"
OLD = "new type of great power relations"
ENTRY = "new-model-of-major-country-relationship"


async def conversed(client: Client) -> dict[str, Any]:
    """Return what the server offers and what each tool says when it is called."""
    async with client:
        tools = (await client.list_tools()).tools
        calls: list[tuple[str, dict[str, Any]]] = [
            ("lookup", {"q": "新型大国关系", "as_of": "2014-02", "limit": 1}),
            ("annotate", {"text": TEXT}),
            ("check", {"source": TEXT, "target": OLD}),
            ("entry", {"entry_id": ENTRY}),
            (
                "propose",
                {"chinese": "暖心早茶", "english": "tea", "comment": "A test."},
            ),
        ]
        said: dict[str, Any] = {
            "tools": {
                tool.name: tool.annotations and tool.annotations.read_only_hint
                for tool in tools
            }
        }
        for name, arguments in calls:
            answer = await client.call_tool(name, arguments)
            assert not answer.is_error, answer
            said[name] = answer.structured_content
            said[f"text of {name}"] = answer.content[0].text  # type: ignore[union-attr]
        resource = await client.read_resource(f"glossary://entry/{ENTRY}")
        said["resource"] = resource.contents[0].text  # type: ignore[union-attr]
        prompt = await client.get_prompt("translate_with_the_termbase", {"text": TEXT})
        said["prompt"] = prompt.messages[0].content.text  # type: ignore[union-attr]
        return said


def test_an_assistant_lists_and_calls_the_tools(server: Server, tmp_path: Path) -> None:
    command = ["-m", "glossary.cli", "mcp", "--server", server.address]
    process = StdioServerParameters(command=sys.executable, args=command)
    with (tmp_path / "stderr").open("w+") as errors:
        said = apart(conversed(Client(stdio_client(process, errlog=errors))))
        errors.seek(0)
        assert errors.read() == ""
    assert said["tools"] == {
        "lookup": True,
        "entry": True,
        "annotate": True,
        "check": True,
        "propose": False,
    }
    best = said["lookup"]["hits"][0]["equivalents"][0]["text"]
    assert best == "new model of major-country relationship"
    (term,) = said["annotate"]["terms"]
    assert (term["source"], term["target"][0]) == ("新型大国关系", best)
    # What a model reads is not longer than it must be.
    heading, row = said["text of annotate"].splitlines()
    assert heading == "source\ttarget\tavoid\tnote"
    assert row.startswith(f"新型大国关系\t{best} | ")
    for name in ("lookup", "check", "entry", "propose"):
        assert json.loads(said[f"text of {name}"]) == said[name]
        assert "\n" not in said[f"text of {name}"]
    (finding,) = said["check"]["pairs"][0]["findings"]
    assert finding["verdict"] == "forbidden"
    assert best in finding["message"]
    assert said["entry"]["id"] == ENTRY
    assert f'"id":"{ENTRY}"' in said["resource"]
    assert said["prompt"].endswith(TEXT)
    proposed = server.call("GET", f"/api/v1/proposals/{said['propose']['proposal']}")
    assert proposed[1]["document"]["state"] == "draft"
    looked_up = server.call("GET", "/api/v1/lookup?q=%E6%9A%96%E5%BF%83%E6%97%A9")
    assert all(hit["tier"] != "exact" for hit in looked_up[1]["hits"])


def test_over_http_every_request_stands_for_itself(reading_server: Server) -> None:
    port = free_port()
    command = [sys.executable, "-m", "glossary.cli", "mcp", "--port", str(port)]
    address = f"http://127.0.0.1:{port}/mcp"
    head = {"Accept": "application/json, text/event-stream"}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    process = subprocess.Popen([*command, "--server", reading_server.address])
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                answer = httpx.post(address, json=asked, headers=head)
                break
            except httpx.TransportError:
                assert time.monotonic() < deadline
                time.sleep(0.1)
    finally:
        process.terminate()
        process.wait()
    names = [tool["name"] for tool in answer.json()["result"]["tools"]]
    assert names == ["lookup", "entry", "annotate", "check", "propose"]
    assert "mcp-session-id" not in answer.headers

"""The client of the Model Context Protocol, with our server as its process."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from tests.running import Server


async def conversed(address: str) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the names of the tools, and what each says when it is called."""
    command = ["-m", "glossary.cli", "mcp", "--server", address]
    process = StdioServerParameters(command=sys.executable, args=command)
    async with Client(stdio_client(process)) as client:
        tools = [tool.name for tool in (await client.list_tools()).tools]
        text = "共同构建新型大国关系"
        calls = [
            ("lookup", {"q": "新型大国关系", "as_of": "2014-02", "limit": 1}),
            ("annotate", {"text": text}),
            ("check", {"source": text, "target": "new type of great power relations"}),
        ]
        said = []
        for name, arguments in calls:
            answer = await client.call_tool(name, arguments)
            assert not answer.is_error, answer
            said.append(answer.structured_content)
        return tools, said  # type: ignore[return-value]


def test_an_assistant_lists_and_calls_the_tools(server: Server) -> None:
    # A browser that an earlier test opened keeps a loop running in the main thread.
    with ThreadPoolExecutor(1) as apart:
        talk = apart.submit(lambda: asyncio.run(conversed(server.address)))
        tools, (found, annotated, checked) = talk.result()
    assert tools == ["lookup", "annotate", "check"]
    best = found["hits"][0]["equivalents"][0]["text"]
    assert best == "new model of major-country relationship"
    (term,) = annotated["terms"]
    assert (term["source"], term["target"][0]) == ("新型大国关系", best)
    (finding,) = checked["pairs"][0]["findings"]
    assert finding["verdict"] == "forbidden"
    assert best in finding["message"]

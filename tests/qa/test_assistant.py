"""A desktop assistant's view: the mcp package's own client, over the pipes of a real process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

from ingest.library import Library
from tests.fakes import put
from tests.processes import PROJECT, command, environment, run, run_script

TEXT = "The harbour of Brest was flooded in March. Nobody was hurt."


@pytest.fixture
def stored(library: Library) -> Path:
    put(library, TEXT)
    return library.folder


def served(folder: Path, tmp_path: Path, talk: Callable[[ClientSession], Awaitable[None]]) -> None:
    program, *arguments = command("qa", "--mcp", "--library", folder)
    server = StdioServerParameters(
        command=program, args=arguments, cwd=PROJECT, env=environment(tmp_path)
    )

    async def session() -> None:
        with anyio.fail_after(120):
            async with stdio_client(server) as streams, ClientSession(*streams) as client:
                started = await client.initialize()
                assert started.server_info.name == "saidso"
                assert "word for word" in (started.instructions or "")
                await talk(client)

    anyio.run(session)


def test_an_assistant_lists_and_calls_each_tool(stored: Path, tmp_path: Path) -> None:
    async def talk(client: ClientSession) -> None:
        tools = {one.name: one for one in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "search", "read_article"}
        assert tools["ask"].input_schema["required"] == ["question"]
        for one in tools.values():
            assert one.annotations and one.annotations.read_only_hint
            for parameter in one.input_schema["properties"]:
                assert f"{parameter}:" in (one.description or "")

        question = {"question": "Was the harbour of Brest flooded?"}
        answer = await called(client, "ask", question)
        quote = (answer["quotes"] or answer["nearest"])[0]
        assert quote["text"] == TEXT[quote["start"] : quote["end"]]
        found = await called(client, "search", question)
        assert found["candidates"][0]["article"]["id"] == "storm"
        article = await called(client, "read_article", {"id": quote["article"]["id"]})
        assert article["text"] == TEXT and article["version"] == quote["article"]["version"]
        part = await called(client, "read_article", {"id": "storm", "start": 4, "length": 7})
        assert part["text"] == "harbour"

    served(stored, tmp_path, talk)


async def called(client: ClientSession, tool: str, given: dict[str, Any]) -> dict[str, Any]:
    """What the tool gives, the same as text and as values."""
    result = await client.call_tool(tool, given)
    assert not result.is_error, result.content
    (text,) = result.content
    said: dict[str, Any] = json.loads(getattr(text, "text", ""))
    assert said == result.structured_content
    return said


def test_what_makes_no_sense_is_answered_in_words(stored: Path, tmp_path: Path) -> None:
    async def talk(client: ClientSession) -> None:
        for tool, given, says in (
            ("read_article", {"id": "nowhere"}, "no article has the id 'nowhere'"),
            ("read_article", {"id": "storm", "start": -1}, '"start" must be a whole number'),
            ("ask", {}, "question"),
            ("ask", {"question": 5}, "question"),
        ):
            result = await client.call_tool(tool, given)
            assert result.is_error and says in getattr(result.content[0], "text", "")
        assert not (await called(client, "ask", {"question": ""}))["answered"]  # it goes on

    served(stored, tmp_path, talk)


def test_an_article_that_comes_meanwhile_is_known_at_once(stored: Path, tmp_path: Path) -> None:
    """The index stays free for the chat, and for the command that takes the article in."""
    article = tmp_path / "otters.txt"
    article.write_text("Nine otters live at the mill.")

    async def talk(client: ClientSession) -> None:
        question = {"question": "How many otters live at the mill?"}
        assert len((await called(client, "search", question))["candidates"]) == 1
        done = await anyio.to_thread.run_sync(
            lambda: run("ingest", article, "--library", stored, tmp_path=tmp_path)
        )
        assert done.returncode == 0 and "index" not in done.stderr
        found = await called(client, "search", question)
        assert found["candidates"][0]["article"]["id"] == "otters"

    served(stored, tmp_path, talk)


def test_nothing_but_the_protocol_stands_on_stdout(stored: Path, tmp_path: Path) -> None:
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    }
    asked = {"name": "ask", "arguments": {"question": "Was the harbour flooded?"}}
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": hello},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": asked},
    ]
    process = subprocess.Popen(
        command("qa", "--mcp", "--library", stored),
        cwd=PROJECT,
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    said = []
    for one in messages:
        process.stdin.write(json.dumps({"jsonrpc": "2.0", **one}) + "\n")
        process.stdin.flush()
        if "id" in one:
            said.append(json.loads(process.stdout.readline()))
    process.stdin.close()
    assert [one["id"] for one in said] == [1, 2] and "result" in said[1]
    assert process.stdout.read() == ""
    assert process.wait(60) == 0
    process.stdout.close()


def test_without_a_library_it_says_what_to_do(tmp_path: Path) -> None:
    done = run("qa", "--mcp", "--library", tmp_path / "nowhere", tmp_path=tmp_path)
    assert done.returncode == 2 and done.stdout == ""
    assert "make one: python -m ingest" in done.stderr


def test_without_the_package_it_says_what_to_install(stored: Path, tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['mcp'] = None; import qa.__main__;"
        f"sys.exit(qa.__main__.main(['--mcp', '--library', {str(stored)!r}]))"
    )
    done = run_script(script, tmp_path)
    assert done.returncode == 2 and done.stdout == ""
    assert 'pip install ".[mcp]"' in done.stderr and "Traceback" not in done.stderr

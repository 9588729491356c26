"""`emvote mcp`, asked by the protocol's own client over standard input and output; `emvote schema` without a name."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import anyio
import jsonschema
import pytest
from mcp import ClientSession, StdioServerParameters, types
from mcp.client.stdio import stdio_client

from emvote.cli import agents
from emvote.cli.exit_codes import ExitCode
from emvote.cli.opened import Opened
from emvote.cli.registry import command_names
from emvote.errors import UsageProblem

ROOT = Path(__file__).parents[1]


def emvote(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "emvote", *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def talk(conversation: Callable[[ClientSession], Coroutine[Any, Any, None]], *options: str) -> None:
    """Hold a conversation with a server of its own."""

    async def run() -> None:
        with anyio.fail_after(60):
            parameters = StdioServerParameters(command=sys.executable, args=["-m", "emvote", "mcp", *options])
            async with stdio_client(parameters) as (incoming, outgoing), ClientSession(incoming, outgoing) as session:
                await session.initialize()
                await conversation(session)

    anyio.run(run)


def said(result: types.CallToolResult) -> str:
    """The text of a result."""
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    return content.text


def test_an_agent_asks_and_gets_the_answer_of_the_command_line() -> None:
    """In the shape that the tool has promised; errors are the command line's, and nothing ends the conversation."""

    async def conversation(session: ClientSession) -> None:
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert {"seat", "seats", "councils", "swing", "results"} <= set(tools)
        assert not {"export", "browse", "cache", "mcp", "import"} & set(tools)
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
        found = await session.call_tool("seat", {"name": ["derby", "north"], "election": "2019"})
        assert found.structured_content == json.loads(said(found))
        jsonschema.validate(found.structured_content, tools["seat"].output_schema or {})
        printed = json.loads(emvote("seat", "derby north", "2019", "--json").stdout)
        assert found.structured_content["rows"] == printed["rows"]
        wrong = await session.call_tool("seat", {"name": ["Broxstowe"]})
        assert wrong.is_error
        assert json.loads(said(wrong))["error"] == {
            "code": 3,
            "message": json.loads(emvote("seat", "Broxstowe", "--json").stderr)["error"]["message"],
            "suggestions": ["Broxtowe"],
        }
        after = await session.call_tool("seats", {"election": "2019", "limit": 1})
        assert not after.is_error

    talk(conversation)


def test_an_agent_reads_sources_and_pages() -> None:
    """Resources are whole answers, and the pages on method and data."""

    async def conversation(session: ClientSession) -> None:
        listed = {str(resource.uri): resource for resource in (await session.list_resources()).resources}
        assert {"emvote://sources", "emvote://method", "emvote://data"} <= set(listed)
        for uri in listed:
            (content,) = (await session.read_resource(uri)).contents
            assert isinstance(content, types.TextResourceContents)
            assert len(content.text) > 500
            if content.mime_type == "application/json":
                assert json.loads(content.text)["rows"]
        with pytest.raises(Exception, match="no resource"):
            await session.read_resource("emvote://nothing")

    talk(conversation)


def test_another_dataset_answers_where_it_is_named() -> None:
    """As with --data of every command."""

    async def conversation(session: ClientSession) -> None:
        found = await session.call_tool("seat", {"name": ["islington", "north"], "election": "2019"})
        assert found.structured_content["rows"][0]["seat"] == "Islington North"

    talk(conversation, "--data", "uk")


@pytest.fixture(scope="module")
def opened() -> Opened:
    """The shipped dataset."""
    return Opened()


def test_an_answer_is_bounded(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """In rows, which a note tells, and in bytes."""
    few = json.loads(agents.answer(opened, "council", {"name": ["ashfield"], "limit": 3}))
    assert len(few["rows"]) == 3
    assert any("3 of" in note for note in few["notes"])
    monkeypatch.setattr(agents, "ROWS", 2)
    assert len(json.loads(agents.answer(opened, "seats", {}))["rows"]) == 2
    monkeypatch.setattr(agents, "MOST_BYTES", 1_000)
    with pytest.raises(UsageProblem, match="larger than"):
        agents.answer(opened, "seats", {})


def test_an_answer_is_waited_for_so_long_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the agent is told to ask for less."""
    import time

    monkeypatch.setattr(agents, "SECONDS", 0.05)

    def slow() -> str:
        time.sleep(0.5)
        return "{}"

    with pytest.raises(UsageProblem, match="no answer within"):
        anyio.run(agents._in_time, slow)  # noqa: SLF001 (its bound)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("nothing", {}, "no tool called"),
        ("seats", {"colour": 1}, "takes no 'colour'"),
        ("seats", {"data": "/etc/passwd"}, "takes no 'data'"),
        ("claims", {"files": ["/etc/passwd"]}, "takes no 'files'"),
        ("seats", {"limit": 10_000}, "at most 1,000"),
        ("seats", {"limit": "many"}, "limit"),
        ("swing", {"method": "other"}, "method"),
    ],
)
def test_what_no_tool_takes_is_refused(opened: Opened, name: str, given: dict[str, Any], message: str) -> None:
    """No file is read because an agent names it."""
    with pytest.raises(UsageProblem, match=message):
        agents.answer(opened, name, given)


def test_arguments_are_described_as_the_options_are() -> None:
    """Each with its help, choices with their values, and no other is allowed."""
    for tool in agents.tools():
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert all(each["description"] for each in tool.input_schema["properties"].values()), tool.name
        assert tool.input_schema["additionalProperties"] is False
    swing = agents.input_schema("swing")["properties"]
    assert swing["method"]["enum"] == ["butler", "steed"]
    assert agents.input_schema("targets")["required"] == ["party"]


def test_a_server_has_no_format_and_needs_its_extra() -> None:
    """Both are said before anything else."""
    assert emvote("mcp", "--json").returncode == ExitCode.USAGE
    script = "import sys; sys.modules['mcp'] = None; from emvote.cli.main import run; raise SystemExit(run(['mcp']))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == ExitCode.USAGE
    assert "pip install 'emvote[mcp]'" in done.stderr
    assert emvote("mcp", "--data", "no-such-file.toml").returncode == ExitCode.DATA


def test_the_schema_without_a_name_is_every_command() -> None:
    """With its summary, arguments, options and fields."""
    done = emvote("schema")
    found = json.loads(done.stdout)
    assert list(found) == command_names()
    for entry in found.values():
        assert set(entry) == {"summary", "arguments", "options", "fields"}
        assert entry["summary"]
        assert {"--json", "--data"} <= {option["name"] for option in entry["options"]}
    (winner,) = [option for option in found["seats"]["options"] if option["name"] == "--winner"]
    assert (winner["type"], winner["metavar"], winner["required"]) == ("text", "PARTY", False)
    (kind,) = [option for option in found["councils"]["options"] if option["name"] == "--type"]
    assert kind["choices"] == ["district", "unitary", "county"]
    assert found["targets"]["arguments"][0]["required"]
    assert "majority_votes" in {field["name"] for field in found["seat"]["fields"]}

"""A Model Context Protocol server: a tool for each command that answers.

A tool is a command that answers from a dataset; its arguments and its result are described by the command's own
declarations. Everything is read-only, and bounded in rows, bytes and time. https://modelcontextprotocol.io
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from functools import cache, partial
from typing import Annotated, Any, Final

import anyio
import msgspec
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from msgspec import Meta

from emvote.cli import deferred, interrupts, messages
from emvote.cli.arguments import Given, arguments_of, command_of, question_names
from emvote.cli.catalogue import json_schema_of
from emvote.cli.exit_codes import exit_code
from emvote.cli.opened import Opened
from emvote.errors import EmvoteError, UsageProblem
from emvote.render import Format, Options, render
from emvote.store.pages import PAGES, page
from emvote.version import __version__

ROWS: Final = 100
"""Rows of an answer, unless `limit` asks for another number."""
MOST_ROWS: Final = 1_000
MOST_BYTES: Final = 1_000_000
"""Of an answer in JSON."""
SECONDS: Final = 30.0
"""For which an answer is waited for."""
FILES: Final = frozenset({"FILE", "PATH", "DIR"})
"""Words of metavars that stand for files, which no agent names."""
SCHEME: Final = "emvote://"
ANSWERS: Final = {
    "sources": "Every source: title, publisher, licence, address.",
    "elections": "Every election on record, with its id and short form.",
    "parties": "Every party, with its id, names and abbreviation.",
    "explain": "Every term: what it means, its formula and its source.",
}
"""Questions whose whole answer is a resource."""
DOCUMENTS: Final = {
    "method": "How every figure is defined.",
    "data": "What the record covers, what is missing, and the notes on its figures.",
}
INSTRUCTIONS: Final = """\
Figures of elections in the East Midlands of England, each with its source. Prefer one question with the right options \
to many. null is unknown, never 0. Quote figures with the notes of their answer. Names are matched exactly or refused \
with near ones: ask again with one of these. Percentages end in _pct, differences of them in _pp."""


def serve(data: str | None, overlay: str | None) -> None:
    """Answer an agent until it closes standard input.

    Raises:
        BadData: the dataset cannot be read, or breaks its rules.
    """
    gc.enable()  # unlike an answer, it may run for hours
    deferred.settle()  # and in several threads
    opened = Opened(data, overlay)
    interrupts.leave_to_python()
    anyio.run(_serve, opened)


async def _serve(opened: Opened) -> None:
    async with stdio_server() as (incoming, outgoing):
        server = server_of(opened)
        await server.run(incoming, outgoing, server.create_initialization_options())


def server_of(opened: Opened) -> Server[Any]:
    """Return the server of a dataset."""
    return Server(
        "emvote",
        version=__version__,
        title="Elections in the East Midlands",
        instructions=INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=partial(_call, opened),
        on_list_resources=_list_resources,
        on_read_resource=partial(_read, opened),
    )


async def _list_tools(_: Any, __: Any) -> types.ListToolsResult:
    return types.ListToolsResult(tools=list(tools()))


@cache
def tools() -> tuple[types.Tool, ...]:
    """Return the tools: a command each, but those that need a file."""
    return tuple(_tool(name) for name in question_names() if not any(map(_needs_file, arguments_of(command_of(name)))))


def _names_file(given: Given) -> bool:
    return any(word in (given.declared.settings["metavar"] or "") for word in FILES)


def _needs_file(given: Given) -> bool:
    return _names_file(given) and given.is_required


def _tool(name: str) -> types.Tool:
    command = command_of(name)
    return types.Tool(
        name=name,
        description=command.__doc__,
        input_schema=input_schema(name),
        output_schema=json_schema_of(name.replace("_", "-")),
        annotations=types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )


def arguments(name: str) -> tuple[Given, ...]:
    """Return the arguments of a tool: its command's, but for files."""
    return tuple(each for each in arguments_of(command_of(name)) if not _names_file(each))


def input_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a tool's arguments; others are refused."""
    properties = {each.name: _described(each) for each in arguments(name)}
    required = [each.name for each in arguments(name) if each.is_required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _described(given: Given) -> dict[str, Any]:
    of: Any = list[str] if given.is_words else given.type
    schema = msgspec.json.schema(Annotated[of, Meta(description=given.declared.help)])
    described: dict[str, Any] = _inlined(schema, schema.get("$defs", {}))
    described.pop("$defs", None)
    return described


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    """Return a schema with what it refers to in its place."""
    if isinstance(schema, list):
        return [_inlined(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _inlined(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    return {key: _inlined(value, definitions) for key, value in schema.items()}


async def _call(opened: Opened, _: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
    ask = partial(answer, opened, params.name, params.arguments or {})
    try:
        text = await _in_time(ask)
    except (EmvoteError, TypeError) as error:
        told = error if isinstance(error, EmvoteError) else UsageProblem(str(error))
        said = messages.as_json(told, exit_code(told))
        return types.CallToolResult(content=[types.TextContent(type="text", text=said)], is_error=True)
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=text)], structured_content=json.loads(text)
    )


async def _in_time(ask: Callable[[], str]) -> str:
    try:
        with anyio.fail_after(SECONDS):
            return await anyio.to_thread.run_sync(ask, abandon_on_cancel=True)
    except TimeoutError:
        raise UsageProblem(f"no answer within {SECONDS:.0f} seconds: ask for less") from None


def answer(opened: Opened, name: str, given: dict[str, Any]) -> str:
    """Return the answer of a tool in JSON.

    Raises:
        EmvoteError: there is none, or it is too large; the error says why.
        TypeError: an argument is missing.
    """
    if name not in {tool.name for tool in tools()}:
        raise UsageProblem(f"no tool called '{name}'")
    known = {each.name for each in arguments(name)}
    unknown = sorted(given.keys() - known)
    if unknown:
        raise UsageProblem(f"'{name}' takes no '{unknown[0]}'; it takes {', '.join(sorted(known))}")
    limit = given.get("limit")
    if isinstance(limit, int) and limit > MOST_ROWS:
        raise UsageProblem(f"limit is at most {MOST_ROWS:,}, got {limit:,}")
    view = opened.ask(command_of(name), {**given, "limit": ROWS if limit is None else limit})
    text = render(view, Options(format=Format.JSON))
    if len(text.encode()) > MOST_BYTES:
        raise UsageProblem(f"the answer is larger than {MOST_BYTES:,} bytes: ask for fewer rows with limit")
    return text


async def _list_resources(_: Any, __: Any) -> types.ListResourcesResult:
    answers = [_resource(name, about, "application/json") for name, about in ANSWERS.items()]
    pages = [_resource(name, about, "text/markdown") for name, about in DOCUMENTS.items()]
    return types.ListResourcesResult(resources=[*answers, *pages])


def _resource(name: str, about: str, kind: str) -> types.Resource:
    return types.Resource(name=name, uri=f"{SCHEME}{name}", description=about, mime_type=kind)


async def _read(opened: Opened, _: Any, params: types.ReadResourceRequestParams) -> types.ReadResourceResult:
    name = str(params.uri).removeprefix(SCHEME)
    if name in ANSWERS:
        ask = partial(_whole, opened, name)
        text, kind = await anyio.to_thread.run_sync(ask), "application/json"
    elif name in PAGES:
        text, kind = page(name), "text/markdown"
    else:
        raise ValueError(f"no resource called {params.uri}")
    contents = [types.TextResourceContents(uri=params.uri, mime_type=kind, text=text)]
    return types.ReadResourceResult(contents=list(contents))


def _whole(opened: Opened, name: str) -> str:
    return render(opened.ask(command_of(name), {}), Options(format=Format.JSON))

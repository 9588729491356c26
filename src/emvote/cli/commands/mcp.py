"""`emvote mcp`."""

from functools import partial

from emvote.cli.command import command
from emvote.cli.options import Request
from emvote.cli.question import Shown
from emvote.cli.registry import Group
from emvote.errors import UsageProblem


@command(Group.PROGRAM, dataset=False)
def mcp(*, request: Request) -> Shown:
    """Answer an agent: a Model Context Protocol server over standard input and output, read-only.

    A tool is a command that answers from the dataset, with its options as arguments. Needs the extra:
    pip install 'emvote[mcp]'.

    Examples:
      emvote mcp
      emvote mcp --data my-results.toml
    """
    if request.format or request.output:
        raise UsageProblem("mcp speaks its own protocol: it has no format and writes no file")
    try:
        from emvote.cli.agents import serve
    except ImportError:
        raise UsageProblem("mcp needs the protocol's own library: pip install 'emvote[mcp]'") from None
    return Shown(partial(serve, request.data, request.overlay))

"""Open the screens of `emvote browse`, on a terminal with Textual installed."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from emvote.cli import deferred, interrupts, streams
from emvote.cli.asking import Asker
from emvote.cli.options import Color, Request
from emvote.cli.question import Shown
from emvote.errors import UsageProblem
from emvote.queries.places import Place

if TYPE_CHECKING:
    from emvote.cli.browser import Setting
    from emvote.dataset import Dataset


def browser(dataset: Dataset, places: tuple[Place, ...], request: Request, ask: Asker, typed: str) -> Shown:
    """The list of places as a screen.

    Raises:
        UsageProblem: an answer in some format was asked for, there is no terminal, or Textual is not installed.
    """
    _require_screen(request)
    try:
        from emvote.cli.browser import Setting
    except ImportError:
        raise UsageProblem("browse needs Textual: pip install 'emvote[browse]'") from None
    named = (("--data", request.data), ("--overlay", request.overlay))
    color = request.color is not Color.NEVER
    setting = Setting(
        title=f"{dataset.record.title}, {dataset.record.version}",
        places=places,
        ask=ask,
        dataset=tuple(word for option, value in named if value for word in (option, value)),
        typed=typed,
        color=color,
        explain=request.explain,
        sources=request.sources,
    )
    return Shown(lambda: _run(setting))


def _require_screen(request: Request) -> None:
    if request.format or request.output or request.long or request.excel:
        raise UsageProblem("browse is a screen: it has no format and writes no file; the commands that it shows do")
    if not streams.is_a_screen():
        raise UsageProblem("browse needs a terminal: input, output and errors all have to go to one")


def _run(setting: Setting) -> None:
    from emvote.cli.browser import Browser

    gc.enable()  # unlike an answer, it may run for hours
    deferred.settle()  # and in several threads
    if not setting.color:
        os.environ["NO_COLOR"] = "1"  # which Textual looks for
    interrupts.leave_to_python()  # Textual gives the terminal back first
    app = Browser(setting)
    app.run()
    if app.return_code:  # Textual has shown the traceback
        raise RuntimeError("the screen ended with an error")

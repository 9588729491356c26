"""Make the pictures again, always the same: `python -m tools.pictures`."""

from __future__ import annotations

import asyncio
import io
import os
import re
import shlex
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text
from tools.pages.shell import ENVIRONMENT, ROOT, answer

FOLDER = ROOT / "docs" / "pictures"
SHOTS = {
    "table": ("emvote councils --lost-control", 112, 16),
    "seat": ("emvote seat derby north --election 2019", 100, 20),
    "map": ("emvote map", 80, 24),
    "history": ("emvote council derby --limit 16", 112, 24),
}
"""Name of a picture to the command, the width of the terminal, and how many lines are shown."""
FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""Addresses of fonts in the network: a picture asks for nothing."""
REPORT = ("report", "local-2019", "2024", "seat:Derby North")


def main() -> int:
    """Write every picture; the exit code."""
    FOLDER.mkdir(exist_ok=True)
    for name, (line, width, lines) in SHOTS.items():
        (FOLDER / f"{name}.svg").write_text(_terminal(line, width, lines), encoding="utf-8")
    (FOLDER / "browse.svg").write_text(asyncio.run(_browser("derby")), encoding="utf-8")
    chromium = shutil.which("chromium")
    if chromium is None:
        print("no Chromium: the picture of the report stays as it is (python3 dev.py programs)", file=sys.stderr)
        return 0
    _report(chromium)
    return 0


def _terminal(line: str, width: int, lines: int) -> str:
    """An answer in colour, as SVG."""
    colours = {"COLUMNS": str(width), "TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": ""}
    with patch.dict(ENVIRONMENT, {**colours, "EMVOTE_PAGER": "", "PAGER": ""}):
        shown = answer(f"{line} --no-pager").out.splitlines()
    console = Console(record=True, width=width, file=io.StringIO())
    console.print(Text(f"$ {line}", style="bold"))
    console.print(Text.from_ansi("\n".join(shown[:lines])))
    picture = console.export_svg(title="emvote", theme=MONOKAI, unique_id=f"emvote-{shlex.split(line)[1]}")
    return FONT.sub("", picture)


async def _browser(typed: str) -> str:
    """The list of `emvote browse` with something typed, as SVG."""
    from textual.widgets import Input

    from emvote.cli.asking import Asker
    from emvote.cli.browser import Browser, Setting
    from emvote.cli.options import Request
    from emvote.cli.question import open_named
    from emvote.queries.places import places

    request = Request()
    dataset = open_named(request, wards=False)
    title = f"{dataset.record.title}, {dataset.record.version}"
    app = Browser(Setting(title, places(dataset), Asker(request, open_named), typed=typed))
    async with app.run_test(size=(80, 14)) as pilot:
        app.screen.query_one(Input).cursor_blink = False  # two pictures are the same
        await pilot.press("down")
        await pilot.pause()
        return FONT.sub("", app.export_screenshot(title="emvote browse"))


def _report(chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    from emvote.cli.main import run

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        run([*REPORT, "-o", str(file)])
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if root else [])
        page = browser.new_page(viewport={"width": 1000, "height": 1250})
        page.goto(file.as_uri())
        page.evaluate("document.querySelector('#local-elections-2-may-2019-map').scrollIntoView()")
        page.screenshot(path=str(FOLDER / "report.png"))
        browser.close()


if __name__ == "__main__":
    raise SystemExit(main())

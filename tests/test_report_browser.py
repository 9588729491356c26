"""A report in a real browser: no errors, nothing asked of a network, right figures, usable by everyone.

Needs Chromium: Debian's package `chromium`, which `python3 dev.py programs` installs. Skipped where there is none.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from emvote.cli.main import run

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: python3 dev.py programs installs it"),
    # the library leaves a loop to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]
QUIET = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
ABOUT = ("local-2019", "2024", "council:Derby", "seat:Derby North")
"""Every sort of part, chart and map."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report."""
    written = tmp_path_factory.mktemp("browser") / "report.html"
    assert run(["report", *ABOUT, "-o", str(written)]) == 0
    return written


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, *(["--no-sandbox"] if root else [])]
        )
        yield started
        started.close()


def opened(browser: Any, file: Path, **how: Any) -> tuple[Any, list[str], list[str]]:
    """A page, what its console says, and what it asks for."""
    page = browser.new_page(**how)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    return page, said, asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_quiet_and_accessible(browser: Any, file: Path, scheme: str) -> None:
    """No console message, no request but for the file itself, no fault that axe-core finds, contrast included."""
    page, said, asked = opened(browser, file, color_scheme=scheme, viewport={"width": 1100, "height": 900})
    assert said == []
    assert asked == [file.as_uri()]
    # only the colours differ between the two
    only = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    # every row of a table is made alike, and thousands of cells take a minute
    first_rows = {"exclude": [["tbody tr:nth-child(n+4)"]]}
    found = axe.Axe().run(page, context=first_rows, options=only).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


def test_the_figures_of_the_page_are_those_of_the_record(browser: Any, file: Path) -> None:
    """Read from the page as it is shown."""
    page, _, _ = opened(browser, file)
    row = page.locator("#derby-north-results tr", has_text="Amanda Solloway").filter(has_text="2019").first
    assert row.locator("td").nth(2).inner_text() == "2,540"
    assert "530 of 1,274 seats" in page.locator("#local-elections-2-may-2019-scoreboard").inner_text()


def test_a_table_sorts_by_the_heading_that_is_pressed(browser: Any, file: Path) -> None:
    """By number, up and down, with a keyboard alone, and it says so to a screen reader."""
    page, _, _ = opened(browser, file)
    table = page.locator("#general-election-4-july-2024-every-seat table").first
    heading = table.locator("th", has_text="Majority")
    heading.locator("button").focus()
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    majorities = [int(text.replace(",", "")) for text in table.locator("tbody tr td:nth-child(3)").all_inner_texts()]
    assert majorities == sorted(majorities)
    assert majorities[0] == 350
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    assert table.locator("tbody tr th").first.inner_text() == "Nottingham East"


def test_a_phone_shows_the_page_without_scrolling_sideways(browser: Any, file: Path) -> None:
    """Wide tables scroll by themselves."""
    page, _, _ = opened(browser, file, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_no_row_of_a_table_is_hidden_below_its_edge(browser: Any, file: Path) -> None:
    """Whoever reads without a bar to scroll by would take the rows that show for all of them."""
    page, _, _ = opened(browser, file)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    hidden = (
        "[...document.querySelectorAll('.wide')].filter((each) => each.scrollHeight > each.clientHeight + 1).length"
    )
    assert page.evaluate(hidden) == 0


def test_the_legend_of_every_chart_lies_inside_it(browser: Any, file: Path) -> None:
    """No name of a series is cut off."""
    page, _, _ = opened(browser, file)
    outside = """[...document.querySelectorAll('.chart svg .legends text')].filter((each) => {
        const [inner, outer] = [each.getBoundingClientRect(), each.closest('svg').getBoundingClientRect()];
        return inner.bottom > outer.bottom || inner.right > outer.right;
    }).map((each) => each.textContent)"""
    assert page.locator(".chart svg .legends text").count() > 10
    assert page.evaluate(outside) == []


def test_on_paper_everything_is_unfolded(browser: Any, file: Path, tmp_path: Path) -> None:
    """Nothing can be opened there, and no table is cut."""
    page, _, _ = opened(browser, file)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('details')].every((each) => each.open)")
    assert page.evaluate("getComputedStyle(document.querySelector('.wide')).overflow") == "visible"
    page.pdf(path=str(tmp_path / "report.pdf"))
    assert (tmp_path / "report.pdf").stat().st_size > 10_000


def test_without_script_the_page_says_the_same(browser: Any, file: Path) -> None:
    """Script only sorts."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(file.as_uri())
    assert page.locator("#derby-north-results th", has_text="Election").first.is_visible()

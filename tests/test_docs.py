"""The pages say what the program does: nothing is missing from them, and what is generated is fresh."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from emvote.cli.exit_codes import ExitCode
from emvote.cli.main import load
from emvote.cli.registry import command_names
from emvote.queries.check import RULES as LABEL_RULES
from emvote.render import Format
from emvote.store.rules import RULES, STRUCTURE

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"))
    if "[[[cog" in page.read_text(encoding="utf-8")
)
LINKED = sorted(page.relative_to(ROOT).as_posix() for page in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))

OF_TOOLS = {"docs/performance.md", "docs/reliability.md"}
"""Pages that name options of the project's tools too."""


@pytest.fixture(autouse=True)
def _project(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets tests and pages import `tools`, which is not installed."""
    monkeypatch.syspath_prepend(str(ROOT))


def read(page: str) -> str:
    """A page as it stands."""
    return (ROOT / page).read_text(encoding="utf-8")


@cache
def every_option() -> frozenset[str]:
    """Of every command, and of the program itself."""
    own = {name for command in command_names() for option in load(command).params for name in option.opts}
    return frozenset({"--help", "--version"} | own)


def headings(page: str) -> list[str]:
    """The headings of a page, without its blocks of code."""
    prose = re.sub(r"^(`{3,}).*?^\1$", "", read(page), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^#+ (.+)$", prose, flags=re.MULTILINE)


def anchor(heading: str) -> str:
    """The id that a heading is linked by."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_pages_are_found() -> None:
    """The pages that the other tests are about exist."""
    assert {"README.md", "docs/commands.md", "docs/data.md", "docs/dataset.md", "docs/method.md"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_generated_parts_are_fresh(page: str) -> None:
    """Running the page's code gives what the page says; `python dev.py docs` writes it again."""
    cogapp = pytest.importorskip("cogapp")
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = cogapp.Cog().main(["cog", "--check", "--diff", "-P", "-I", str(ROOT), str(ROOT / page)])
    assert code == 0, f"python dev.py docs\n{said.getvalue()[:3000]}"


@pytest.mark.parametrize("name", command_names())
def test_every_command_has_a_section(name: str) -> None:
    """By hand and with an example, or else on the site one that is made of its help."""
    from tools.pages.commands import has_section, sections_of_others

    sections = (read("docs/commands.md") if has_section(name) else sections_of_others()).split("\n## ")
    section = next((each for each in sections if each.startswith(f"emvote {name}\n")), "")
    assert f"$ emvote {name} --help" in section
    if has_section(name):
        assert f'reference("{name}")' in section
        assert re.search(rf"^\$ emvote {name}(?! --help)", section, flags=re.MULTILINE), "no example"


def test_every_rule_is_listed() -> None:
    """The page on datasets lists each rule that `emvote check` knows."""
    page = read("docs/dataset.md")
    rules = [*(rule for rule, _ in STRUCTURE), *(rule.id for rule in RULES), *(rule for rule, _ in LABEL_RULES)]
    assert [rule for rule in rules if f"| `{rule}` |" not in page] == []


def test_every_flag_code_is_listed() -> None:
    """The page on datasets gives each code of a flag its meaning."""
    from tools.build_dataset.flags import MEANINGS

    page = read("docs/dataset.md")
    assert [code for code in MEANINGS if f"| `{code}` |" not in page] == []


def test_every_table_of_the_format_is_described() -> None:
    """The page on datasets has a heading for each dataclass of the record."""
    from tools.pages.dataset import TYPES

    assert set(TYPES) - set(headings("docs/dataset.md")) == set()


def test_every_exit_code_and_format_is_in_the_readme() -> None:
    """The README's table has each exit code, and its text each format."""
    page = read("README.md")
    assert [code for code in ExitCode if f"\n| {code.value} | " not in page] == []
    assert [each for each in Format if f"`{each.value}`" not in page] == []


@pytest.mark.parametrize("page", sorted({*LINKED} - OF_TOOLS))
def test_the_options_that_a_page_names_exist(page: str) -> None:
    """A reader types what stands in its text between backquotes."""
    named = set(re.findall(r"`(?:emvote )?(?:[a-z]+ )?(--[a-z-]+)", read(page)))
    assert named - every_option() == set()


@pytest.mark.parametrize("page", LINKED)
def test_links_lead_somewhere(page: str) -> None:
    """Links between pages point to files and headings that exist."""
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", read(page)):
        if "://" in target:
            continue
        path, _, part = target.partition("#")
        file = ((ROOT / page).parent / path).resolve() if path else ROOT / page
        if not file.exists() or (part and part not in map(anchor, headings(file.relative_to(ROOT).as_posix()))):
            broken.append(target)
    assert broken == []


def test_the_example_is_sound_and_the_broken_one_is_not(emvote: Callable[..., CompletedProcess[str]]) -> None:
    """What the page on datasets shows as a whole file passes every rule; its broken twin does not."""
    assert emvote("check", ROOT / "docs" / "example.toml").returncode == ExitCode.ANSWERED
    assert emvote("check", ROOT / "docs" / "broken.toml").returncode == ExitCode.DATA

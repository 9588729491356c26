"""The man page: every command and option is in it, and the programs that read such pages have nothing to say."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tools.wheel.manual import manual

from emvote.cli.exit_codes import ExitCode
from emvote.cli.main import load
from emvote.cli.registry import command_names


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file, as it is made for the wheel."""
    path = tmp_path_factory.mktemp("man") / "emvote.1"
    path.write_text(manual(), encoding="utf-8")
    return path


def shown(page: Path) -> str:
    """The source as a reader sees it, roughly: no fonts, hyphens as they are."""
    text = re.sub(r"\\f[BIR]", "", page.read_text(encoding="utf-8"))
    return text.replace("\\-", "-").replace("\\&", "").replace("\\(aq", "'").replace("\\e", "\\")


@pytest.mark.parametrize("command", command_names())
def test_every_command_is_in_it_with_its_options(page: Path, command: str) -> None:
    """A section each, below it its own options; the shared ones stand at the end."""
    after = re.split(rf'^\.SS "emvote {command}(?: .*)?"$', shown(page), flags=re.MULTILINE)[1]
    own, _, shared = after.partition("\n.S")
    for parameter in load(command).params:
        if parameter.param_type_name == "option":
            assert re.search(rf"^.*{parameter.opts[0]}\b", own + shared, flags=re.MULTILINE), parameter.opts


def test_every_exit_code_has_its_meaning(page: Path) -> None:
    """As the code says it."""
    section = shown(page).partition(".SH EXIT STATUS")[2].partition(".SH")[0]
    assert re.findall(r"^\d+$", section, flags=re.MULTILINE) == [str(code.value) for code in ExitCode]


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed here")
def test_mandoc_finds_no_fault(page: Path) -> None:
    """Not even one of style."""
    ran = subprocess.run(["mandoc", "-T", "lint", str(page)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed here")
def test_groff_renders_it_without_a_warning(page: Path) -> None:
    """With every warning switched on."""
    ran = subprocess.run(
        ["groff", "-man", "-ww", "-K", "utf8", "-T", "utf8", str(page)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "EXIT STATUS" in re.sub(".\x08", "", ran.stdout)

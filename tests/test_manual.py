"""The man page: every command and option is in it, and the programs that read such pages have nothing to say."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from emvote.cli.exit_codes import ExitCode
from emvote.cli.main import load
from emvote.cli.registry import command_names

PAGE = Path(__file__).parents[1] / "man" / "emvote.1"


def shown() -> str:
    """The source as a reader sees it, roughly: no fonts, hyphens as they are."""
    text = re.sub(r"\\f[BIR]", "", PAGE.read_text(encoding="utf-8"))
    return text.replace("\\-", "-").replace("\\&", "").replace("\\(aq", "'").replace("\\e", "\\")


@pytest.mark.parametrize("command", command_names())
def test_every_command_is_in_it_with_its_options(command: str) -> None:
    """A section each, below it its own options; the shared ones stand at the end."""
    own, _, shared = re.split(rf'^\.SS "emvote {command}(?: .*)?"$', shown(), flags=re.MULTILINE)[1].partition("\n.S")
    for parameter in load(command).params:
        if parameter.param_type_name == "option":
            assert re.search(rf"^.*{parameter.opts[0]}\b", own + shared, flags=re.MULTILINE), parameter.opts


def test_every_exit_code_has_its_meaning() -> None:
    """As the code says it."""
    section = shown().partition(".SH EXIT STATUS")[2].partition(".SH")[0]
    assert re.findall(r"^\d+$", section, flags=re.MULTILINE) == [str(code.value) for code in ExitCode]


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed here")
def test_mandoc_finds_no_fault() -> None:
    """Not even one of style."""
    ran = subprocess.run(["mandoc", "-T", "lint", str(PAGE)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed here")
def test_groff_renders_it_without_a_warning() -> None:
    """With every warning switched on."""
    ran = subprocess.run(
        ["groff", "-man", "-ww", "-K", "utf8", "-T", "utf8", str(PAGE)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "EXIT STATUS" in re.sub(".\x08", "", ran.stdout)

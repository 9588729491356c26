"""Which party formed the government after each general election: a small table of facts, with their source."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from tools.build_dataset.raw import expect

from emvote.model import Election, ElectionKind, Government


def read_governments(elections: Iterable[Election]) -> tuple[Government, ...]:
    """The governments of governments.toml for those elections, of which every general election must have one."""
    text = Path(__file__).with_name("governments.toml").read_text(encoding="utf-8")
    listed = msgspec.convert(tomllib.loads(text)["governments"], tuple[Government, ...])
    generals = [each.id for each in elections if each.kind is ElectionKind.GENERAL]
    found = tuple(each for each in listed if each.election in generals)
    missing = sorted(set(generals) - {each.election for each in found})
    expect(not missing, f"governments.toml: no government after {missing}")
    return found

"""The reference of the file format: tables from the dataclasses and their docstrings, rules, examples."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, Final

from tools.pages.markdown import code, fence, grid
from tools.pages.shell import ROOT

from emvote import schema
from emvote.model.record import Record
from emvote.queries import check
from emvote.store import open_dataset
from emvote.store import rules as store_rules
from emvote.store.files import DEFAULT
from emvote.store.read import shipped_names

SHIPPED: Final = ROOT / "data" / "results.toml"
SIMPLE: Final[Mapping[type, str]] = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    float: "number",
    date: "date",
}
COMMON: Final = {
    "id": "its id: unique in its table, and what other tables refer to",
    "name": "its name",
    "note": "a remark in words",
    "source": "id of the source of its figures",
    "flags": "findings about these figures: see [Flag](#flag)",
    "election": "id of the election",
    "party": "id of the party, or `ind`",
    "council": "id of the council",
    "seat": "id of the seat",
    "mayoralty": "id of the mayoralty",
    "aliases": "other names that may be typed for it",
}
"""Meanings of fields without a docstring, the same in every table."""


TYPES: Final[Mapping[str, type]] = {cls.__name__: cls for cls in schema.within(Record)}
"""Every dataclass that a dataset is made of, by name."""


def meaning(cls: type, field: schema.Attribute) -> str:
    """What a key means.

    Raises:
        ValueError: it has no docstring, and is no key of every table.
    """
    found = schema.docs(cls).get(field.name) or COMMON.get(field.name)
    if not found and field.is_part:
        found = f"see {_link(field.type)}"
    if not found:
        raise ValueError(f"{cls.__name__}.{field.name} has no meaning: write a docstring under it in the model")
    return sentence(found)


def table(name: str) -> None:
    """Print what the dataclass of that name means and its keys."""
    cls = TYPES[name]
    rows = [
        (code(field.name), _type(field), _absent(field.default), meaning(cls, field))
        for field in schema.fields(cls).values()
    ]
    print(f"{inspect.getdoc(cls)}\n\n{grid(('key', 'type', 'absent', 'meaning'), rows)}")


def _link(cls: type) -> str:
    return f"[{cls.__name__}](#{cls.__name__.lower()})"


def sentence(words: str) -> str:
    """Words as a sentence.

    >>> sentence("id of the seat"), sentence("`noc`, or a party.")
    ('Id of the seat.', '`noc`, or a party.')
    """
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}."


def _type(field: schema.Attribute) -> str:
    if field.holds is Mapping:
        return "map of party id to seats"
    single = _link(field.type) if field.is_part else _single(field.type)
    if field.holds is None:
        return single
    return f"list of {single}" if field.is_part else f"list of {single}s"


def _single(kind: Any) -> str:
    if issubclass(kind, Enum):
        return "one of " + ", ".join(code(choice.value) for choice in kind)
    return SIMPLE[kind]


def _absent(default: Any) -> str:
    if default is dataclasses.MISSING:
        return "not allowed"
    if default is None:
        return "unknown, or as said"
    if isinstance(default, bool):
        return "yes" if default else "no"
    return str(default) if default or isinstance(default, int) else "none"


def rules() -> None:
    """Print every rule that `emvote check` holds, in its order."""
    every = [
        *((rule, what, "structure") for rule, what in store_rules.STRUCTURE),
        *((rule.id, rule.what, "facts") for rule in store_rules.RULES),
        *((rule, what, "labels") for rule, what in check.RULES),
    ]
    print(grid(("rule", "what it demands", "part"), [(code(rule), sentence(what), part) for rule, what, part in every]))


def example(*words: str, lines: int = 20, optional: bool = False) -> None:
    """Print the first block of the shipped file with all those words.

    Raises:
        ValueError: there is none, and it is not optional.
    """
    blocks = SHIPPED.read_text(encoding="utf-8").split("\n\n")
    block = next((block for block in blocks if all(word in block for word in words)), "").splitlines()
    if not block:
        if not optional:
            raise ValueError(f"the shipped file has no block with {words}")
        return
    if len(block) > lines:
        half = lines // 2
        block = [*block[:half], f"  # … {len(block) - 2 * half} more lines", *block[-half:]]
    print(fence("\n".join(block), "toml"))


def read(path: str) -> str:
    """The text of a file of the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def file(path: str, language: str = "toml") -> None:
    """Print a file of the project."""
    print(fence(read(path), language))


def shipped_datasets() -> None:
    """Print the names of the shipped datasets with what each says of itself."""
    opened = [(name, open_dataset(name).record) for name in shipped_names()]
    rows = [(code(name), record.title, record.version, "yes" if name == DEFAULT else "") for name, record in opened]
    print(grid(("name", "title", "version", "default"), rows))

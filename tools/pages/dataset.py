"""The reference of the file format: tables from the dataclasses and their docstrings, rules, examples."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from tools.pages.markdown import code, fence, grid
from tools.pages.shell import ROOT

from emvote import model
from emvote.queries import check
from emvote.store import open_dataset
from emvote.store import rules as store_rules
from emvote.store.files import DEFAULT
from emvote.store.read import shipped_names

SHIPPED: Final = ROOT / "data" / "results.toml"
SIMPLE: Final = {
    "str": "text",
    "int": "whole number",
    "bool": "true or false",
    "float": "number",
    "date": "date",
    "Seats": "map of party id to seats",
}
COMMON: Final = {
    "id": "its id: unique in its table, and what other tables refer to",
    "name": "its name",
    "note": "a remark in words",
    "source": "id of the source of its figures",
    "flags": "findings about these figures: see [Flag](#flag)",
    "election": "id of the election",
    "party": "id of the party, or `ind`",
    "votes": "votes, a whole number",
    "region": "region of England; figures outside the dataset's region never count in totals",
    "county": "ceremonial county",
    "council": "id of the council",
    "seat": "id of the seat",
    "ward": "name of the ward",
    "mayoralty": "id of the mayoralty",
    "label": "label on the ballot paper or in the source, where it is not the party's",
    "elected": "won; never inferred from the votes, because a tie is decided by lot",
    "electorate": "people registered to vote",
    "seats_up": "seats to be filled",
    "aliases": "other names that may be typed for it",
}
"""Meanings of fields without a docstring, the same in every table."""


class Key(NamedTuple):
    """One key of a table."""

    name: str
    annotation: str
    default: str | None
    doc: str | None


@cache
def classes(path: str) -> Mapping[str, ast.ClassDef]:
    """The classes of a module, by name."""
    return {node.name: node for node in ast.parse(read(path)).body if isinstance(node, ast.ClassDef)}


def _model() -> Mapping[str, ast.ClassDef]:
    return classes("src/emvote/model.py")


def is_enum(name: str) -> bool:
    """Whether a class of the model is a list of choices."""
    return name in _model() and any(getattr(base, "id", "") == "StrEnum" for base in _model()[name].bases)


def tables() -> tuple[str, ...]:
    """Names of the record's dataclasses."""
    return tuple(name for name in _model() if not is_enum(name))


def keys(declared: ast.ClassDef) -> Iterator[Key]:
    """Yield the fields of a dataclass or the members of an enum, with the docstrings under them."""
    for node, below in zip(declared.body, [*declared.body[1:], None], strict=True):
        doc = ast.literal_eval(below.value) if isinstance(below, ast.Expr) else None
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                yield Key(name, ast.unparse(annotation), ast.unparse(value) if value else None, doc)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield Key(name, "", ast.unparse(value), doc)


def meaning(name: str, key: Key) -> str:
    """What a key means.

    Raises:
        ValueError: it has no docstring, and is no key of every table.
    """
    found = key.doc or COMMON.get(key.name) or _nested(key)
    if not found:
        raise ValueError(f"{name}.{key.name} has no meaning: write a docstring under it in model.py")
    return sentence(found)


def table(name: str) -> None:
    """Print what the dataclass of that name means and its keys."""
    doc = ast.get_docstring(_model()[name]) or ""
    rows = [(code(key.name), _type(key), _absent(key), meaning(name, key)) for key in keys(_model()[name])]
    print(f"{doc}\n\n{grid(('key', 'type', 'absent', 'meaning'), rows)}")


def _nested(key: Key) -> str | None:
    """Where a key's own table is described."""
    inner = re.search(r"[A-Z]\w+", key.annotation.removesuffix(" | None"))
    return f"see [{inner[0]}](#{inner[0].lower()})" if inner and inner[0] in _model() else None


def sentence(words: str) -> str:
    """Words as a sentence.

    >>> sentence("id of the seat"), sentence("`noc`, or a party.")
    ('Id of the seat.', '`noc`, or a party.')
    """
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}."


def _type(key: Key) -> str:
    kind = key.annotation.removesuffix(" | None")
    inner = re.fullmatch(r"tuple\[(\w+), \.\.\.\]", kind)
    if not inner:
        return _single(kind)
    each = inner[1]
    if each in SIMPLE:
        return {"str": "list of texts", "int": "list of whole numbers"}[each]
    return f"list of [{each}](#{each.lower()})"


def _single(kind: str) -> str:
    if is_enum(kind):
        return "one of " + ", ".join(code(choice.value) for choice in getattr(model, kind))
    return SIMPLE.get(kind) or f"[{kind}](#{kind.lower()})"


def _absent(key: Key) -> str:
    words = {
        None: "not allowed",
        "None": "unknown, or as said",
        "()": "none",
        "field(default_factory=dict)": "none",
        "False": "no",
        "True": "yes",
    }
    return words.get(key.default) or str(key.default)


def rules() -> None:
    """Print every rule that `emvote check` holds, in its order."""
    every = [
        *((rule, what, "structure") for rule, what in store_rules.STRUCTURE),
        *((rule.id, rule.what, "facts") for rule in store_rules.RULES),
        *((rule, what, "labels") for rule, what in check.RULES),
    ]
    print(grid(("rule", "what it demands", "part"), [(code(rule), sentence(what), part) for rule, what, part in every]))


def example(*words: str, lines: int = 20, optional: bool = False) -> None:
    """Print the first block of the shipped file that holds all of those words, its middle left out where it is long.

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

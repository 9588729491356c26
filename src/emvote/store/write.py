"""A record as the canonical text of its file: always the same order, one thing a line, so that changes show in a diff.

The layout is ours; every key and value is written by tomli_w, so that quoting and escaping are not.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from emvote.claims import Claims
from emvote.model import CouncilAdministration, WardContest, WardCouncillors
from emvote.model.record import Record


def dump_record(record: Record) -> str:
    """The whole record as TOML: first what describes it, then each table in the order of the model.

    A key whose value is its default is left out. Reading the text again gives an equal record.
    """
    header = []
    tables: list[str] = []
    for key, value in _stated(record):
        if _is_list_of_records(value):
            tables.extend(_table(key, element) for element in value)
        else:
            header.append(f"{_pair(key, value)}\n")
    return "\n".join(("".join(header), *tables))


def dump_wards(wards: Iterable[WardContest]) -> str:
    """The ward results alone, as in the file beside a dataset's own: `X.wards.toml`."""
    return "\n".join(_table("wards", contest) for contest in wards)


def dump_people(lists: Iterable[WardCouncillors], administrations: Iterable[CouncilAdministration]) -> str:
    """The councillors and administrations alone, as in the file beside a dataset's own: `X.people.toml`."""
    tables = [_table("ward_councillors", ward) for ward in lists]
    return "\n".join((*tables, *(_table("council_administrations", row) for row in administrations)))


def dump_claims(claims: Claims) -> str:
    """A claims file: the article, then its claims."""
    article = "".join(f"{_pair(key, value)}\n" for key, value in _stated(claims.article))
    return "\n".join((f"[article]\n{article}", *(_table("claims", claim) for claim in claims.claims)))


def _table(name: str, thing: Any) -> str:
    """One element of an array of tables: a line for each key, and one for each record of a list."""
    lines = [f"[[{_pair(name, 0).partition(' = ')[0]}]]"]
    for key, value in _stated(thing):
        if _is_list_of_records(value):
            lines += [f"{key} = [", *(f"  {_inline(element)}," for element in value), "]"]
        else:
            lines.append(_pair(key, value))
    return "\n".join((*lines, ""))


def _stated(thing: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a dataclass that say something: those that are required or differ from their default."""
    for field in dataclasses.fields(thing):
        value = getattr(thing, field.name)
        if field.default is dataclasses.MISSING or value != field.default:
            yield field.name, value


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and dataclasses.is_dataclass(value[0])


def _pair(key: str, value: Any) -> str:
    """`key = value` on one line."""
    if dataclasses.is_dataclass(value) or isinstance(value, (Mapping, tuple)):
        return f"{_scalar(key, 0).removesuffix('0')}{_inline(value)}"
    return _scalar(key, value)


def _inline(value: Any) -> str:
    """Any value on one line."""
    if dataclasses.is_dataclass(value):
        return _inline_table(_pair(key, part) for key, part in _stated(value))
    if isinstance(value, Mapping):
        return _inline_table(_pair(key, part) for key, part in value.items())
    if isinstance(value, tuple):
        return f"[{', '.join(_inline(part) for part in value)}]"
    return _scalar("v", value).removeprefix("v = ")


def _inline_table(pairs: Iterator[str]) -> str:
    inside = ", ".join(pairs)
    return f"{{ {inside} }}" if inside else "{}"


def _scalar(key: str, value: Any) -> str:
    """`key = value` as tomli_w writes it."""
    import tomli_w

    plain = value.value if isinstance(value, Enum) else value
    return tomli_w.dumps({key: plain}).removesuffix("\n")

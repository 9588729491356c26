"""What an editor knows of the methods of `emvote.open()`: `src/emvote/api/questions.pyi`, made of the commands.

`python dev.py docs` writes it again; a test fails when it is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from importlib import import_module
from inspect import Parameter, cleandoc
from pathlib import Path
from typing import Any, Final, get_args, get_origin

from emvote.api.records import attribute, title_of
from emvote.cli.arguments import Given, arguments_of, command_of, question_names
from emvote.views.columns import EVERY_KEY, Field
from emvote.views.values import Kind

STUB: Final = Path(__file__).parents[1] / "src" / "emvote" / "api" / "questions.pyi"
HEAD: Final = '''\
"""The methods of an open dataset, for editors and type checkers. Made by `python dev.py docs`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from emvote.api.answer import Answer
from emvote.api.records import Record
from emvote.cli.question import Question
'''
TYPES: Final = {
    Kind.COUNT: "int",
    Kind.YEAR: "int",
    Kind.CHANGE: "int",
    Kind.PCT: "float",
    Kind.PP: "float",
    Kind.PP2: "float",
    Kind.NUMBER: "float",
    Kind.BOOL: "bool",
    Kind.COUNTS: "Mapping[str, float | None]",
    Kind.CHANGES: "Mapping[str, float | None]",
    Kind.TEXTS: "Sequence[str]",
    Kind.ANY: "Any",
}
"""In Python; a kind that is not here is text, or nested."""


def text() -> str:
    """The whole stub."""
    names = question_names()
    rows = [line for name in names for fields, title in shapes(name) for line in classes(f"{title}Row", fields)]
    methods = [line for name in names for line in method(name)]
    base = [
        "",
        "class Questions:",
        "    def _ask(self, command: Callable[..., Question], given: dict[str, Any]) -> Answer[Any]: ...",
    ]
    return "\n".join([HEAD, *rows, *base, *methods, ""])


def shapes(name: str) -> Iterator[tuple[tuple[Field, ...], str]]:
    """The fields of each kind of row that a command answers with, and how the class of such a row begins."""
    view = import_module(f"emvote.views.{name}")
    for number, module in enumerate(
        (view, *(import_module(f"emvote.views.{each}") for each in getattr(view, "VARIANTS", ())))
    ):
        yield module.FIELDS, title_of(name) + (str(number + 1) if number else "")


def classes(name: str, fields: Iterable[Field]) -> Iterator[str]:
    """The class of a record, after those of what is nested in it."""
    lines = []
    for field in fields:
        of, nested = kind(name.removesuffix("Row"), field)
        yield from nested
        lines.append(f"    {attribute(field.key)}: {of}{' | None' if field.null and of != 'Any' else ''}")
    yield from ("", f"class {name}(Record, frozen=True):", *lines)


def kind(title: str, field: Field) -> tuple[str, list[str]]:
    """The type of a field, and the classes that it needs."""
    if field.kind not in (Kind.RECORD, Kind.RECORDS):
        return TYPES.get(field.kind, "str"), []
    inner = f"{title}{title_of(field.key)}Row"
    if field.fields[0].key == EVERY_KEY:
        return f"Mapping[str, {inner}]", list(classes(inner, field.fields[0].fields))
    return f"Sequence[{inner}]" if field.kind is Kind.RECORDS else inner, list(classes(inner, field.fields))


def method(name: str) -> Iterator[str]:
    """A method with what its arguments are for."""
    command = command_of(name)
    arguments = arguments_of(command)
    answer = " | ".join(f"{title}Row" for _, title in shapes(name))
    words = [argument(each) for each in arguments if not each.is_option]
    options = [argument(each) for each in arguments if each.is_option]
    star = ["*"] if options and not any(word.startswith("*") for word in words) else []
    yield f"    def {name}(self, {', '.join([*words, *star, *options])}) -> Answer[{answer}]:"
    yield f'        """{cleandoc(command.__doc__ or "").splitlines()[0]}'
    yield ""
    yield "        Args:"
    yield from (f"            {each.name}: {each.declared.help}" for each in arguments)
    yield '        """'


def argument(given: Given) -> str:
    """An argument as a signature has it."""
    if given.is_words:
        return f"*{given.name}: str | int"
    default = given.parameter.default
    required = default is Parameter.empty
    of = annotation(given.type)
    if given.name == "sort":
        of = of.replace("str", "str | Sequence[str]")
    if "ELECTION" in str(given.declared.settings["metavar"]):
        of = of.replace("str", "str | int")
    return f"{given.name}: {of}" + ("" if required else f" = {plain(default)!r}")


def plain(default: Any) -> Any:
    """A default as its value."""
    return default.value if isinstance(default, Enum) else default


def annotation(of: Any) -> str:
    """A type as what may be given for it: choices by their values."""
    if isinstance(of, type) and issubclass(of, Enum):
        return f"Literal[{', '.join(repr(each.value) for each in of)}]"
    if of is type(None):
        return "None"
    if get_origin(of) is list:
        return f"Sequence[{annotation(get_args(of)[0])}]"
    if get_origin(of) is tuple:
        return f"tuple[{', '.join(map(annotation, get_args(of)))}]"
    if get_args(of):
        return " | ".join(map(annotation, get_args(of)))
    return str(of.__name__)


if __name__ == "__main__":
    STUB.write_text(text(), encoding="utf-8")

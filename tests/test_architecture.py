"""The design of docs/architecture.md, held by the syntax of the code: who imports whom, and who may touch the world."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from emvote.cli import options
from emvote.cli.registry import command_names, help_lines, module_of
from emvote.queries.conditions import conditions
from emvote.views.columns import Field

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "emvote"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
TESTS = sorted(path.name for path in (ROOT / "tests").glob("test_*.py"))

ROWS = (
    {"errors", "version"},
    {"model", "measures", "claims", "command_line"},
    {"names"},
    {"keys", "election_names"},
    {"dataset", "schema"},
    {"relations", "parties", "baselines"},
    {"store", "queries"},
    {"prose"},
    {"views"},
    {"render"},
    {"cli"},
    {"api"},
)
"""Each may import from the rows above its own; packages of one row are strangers to each other."""
RANK = {package: rank for rank, row in enumerate(ROWS) for package in row}
FREE = {"__init__.py", "__main__.py"}
"""The version, which anybody may ask for, and the program's start."""
ONLY_VIEWS = {"errors", "names", "version", "views"}
"""What renderers know besides themselves."""
FILES = {
    "store/files.py",
    "store/read.py",
    "store/claims.py",
    "store/snapshot.py",
    "store/importers/files.py",
    "store/pages.py",
    "store/together.py",
    "store/whole.py",
}
EXPORTS = "store/export/"
"""The modules that read and write files of data."""
OUTSIDE = {"sys", "os", "pathlib", "shutil", "subprocess", "tempfile", "socket", "urllib", "logging"}
"""Modules of the standard library that touch the world."""
PURE = {"urllib.parse"}
"""Parts of them that only compute."""
THIRD_PARTY = {
    "typer": ("cli/main.py", "cli/parser.py", "cli/asking.py", "cli/messages.py", "cli/complete.py"),
    "rich": ("render/terminal.py", "render/piped.py", "cli/progress.py", "cli/browser.py"),
    "textual": ("cli/browser.py",),
    "mcp": ("cli/agents.py",),
    "anyio": ("cli/agents.py",),
    "tabulate": ("render/tabular.py",),
    "rtoml": ("store/read.py",),
    "tomli_w": ("store/write.py",),
    "jmespath": ("queries/paths.py", "render/query.py"),
    "xlsxwriter": ("render/workbook.py",),
    "pyarrow": ("store/export/parquet.py",),
    "jinja2": ("render/report.py",),
    "pygal": ("render/charts.py",),
}
"""Who may import each library, at most."""
ON_DEMAND = {"rich", "tabulate", "rtoml", "tomli_w", "pyarrow", "jmespath", "jinja2", "pygal", "textual", "xlsxwriter"}
"""Libraries that no command loads unless its answer needs them."""
LOADED_ON_DEMAND = {"render/query.py", "render/terminal.py", "render/tabular.py", "cli/browser.py"}
"""Modules that `render` imports only when their format is asked for, so that they may import such a library first."""
LONGEST_COMMAND = 15
"""Lines of a command's body after its docstring: parse, query, view. The filter of a listing is a line an option."""

every_module = pytest.mark.parametrize("module", MODULES)


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(node: ast.AST, package: str = "") -> Iterator[str]:
    """Dotted names of the modules that a statement imports; a name from `emvote` itself is a module of its."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"{package}: imports say whose they are"
        if node.module == "emvote":
            yield from (f"emvote.{alias.name}" for alias in node.names)
        else:
            yield str(node.module)


def imports(module: str) -> set[str]:
    """Everything that a module imports, wherever in it."""
    return {name for node in ast.walk(tree(PACKAGE / module)) for name in imported(node, module)}


def home(module: str) -> str:
    """The package or module of the first level that a file belongs to."""
    return module.partition("/")[0].removesuffix(".py")


def below_the_command_line(module: str) -> bool:
    """Whether nothing in a module may touch the world."""
    return module not in FREE | FILES and not module.startswith(("cli/", EXPORTS))


# --- who imports whom ---------------------------------------------------------------------------------------------


def test_every_module_has_its_row() -> None:
    """A new package has to find its place in the order."""
    assert {home(module) for module in MODULES if module not in FREE} == set(RANK)


def test_the_page_on_the_design_has_these_rows() -> None:
    """In this order, packages of one row on one line."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", page, re.MULTILINE)
    assert [(int(number), set(re.findall(r"`(\w+)`", packages))) for number, packages in rows] == list(enumerate(ROWS))


@every_module
def test_modules_import_only_from_the_rows_above_their_own(module: str) -> None:
    """Or from their own package: arrows point one way, wherever in a module an import stands."""
    if module in FREE:
        return
    own = home(module)
    for name in imports(module):
        top, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if top == "emvote" and other != own:
            assert RANK[other] < RANK[own], f"{module} imports {name}"


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("render/")])
def test_renderers_know_views_and_nothing_behind_them(module: str) -> None:
    """A format can be added without knowing what an election is; of views they know the one shape and its drawings."""
    ours = {name for name in imports(module) if name.startswith("emvote.")}
    assert {name.split(".")[1] for name in ours} <= ONLY_VIEWS | {"render"}
    shapes = {f"emvote.views.{name}" for name in ("values", "columns", "picture", "view")}
    assert {name for name in ours if name.startswith("emvote.views")} <= shapes


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("views/")])
def test_views_read_no_files_and_render_nothing(module: str) -> None:
    """They turn an answer into fields and rows."""
    assert not {name for name in imports(module) if name.startswith(("emvote.store", "emvote.render", "emvote.cli"))}


def test_no_modules_import_each_other() -> None:
    """Not even inside functions or for annotations alone: each can be read without those that use it."""
    graph = {name_of(module): modules_imported(module) for module in MODULES}
    TopologicalSorter(graph).prepare()


def name_of(module: str) -> str:
    """The dotted name of a module."""
    return f"emvote.{module.removesuffix('.py').replace('/', '.')}".removesuffix(".__init__")


def modules_imported(module: str) -> set[str]:
    """The modules of emvote that a module imports, wherever in it; a package only for what is in its own file."""
    names = {name_of(other) for other in MODULES}
    found: set[str] = set()
    for node in ast.walk(tree(PACKAGE / module)):
        if isinstance(node, ast.ImportFrom):
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in names else str(node.module) for name in full}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found & names - {name_of(module)}


def test_the_package_itself_imports_nothing() -> None:
    """So that asking for its version costs nothing; what `emvote.open` needs is loaded by calling it."""
    at_once = {name for node in tree(PACKAGE / "__init__.py").body for name in imported(node)}
    assert at_once == {"__future__", "emvote.version"}


# --- one rule, one function ---------------------------------------------------------------------------------------

RULES = {
    "measures.loses_deposit": r"DEPOSIT_THRESHOLD_PCT",
    "names.normalise": r"\[\"city\"\]",
    "queries.control.control_change": r"\breturn \"loss\" if",
    "render.numbers.rounded": r"ROUND_|\bquantize\(",
    "queries.targets.in_target_order": r"half_votes \*.*//",
    "baselines.on_boundaries_of": r"\.boundaries == later\.boundaries|\bis ElectionKind\.NOTIONAL\n +and",
    "parties.continues": r"(?m)^(?!.*\bfor\b).*\bin \w+\.with_predecessors\(",
    "parties.is_aggregate": r"\bis (not )?PartyKind\.AGGREGATE",
}
"""Function to what only its module may say."""


def test_the_page_on_the_design_has_these_rules() -> None:
    """So that a reader finds each of them there."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| [^|]+ \| `([\w.]+\.\w+)` \|$", page.partition("| question |")[0], re.MULTILINE) == list(
        RULES
    )


@pytest.mark.parametrize("rule", RULES)
def test_one_function_defines_each_rule(rule: str) -> None:
    """One `def` of that name, and nothing that works it out again elsewhere."""
    home_of_rule, _, function = rule.rpartition(".")
    texts = {name_of(module): (PACKAGE / module).read_text(encoding="utf-8") for module in MODULES}
    assert [name for name, text in texts.items() if f"def {function}(" in text] == [f"emvote.{home_of_rule}"]
    said = {name for name, text in texts.items() if re.search(RULES[rule], text)}
    assert said == {f"emvote.{home_of_rule}"}


# --- who touches the world ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", [module for module in MODULES if below_the_command_line(module)])
def test_only_the_command_line_and_the_store_touch_the_world(module: str) -> None:
    """No file, no stream, no clock and no chance anywhere else: an answer depends on the dataset and the question."""
    names = {name.partition(".")[0] for name in imports(module) - PURE}
    assert not names & (OUTSIDE | {"time", "random"}) - typing_only(module)
    for node in ast.walk(tree(PACKAGE / module)):
        if isinstance(node, ast.Call):
            assert called(node) not in {"print", "input", "exec", "eval"}, f"{module}:{node.lineno}"
            assert not re.search(r"(^|\.)open$|\.(now|today|utcnow)$", called(node)), f"{module}:{node.lineno}"


def called(node: ast.Call) -> str:
    """What a call calls, as written; methods of renderers' consoles are no built-ins."""
    return ast.unparse(node.func)


def typing_only(module: str) -> set[str]:
    """Modules that are imported for annotations alone."""
    blocks = [
        node
        for node in ast.walk(tree(PACKAGE / module))
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    return {name.partition(".")[0] for block in blocks for node in ast.walk(block) for name in imported(node)}


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("cli/")])
def test_only_one_module_of_the_command_line_writes(module: str) -> None:
    """Standard output, standard error and files of answers are `cli/streams.py`'s."""
    for node in ast.walk(tree(PACKAGE / module)):
        if isinstance(node, ast.Call):
            assert called(node) not in {"print", "open", "typer.echo", "typer.secho"}, f"{module}:{node.lineno}"
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr"}:
            assert module == "cli/streams.py", f"{module}:{node.lineno}"


def test_only_the_command_line_knows_exit_codes() -> None:
    """Below it an error says what is wrong, in the words of the field."""
    for module in MODULES:
        if not module.startswith("cli/") and module not in FREE:
            text = (PACKAGE / module).read_text(encoding="utf-8")
            assert not re.search(r"\bExitCode\b|\bsys\.exit\b|\bSystemExit\b", text), module


# --- what is loaded -----------------------------------------------------------------------------------------------


@every_module
def test_each_library_is_imported_where_it_is_for(module: str) -> None:
    """Rich for tables on a terminal, tabulate for those in documents, one parser, one command line."""
    for name in imports(module):
        top = name.partition(".")[0]
        assert top not in THIRD_PARTY or module.startswith(THIRD_PARTY[top]), f"{module} imports {name}"


@every_module
def test_heavy_libraries_are_imported_on_demand(module: str) -> None:
    """Inside a function, or in a module that is itself imported so: every command would pay for it otherwise."""
    outside = {name.partition(".")[0] for name in at_the_top(tree(PACKAGE / module).body)}
    if module not in LOADED_ON_DEMAND:
        assert not outside & ON_DEMAND


@every_module
def test_the_modules_of_heavy_libraries_are_imported_on_demand(module: str) -> None:
    """By `render` when their format is asked for, and at the top of no module."""
    heavy = {f"emvote.{each.removesuffix('.py').replace('/', '.')}" for each in LOADED_ON_DEMAND}
    assert not heavy & set(at_the_top(tree(PACKAGE / module).body))


def at_the_top(body: Iterable[ast.stmt]) -> Iterator[str]:
    """What a module imports when it is loaded; not what is for type checkers only."""
    for node in body:
        yield from imported(node)
        if isinstance(node, ast.If) and ast.unparse(node.test) != "TYPE_CHECKING":
            yield from at_the_top([*node.body, *node.orelse])
        elif isinstance(node, (ast.Try, ast.With)):
            yield from at_the_top(node.body)


# --- commands -----------------------------------------------------------------------------------------------------


def command_function(command: str) -> ast.FunctionDef:
    """The function of a command."""
    module = module_of(command)
    body = tree(PACKAGE / "cli" / "commands" / f"{module}.py").body
    return next(node for node in body if isinstance(node, ast.FunctionDef) and node.name == module)


@pytest.mark.parametrize("command", command_names())
def test_a_command_is_parse_query_view_and_short(command: str) -> None:
    """Its module holds the one function, and that no more than a few lines after its docstring."""
    function = command_function(command)
    after = function.body[1:]
    assert (function.end_lineno or 0) - after[0].lineno + 1 <= LONGEST_COMMAND
    path = PACKAGE / "cli" / "commands" / f"{module_of(command)}.py"
    others = [
        node for node in tree(path).body if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node != function
    ]
    assert not [other.name for other in others if not other.name.startswith("_")]


@pytest.mark.parametrize("command", command_names())
def test_a_command_has_help_an_example_and_its_line_in_the_list(command: str) -> None:
    """The line in the list is the first of its docstring."""
    doc = ast.get_docstring(command_function(command)) or ""
    assert doc.splitlines()[0] == help_lines()[command]
    assert re.search(rf"^Examples:\n( +emvote .*\n?)*? +emvote {command}\b", doc, re.MULTILINE)


@pytest.mark.parametrize("command", command_names())
def test_every_option_of_a_command_says_what_it_is_for(command: str) -> None:
    """In its help."""
    arguments = command_function(command).args
    for argument in (*arguments.args, *arguments.kwonlyargs):
        annotation = ast.unparse(argument.annotation) if argument.annotation else ""
        shared = getattr(getattr(options, annotation, None), "__metadata__", ())
        given = annotation in {"Dataset", "Request", "Asker", "Country"}
        if annotation.endswith("Filter"):
            module = importlib.import_module(f"emvote.cli.commands.{module_of(command)}")
            shared = tuple(conditions(getattr(module, annotation)))
            assert shared
            assert all(each.help for each in shared)
        assert given or "help=" in annotation or any(each.help for each in shared), argument.arg


def test_every_field_of_an_answer_says_what_it_means() -> None:
    """Nested ones too: their docs are the schema's descriptions and the reference."""
    seen = 0
    for module in MODULES:
        if module.startswith("views/") and not module.endswith("__init__.py"):
            view: Any = importlib.import_module(f"emvote.{module.removesuffix('.py').replace('/', '.')}")
            found: list[Field] = [*getattr(view, "FIELDS", ()), *getattr(view, "SUMMARY", ())]
            for field in within(found):
                seen += 1
                assert field.doc.strip(), (module, field.key)
                assert re.fullmatch(r"[a-z][a-z0-9_]*|\*", field.key), (module, field.key)
    assert seen > 200


def within(fields: Iterable[Field]) -> Iterator[Field]:
    """Fields with those nested in them."""
    for field in fields:
        yield field
        yield from within(field.fields)


# --- words --------------------------------------------------------------------------------------------------------


@every_module
def test_every_public_thing_has_a_docstring(module: str) -> None:
    """Modules, classes, functions and methods."""
    assert ast.get_docstring(tree(PACKAGE / module)), module
    for node in public(tree(PACKAGE / module).body):
        assert ast.get_docstring(node), f"{module}: {node.name}"


def public(body: Iterable[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """What others may use: not what is inside a function or a private class."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


@pytest.mark.parametrize("name", TESTS)
def test_every_test_says_in_a_sentence_what_holds(name: str) -> None:
    """In its name or its docstring, of four words at least."""
    found = [
        node
        for node in ast.walk(tree(ROOT / "tests" / name))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert found
    for test in found:
        words = max(len(test.name.removeprefix("test_").split("_")), len((ast.get_docstring(test) or "").split()))
        assert words >= 4, test.name
    assert len({test.name for test in found}) == len(found), "two tests of one name: the first never runs"


@pytest.mark.parametrize("name", TESTS)
def test_no_test_is_expected_to_fail(name: str) -> None:
    """What does not hold is mended or reported, not filed."""
    marks = {ast.unparse(node) for node in ast.walk(tree(ROOT / "tests" / name)) if isinstance(node, ast.Attribute)}
    assert not marks & {"pytest.mark.xfail", "pytest.xfail"}

"""Changes the code in small ways, one at a time, and counts the changes that no test notices.

    python -m tools.mutation measures            every mutant of one package (packages.toml)
    python -m tools.mutation queries --sample 600 --seed 7
    python -m tools.mutation queries --again     only those that survived the last run

mutmut makes the mutants and runs, for each, the tests that reach the changed function (`pip install --group mutation`).
All happens in a copy of the tree in build/mutation. Mutants that change nothing but the wording of a message are left
out: wording is not public, and no test should hold it fast.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "mutation"
COPIED = ("src", "data", "tests", "docs", "tools", "man")
PAGES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "LICENSE-DATA.md")
SEED = 2019
"""Of the sample, unless told otherwise."""
SURVIVED, NO_TESTS = 0, 33
"""Exit codes as mutmut records them; any other means that a test failed, or ended the process."""
OUT_OF_TIME = (36, -24, 24, 152, 255, -9)
"""Exit codes of a run that was ended because it took too long: nothing was seen to fail."""
FIRST_FAILURE = """
from hypothesis import Phase, settings


def pytest_configure():
    settings.register_profile("mutation", settings.get_profile("emvote"), phases=(Phase.explicit, Phase.generate))
    settings.load_profile("mutation")
"""
"""`conftest.py` of the copy: the first example that fails will do, as to look for the smallest takes minutes."""
VERDICTS = ("killed", "explained", "survived", "undecided")


@dataclass(frozen=True)
class Mutant:
    """One change to one function."""

    name: str
    change: str
    """Lines taken away and put in its place."""
    verdict: str
    """One of `VERDICTS`; undecided is what ran out of time."""
    why: str = ""
    """Why no test can notice it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one package and say what survived; 1 where that is not explained and the score is under nine tenths."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__.splitlines()[0])
    packages = tomllib.loads((HERE / "packages.toml").read_text(encoding="utf-8"))
    parser.add_argument("package", choices=packages)
    parser.add_argument("--sample", type=int, help="how many mutants; 0: every one")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--again", action="store_true", help="only the survivors of the last run")
    asked = parser.parse_args(arguments)
    package = packages[asked.package]
    work, told = BUILD / asked.package, BUILD / f"{asked.package}.json"
    last = json.loads(told.read_text(encoding="utf-8")) if asked.again else {}
    copy(work, package)
    mutmut(work, 1, [package["probe"]])
    made = dict(mutants(work))
    counted = sorted(name for name, (_, wording) in made.items() if not wording)
    size = package["sample"] if asked.sample is None else asked.sample
    chosen = counted if not size else sorted(random.Random(asked.seed).sample(counted, min(size, len(counted))))  # noqa: S311
    if asked.again:
        open_ones = {(each["name"].rpartition("__")[0], each["change"]) for each in last["mutants"] if not killed(each)}
        chosen = [name for name in counted if (name.rpartition("__")[0], made[name][0]) in open_ones]
    mutmut(work, asked.jobs, chosen)
    found = tuple(judged(work, made, chosen))
    if asked.again:
        found = merged(last["mutants"], found)
    report = {
        "package": asked.package,
        "seed": last.get("seed", asked.seed),
        "made": len(made),
        "wording": len(made) - len(counted),
        "mutants": [asdict(each) for each in found],
    }
    told.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return say(report)


def killed(mutant: dict[str, str]) -> bool:
    """Whether a recorded mutant was noticed."""
    return mutant["verdict"] == "killed"


def copy(work: Path, package: dict[str, Any]) -> None:
    """The tree as it is now, with mutmut told what to mutate; raw files beside it where they are known."""
    work.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.rmtree(work / name, ignore_errors=True)
        shutil.copytree(ROOT / name, work / name, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
    for name in PAGES:
        shutil.copy(ROOT / name, work / name)
    raw = Path(os.environ.get("EMVOTE_RAW") or ROOT.parent / "shared" / "data")
    if raw.is_dir() and not (work / "shared").exists():
        (work / "shared").mkdir()
        (work / "shared" / "data").symlink_to(raw, target_is_directory=True)
    tests = [str(path.relative_to(work)) for each in package["tests"] for path in sorted(work.glob(each))]
    slow = [f"--deselect={each}" for each in package.get("slow", [])]
    settings = {
        "source_paths": ["src"],
        "only_mutate": package["mutate"],
        "do_not_mutate": package.get("leave", []),
        "also_copy": ["conftest.py", *(name for name in COPIED if name not in ("src", "tests")), *PAGES],
        "pytest_add_cli_args": ["-q", "--no-header", "-x", "-p", "no:cacheprovider", *slow],
        "pytest_add_cli_args_test_selection": tests,
        "use_git_change_detection": False,
        "track_dependencies": False,
        "timeout_constant": 20.0,  # seconds of a test do not count its fixtures
        "timeout_multiplier": 4.0,  # of the clock, and the processor may be shared
    }
    lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in settings.items())
    pytest = '[tool.pytest.ini_options]\naddopts = ["--strict-markers", "--doctest-modules"]\n'
    (work / "conftest.py").write_text(FIRST_FAILURE, encoding="utf-8")
    (work / "pyproject.toml").write_text(f"{pytest}\n[tool.mutmut]\n{lines}\n", encoding="utf-8")


def mutmut(work: Path, jobs: int, names: Sequence[str]) -> None:
    """Run mutmut on some mutants; the first time it makes them all."""
    program = shutil.which("mutmut", path=str(Path(sys.executable).parent)) or "mutmut"
    subprocess.run([program, "run", "--max-children", str(jobs), *names], cwd=work, check=True, stdout=sys.stderr)  # noqa: S603


def mutants(work: Path) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Every mutant with its change, and whether that is of wording alone."""
    for meta in sorted((work / "mutants" / "src").rglob("*.py.meta")):
        module = meta.with_suffix("")
        names = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        if not names:
            continue
        functions = {
            node.name: node
            for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef)
        }
        for name in names:
            mutant = name.rpartition(".")[2]
            original = functions[f"{mutant.rpartition('__mutmut_')[0]}__mutmut_orig"]
            yield name, _change(original, functions[mutant])


def _change(original: ast.FunctionDef, mutant: ast.FunctionDef) -> tuple[str, bool]:
    before, after = (ast.unparse(node.body).splitlines() for node in map(_as_module, (original, mutant)))
    lines = [line for line in difflib.unified_diff(before, after, lineterm="", n=0) if line[:3] not in ("---", "+++")]
    change = "\n".join(f"{line[0]} {line[1:].strip()}" for line in lines if line[0] in "+-")
    return change, _without_words(original) == _without_words(mutant)


def _as_module(function: ast.FunctionDef) -> Any:
    node = ast.Module(function.body, [])
    return argparse.Namespace(body=node)


def _without_words(function: ast.FunctionDef) -> str:
    """A function with every text of several words left out."""
    copied = ast.Module(function.body, [])
    return ast.dump(_Wordless().visit(ast.parse(ast.unparse(copied))))


class _Wordless(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """Text of several words is a message."""
        return ast.Constant("") if isinstance(node.value, str) and " " in node.value.strip() else node


def judged(work: Path, made: dict[str, tuple[str, bool]], chosen: Sequence[str]) -> Iterator[Mutant]:
    """What became of each chosen mutant."""
    explained = tomllib.loads((HERE / "explained.toml").read_text(encoding="utf-8"))["mutant"]
    reasons = {(each["function"], each["change"].strip()): each["why"] for each in explained}
    codes: dict[str, int | None] = {}
    for meta in (work / "mutants" / "src").rglob("*.py.meta"):
        codes |= json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    for name in chosen:
        change = made[name][0]
        verdict = _verdict(codes[name])
        why = reasons.get((name.rpartition("__mutmut_")[0], change), "") if verdict == "survived" else ""
        yield Mutant(name, change, "explained" if why else verdict, why)


def _verdict(code: int | None) -> str:
    if code in (SURVIVED, NO_TESTS, None):
        return "survived"
    return "undecided" if code in OUT_OF_TIME else "killed"


def merged(last: Sequence[dict[str, str]], found: Sequence[Mutant]) -> tuple[Mutant, ...]:
    """The verdicts of the last run, those of survivors replaced by what became of them now."""
    now = {(each.name.rpartition("__")[0], each.change): each for each in found}
    return tuple(now.get((each["name"].rpartition("__")[0], each["change"]), Mutant(**each)) for each in last)


def say(report: dict[str, Any]) -> int:
    """The score, and every survivor with its change."""
    found = [Mutant(**each) for each in report["mutants"]]
    number = {verdict: sum(each.verdict == verdict for each in found) for verdict in VERDICTS}
    for each in found:
        if each.verdict in ("survived", "undecided"):
            print(f"\n{each.name} {each.verdict}\n{each.change}")
    score = 100 * number["killed"] / len(found)
    print(
        f"\n{report['package']}: {report['made']} mutants, {report['wording']} of wording alone left out, "
        f"{len(found)} run (seed {report['seed']}): {number['killed']} killed ({score:.1f}%), "
        f"{number['explained']} survivors explained, {number['survived']} not, {number['undecided']} undecided"
    )
    return int(score < 90)  # noqa: PLR2004 - what docs/reliability.md promises


if __name__ == "__main__":
    raise SystemExit(main())

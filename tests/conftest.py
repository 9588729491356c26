"""What tests share: the shipped dataset, the raw files, and the program run as a process would run it."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import Phase, settings

from emvote.cli.main import run
from emvote.dataset import Dataset
from emvote.model import Candidacy, Contest, Election, ElectionKind, Party, PartyKind, Seat, Source, Tally
from emvote.model.record import Record
from emvote.store import open_dataset

OUTSIDE = ("EMVOTE_DATA", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "EMVOTE_CONFIG")
"""Variables of the caller's environment that change answers."""
RAW = Path(os.environ.get("EMVOTE_RAW") or Path(__file__).parents[2] / "shared" / "data")
"""The files that the shipped dataset is made from; the repository does not hold them."""

SMALL = Path(__file__).parent / "data" / "small.toml"
"""An invented region with everything that is awkward about real ones."""

settings.register_profile("emvote", deadline=None)  # a slow machine is no failure
settings.register_profile("mutation", settings.get_profile("emvote"), phases=(Phase.explicit, Phase.generate))
settings.load_profile("emvote")


@pytest.fixture(scope="session", autouse=True)
def no_trace_in_the_home_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever a test starts keeps its snapshots away from the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = str(tmp_path_factory.mktemp("cache"))
        patch.setenv("XDG_CACHE_HOME", folder)
        patch.setenv("LOCALAPPDATA", folder)
        for variable in ("XDG_CONFIG_HOME", "APPDATA"):
            patch.setenv(variable, folder)
        yield


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """The dataset that emvote ships."""
    return open_dataset()


@pytest.fixture(scope="session")
def small() -> Dataset:
    """The invented region of `tests/data/small.toml`."""
    return open_dataset(str(SMALL))


@pytest.fixture
def dataset_from(tmp_path: Path) -> Callable[[str], Dataset]:
    """Makes a dataset of TOML text, through the store and all of its rules."""

    def read(text: str) -> Dataset:
        file = tmp_path / "dataset.toml"
        file.write_text(text, encoding="utf-8")
        return open_dataset(str(file))

    return read


@pytest.fixture
def altered(dataset_from: Callable[[str], Dataset]) -> Callable[..., Dataset]:
    """The invented region with some of its text replaced: `altered(("votes = 500,", "votes = 501,"))`."""

    def read(*replacements: tuple[str, str]) -> Dataset:
        text = SMALL.read_text(encoding="utf-8")
        for old, new in replacements:
            assert text.count(old) == 1, f"{old!r} is in {SMALL.name} {text.count(old)} times"
            text = text.replace(old, new)
        return dataset_from(text)

    return read


Votes = Mapping[str, int | dict[str, int]]
"""Party id to votes; under `ind` and `mill` the votes of each candidate by name."""


@pytest.fixture(scope="session")
def polled() -> Callable[..., Dataset]:
    """Makes a dataset of an election in memory: `polled({"Ayton": {"red": 90, "blu": 80}})`.

    Every candidate of a party is called after it, and the first with the most votes is elected. A second argument is
    the result of an earlier election on the same boundaries, 2015; keywords change fields of contests of 2017:
    `Ayton={"winner_unknown": "lost"}`, `{"tallies": True}` for votes by party.
    """
    return _dataset_of


def _dataset_of(places: Mapping[str, Votes], earlier: Mapping[str, Votes] | None = None, **changes: Any) -> Dataset:
    kinds = {"ind": PartyKind.INDEPENDENT, "spk": PartyKind.INDEPENDENT, "other": PartyKind.AGGREGATE}
    every = ("red", "blu", "grn", "gold", "old", "new", "mill", *kinds)
    parties = tuple(
        Party(
            id=each,
            name=f"{each.title()} Party",
            abbreviation=each.title(),
            kind=kinds.get(each, PartyKind.NATIONAL),
            predecessor="old" if each == "new" else None,
            source="gazette",
        )
        for each in every
    )
    days = {"parl.2017-06-08": date(2017, 6, 8), "parl.2015-05-07": date(2015, 5, 7)}
    results = dict(zip(days, (places, earlier or {}), strict=True))
    contests = [
        _contest_of(election, place, votes, changes.get(place, {}) if election == "parl.2017-06-08" else {})
        for election, result in results.items()
        for place, votes in result.items()
    ]
    seats = tuple(
        Seat(
            id=name.casefold(),
            name=name,
            region="Fenmark",
            counties=(f"{name[0]}shire",),
            boundaries="2010",
            since=date(2010, 5, 6),
            source="gazette",
        )
        for name in dict.fromkeys(name for result in results.values() for name in result)
    )
    elections = tuple(
        Election(
            id=each,
            name=f"Election of {day.year}",
            kind=ElectionKind.GENERAL,
            date=day,
            boundaries="2010",
            source="gazette",
        )
        for each, day in days.items()
    )
    source = Source(id="gazette", title="The Fenmark Gazette", publisher="Fenmark Press", licence="CC0-1.0")
    record = Record(schema=1, title="Fenmark", version="1", licence="CC0-1.0", attribution="nobody", region="Fenmark",
                    sources=(source,), parties=parties, elections=elections, seats=seats,
                    contests=tuple(contests))  # fmt: skip
    return Dataset(record)


def _contest_of(election: str, place: str, votes: Votes, changes: Mapping[str, Any]) -> Contest:
    named: list[tuple[str, str, int]] = []
    for party, number in votes.items():
        candidates = number if isinstance(number, dict) else {party.title(): number}
        named += [(name, party, each) for name, each in candidates.items()]
    most = max((number for _, _, number in named), default=0)
    first = next((name for name, _, number in named if number == most), "")
    changes = dict(changes)
    if changes.pop("tallies", False):
        entries: dict[str, Any] = {"tallies": tuple(Tally(party=party, votes=each) for _, party, each in named)}
    else:
        people = (Candidacy(name=name, party=party, votes=each, elected=name == first) for name, party, each in named)
        entries = {"candidates": tuple(people)}
    total = sum(number for _, _, number in named)
    fields = {"election": election, "seat": place.casefold(), "electorate": 10 * total, "valid_votes": total}
    return Contest(**{**fields, **entries, **changes})


@pytest.fixture(scope="session")
def shipped_wards() -> Dataset:
    """The same with the ward results in the file beside it."""
    return open_dataset(wards=True)


@pytest.fixture(scope="session")
def shipped_whole() -> Dataset:
    """The same with the councillors and administrations too."""
    return open_dataset(wards=True, people=True)


@pytest.fixture(scope="session")
def emvote(
    shipped: Dataset, shipped_wards: Dataset, request: pytest.FixtureRequest
) -> Callable[..., CompletedProcess[str]]:
    """Runs emvote in this process on piped streams: `emvote("seat", "Derby North", "--json").stdout`.

    The shipped dataset is read once for all runs; any other is read by each run that names it.
    """

    def opened(where: str | None = None, *, wards: bool = False, people: bool = False, **options: Any) -> Dataset:
        if where or options.get("overlay"):
            return open_dataset(where, wards=wards, people=people, **options)
        if people:
            whole: Dataset = request.getfixturevalue("shipped_whole")
            return whole
        return shipped_wards if wards else shipped

    def answer(*arguments: Any) -> CompletedProcess[str]:
        words = [str(each) for each in arguments]
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:
            for name in OUTSIDE:
                patch.delenv(name, raising=False)
            patch.setattr("emvote.store.open_dataset", opened)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = int(run(words))
        return CompletedProcess(["emvote", *words], code, _text(out), _text(err))

    return answer


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    content = stream.buffer
    return content.getvalue().decode() if isinstance(content, io.BytesIO) else ""


@pytest.fixture(scope="session")
def raw() -> Callable[[str], list[dict[str, str]]]:
    """Reads a raw file: `raw("councils/councils.csv")`; a test that asks for one is skipped where there are none."""
    if not RAW.is_dir():
        pytest.skip("the raw files are not here: EMVOTE_RAW says where they are")

    def rows(name: str) -> list[dict[str, str]]:
        with (RAW / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows

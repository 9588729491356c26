"""The wards of one council at one election for readers: every candidate, then seats ward by ward and party by party."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from emvote.dataset import Dataset
from emvote.measures import Formula, ShareMethod
from emvote.queries.wards import TurnoutBasis, WardResult, WardsAnswer, WardStanding
from emvote.views import common, phrases, workings
from emvote.views.columns import Column, Field, Table, in_groups, record_of, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_group, by_row
from emvote.views.workings import working

SHARE_OF = {
    ShareMethod.ALL_VOTES: "of all votes of all candidates: not of voters, who have as many votes as there are seats",
    ShareMethod.TOP_CANDIDATE: "of the votes of each party's best candidate, as others are not published",
}
SHARE = "per cent of all votes in the ward, or of the best candidates' (`share_method`); null: nobody voted"
MARGIN: Final = Formula(
    "votes of the last elected − votes of the first who was not",
    "count",
    "called a margin, not a majority, where several are elected",
)
FIELDS = (
    Field("council_id", Kind.TEXT, "GSS code of the council", of="council.id"),
    Field("council", Kind.NAME, "name of the council", of="council.name"),
    Field(
        "ward_id",
        Kind.TEXT,
        "GSS code of the ward or division; null: not in the source",
        null=True,
        of="contest.ward_id",
    ),
    Field("ward", Kind.NAME, "name of the ward or county division", of="contest.ward"),
    Field("election", Kind.TEXT, "election id", of="election.id"),
    Field("polling_date", Kind.DATE, "polling day", of="election.date"),
    Field(
        "by_election",
        Kind.BOOL,
        "whether it filled a vacancy on the day of other ordinary elections",
        of="contest.by_election",
    ),
    Field("seats_up", Kind.COUNT, "seats to be filled in the ward", of="contest.seats_up"),
    Field("electorate", Kind.COUNT, "registered electors; null: not in the source", null=True, of="contest.electorate"),
    Field("turnout_pct", Kind.PCT, "in per cent of the electorate: see `turnout_basis`; null: not known", null=True),
    Field(
        "turnout_basis",
        Kind.TEXT,
        "what the turnout counts: ballot papers as published, or valid votes where a ward has one seat",
        null=True,
        choices=tuple(TurnoutBasis),
    ),
    Field("candidate", Kind.NAME, "name as published; null: candidates are not published", null=True),
    Field("party", Kind.PARTY, "party id; `ind` for an independent"),
    Field("party_label", Kind.TEXT, "label on the ballot paper or in the source"),
    Field("votes", Kind.COUNT, "votes; without candidates those of the party's best; null: nobody voted", null=True),
    Field("share_pct", Kind.PCT, SHARE, null=True),
    Field("share_method", Kind.TEXT, "what the share is of", null=True, choices=tuple(ShareMethod)),
    Field("elected", Kind.BOOL, "whether elected; null: candidates are not published", null=True),
    Field(
        "uncontested",
        Kind.BOOL,
        "whether there were no more candidates than seats, so that nobody voted",
        of="contest.uncontested",
    ),
    Field(
        "margin_votes",
        Kind.COUNT,
        "of the ward: votes of the last elected less those of the first who was not; 0: the lot decided",
        null=True,
    ),
    common.FLAGS,
)
PARTY_FIELDS = (
    Field("party", Kind.PARTY, "party id"),
    Field("candidates", Kind.COUNT, "how many stood; null: candidates are not published", null=True),
    Field("seats", Kind.COUNT, "seats won; null: candidates are not published", null=True),
    Field(
        "votes",
        Kind.COUNT,
        "votes of all; without candidates of the best in each ward; null: unopposed, or wards count in two ways",
        null=True,
    ),
    Field("share_pct", Kind.PCT, "per cent of these votes", null=True),
)
SUMMARY = (
    Field("council_id", Kind.TEXT, "GSS code of the council", of="council.id"),
    Field("council", Kind.NAME, "name of the council", of="council.name"),
    Field(
        "election",
        Kind.TEXT,
        "election id; null: no ward results of the council are on record",
        null=True,
        of="election.id",
    ),
    Field("wards", Kind.COUNT, "wards in the answer", of=lambda answer: len(answer.results)),
    *common.DECLARED_FIELDS,
    Field(
        "uncontested",
        Kind.COUNT,
        "wards among them where nobody voted",
        of=lambda answer: sum(result.contest.uncontested for result in answer.results),
    ),
    Field("seats_up", Kind.COUNT, "seats to be filled in them"),
    Field("share_method", Kind.TEXT, "what the shares are of", null=True, choices=tuple(ShareMethod)),
    Field("parties", Kind.RECORDS, "per party, most seats first", fields=PARTY_FIELDS),
    Field(
        "elections",
        Kind.TEXTS,
        "elections with ward results of the council, latest first",
        of=lambda answer: [election.id for election in answer.on_record],
    ),
)


def wards_view(dataset: Dataset, answer: WardsAnswer, query: Mapping[str, Any]) -> View:
    """A row a candidate."""
    council, election = answer.council, answer.election
    chosen = {"election": election.id} if election else {}
    return View(
        command="wards",
        query={"council": council.id, **chosen, **query},
        fields=FIELDS,
        rows=tuple(row for result in answer.results for row in _records(result)),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=tuple(_headline(answer)),
            table=_table(dataset, answer.results),
            more=(seats_table(dataset, answer.results), _parties_table(dataset, answer)) if answer.results else (),
        ),
        notes=common.unique(answer.notes),
        declared=answer.declared,
        sources=common.citations(dataset, source_ids(answer.results)),
        workings=Workings(lambda: _workings(dataset, answer)),
        empty=next(iter(answer.notes), "nothing matches"),
    )


def _records(result: WardResult) -> Iterable[Mapping[str, Any]]:
    """The records of the candidates of a ward, with what is the same of all of them."""
    ward = record_of([field for field in FIELDS if field.key not in WardStanding.__struct_fields__], result)
    return records_of(FIELDS, result.standings, **ward)


def _headline(answer: WardsAnswer) -> Iterator[Sentence]:
    results = answer.results
    if not results or answer.election is None:
        return
    if not answer.declared.complete:
        yield tuple(common.declared_words(answer.declared))


def _table(dataset: Dataset, results: tuple[WardResult, ...]) -> Table:
    columns = (
        Column("Ward", Kind.NAME),
        Column("Candidate", Kind.NAME),
        Column("Party", Kind.PARTY),
        Column("Votes", Kind.COUNT),
        Column("%", Kind.PCT, priority=1),
        Column("", Kind.TEXT),
    )
    return in_groups(columns, (_rows(dataset, result) for result in results))


def _rows(dataset: Dataset, result: WardResult) -> Iterator[tuple[Any, ...]]:
    for each in result.standings:
        words = "unopposed" if result.contest.uncontested else "elected" if each.elected else ""
        name = each.candidate or each.party_label
        label = common.party(dataset, each.party)
        yield (result.contest.ward, name, label, each.votes, each.share_pct, words)


def seats_table(dataset: Dataset, results: tuple[WardResult, ...], title: str = "Seats by ward") -> Table:
    """A row a ward: seats, who won them, and by what margin."""
    columns = (
        Column("Ward", Kind.NAME, "contest.ward"),
        Column("Seats", Kind.COUNT, "contest.seats_up"),
        Column("Won by", Kind.TEXT, lambda result: _won_words(dataset, result)),
        Column("Margin", Kind.COUNT, "margin_votes"),
        Column("Turnout", Kind.PCT, "turnout_pct", priority=1),
        Column("Electorate", Kind.COUNT, "contest.electorate", priority=2),
    )
    return table_of(columns, results, common.labels(dataset), title=title)


def _won_words(dataset: Dataset, result: WardResult) -> str | None:
    won = result.won
    if won is None:
        return None
    several = result.contest.seats_up > 1
    winners = [
        f"{dataset.abbreviation(party)} {seats}" if several else dataset.abbreviation(party)
        for party, seats in won.items()
    ]
    return ", ".join([*winners, *(["unopposed"] if result.contest.uncontested else [])])


def _parties_table(dataset: Dataset, answer: WardsAnswer) -> Table:
    columns = (
        Column("Party", Kind.PARTY, "party"),
        Column("Seats", Kind.COUNT, "seats"),
        Column("Candidates", Kind.COUNT, "candidates"),
        Column("Votes", Kind.COUNT, "votes"),
        Column("%", Kind.PCT, "share_pct"),
    )
    best = answer.share_method is ShareMethod.TOP_CANDIDATE
    title = "By party, best candidates only" if best else "By party, all votes"
    return table_of(columns, answer.parties, common.labels(dataset), title=title)


def source_ids(results: Iterable[WardResult]) -> Iterator[str | None]:
    """The sources of some wards and their flags."""
    for result in results:
        yield result.source
        yield from common.flag_sources(result.flags)


def _workings(dataset: Dataset, answer: WardsAnswer) -> Iterator[Working]:
    """The workings of each ward, then of each of its rows, and last of the parties over all wards."""
    groups = [(len(each.standings), [*_explain(each)]) for each in answer.results]
    own = [_explain_share(result, each) for result in answer.results for each in result.standings]
    # a ward's first, then those of its rows, as they stand in the answer
    yield from sorted((*by_group(groups), *by_row(own)), key=lambda each: (each.row or 0, each.rows == 1))
    yield from _explain_parties(dataset, answer)


def _explain(result: WardResult) -> Iterator[Working]:
    """The working of a ward's margin, and of its turnout where the votes give it."""
    contest, source = result.contest, result.source
    if result.margin_votes is not None:
        won = [each for each in result.standings if each.elected]
        lost = [each for each in result.standings if not each.elected]
        inputs = [(f"{standing.candidate}", standing.votes) for standing in (won[-1], lost[0])]
        yield working(MARGIN, f"margin, {contest.ward}", inputs, result.margin_votes, source=source)
    if result.turnout_basis is TurnoutBasis.VALID:
        yield workings.turnout(contest.ward, _votes(result), contest.electorate, result.turnout_pct, source)


def _explain_share(result: WardResult, standing: WardStanding) -> Iterator[Working]:
    """The working of a share; nothing where nobody voted."""
    if standing.share_pct is not None and result.share_method is not None:
        name = f"{standing.candidate or standing.party_label}, {result.contest.ward}"
        source, rule = result.source, SHARE_OF[result.share_method]
        yield workings.share(name, standing.votes, _votes(result), standing.share_pct, source, rule)


def _explain_parties(dataset: Dataset, answer: WardsAnswer) -> Iterator[Working]:
    """The working of each party's share over the wards of the answer."""
    source = "; ".join(sorted({result.source for result in answer.results}))
    total = sum(each.votes or 0 for each in answer.parties)
    for each in answer.parties:
        if each.share_pct is not None and answer.share_method is not None:
            name = f"{dataset.abbreviation(each.party)}, {answer.council.name}"
            rule = SHARE_OF[answer.share_method]
            yield workings.share(name, each.votes, total, each.share_pct, source, rule)


def _votes(result: WardResult) -> int:
    return sum(each.votes or 0 for each in result.standings)


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return the answer in one sentence."""
    row, summary = view.rows[0], view.summary or {}
    if "ward" in view.query:
        elected = [each for each in view.rows if each["elected"]] or list(view.rows[:1])
        word = "elected " if elected[0]["elected"] else "most votes for "
        people = [
            (
                *phrases.person(each["candidate"], each["party"], dataset),
                *phrases.after(", ", phrases.of_votes(each["votes"], None)),
            )
            for each in elected
        ]
        return (
            row["ward"],
            " (",
            row["council"],
            f"), {phrases.day(row['polling_date'])}: {word}",
            *phrases.joined(people),
            ".",
        )
    parties = [
        (
            phrases.full_name(dataset, each["party"]),
            *(() if each["seats"] is None else (" ", Value(each["seats"], Kind.COUNT))),
            *phrases.after(" with " if each["seats"] is not None else " ", phrases.of_votes(None, each["share_pct"])),
        )
        for each in summary["parties"]
        if each["seats"] or each["seats"] is None
    ]
    wards = f"{summary['wards']} {common.plural(summary['wards'], 'ward')}, {summary['seats_up']} seats"
    # shares by one method are not to be taken for those by another
    best = ", the votes of each party's best candidate in a ward" if summary["share_method"] == "top-candidate" else ""
    begin = f", {phrases.day(row['polling_date'])}{common.declared_aside(view.declared)}, {wards}{best}: "
    return (row["council"], begin, *phrases.joined(parties), ".")

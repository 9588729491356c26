"""The rules for wards and mayors: what must be unique, who may have won.

`emvote.store.rules` names them with the others; each yields key path, offending value, and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterator

from emvote import measures
from emvote.model import ElectionKind, MayorContest, WardContest
from emvote.model.record import Record

Finding = tuple[str, str, str]
LOCAL = (ElectionKind.LOCAL, ElectionKind.LOCAL_LATER)
WHOLE = 100
"""Per cent."""


def wards(record: Record) -> Iterator[tuple[str, str]]:
    """Every ward contest: its key path and its identity.

    A ward's code tells it as well as its name, so that under two spellings it is one ward.
    """
    named: set[str] = set()
    for i, ward in enumerate(record.wards):
        vacancy = ", by-election" if ward.by_election else ""  # a ward can have both on one day
        poll = f"{ward.election}, {ward.council}"
        identity = f"wards: {poll}, {ward.ward}{vacancy}"
        yield f"wards[{i}]", identity
        if ward.ward_id is not None and identity not in named:
            yield f"wards[{i}].ward_id", f"wards by code: {poll}, {ward.ward_id}{vacancy}"
        named.add(identity)


def mayor_contests(record: Record) -> Iterator[tuple[str, str]]:
    """Every election of a mayor, who is the only one elected at it."""
    yield from (
        (f"mayor_contests[{i}]", f"mayor_contests: {row.election}") for i, row in enumerate(record.mayor_contests)
    )


def kinds(record: Record) -> Iterator[Finding]:
    """Wards vote at local elections, mayors are elected at their own."""
    known = {election.id: election.kind for election in record.elections}
    for i, ward in enumerate(record.wards):
        if known.get(ward.election, ElectionKind.LOCAL) not in LOCAL:
            yield f"wards[{i}].election", repr(ward.election), "expected a local election"
    for i, contest in enumerate(record.mayor_contests):
        if known.get(contest.election, ElectionKind.MAYOR) is not ElectionKind.MAYOR:
            yield f"mayor_contests[{i}].election", repr(contest.election), "expected the election of a mayor"


def counts(record: Record) -> Iterator[Finding]:
    """Numbers of wards and mayors make sense; votes are missing only where nobody voted, or with a flag."""
    for i, ward in enumerate(record.wards):
        yield from _ward_counts(f"wards[{i}]", ward)
    for i, contest in enumerate(record.mayor_contests):
        path = f"mayor_contests[{i}]"
        for j, candidate in enumerate(contest.candidates):
            for key in ("votes", "second_round"):
                number = getattr(candidate, key)
                if number is not None and number < 0:
                    yield f"{path}.candidates[{j}].{key}", str(number), "expected a number that is not negative"
        unknown = any(candidate.votes is None for candidate in contest.candidates) or not contest.complete
        if unknown and not contest.flags:
            yield f"{path}.candidates", "", "expected everybody's votes, or a flag that says what was not found"


def given_before_declaration(ward: WardContest) -> Iterator[str]:
    """What an undeclared ward contest has that only a declared one can: the key paths below it."""
    for j, candidate in enumerate(ward.candidates):
        if candidate.votes is not None:
            yield f"candidates[{j}].votes"
        if candidate.elected:
            yield f"candidates[{j}].elected"
    if ward.tallies:
        yield "tallies"
    if ward.turnout_pct is not None:
        yield "turnout_pct"


def _ward_counts(path: str, ward: WardContest) -> Iterator[Finding]:
    where = f"({ward.ward}, {ward.election})"
    if ward.seats_up < 1:
        yield f"{path}.seats_up", str(ward.seats_up), f"expected a positive number of seats {where}"
    if ward.turnout_pct is not None and not 0 <= ward.turnout_pct <= WHOLE:
        yield f"{path}.turnout_pct", str(ward.turnout_pct), f"expected a percentage from 0 to 100 {where}"
    if ward.electorate is not None and ward.electorate < 0:
        yield f"{path}.electorate", str(ward.electorate), f"expected a number that is not negative {where}"
    if not ward.declared:
        return
    if bool(ward.candidates) == bool(ward.tallies):
        yield path, "", f"expected either candidates or tallies {where}"
    for j, entry in enumerate(ward.entries):
        at = f"candidates[{j}]" if j < len(ward.candidates) else f"tallies[{j - len(ward.candidates)}]"
        key = f"{path}.{at}.votes"
        if entry.votes is None and not ward.uncontested:
            yield key, "", f"expected votes: only a ward without a contest has none {where}"
        elif entry.votes is not None and (entry.votes < 0 or ward.uncontested):
            wanted = "no votes where nobody voted" if ward.uncontested else "a number that is not negative"
            yield key, str(entry.votes), f"expected {wanted} {where}"
        elif entry.votes is not None and ward.electorate is not None and entry.votes > ward.electorate:
            yield key, str(entry.votes), f"expected at most the {ward.electorate} electors {where}"


def ward_winners(record: Record) -> Iterator[Finding]:
    """As many are elected as there are seats, and they are those with the most votes."""
    for i, ward in enumerate(record.wards):
        if not ward.candidates or not ward.declared:
            continue
        path, where = f"wards[{i}].candidates", f"({ward.ward}, {ward.election})"
        won = [candidate.votes or 0 for candidate in ward.candidates if candidate.elected]
        lost = [candidate.votes or 0 for candidate in ward.candidates if not candidate.elected]
        few = ward.uncontested and len(won) < ward.seats_up and not lost
        if len(won) != ward.seats_up and not few:
            yield path, f"{len(won)} elected", f"expected {ward.seats_up}, as many as seats {where}"
        if won and lost and max(lost) > min(won):
            yield path, str(min(won)), f"a candidate with {max(lost)} votes is not elected {where}"
        if ward.uncontested and lost:
            yield path, f"{len(lost)} not elected", f"expected all elected where nobody voted {where}"


def mayor_winners(record: Record) -> Iterator[Finding]:
    """One is elected, with the most votes of the last round; where that is not on record, one of the two ahead."""
    days = {election.id: election.date for election in record.elections}
    for i, contest in enumerate(record.mayor_contests):
        path = f"mayor_contests[{i}].candidates"
        elected = [candidate for candidate in contest.candidates if candidate.elected]
        if len(elected) != 1:
            yield path, f"{len(elected)} elected", f"expected one ({contest.election})"
            continue
        votes = last_round(contest)
        ahead = sorted(
            (number for number in votes.values() if number > votes.get(elected[0].name, number)), reverse=True
        )
        # under the supplementary vote the first round settles which two go on; another rule tells of unknown elections
        day = days.get(contest.election)
        supplementary = day is None or measures.supplementary_vote(day, len(contest.candidates))
        if len(ahead) > (supplementary and not has_second_round(contest)):
            yield path, repr(elected[0].name), f"somebody else has more votes, {ahead[0]} ({contest.election})"


def has_second_round(contest: MayorContest) -> bool:
    """Whether the record has votes of a second round."""
    return any(one.second_round is not None for one in contest.candidates)


def last_round(contest: MayorContest) -> dict[str, int]:
    """The votes of whoever was in the round that decided, by name, as far as they are known."""
    second = {one.name: one.second_round for one in contest.candidates if one.second_round is not None}
    return second or {one.name: one.votes for one in contest.candidates if one.votes is not None}

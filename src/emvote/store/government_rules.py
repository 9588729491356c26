"""The rule for governments: they follow general elections.

`emvote.store.rules` names them with the others; each yields key path, offending value, and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterator

from emvote.model import ElectionKind, PartyKind
from emvote.model.record import Record

Finding = tuple[str, str, str]


def governments(record: Record) -> Iterator[Finding]:
    """A government follows a general election; it is of one party, or the note says why none can be named."""
    kinds = {election.id: election.kind for election in record.elections}
    one = {party.id for party in record.parties if party.kind in (PartyKind.NATIONAL, PartyKind.LOCAL)}
    known = {party.id for party in record.parties}
    for i, each in enumerate(record.governments):
        kind = kinds.get(each.election, ElectionKind.GENERAL)
        if kind is not ElectionKind.GENERAL:
            yield (
                f"governments[{i}].election",
                repr(each.election),
                f"expected a general election, not one of kind {kind}",
            )
        if each.party is None and not each.note:
            yield (
                f"governments[{i}].party",
                "",
                "missing: expected the Prime Minister's party, or a note that says why not",
            )
        if each.party in known - one:
            yield f"governments[{i}].party", repr(each.party), "expected a party, not independents or an aggregate"

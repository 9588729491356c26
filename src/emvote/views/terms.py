"""The words of elections that emvote uses, each defined once, in our own words, with its formula and source.

`emvote explain` prints them and `docs/terms.md` is made from them. An example is a question to emvote itself: its
figures are those of the answer, so that no figure is written here.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from emvote.measures import LIBRARY

PARLIAMENT: Final = "UK Parliament election results, data dictionary"
PA: Final = "Press Association, conventions for its results and target lists"


class Term(Struct, frozen=True, kw_only=True):
    """One term."""

    term: str
    definition: str
    also: tuple[str, ...] = ()
    """Other names that may be typed for it."""
    formula: str | None = None
    """`T` is valid votes, `E` the electorate, `v` votes, `s` a share, 1 the earlier and 2 the later election."""
    source: str | None = None
    """Where the definition comes from; `None`: it is a plain word, or emvote's own."""
    command: str | None = None
    """The question whose answer is the example; `None`: nothing on record shows it."""
    working: str | None = None
    """How the name of the working in that answer begins."""
    take: str | None = None
    """Where there is no such working: the path to the figure, as `summary.held.since` or `rows.0.outcome`."""
    inputs: tuple[str, ...] = ()
    """Paths of the figures beside it."""
    see: tuple[str, ...] = ()
    """Terms near it."""


RUSHCLIFFE: Final = "swing Rushcliffe --from 2017 --to 2019 --between lab con"
DERBY_NORTH: Final = "seat 'Derby North' --election 2019"
RESULTS: Final = "results 2019"

TERMS: Final[tuple[Term, ...]] = (
    # --- how votes elect
    Term(
        term="first past the post",
        also=("FPTP", "FPP", "plurality voting", "plurality system", "relative majority", "electoral system"),
        definition="The candidate with the most votes wins the seat, with more than half of them or not. The House of "
        "Commons and the councils of England are elected so; in a ward with several seats those with the most votes "
        "fill them.",
        source="Representation of the People Act 1983, schedule 1",
        command=DERBY_NORTH,
        take="rows.0.majority_votes",
        inputs=("rows.0.winner", "rows.0.valid_votes"),
        see=("majority", "wasted votes", "supplementary vote"),
    ),
    Term(
        term="supplementary vote",
        also=("SV", "second preference", "second preferences", "second round"),
        definition="How mayors, and police and crime commissioners, were elected until 2022: a first and a second "
        "choice. Where nobody had more than half of the first choices, the two ahead were given the second choices of "
        "everybody else's voters.",
        source="Local Government Act 2000, schedule 2; ended by the Elections Act 2022",
        command="mayor mansfield --election 2019",
        take="summary.elections.0.majority_votes",
        inputs=("summary.elections.0.winner", "summary.elections.0.round"),
        see=("first past the post",),
    ),
    # --- votes and turnout
    Term(
        term="valid votes",
        also=("total votes", "T"),
        definition="The ballot papers that count for somebody: all papers less those rejected at the count. Shares, "
        "majorities in per cent and swings are of these.",
        source=PARLIAMENT,
        command=DERBY_NORTH,
        take="rows.0.valid_votes",
        inputs=("rows.0.invalid_votes", "rows.0.electorate"),
        see=("turnout", "share"),
    ),
    Term(
        term="share",
        also=("vote share", "share of the vote", "share_pct"),
        definition="A candidate's or party's part of all valid votes, in per cent.",
        formula="s = 100 · v / T",
        command=DERBY_NORTH,
        take="rows.0.candidates.0.share_pct",
        inputs=("rows.0.candidates.0.votes", "rows.0.valid_votes"),
        see=("change of share", "ward share"),
    ),
    Term(
        term="change of share",
        also=("change", "share_change_pp", "change_pp"),
        definition="How many percentage points of all valid votes a party has gained or lost since the baseline. A "
        "party that did not stand then has none, and neither has an independent; one that continues "
        "another is compared with it.",
        formula="s2 − s1",
        source=PARLIAMENT,
        command=DERBY_NORTH,
        take="rows.0.candidates.0.change_pp",
        inputs=("rows.0.candidates.0.share_pct", "rows.0.previous_election"),
        see=("swing", "baseline"),
    ),
    Term(
        term="turnout",
        also=("valid-vote turnout", "turnout_pct", "participation"),
        definition="Valid votes in per cent of the people registered to vote. Returning officers also count rejected"
        " papers, which gives the slightly higher ballot-box turnout.",
        formula="100 · T / E",
        source="House of Commons Library and UK Parliament election results, data dictionary",
        command=DERBY_NORTH,
        working="turnout",
        see=("ballot-box turnout",),
    ),
    Term(
        term="ballot-box turnout",
        also=("turnout_ballot_pct", "returning officer's turnout"),
        definition="Valid and rejected ballot papers together, in per cent of the people registered to vote; not "
        "known where the number of rejected papers is not published.",
        formula="100 · (T + R) / E, with R the papers rejected at the count",
        source="Electoral Commission; UK Parliament election results, data dictionary",
        command=DERBY_NORTH,
        take="rows.0.turnout_ballot_pct",
        inputs=("rows.0.valid_votes", "rows.0.invalid_votes", "rows.0.electorate"),
        see=("turnout",),
    ),
    Term(
        term="unopposed",
        also=("uncontested", "returned unopposed"),
        definition="Elected without a vote, because there were no more candidates than places. Nobody has votes "
        "then, so there is no share, no majority and no turnout.",
        command="seat Chesterfield --election 1922",
        take="rows.0.winner_party",
        inputs=("rows.0.candidates_known", "rows.0.valid_votes"),
        see=("hold",),
    ),
    # --- winning a seat
    Term(
        term="majority",
        also=("majority_votes", "majority_pct", "lead", "margin", "winning margin", "maj"),
        definition="The winner's votes less those of the runner-up. In per cent it is of valid votes, not of the "
        "electorate.",
        formula="v_first − v_second; 100 · (v_first − v_second) / T",
        source=PARLIAMENT,
        command=DERBY_NORTH,
        working="majority",
        see=("marginal", "swing to win"),
    ),
    Term(
        term="marginal",
        also=("marginal seat", "marginals"),
        definition="A seat whose majority is under 10% of valid votes, so that fewer than five voters in a hundred "
        "who change from the first party to the second decide it. No law says what is marginal.",
        formula="100 · (v_first − v_second) / T < 10",
        source="usage of the BBC and Ipsos",
        command="seats --election 2019 --marginal --sort majority_pct --limit 1",
        take="rows.0.majority_pct",
        inputs=("rows.0.seat", "rows.0.majority_votes", "rows.0.valid_votes"),
        see=("majority", "safe seat", "target"),
    ),
    Term(
        term="safe seat",
        also=("safe", "band", "very safe"),
        definition="A seat with a majority of 20% of valid votes or more; very safe from 50%. The bands from ultra-"
        "marginal to very safe are a convenience: the outer ones are the House of Commons Library's, "
        "those between are emvote's.",
        source="House of Commons Library, 2024 general election: marginality",
        command="seats --election 2019 --sort majority_pct --desc --limit 1",
        take="rows.0.majority_pct",
        inputs=("rows.0.seat", "rows.0.majority_votes"),
        see=("marginal",),
    ),
    Term(
        term="hold",
        also=("held",),
        definition="The party that won the baseline wins again, whoever its candidate is. By-elections and changes "
        "of party in between do not count.",
        source=PARLIAMENT,
        command="seat 'Derby South' --election 2019",
        take="rows.0.outcome",
        inputs=("rows.0.winner_party", "rows.0.previous_party", "rows.0.previous_election"),
        see=("gain", "baseline", "run of wins"),
    ),
    Term(
        term="gain",
        also=("change of hands", "changed hands", "loss"),
        definition="Another party wins than won the baseline; for that other party it is a loss. After a change of "
        "boundaries the baseline is a notional result.",
        source=PARLIAMENT,
        command=DERBY_NORTH,
        take="rows.0.outcome",
        inputs=("rows.0.winner_party", "rows.0.previous_party", "rows.0.previous_election"),
        see=("hold", "notional result", "net seats"),
    ),
    Term(
        term="notional result",
        also=("notional", "notional baseline"),
        definition="An estimate of how a seat on new boundaries would have voted at the election before, made from "
        "ward results. Nobody stood in it; it serves as a baseline only.",
        source="Rallings and Thrasher, with Denver and Whyte, for BBC, ITV, Sky and PA",
        command="seat Loughborough --election 2019-notional",
        take="rows.0.majority_votes",
        inputs=("rows.0.winner_party", "rows.0.valid_votes"),
        see=("baseline", "gain"),
    ),
    Term(
        term="lost deposit",
        also=("deposit", "lost deposits", "deposit_lost", "lost their deposit", "saved deposit"),
        definition="A candidate for Parliament pays £500, and does not get it back with 5% of the valid votes or "
        "less. Votes decide, not the rounded share. The rule dates from October 1985; council elections "
        "have no deposit.",
        formula="20 · v ≤ T",
        source="Representation of the People Act 1985, section 13; Electoral Commission",
        command=RESULTS,
        working="lost deposits",
        see=("share",),
    ),
    Term(
        term="run of wins",
        also=("held since", "streak", "longest hold"),
        definition="General elections that one party has won in a row in a seat. A change of boundaries does not end"
        " it where the record names the seat that continues it; a winner who is not known, a missing "
        "result, a division or a merger do. By-elections are told apart.",
        command="seat 'Derby South'",
        working="general elections won in a row",
        see=("hold", "bellwether", "lineage"),
    ),
    Term(
        term="lineage",
        also=("boundary change", "predecessor", "continues"),
        definition="Which seat of the boundaries before a seat continues: that of its name, or one that was renamed "
        "with most of its electors. It is an assumption, which answers state; shares are never compared "
        "along it.",
        command="bellwethers --since feb1974",
        take="rows.0.lineage",
        see=("notional result", "run of wins"),
    ),
    Term(
        term="bellwether",
        also=("bellwether seat", "bellwethers"),
        definition="A seat won by the party that formed the government at every general election since a year, which"
        " must be said. In a hung Parliament or a coalition the Prime Minister's party counts.",
        formula="winner's party = Prime Minister's party, at each general election",
        source=PA,
        command="bellwethers --since feb1974",
        working="run, Loughborough",
        see=("run of wins", "hung Parliament"),
    ),
    # --- swing
    Term(
        term="swing",
        also=("vote swing", "swingometer"),
        definition="One figure for the movement between two parties from one election to the next. Butler's is meant"
        " unless another is named. The two parties and the direction always belong to it; it says little "
        "where more than two parties compete.",
        formula="((s_B2 − s_B1) − (s_A2 − s_A1)) / 2, from A to B",
        source=LIBRARY,
        command=RUSHCLIFFE,
        working="Butler swing, Rushcliffe",
        see=("Butler swing", "Steed swing", "uniform swing", "swing to win"),
    ),
    Term(
        term="Butler swing",
        also=("conventional swing", "Butler", "butler_pp", "two-party conventional swing"),
        definition="The mean of what party B gained and party A lost, in percentage points of all valid votes. "
        "Positive is from A to B. Both must have stood at both elections.",
        formula="((s_B2 − s_B1) − (s_A2 − s_A1)) / 2",
        source=LIBRARY,
        command=RUSHCLIFFE,
        working="Butler swing, Rushcliffe",
        see=("Steed swing", "mean swing"),
    ),
    Term(
        term="Steed swing",
        also=("two-party swing", "Steed", "steed_pp"),
        definition="The change of party B's part of the votes of A and B alone, in percentage points; all other "
        "votes are left out. It can have the other sign than Butler's.",
        formula="100 · (v_B2 / (v_A2 + v_B2) − v_B1 / (v_A1 + v_B1))",
        source="politicsresources.net, on Michael Steed",
        command=RUSHCLIFFE,
        working="Steed swing, Rushcliffe",
        see=("Butler swing",),
    ),
    Term(
        term="mean swing",
        also=("mean_butler_pp", "average swing"),
        definition="The unweighted mean of the swings of single seats. It is not the swing of the region, which is "
        "worked out from total votes.",
        command="swing --from 2017 --to 2019",
        take="summary.mean_butler_pp",
        inputs=("summary.seats_in_mean", "summary.butler_pp"),
        see=("Butler swing",),
    ),
    Term(
        term="by-election swing",
        also=("by-election",),
        definition="The Butler swing from the general election before to the by-election, between the same two "
        "parties.",
        formula="((s_B2 − s_B1) − (s_A2 − s_A1)) / 2",
        source=LIBRARY,
        command="swing Wellingborough --to 'wellingborough 2024' --from 2019 --between con lab",
        working="Butler swing, Wellingborough",
        see=("Butler swing",),
    ),
    Term(
        term="uniform swing",
        also=("UNS", "uniform national swing", "uniform change"),
        definition="The assumption that every seat changes by the same number of percentage points as the whole. A "
        "share that would fall below nought is set to nought, and the others are made to add up again. It"
        " is arithmetic, not a forecast.",
        formula="s'(party, seat) = s(party, seat) + S'(party) − S(party), S being the share in the whole",
        source="House of Commons Library, SN/SG/3430; UK Polling Report",
        command="project --swing con:lab:5.9 --baseline 2019-notional",
        working="projection of Loughborough",
        see=("proportional swing", "swing to win", "tipping seat"),
    ),
    Term(
        term="proportional swing",
        also=("proportional change", "multiplicative swing"),
        definition="The assumption that each party keeps the same part of its share in every seat, after which "
        "shares are made to add up to 100 again. It never goes below nought.",
        formula="s'(party, seat) = s(party, seat) · S'(party) / S(party), then scaled to 100",
        source="politicalbetting.com, on projections",
        command="project --shares lab=40,con=30 --model proportional --baseline 2019-notional",
        working="projection of Loughborough",
        see=("uniform swing",),
    ),
    Term(
        term="swing to win",
        also=("swing required", "required swing", "swing_pp", "swing needed"),
        definition="The Butler swing from the holder at which a challenger draws level; more wins the seat. By the "
        "Press Association's rule a challenger in third place must pass every other party too, while only"
        " the holder loses.",
        formula="100 · max((v_W − v_C) / 2, max(v_O) − v_C) / T",
        source=PA,
        command="targets lab --election 2019-notional --limit 60",
        working="swing to win Loughborough",
        see=("target", "swing to lose", "majority"),
    ),
    Term(
        term="target",
        also=("target seat", "target list", "targets"),
        definition="A seat that a party does not hold, ranked by the swing it needs there, smallest first. It says "
        "how near a seat is, not what a party has chosen to fight.",
        formula="rank by the swing to win",
        source=PA,
        command="targets lab --election 2019-notional --limit 1",
        take="rows.0.swing_pp",
        inputs=("rows.0.seat", "rows.0.rank", "rows.0.votes_needed"),
        see=("swing to win", "tipping seat"),
    ),
    Term(
        term="swing to lose",
        also=("defence", "vulnerable"),
        definition="How much swing to the second party a holder can bear: half of the majority in per cent.",
        formula="(s_W − s_second) / 2",
        command="targets con --election 2019-notional --defend --limit 1",
        take="rows.0.swing_pp",
        inputs=("rows.0.seat", "rows.0.majority_votes"),
        see=("swing to win", "marginal"),
    ),
    Term(
        term="tipping seat",
        also=("tipping point",),
        definition="The seat that brings a party to a number of seats, when those it does not hold fall in the order"
        " of the swing they need. Its swing is the swing that the number needs.",
        formula="with h seats held, the (K − h)-th target",
        source="UK Polling Report, frequently asked questions",
        command="project --swing con:lab:5.9 --baseline 2019-notional",
        take="summary.tipping.seat",
        inputs=("summary.tipping.party", "summary.tipping.seats_needed", "summary.tipping.swing_pp"),
        see=("target", "uniform swing"),
    ),
    # --- councils
    Term(
        term="control",
        also=("overall control", "council control", "majority control"),
        definition="A party controls a council when it holds more than half of all its seats after the poll, those "
        "not up and those vacant counted in.",
        formula="seats ≥ floor(N / 2) + 1, of N seats",
        source="usage of the BBC",
        command="councils --lost-control --party con --limit 1",
        working="control, Amber Valley",
        see=("no overall control", "vacancies", "administration"),
    ),
    Term(
        term="no overall control",
        also=("NOC", "hung council", "no overall majority", "hung"),
        definition="No one party holds more than half of a council's seats. Exactly half is no control either, "
        "whoever has a casting vote; independents of no party never control together, a local party can.",
        formula="every party: seats ≤ floor(N / 2)",
        source="usage of the BBC",
        command="councils --lost-control --party con --sort council --desc --limit 1",
        take="rows.0.outcome",
        inputs=("rows.0.council", "rows.0.seats_total", "rows.0.seats_needed", "rows.0.seats_after.con"),
        see=("control", "largest party", "administration"),
    ),
    Term(
        term="largest party",
        also=("largest_after", "plurality"),
        definition="The party with most seats on a council, whether it controls it or not; several may be equal.",
        command="councils --control noc --limit 1",
        take="rows.0.largest_after",
        inputs=("rows.0.council", "rows.0.seats_total"),
        see=("no overall control",),
    ),
    Term(
        term="vacancies",
        also=("vacant seats", "vacancy"),
        definition="Seats that nobody holds after a poll, as where a candidate's death put it off. They count in the"
        " size of the council, and so against a majority.",
        formula="seats won = seats up − vacancies among them",
        command="councils --sort vacancies --desc --limit 1",
        take="rows.0.vacancies",
        inputs=("rows.0.council", "rows.0.seats_up", "rows.0.seats_total"),
        see=("control", "seats up"),
    ),
    Term(
        term="seats up",
        also=("seats_up", "seats due"),
        definition="The seats of a council that were due to be filled at an election, with those where no poll was "
        "held that day.",
        command="councils --cycle third --limit 1",
        take="rows.0.seats_up",
        inputs=("rows.0.council", "rows.0.seats_total"),
        see=("electoral cycle", "vacancies"),
    ),
    Term(
        term="electoral cycle",
        also=("cycle", "thirds", "halves", "all-out", "by thirds"),
        definition="How many of its seats a council fills at one election: all every four years, a third in three "
        "years of four, or half every two years.",
        source="Electoral Commission",
        command="councils --cycle third --limit 1",
        take="rows.0.cycle",
        inputs=("rows.0.council", "rows.0.seats_up", "rows.0.seats_total"),
        see=("seats up", "baseline"),
    ),
    Term(
        term="baseline",
        also=("eve of the poll", "eve of poll", "last election"),
        definition="What a result is compared with. For a seat in Parliament it is the general election before, or "
        "its notional result. For a council, control is compared with the eve of the poll as published, "
        "or else with the latest composition on record before it, and seats with the last ordinary election for the "
        "same seats.",
        source="usage of the BBC since 2013; UK Parliament election results",
        command="councils --county lincolnshire --limit 1",
        take="rows.0.control_before",
        inputs=("rows.0.council", "rows.0.baseline_date"),
        see=("notional result", "net seats", "hold"),
    ),
    Term(
        term="net seats",
        also=("net", "seats_net", "net change"),
        definition="Seats won less the baseline's seats, for a party. It can hide gains and losses that cancel out, "
        "so it is never called gains.",
        formula="won − baseline = gains − losses",
        source="usage of the BBC",
        command="councils --lost-control --party con --sort council --desc --limit 4",
        working="net seats",
        see=("gain", "baseline"),
    ),
    Term(
        term="administration",
        also=("minority administration", "coalition", "minority"),
        definition="Who runs a council where no party controls it: a minority, a coalition, or nobody for certain. "
        "It is agreed weeks after a poll, so it is on record or unknown, and never computed.",
        source="Local Government Lawyer; usage of the BBC",
        see=("no overall control",),
    ),
    Term(
        term="ward share",
        also=("ward share methods", "share method", "multi-member ward", "plumping"),
        definition="Where a ward elects several members and voters have as many votes, a party's share depends on "
        "the method: all its votes, the mean of its candidates, or its best candidate. They differ, all "
        "votes favours full slates, and shares by different methods must not be compared.",
        formula="all votes: Σ v_party / Σ v; mean: of v per candidate; best: of the most votes of each party",
        source="US Election Atlas, on multi-seat contests",
        command="wards Rutland --election 2019 --limit 1",
        take="rows.0.votes",
        inputs=("rows.0.ward", "rows.0.candidate", "rows.0.seats_up"),
        see=("share",),
    ),
    Term(
        term="projected national share",
        also=("PNS", "national equivalent vote", "NEV"),
        definition="An estimate of what the whole country would have voted at a round of local elections. It is a "
        "model made from sampled wards and does not follow from sums of votes, so emvote does not compute"
        " it.",
        source="Fisher; Rallings and Thrasher",
        see=("ward share",),
    ),
    # --- a whole election
    Term(
        term="effective number of parties",
        also=("ENP", "ENEP", "ENPP", "enp_votes", "enp_seats", "Laakso-Taagepera"),
        definition="How many parties of equal size would be as divided: 1 where one has everything. It is taken of "
        "votes and of seats; each independent counts as a party.",
        formula="1 / Σ p², p being parts from 0 to 1",
        source="Laakso and Taagepera 1979",
        command=RESULTS,
        working="effective number of parties by votes",
        see=("Gallagher index",),
    ),
    Term(
        term="Gallagher index",
        also=("Gallagher", "least squares index", "LSq", "disproportionality"),
        definition="How far seats stray from votes, large gaps counting most: 0 where each party's share of seats is"
        " its share of votes.",
        formula="√(½ Σ (V − S)²), V and S in per cent of votes and seats",
        source="Gallagher 1991",
        command=RESULTS,
        working="Gallagher",
        see=("Loosemore-Hanby index", "seat-vote gap"),
    ),
    Term(
        term="Loosemore-Hanby index",
        also=("Loosemore-Hanby", "Loosemore Hanby", "loosemore_hanby"),
        definition="The per cent of seats that are with another party than shares of votes would give them to.",
        formula="½ Σ |V − S|",
        source="Loosemore and Hanby 1971",
        command=RESULTS,
        working="Loosemore",
        see=("Gallagher index",),
    ),
    Term(
        term="Pedersen index",
        also=("Pedersen", "volatility", "Pedersen volatility"),
        definition="How much of the vote, net, changed party from one election to the next, from 0 to 100. A party "
        "that continues another is joined with it.",
        formula="½ Σ |s2 − s1|",
        source="Pedersen 1979",
        command=RESULTS,
        working="Pedersen",
        see=("change of share",),
    ),
    Term(
        term="votes per seat",
        also=("votes_per_seat",),
        definition="A party's votes for each seat that it won; there is none where it won no seat.",
        formula="v / seats",
        source="Electoral Reform Society, on the general election of 2019",
        command=RESULTS,
        take="rows.0.votes_per_seat",
        inputs=("rows.0.party", "rows.0.votes", "rows.0.seats"),
        see=("seat-vote gap", "wasted votes"),
    ),
    Term(
        term="seat-vote gap",
        also=("gap", "seat-vote ratio"),
        definition="A party's share of seats less its share of votes, in percentage points.",
        formula="S − V",
        source="Electoral Reform Society",
        command=RESULTS,
        take="rows.0.seat_vote_gap_pp",
        inputs=("rows.0.party", "rows.0.share_pct"),
        see=("votes per seat", "Gallagher index"),
    ),
    Term(
        term="wasted votes",
        also=("unrepresented votes", "surplus votes", "wasted"),
        definition="Votes that elected nobody, in the word of the Electoral Reform Society. Two parts are kept "
        "apart: votes for losing candidates, and what winners had beyond one vote more than the second.",
        formula="unrepresented: Σ v of losers; surplus: Σ (v_first − v_second − 1)",
        source="Electoral Reform Society, on the general election of 2019",
        command=RESULTS,
        working="votes for losing candidates",
        see=("votes per seat",),
    ),
    Term(
        term="hung Parliament",
        also=("hung parliament", "minority government", "hung House"),
        definition="A House of Commons in which no party has more than half of the seats. Who governs is then "
        "agreed: a minority or a coalition.",
        formula="every party: seats ≤ N / 2",
        source="House of Commons Library",
        command="bellwethers --since 2010 --until 2010",
        take="summary.governments.0.form",
        inputs=("summary.governments.0.election", "summary.governments.0.prime_minister"),
        see=("bellwether", "Commons majority"),
    ),
    Term(
        term="Commons majority",
        also=("overall majority", "working majority"),
        definition="How many more seats the largest party has than all others together; at 0 and below nobody has a "
        "majority. The Speaker's seat is no party's here, where others may count it with the party the Speaker left.",
        formula="2 · seats − N, N being all seats: 650",
        source="House of Commons Library",
        command="results 2024 --scope uk",
        working="Commons majority",
        see=("hung Parliament",),
    ),
    Term(
        term="electoral bias",
        also=("bias", "seat difference at equal votes"),
        definition="How many more seats one of two parties would win than the other if a uniform swing made their "
        "votes equal. It means something for a country, little for one region, where it is called the seat "
        "difference at equal votes.",
        formula="seats_A − seats_B, after a swing of 50 · (v_A − v_B) / T points from A to B where both stood",
        source="Johnston, Pattie, Dorling and Rossiter, From Votes to Seats, 2001, after Brookes",
        command="project --equal-votes lab:con --baseline 2019 --scope uk",
        working="electoral bias",
        see=("uniform swing", "Gallagher index"),
    ),
    # --- what is on record
    Term(
        term="aggregate",
        also=("lump", "other", "others"),
        definition="Votes or seats that a source adds up, of small parties and independents it does not tell apart. "
        "A party inside has an unknown part, which is never read as none.",
        see=("flag",),
    ),
    Term(
        term="flag",
        also=("flags", "finding"),
        definition="A mark on a figure that sources dispute, that is missing, or that the dataset reads otherwise "
        "than the source has it, with the evidence in words.",
        see=("aggregate",),
    ),
    Term(
        term="declared",
        also=("undeclared", "declaration"),
        definition="A result that the returning officer has announced. Before that a contest counts in no figure, "
        "and answers say how many of how many have declared.",
        command="councils",
        take="summary.declared",
        inputs=("summary.of",),
        see=("flag",),
    ),
    Term(
        term="verdict",
        also=("confirmed", "approximate", "contradicted", "not checkable"),
        definition="What becomes of a figure that an article states: confirmed where the record has it, approximate "
        "within the tolerance, contradicted otherwise, and not checkable where nothing on record could "
        "show it.",
        see=("flag",),
    ),
)
"""Every term, those of one subject together; `emvote explain` lists them so."""

-- What emvote answers, computed a second time: plain SQL over the tables that `emvote export` writes, without its views
-- and without anything of emvote's own. tests/test_independent.py holds every answer against these queries.
--
-- What stands before the first name is run once; each query after that answers one question for every place and election.

CREATE TEMP TABLE lines AS -- a party, and those that it continues
WITH RECURSIVE line (party, older, depth) AS (
  SELECT id, id, 0 FROM parties
  UNION ALL
  SELECT line.party, p.predecessor, depth + 1 FROM line JOIN parties p ON p.id = older WHERE p.predecessor IS NOT NULL
)
SELECT * FROM line;
CREATE INDEX temp.lines_by_party ON lines (party, depth);

CREATE TEMP TABLE kinds AS -- which ids stand for one party
SELECT id AS party, kind IN ('national', 'local') AS is_party, kind, abbreviation, ROW_NUMBER() OVER (ORDER BY rowid) AS place
FROM parties;

CREATE TEMP TABLE fought AS -- declared results
SELECT c.election, c.seat, c.electorate, c.valid_votes AS valid, c.invalid_votes AS invalid, c.members, c.unopposed,
  c.returned, c.winner_unknown, e.kind, e.date, e.previous, s.name, s.region,
  d.value IN ('United Kingdom', s.region) AS inside
FROM contests c JOIN elections e ON e.id = c.election JOIN seats s ON s.id = c.seat
JOIN dataset d ON d.key = 'region'
WHERE c.declared;
CREATE INDEX temp.fought_by_contest ON fought (election, seat);

CREATE TEMP TABLE entries AS -- candidates, or the parties whose candidates are not known
SELECT ROW_NUMBER() OVER () AS id, x.*, k.is_party, x.candidate IS NOT NULL OR k.is_party OR x.party = 'spk' AS alone,
  0 AS single
FROM (
  SELECT election, seat, candidate, party, key, votes, elected, position FROM candidacies
  UNION ALL
  SELECT election, seat, NULL, party, party, votes, NULL, position FROM tallies
) x JOIN kinds k USING (party);
CREATE INDEX temp.entries_by_contest ON entries (election, seat);

UPDATE entries SET single = alone OR EXISTS ( -- or the published majority is over these votes, counted together
  SELECT * FROM contests c WHERE c.election = entries.election AND c.seat = entries.seat AND c.majority = (
    SELECT MAX(e.votes) FROM entries e WHERE e.election = c.election AND e.seat = c.seat AND e.alone
  ) - entries.votes
);

CREATE TEMP TABLE winners AS
WITH ranked AS (
  SELECT *, RANK() OVER (PARTITION BY election, seat ORDER BY votes DESC) AS place,
    COUNT(*) OVER (PARTITION BY election, seat, votes) AS level
  FROM entries
)
SELECT f.election, f.seat, e.id AS entry, e.candidate, e.votes,
  CASE WHEN f.winner_unknown IS NULL AND f.members = 1 THEN CASE WHEN f.unopposed THEN f.returned ELSE e.party END END
    AS party
FROM fought f
LEFT JOIN ranked e ON e.election = f.election AND e.seat = f.seat AND f.winner_unknown IS NULL AND f.members = 1
  AND (e.elected OR (e.candidate IS NULL AND e.alone AND e.place = 1 AND e.level = 1));
CREATE INDEX temp.winners_by_contest ON winners (election, seat);

CREATE TEMP TABLE seconds AS -- whoever is second; where several tie, how many
SELECT w.election, w.seat, COUNT(*) AS number, x.votes, MIN(x.candidate) AS candidate, MIN(x.party) AS party,
  MIN(x.is_party) AS is_party, MIN(x.single) AS told
FROM winners w
JOIN (
  SELECT e.*, RANK() OVER (PARTITION BY e.election, e.seat ORDER BY e.votes DESC) AS place
  FROM entries e JOIN winners v ON v.election = e.election AND v.seat = e.seat AND v.entry <> e.id
) x ON x.election = w.election AND x.seat = w.seat AND x.place = 1
GROUP BY w.election, w.seat;
CREATE INDEX temp.seconds_by_contest ON seconds (election, seat);

CREATE TEMP TABLE polled AS -- votes by party where votes are known
SELECT e.election, e.seat, e.party, SUM(e.votes) AS votes, MIN(e.is_party) AS is_party
FROM entries e JOIN fought f USING (election, seat)
WHERE f.valid IS NOT NULL AND (e.candidate IS NOT NULL OR e.votes > 0) -- an estimate of no vote: did not stand
GROUP BY e.election, e.seat, e.party;
CREATE INDEX temp.polled_by_contest ON polled (election, seat, party);

CREATE TEMP TABLE before AS -- votes of a party at the baseline of a contest: its own, else those of one it continues
SELECT f.election, f.seat, n.party, b.votes, g.valid, MIN(l.depth) AS depth
FROM fought f
JOIN fought g ON g.election = f.previous AND g.seat = f.seat
JOIN polled n ON n.election = f.election AND n.seat = f.seat AND n.is_party
JOIN lines l ON l.party = n.party
JOIN polled b ON b.election = g.election AND b.seat = g.seat AND b.party = l.older
GROUP BY f.election, f.seat, n.party;
CREATE INDEX temp.before_by_contest ON before (election, seat, party);

CREATE TEMP TABLE pairs AS -- elections on the same boundaries
SELECT a.id AS earlier, b.id AS later
FROM elections a JOIN elections b ON a.boundaries = b.boundaries AND a.date < b.date
WHERE a.kind IN ('general', 'notional') AND b.kind IN ('general', 'notional');

CREATE TEMP TABLE both_ends AS -- the region's seats that have both
SELECT p.earlier, p.later, f.seat, f.name, f.valid AS valid_1, g.valid AS valid_2, f.electorate AS electorate_1,
  g.electorate AS electorate_2, v.party AS winner_1, w.party AS winner_2
FROM pairs p
JOIN fought f ON f.election = p.earlier
JOIN fought g ON g.election = p.later AND g.seat = f.seat AND g.inside
JOIN winners v ON v.election = f.election AND v.seat = f.seat
JOIN winners w ON w.election = g.election AND w.seat = g.seat;

CREATE TEMP TABLE sides AS -- votes by party at both ends, of a seat and of the region
WITH each AS (
  SELECT b.earlier, b.later, b.seat AS place, 1 AS side, p.party, p.votes, p.is_party
  FROM both_ends b JOIN polled p ON p.election = b.earlier AND p.seat = b.seat
  UNION ALL
  SELECT b.earlier, b.later, b.seat, 2, p.party, p.votes, p.is_party
  FROM both_ends b JOIN polled p ON p.election = b.later AND p.seat = b.seat
)
SELECT * FROM each
UNION ALL
SELECT earlier, later, 'region', side, party, SUM(votes), is_party FROM each GROUP BY earlier, later, side, party;
CREATE INDEX temp.sides_by_place ON sides (earlier, later, place, side, party);

CREATE TEMP TABLE wholes AS
SELECT earlier, later, seat AS place, valid_1, valid_2,
  EXISTS (SELECT * FROM entries e WHERE e.election IN (earlier, later) AND e.seat = b.seat AND e.party = 'spk') AS speaker
FROM both_ends b
UNION ALL
SELECT earlier, later, 'region', SUM(valid_1), SUM(valid_2), 0 FROM both_ends GROUP BY earlier, later;

CREATE TEMP TABLE generals AS
SELECT id AS election, date, ROW_NUMBER() OVER (ORDER BY date) AS number FROM elections WHERE kind = 'general';

CREATE TEMP TABLE wins AS -- every general election in the line of a seat and its predecessors
WITH RECURSIVE line (last, seat) AS (
  SELECT id, id FROM seats
  UNION ALL
  SELECT line.last, s.predecessor FROM line JOIN seats s ON s.id = line.seat WHERE s.predecessor IS NOT NULL
)
SELECT line.last, line.seat, g.election, g.date, g.number, w.party,
  ROW_NUMBER() OVER (PARTITION BY line.last ORDER BY g.date DESC) AS back
FROM line JOIN winners w ON w.seat = line.seat JOIN generals g ON g.election = w.election;

CREATE TEMP TABLE runs AS -- general elections in a row, won by one party or those that it continues
WITH steps AS (
  SELECT n.*, n.party IS NULL OR l.last IS NULL OR l.party IS NULL OR l.number <> n.number + 1
    OR n.party NOT IN (SELECT older FROM lines WHERE lines.party = l.party) AS begins
  FROM wins n LEFT JOIN wins l ON l.last = n.last AND l.back = n.back - 1
), islands AS (
  SELECT *, SUM(begins) OVER (PARTITION BY last ORDER BY back) AS run FROM steps
)
SELECT last, run, MIN(back) AS back, COUNT(*) AS elections, MIN(date) AS since, MAX(date) AS until,
  MIN(number) AS first_number, MAX(number) AS last_number,
  MAX(CASE WHEN begins THEN party END) AS party
FROM islands GROUP BY last, run;

-- name: seat
SELECT f.election, f.seat, w.candidate, w.party, w.votes,
  CASE WHEN s.number = 1 AND s.told THEN s.candidate END, CASE WHEN s.number = 1 AND s.told THEN s.party END,
  CASE WHEN s.told THEN w.votes - s.votes END, CASE WHEN s.told THEN 100.0 * (w.votes - s.votes) / f.valid END,
  100.0 * f.valid / f.electorate, 100.0 * (f.valid + f.invalid) / f.electorate,
  v.party,
  CASE
    WHEN w.party IS NULL OR f.kind = 'notional' THEN NULL
    WHEN g.seat IS NULL THEN 'new'
    WHEN v.party IS NULL THEN NULL
    WHEN v.party IN (SELECT older FROM lines WHERE party = w.party) THEN 'hold'
    ELSE 'gain'
  END AS change,
  CASE
    WHEN w.party IS NULL OR f.kind = 'notional' THEN NULL
    WHEN g.seat IS NULL OR v.party IS NULL THEN k.abbreviation || ' win'
    WHEN v.party IN (SELECT older FROM lines WHERE party = w.party) THEN k.abbreviation || ' hold'
    ELSE k.abbreviation || ' gain from ' || o.abbreviation
  END AS outcome,
  CASE WHEN x.party IS NOT NULL AND y.party IS NOT NULL THEN s.party || ' to ' || w.party END AS pair,
  50 * ((1.0 * p.votes / f.valid - 1.0 * x.votes / x.valid) - (1.0 * q.votes / f.valid - 1.0 * y.votes / y.valid)),
  100 * (1.0 * p.votes / (p.votes + q.votes) - 1.0 * x.votes / (x.votes + y.votes))
FROM fought f
JOIN winners w USING (election, seat)
LEFT JOIN kinds k ON k.party = w.party
LEFT JOIN seconds s USING (election, seat)
LEFT JOIN fought g ON g.election = f.previous AND g.seat = f.seat
LEFT JOIN winners v ON v.election = g.election AND v.seat = g.seat
LEFT JOIN kinds o ON o.party = v.party
LEFT JOIN polled p ON p.election = f.election AND p.seat = f.seat AND p.party = w.party AND p.is_party
  AND s.number = 1 AND s.is_party AND NOT g.unopposed
  AND NOT EXISTS (SELECT * FROM entries e
    WHERE e.seat = f.seat AND e.election IN (f.election, g.election) AND e.party = 'spk')
LEFT JOIN polled q ON q.election = f.election AND q.seat = f.seat AND q.party = s.party AND p.party IS NOT NULL
LEFT JOIN before x ON x.election = f.election AND x.seat = f.seat AND x.party = p.party
LEFT JOIN before y ON y.election = f.election AND y.seat = f.seat AND y.party = q.party AND x.party IS NOT NULL;

-- name: standings
SELECT f.election, f.seat, e.key, e.candidate, e.votes,
  ROW_NUMBER() OVER (PARTITION BY e.election, e.seat, e.key, e.candidate, e.votes), -- lumps of one size
  100.0 * e.votes / f.valid,
  CASE WHEN e.is_party THEN 100.0 * e.votes / f.valid - 100.0 * b.votes / b.valid END,
  e.elected,
  CASE WHEN e.candidate IS NOT NULL AND f.kind IN ('general', 'by-election') AND f.date >= '1985-10-01'
    THEN 20 * e.votes <= f.valid END
FROM fought f
JOIN entries e USING (election, seat)
LEFT JOIN before b ON b.election = e.election AND b.seat = e.seat AND b.party = e.party;

-- name: bands
SELECT f.election, f.seat, CASE
  WHEN 50 * (w.votes - s.votes) < f.valid THEN 'ultra-marginal'
  WHEN 20 * (w.votes - s.votes) < f.valid THEN 'very marginal'
  WHEN 10 * (w.votes - s.votes) < f.valid THEN 'marginal'
  WHEN 5 * (w.votes - s.votes) < f.valid THEN 'fairly safe'
  WHEN 2 * (w.votes - s.votes) < f.valid THEN 'safe'
  ELSE 'very safe'
END
FROM fought f JOIN winners w USING (election, seat) JOIN seconds s USING (election, seat)
WHERE s.told AND w.votes IS NOT NULL AND f.valid;

-- name: held
SELECT r.last, r.party, r.since, r.elections,
  r.back + r.elections > (SELECT MAX(back) FROM wins w WHERE w.last = r.last) AS from_start,
  CASE WHEN o.party IS NOT NULL AND o.last_number = r.first_number - 1 THEN o.party END AS before,
  (SELECT GROUP_CONCAT(found.election || ' ' || COALESCE(found.party, ''), '; ') FROM (
    SELECT DISTINCT f.election, v.party, f.date FROM fought f JOIN winners v USING (election, seat)
    WHERE f.kind = 'by-election' AND f.date > r.since
      AND f.seat IN (WITH RECURSIVE line (seat) AS (
        SELECT r.last UNION SELECT s.predecessor FROM line JOIN seats s ON s.id = line.seat
      ) SELECT seat FROM line)
    ORDER BY f.date
  ) found) AS by_elections
FROM runs r LEFT JOIN runs o ON o.last = r.last AND o.run = r.run + 1
WHERE r.back = 1 AND r.party IS NOT NULL;

-- name: longest
SELECT last, party, since, until, elections, back = 1,
  back + elections > (SELECT MAX(back) FROM wins w WHERE w.last = ranked.last)
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY last ORDER BY elections DESC, back) AS place
  FROM runs WHERE party IS NOT NULL
) ranked
WHERE place = 1;

-- name: bellwethers
WITH due AS (
  SELECT u.election AS until, f.seat, g.date, u.number - g.number + 1 AS back,
    w.party IS NOT NULL AND v.party IS NOT NULL AS known, w.party = v.party AS hit
  FROM generals u
  JOIN fought f ON f.election = u.election AND f.inside
  JOIN generals g ON g.number <= u.number
  LEFT JOIN wins w ON w.last = f.seat AND w.election = g.election
  LEFT JOIN governments v ON v.election = g.election
), counted AS (
  SELECT *, SUM(NOT known) OVER way AS unknown, SUM(known AND NOT hit) OVER way AS misses
  FROM due WINDOW way AS (PARTITION BY until, seat ORDER BY back)
)
SELECT until, seat, COALESCE(MAX(CASE WHEN hit AND unknown = 0 AND misses <= :misses THEN back END), 0),
  MIN(CASE WHEN hit AND unknown = 0 AND misses <= :misses THEN date END)
FROM counted GROUP BY until, seat;

-- name: swings
WITH ranked AS (
  SELECT s.earlier, s.later, s.party,
    ROW_NUMBER() OVER (PARTITION BY s.earlier, s.later ORDER BY s.votes DESC, k.place) AS rank
  FROM sides s JOIN kinds k USING (party)
  WHERE s.place = 'region' AND s.side = 2 AND s.is_party
), asked AS (
  SELECT x.earlier, x.later, x.party AS a, y.party AS b FROM ranked x JOIN ranked y USING (earlier, later)
  WHERE x.rank = 1 AND y.rank = 2
), numbers AS (
  SELECT w.*, q.a, q.b,
    (SELECT s.votes FROM lines l JOIN sides s ON s.party = l.older AND s.earlier = w.earlier AND s.later = w.later
     AND s.place = w.place AND s.side = 1 WHERE l.party = q.a ORDER BY l.depth LIMIT 1) AS a_1,
    (SELECT s.votes FROM lines l JOIN sides s ON s.party = l.older AND s.earlier = w.earlier AND s.later = w.later
     AND s.place = w.place AND s.side = 2 WHERE l.party = q.a ORDER BY l.depth LIMIT 1) AS a_2,
    (SELECT s.votes FROM lines l JOIN sides s ON s.party = l.older AND s.earlier = w.earlier AND s.later = w.later
     AND s.place = w.place AND s.side = 1 WHERE l.party = q.b ORDER BY l.depth LIMIT 1) AS b_1,
    (SELECT s.votes FROM lines l JOIN sides s ON s.party = l.older AND s.earlier = w.earlier AND s.later = w.later
     AND s.place = w.place AND s.side = 2 WHERE l.party = q.b ORDER BY l.depth LIMIT 1) AS b_2
  FROM wholes w JOIN asked q USING (earlier, later)
)
SELECT earlier, later, place, a, b,
  CASE WHEN NOT speaker THEN
    50 * ((1.0 * b_2 / valid_2 - 1.0 * b_1 / valid_1) - (1.0 * a_2 / valid_2 - 1.0 * a_1 / valid_1)) END,
  CASE WHEN NOT speaker AND a_1 + a_2 IS NOT NULL AND b_1 + b_2 IS NOT NULL THEN
    100 * (1.0 * b_2 / (a_2 + b_2) - 1.0 * b_1 / (a_1 + b_1)) END,
  100.0 * a_2 / valid_2 - 100.0 * a_1 / valid_1,
  100.0 * b_2 / valid_2 - 100.0 * b_1 / valid_1
FROM numbers;

-- name: compared
WITH parties AS (
  SELECT DISTINCT s.earlier, s.later, s.party, s.is_party FROM sides s WHERE s.place = 'region'
), held AS (
  SELECT p.*, x.votes AS votes_1, y.votes AS votes_2
  FROM parties p
  LEFT JOIN sides x ON x.earlier = p.earlier AND x.later = p.later AND x.place = 'region' AND x.side = 1 AND x.party = p.party
  LEFT JOIN sides y ON y.earlier = p.earlier AND y.later = p.later AND y.place = 'region' AND y.side = 2 AND y.party = p.party
), joined AS ( -- a party that stood only later, and the one it continues, which stood only earlier
  SELECT h.earlier, h.later, h.party, o.party AS older, o.votes_1, MIN(l.depth)
  FROM held h JOIN lines l ON l.party = h.party AND l.depth > 0
  JOIN held o ON o.earlier = h.earlier AND o.later = h.later AND o.party = l.older AND o.votes_1 IS NOT NULL
  WHERE h.votes_1 IS NULL
  GROUP BY h.earlier, h.later, h.party
  HAVING o.votes_2 IS NULL
), seats_won AS (
  SELECT earlier, later, 1 AS side, winner_1 AS party, COUNT(*) AS number FROM both_ends GROUP BY earlier, later, winner_1
  UNION ALL
  SELECT earlier, later, 2, winner_2, COUNT(*) FROM both_ends GROUP BY earlier, later, winner_2
), rows_of AS (
  SELECT h.earlier, h.later, h.party, h.is_party, h.votes_2, j.older, COALESCE(j.older, h.party) AS then_party,
    COALESCE(j.votes_1, h.votes_1) AS votes_1
  FROM held h LEFT JOIN joined j USING (earlier, later, party)
  WHERE NOT EXISTS (SELECT * FROM joined n WHERE n.earlier = h.earlier AND n.later = h.later AND n.older = h.party)
)
SELECT r.earlier, r.later, r.party,
  CASE WHEN u.number IS NULL OR r.is_party OR r.party = 'spk' THEN COALESCE(x.number, 0) END,
  CASE WHEN v.number IS NULL OR r.is_party OR r.party = 'spk' THEN COALESCE(y.number, 0) END,
  r.votes_1, r.votes_2, 100.0 * r.votes_1 / w.valid_1, 100.0 * r.votes_2 / w.valid_2,
  CASE WHEN r.is_party THEN 100.0 * r.votes_2 / w.valid_2 - 100.0 * r.votes_1 / w.valid_1 END
FROM rows_of r
JOIN wholes w ON w.earlier = r.earlier AND w.later = r.later AND w.place = 'region'
LEFT JOIN seats_won x ON x.earlier = r.earlier AND x.later = r.later AND x.side = 1 AND x.party = r.then_party
LEFT JOIN seats_won y ON y.earlier = r.earlier AND y.later = r.later AND y.side = 2 AND y.party = r.party
LEFT JOIN seats_won u ON u.earlier = r.earlier AND u.later = r.later AND u.side = 1 AND u.party IS NULL
LEFT JOIN seats_won v ON v.earlier = r.earlier AND v.later = r.later AND v.side = 2 AND v.party IS NULL;

-- name: compared wholes
SELECT earlier, later, COUNT(*),
  SUM(winner_1 IS NOT NULL AND winner_2 IS NOT NULL
    AND winner_1 NOT IN (SELECT older FROM lines WHERE party = winner_2)),
  100.0 * SUM(CASE WHEN electorate_1 IS NOT NULL THEN valid_1 END)
    / SUM(CASE WHEN valid_1 IS NOT NULL THEN electorate_1 END),
  100.0 * SUM(CASE WHEN electorate_2 IS NOT NULL THEN valid_2 END)
    / SUM(CASE WHEN valid_2 IS NOT NULL THEN electorate_2 END)
FROM both_ends GROUP BY earlier, later;

-- name: series
WITH shown AS (
  SELECT id, date, boundaries, LAG(id) OVER (ORDER BY date) AS last_id, LAG(boundaries) OVER (ORDER BY date) AS last_boundaries,
    LAG(date) OVER (ORDER BY date) AS last_date
  FROM elections WHERE kind = 'general'
)
SELECT s.id, p.party,
  CASE WHEN s.boundaries = s.last_boundaries THEN s.last_id
    ELSE (SELECT n.id FROM elections n WHERE n.kind = 'notional' AND n.date = s.last_date AND n.boundaries = s.boundaries)
  END,
  CASE WHEN p.is_party OR p.party = 'spk' OR NOT EXISTS (SELECT * FROM fought f JOIN winners w USING (election, seat)
      WHERE f.election = s.id AND f.inside AND w.party IS NULL) THEN
    (SELECT COUNT(*) FROM fought f JOIN winners w USING (election, seat)
      WHERE f.election = s.id AND f.inside AND w.party = p.party) END,
  SUM(p.votes), 100.0 * SUM(p.votes) / (SELECT SUM(valid) FROM fought f WHERE f.election = s.id AND f.inside)
FROM shown s JOIN fought f ON f.election = s.id AND f.inside JOIN polled p ON p.election = f.election AND p.seat = f.seat
GROUP BY s.id, p.party;

-- name: areas
WITH inside AS ( -- places and their seats, the region itself among them
  SELECT 'county:' || county AS area, seat FROM seat_counties
  UNION ALL SELECT 'region:' || region, id FROM seats
), here AS (
  SELECT i.area, f.*, g.valid AS valid_1, g.seat IS NOT NULL AS both
  FROM inside i JOIN fought f USING (seat) LEFT JOIN fought g ON g.election = f.previous AND g.seat = f.seat
  WHERE f.kind IN ('general', 'notional')
), sums AS (
  SELECT area, election, previous, COUNT(*) AS seats, SUM(valid) AS valid, SUM(CASE WHEN both THEN valid END) AS valid_2,
    SUM(valid_1) AS valid_1, CASE WHEN COUNT(*) = COUNT(electorate) THEN SUM(electorate) END AS electorate,
    100.0 * SUM(CASE WHEN electorate IS NOT NULL THEN valid END)
      / SUM(CASE WHEN valid IS NOT NULL THEN electorate END) AS turnout
  FROM here GROUP BY area, election
), now AS (
  SELECT h.area, h.election, p.party, p.is_party, SUM(p.votes) AS votes, SUM(CASE WHEN both THEN p.votes END) AS votes_2
  FROM here h JOIN polled p USING (election, seat) GROUP BY h.area, h.election, p.party
), then_ AS (
  SELECT h.area, h.election, p.party, SUM(p.votes) AS votes
  FROM here h JOIN polled p ON p.election = h.previous AND p.seat = h.seat GROUP BY h.area, h.election, p.party
)
SELECT n.area, n.election, n.party, s.electorate, s.turnout, 100.0 * n.votes / s.valid,
  CASE WHEN n.is_party THEN 100.0 * n.votes_2 / s.valid_2 - 100.0 * (
    SELECT t.votes FROM lines l JOIN then_ t ON t.party = l.older AND t.area = n.area AND t.election = n.election
    WHERE l.party = n.party ORDER BY l.depth LIMIT 1) / s.valid_1 END
FROM now n JOIN sums s USING (area, election);

-- name: results
WITH here AS (
  SELECT f.*, g.seat IS NOT NULL AS both, g.valid AS valid_1, w.party AS winner, v.party AS loser,
    w.party IS NULL OR (g.seat IS NOT NULL AND v.party IS NULL) AS untold
  FROM fought f JOIN winners w USING (election, seat)
  LEFT JOIN fought g ON g.election = f.previous AND g.seat = f.seat
  LEFT JOIN winners v ON v.election = g.election AND v.seat = g.seat
  WHERE f.inside
), wholes_of AS (
  SELECT election, kind, date, SUM(valid) AS valid, SUM(members) AS seats, SUM(CASE WHEN both THEN valid END) AS valid_2,
    SUM(valid_1) AS valid_1, MAX(untold) AS untold, MAX(winner IS NULL) AS unknown, MAX(both) AS compared,
    MIN(EXISTS (SELECT * FROM candidacies c WHERE c.election = h.election AND c.seat = h.seat)) AS named
  FROM here h GROUP BY election
), stood AS (
  SELECT e.election, e.party, e.is_party, COUNT(*) AS candidates,
    SUM(CASE WHEN h.valid IS NOT NULL THEN e.votes END) AS votes,
    SUM(CASE WHEN h.both AND h.valid IS NOT NULL THEN e.votes END) AS votes_2, SUM(20 * e.votes <= h.valid) AS lost
  FROM entries e JOIN here h USING (election, seat) GROUP BY e.election, e.party
), then_ AS (
  SELECT h.election, p.party, SUM(p.votes) AS votes
  FROM here h JOIN polled p ON p.election = h.previous AND p.seat = h.seat GROUP BY h.election, p.party
), continued AS (
  SELECT s.election, s.party, t.party AS older, MIN(l.depth)
  FROM stood s JOIN lines l ON l.party = s.party AND l.depth > 0
  JOIN then_ t ON t.election = s.election AND t.party = l.older
  WHERE NOT EXISTS (SELECT * FROM then_ x WHERE x.election = s.election AND x.party = s.party)
  GROUP BY s.election, s.party
  HAVING NOT EXISTS (SELECT * FROM stood x WHERE x.election = s.election AND x.party = t.party)
), moves AS (
  SELECT *, both AND loser NOT IN (SELECT older FROM lines WHERE party = h.winner) AS moved FROM here h
), every AS (
  SELECT election, party FROM stood
  UNION SELECT election, winner FROM here WHERE winner IS NOT NULL
  UNION SELECT election, loser FROM here WHERE both AND loser IS NOT NULL
    AND NOT EXISTS (SELECT * FROM continued c WHERE c.election = here.election AND c.older = here.loser)
)
SELECT e.election, e.party,
  CASE WHEN NOT w.unknown THEN (SELECT COUNT(*) FROM here h WHERE h.election = e.election AND h.winner = e.party) END,
  CASE WHEN w.compared AND NOT w.untold AND w.kind <> 'notional' THEN
    (SELECT COUNT(*) FROM moves m WHERE m.election = e.election AND m.moved AND m.winner = e.party) END,
  CASE WHEN w.compared AND NOT w.untold AND w.kind <> 'notional' THEN
    (SELECT COUNT(*) FROM moves m WHERE m.election = e.election AND m.moved AND m.loser IN (e.party, c.older)) END,
  s.votes, 100.0 * s.votes / w.valid,
  CASE WHEN s.is_party THEN 100.0 * s.votes_2 / w.valid_2 - 100.0 * t.votes / w.valid_1 END,
  CASE WHEN w.named AND w.kind <> 'notional' THEN COALESCE(s.candidates, 0) END,
  CASE WHEN w.named AND w.kind <> 'notional' AND w.date >= '1985-10-01' THEN COALESCE(s.lost, 0) END,
  w.unknown, w.untold
FROM every e
JOIN wholes_of w USING (election)
LEFT JOIN stood s ON s.election = e.election AND s.party = e.party
LEFT JOIN continued c ON c.election = e.election AND c.party = e.party
LEFT JOIN then_ t ON t.election = e.election AND t.party = COALESCE(c.older, e.party);

-- name: scoreboards
WITH here AS (
  SELECT f.*, w.party AS winner, w.entry, w.votes AS most, w.votes - s.votes AS majority, COALESCE(s.told, 0) AS told
  FROM fought f JOIN winners w USING (election, seat) LEFT JOIN seconds s USING (election, seat) WHERE f.inside
), alone AS ( -- every contender by itself: a party wherever it stands, an independent in one seat
  SELECT e.election, CASE WHEN e.party = 'ind' THEN e.seat || ' ' || e.candidate ELSE e.party END AS who,
    SUM(e.votes) AS votes, SUM(e.id = h.entry) AS seats
  FROM entries e JOIN here h USING (election, seat) GROUP BY 1, 2
), known AS (
  SELECT h.election, MAX(h.winner IS NULL) AS unknown, MAX(h.valid IS NULL AND NOT h.unopposed) AS uncounted,
    MAX(h.unopposed) AS unopposed,
    MAX(EXISTS (SELECT * FROM entries e WHERE e.election = h.election AND e.seat = h.seat AND NOT e.alone AND e.votes > 0))
      AS lumped,
    MAX(EXISTS (SELECT * FROM entries e
      WHERE e.election = h.election AND e.seat = h.seat AND e.votes > 0 AND e.party = 'other')) AS others
  FROM here h GROUP BY h.election
), sums AS (SELECT election, SUM(votes) AS votes, SUM(seats) AS seats FROM alone GROUP BY election)
SELECT k.election,
  CASE WHEN NOT k.lumped AND NOT k.others AND NOT k.uncounted THEN
    (SELECT 1 / SUM((1.0 * a.votes / s.votes) * (1.0 * a.votes / s.votes)) FROM alone a WHERE a.election = k.election) END,
  CASE WHEN NOT k.unknown AND NOT k.unopposed THEN
    (SELECT 1 / SUM((1.0 * a.seats / s.seats) * (1.0 * a.seats / s.seats)) FROM alone a WHERE a.election = k.election) END,
  CASE WHEN NOT k.lumped AND NOT k.others AND NOT k.uncounted AND NOT k.unknown AND NOT k.unopposed THEN (
    SELECT SQRT(SUM((100.0 * a.votes / s.votes - 100.0 * a.seats / s.seats)
      * (100.0 * a.votes / s.votes - 100.0 * a.seats / s.seats)) / 2) FROM alone a WHERE a.election = k.election) END,
  CASE WHEN NOT k.others AND NOT k.uncounted AND NOT k.unknown AND NOT k.unopposed THEN (
    SELECT SUM(ABS(100.0 * a.votes / s.votes - 100.0 * a.seats / s.seats)) / 2 FROM alone a WHERE a.election = k.election)
  END,
  CASE WHEN SUM(h.valid IS NOT NULL AND h.most IS NULL) = 0 THEN SUM(h.valid - h.most) END,
  CASE WHEN SUM(h.valid IS NOT NULL AND (h.most IS NULL OR NOT h.told)) = 0 THEN SUM(MAX(h.majority - 1, 0)) END,
  100.0 * SUM(CASE WHEN h.electorate IS NOT NULL THEN h.valid END)
    / SUM(CASE WHEN h.valid IS NOT NULL THEN h.electorate END),
  CASE WHEN SUM(h.valid IS NOT NULL AND h.electorate IS NOT NULL AND h.invalid IS NULL) = 0 THEN
    100.0 * SUM(CASE WHEN h.electorate IS NOT NULL THEN h.valid + h.invalid END)
      / SUM(CASE WHEN h.valid IS NOT NULL THEN h.electorate END) END,
  k.unopposed
FROM known k JOIN here h USING (election) JOIN sums s USING (election)
GROUP BY k.election;

-- name: volatility
WITH ends AS (
  SELECT f.election, f.seat, g.election AS previous FROM fought f JOIN fought g ON g.election = f.previous AND g.seat = f.seat
  WHERE f.inside AND f.valid IS NOT NULL AND g.valid IS NOT NULL
), now AS (
  SELECT n.election, CASE WHEN e.party = 'ind' THEN n.seat || ' ' || e.candidate ELSE e.party END AS who, e.party,
    SUM(e.votes) AS votes
  FROM ends n JOIN entries e USING (election, seat) GROUP BY 1, 2
), then_ AS (
  SELECT n.election, CASE WHEN e.party = 'ind' THEN n.seat || ' ' || e.candidate ELSE e.party END AS who, e.party,
    SUM(e.votes) AS votes
  FROM ends n JOIN entries e ON e.election = n.previous AND e.seat = n.seat GROUP BY 1, 2
), matched AS (
  SELECT n.election, n.who, n.votes, COALESCE((
      SELECT t.who FROM lines l JOIN then_ t ON t.election = n.election AND t.who = l.older
      WHERE l.party = n.who
        AND (l.depth = 0 OR NOT EXISTS (SELECT * FROM now x WHERE x.election = n.election AND x.who = l.older))
      ORDER BY l.depth LIMIT 1), n.who) AS was
  FROM now n
), sums AS (
  SELECT election, (SELECT SUM(votes) FROM now x WHERE x.election = n.election) AS all_2,
    (SELECT SUM(votes) FROM then_ x WHERE x.election = n.election) AS all_1
  FROM now n GROUP BY election
)
SELECT s.election, 50 * (
  SELECT SUM(ABS(1.0 * m.votes / s.all_2 - 1.0 * COALESCE(t.votes, 0) / s.all_1))
  FROM matched m LEFT JOIN then_ t ON t.election = m.election AND t.who = m.was WHERE m.election = s.election
) + 50 * COALESCE((
  SELECT SUM(1.0 * t.votes / s.all_1) FROM then_ t WHERE t.election = s.election
    AND NOT EXISTS (SELECT * FROM matched m WHERE m.election = t.election AND m.was = t.who)
), 0)
FROM sums s
WHERE NOT EXISTS (SELECT * FROM ends n JOIN entries e ON e.election IN (n.election, n.previous) AND e.seat = n.seat
  WHERE n.election = s.election AND (NOT e.alone OR e.party = 'other') AND e.votes > 0);

-- name: targets
WITH asked (party) AS (VALUES ('con'), ('lab'), ('ld'), ('green'), ('ukip'), ('reform'), ('liberal'), ('snp')),
chances AS (
  SELECT q.party, f.election, f.seat, w.party AS holder, c.votes AS mine, w.votes AS most, f.valid,
    (SELECT MAX(e.votes) FROM entries e WHERE e.election = f.election AND e.seat = f.seat AND e.id NOT IN (w.entry, c.id)
    ) AS other,
    (SELECT e.single OR 2 * (e.votes - c.votes) <= w.votes - c.votes FROM entries e WHERE e.election = f.election
     AND e.seat = f.seat AND e.id NOT IN (w.entry, c.id) ORDER BY e.votes DESC, e.id LIMIT 1) AS told,
    EXISTS (SELECT * FROM entries e WHERE e.election = f.election AND e.seat = f.seat AND e.party = 'spk') AS speaker
  FROM asked q
  JOIN fought f ON f.kind IN ('general', 'notional') AND f.inside
  JOIN winners w USING (election, seat)
  LEFT JOIN entries c ON c.id = (
    SELECT e.id FROM entries e JOIN lines l ON l.party = q.party AND l.older = e.party
    WHERE e.election = f.election AND e.seat = f.seat ORDER BY e.votes DESC LIMIT 1)
  WHERE q.party IN (SELECT party FROM kinds)
    AND (w.party IS NULL OR w.party NOT IN (SELECT older FROM lines l WHERE l.party = q.party))
), needs AS (
  SELECT *, CASE WHEN NOT speaker AND most IS NOT NULL AND COALESCE(told, 1)
    THEN MAX((most - mine) / 2.0, COALESCE(other, 0) - mine) END AS votes_over
  FROM chances
)
SELECT party, election, seat, holder, 100.0 * votes_over / valid, CAST(votes_over AS INTEGER) + 1,
  CASE WHEN votes_over IS NOT NULL THEN
    RANK() OVER (PARTITION BY party, election ORDER BY votes_over IS NULL, 1.0 * votes_over / valid) END
FROM needs;

-- name: swung
WITH moved AS ( -- shares after a swing between two parties, in seats where both stood, nobody below nought
  SELECT e.*, f.valid, w.party AS holder, w.entry,
    MAX(0, e.votes + f.valid * :points / 100.0 * (
      (e.id IS b.id AND a.id IS NOT NULL) - (e.id IS a.id AND b.id IS NOT NULL)
    )) AS after
  FROM fought f
  JOIN entries e USING (election, seat)
  JOIN winners w USING (election, seat)
  LEFT JOIN entries a ON a.election = f.election AND a.seat = f.seat
    AND a.party IN (SELECT older FROM lines WHERE party = :a)
  LEFT JOIN entries b ON b.election = f.election AND b.seat = f.seat
    AND b.party IN (SELECT older FROM lines WHERE party = :b)
  WHERE f.election = :election AND f.inside AND f.valid AND f.members = 1 AND f.winner_unknown IS NULL
    AND NOT EXISTS (SELECT * FROM entries s WHERE s.election = f.election AND s.seat = f.seat AND s.party = 'spk')
), ranked AS (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY seat ORDER BY after DESC) AS place,
    SUM(after) OVER (PARTITION BY seat) AS total FROM moved
)
SELECT x.seat, x.holder, CASE WHEN x.single THEN x.party END, CASE WHEN x.single THEN x.id <> x.entry END,
  CASE WHEN x.single AND MIN(y.single) THEN 100 * (x.after - y.after) / x.total END
FROM ranked x LEFT JOIN ranked y ON y.seat = x.seat AND y.place = 2
WHERE x.place = 1
GROUP BY x.seat;

-- name: reshared
WITH area AS (
  SELECT SUM(f.valid) AS valid,
    SUM((SELECT SUM(e.votes) FROM entries e WHERE e.election = f.election AND e.seat = f.seat AND e.party = 'lab')) AS lab,
    SUM((SELECT SUM(e.votes) FROM entries e WHERE e.election = f.election AND e.seat = f.seat AND e.party = 'con')) AS con
  FROM fought f WHERE f.election = :election AND f.inside
), moved AS (
  SELECT e.*, w.party AS holder, MAX(0, CASE
    WHEN e.party NOT IN ('lab', 'con') THEN 1.0 * e.votes / f.valid
    WHEN :proportional THEN 1.0 * e.votes / f.valid * CASE e.party
      WHEN 'lab' THEN :lab / 100.0 * area.valid / area.lab ELSE :con / 100.0 * area.valid / area.con END
    ELSE 1.0 * e.votes / f.valid + CASE e.party
      WHEN 'lab' THEN :lab / 100.0 - 1.0 * area.lab / area.valid ELSE :con / 100.0 - 1.0 * area.con / area.valid END
  END) AS after
  FROM area, fought f JOIN entries e USING (election, seat) JOIN winners w USING (election, seat)
  WHERE f.election = :election AND f.inside AND f.valid AND f.members = 1 AND f.winner_unknown IS NULL
    AND NOT EXISTS (SELECT * FROM entries s WHERE s.election = f.election AND s.seat = f.seat AND s.party = 'spk')
), ranked AS (
  SELECT *, FIRST_VALUE(CASE WHEN single THEN party END) OVER (PARTITION BY seat ORDER BY after DESC) AS winner,
    SUM(after) OVER (PARTITION BY seat) AS total FROM moved
)
SELECT seat, key, holder, winner, 100 * SUM(after) / total FROM ranked GROUP BY seat, key; -- a name may stand for several

-- name: councils
WITH moments AS (
  SELECT q.election, q.council, b.moment, b.size, b.date, b.control AS published
  FROM council_polls q JOIN council_poll_baselines b USING (election, council)
  UNION ALL SELECT election, council, 'after', size, NULL, NULL FROM council_polls
), held AS (
  SELECT m.*, s.party, s.seats, k.is_party, k.kind FROM moments m
  JOIN council_poll_seats s USING (election, council, moment) JOIN kinds k USING (party)
), whole AS (
  SELECT election, council, moment, size, date, published,
    MAX(CASE WHEN is_party AND 2 * seats > size THEN party END) AS ruling,
    SUM(CASE WHEN kind = 'aggregate' THEN seats ELSE 0 END)
      + CASE WHEN SUM(is_party AND seats IS NULL) THEN size - SUM(COALESCE(seats, 0)) ELSE 0 END AS untold,
    SUM(CASE WHEN kind = 'aggregate' THEN seats ELSE 0 END)
      + CASE WHEN SUM(seats IS NULL) THEN size - SUM(COALESCE(seats, 0)) ELSE 0 END AS hidden,
    MAX(CASE WHEN kind <> 'aggregate' THEN seats END) AS most
  FROM held GROUP BY election, council, moment
), said AS (
  SELECT w.*, CASE WHEN published IS NOT NULL THEN published WHEN ruling IS NOT NULL THEN ruling WHEN 2 * untold <= size THEN 'noc' END AS control,
    CASE WHEN hidden < most THEN (
      SELECT CASE WHEN COUNT(*) = 1 THEN MIN(h.party) END FROM held h WHERE h.election = w.election AND h.council = w.council
        AND h.moment = w.moment AND h.kind <> 'aggregate' AND h.seats = w.most) END AS largest
  FROM whole w
)
SELECT q.election, q.council, b.control, a.control, b.largest, a.largest, q.size / 2 + 1,
  CASE
    WHEN NOT EXISTS (SELECT * FROM said e WHERE e.election = q.election AND e.council = q.council AND e.moment = 'eve')
      THEN CASE a.control WHEN 'noc' THEN 'NOC' ELSE y.abbreviation || ' win' END
    WHEN b.control IS NULL
      THEN CASE a.control WHEN 'noc' THEN 'NOC' ELSE y.abbreviation || ' win (before: not known)' END
    WHEN a.control IS NULL THEN NULL
    WHEN a.control = 'noc' AND b.control = 'noc' THEN 'NOC no change'
    WHEN a.control = 'noc' THEN x.abbreviation || ' lose to NOC'
    WHEN b.control IN (SELECT older FROM lines WHERE party = a.control) THEN y.abbreviation || ' hold'
    ELSE y.abbreviation || ' gain from ' || COALESCE(x.abbreviation, 'NOC')
  END,
  b.date
FROM council_polls q
JOIN said a ON a.election = q.election AND a.council = q.council AND a.moment = 'after'
LEFT JOIN said b ON b.election = q.election AND b.council = q.council AND b.moment = :moment
LEFT JOIN kinds x ON x.party = b.control
LEFT JOIN kinds y ON y.party = a.control
WHERE q.declared;

-- name: nets
WITH pairs AS ( -- seats won and those up before; where those are not told, the whole council after and on the eve
  SELECT q.election, q.council, MAX(b.moment = :moment) AS told FROM council_polls q
  JOIN council_poll_baselines b ON b.election = q.election AND b.council = q.council
  WHERE q.declared AND (b.moment = :moment OR (:moment = 'eve_up' AND b.moment = 'eve')) GROUP BY q.election, q.council
), seats AS (
  SELECT s.election, s.council, s.party, s.seats, CASE
    WHEN s.moment = CASE WHEN told THEN 'won' ELSE 'after' END THEN 'won'
    WHEN s.moment = CASE WHEN told THEN :moment ELSE 'eve' END THEN 'base' END AS moment
  FROM council_poll_seats s JOIN pairs USING (election, council)
), lumps AS (
  SELECT election, council, SUM(seats) > 0 AS lumped FROM seats JOIN kinds USING (party)
  WHERE moment = 'won' AND kind = 'aggregate' GROUP BY election, council
), parties_of AS (
  SELECT DISTINCT s.election, s.council, s.party FROM seats s JOIN kinds USING (party)
  WHERE s.moment IS NOT NULL AND kind <> 'aggregate'
), numbers AS (
  SELECT p.*, w.seats AS won, w.party IS NOT NULL AS is_won, b.seats AS base, b.party IS NOT NULL AS is_base,
    COALESCE(l.lumped, 0) AS lumped
  FROM parties_of p
  LEFT JOIN seats w ON (w.election, w.council, w.party, w.moment) = (p.election, p.council, p.party, 'won')
  LEFT JOIN seats b ON (b.election, b.council, b.party, b.moment) = (p.election, p.council, p.party, 'base')
  LEFT JOIN lumps l ON l.election = p.election AND l.council = p.council
), joined AS (
  SELECT n.election, n.council, n.party, o.party AS older, o.base, MIN(l.depth)
  FROM numbers n JOIN lines l ON l.party = n.party AND l.depth > 0
  JOIN numbers o ON o.election = n.election AND o.council = n.council AND o.party = l.older AND o.is_base
  WHERE n.is_won AND NOT n.is_base GROUP BY n.election, n.council, n.party
  HAVING NOT o.is_won
)
SELECT n.election, n.council, n.party, CASE WHEN n.is_won OR NOT n.lumped THEN COALESCE(n.won, 0) - CASE
  WHEN j.party IS NOT NULL THEN j.base WHEN n.is_base THEN n.base ELSE 0 END END
FROM numbers n LEFT JOIN joined j ON j.election = n.election AND j.council = n.council AND j.party = n.party
WHERE NOT EXISTS (SELECT * FROM joined o WHERE o.election = n.election AND o.council = n.council AND o.older = n.party);

-- name: compositions
WITH held AS (
  SELECT k.council, k.year, k.size, s.party, s.seats, p.is_party, p.kind
  FROM compositions k JOIN composition_seats s USING (council, year) JOIN kinds p USING (party)
), sums AS (
  SELECT council, year, size, SUM(seats) AS filled, MAX(CASE WHEN is_party AND 2 * seats > size THEN party END) AS ruling,
    SUM(CASE WHEN kind = 'aggregate' THEN seats ELSE 0 END) AS lumped, MAX(CASE WHEN kind <> 'aggregate' THEN seats END) AS most
  FROM held GROUP BY council, year
)
SELECT council, year, CASE WHEN ruling IS NOT NULL THEN ruling WHEN 2 * lumped <= size THEN 'noc' END,
  CASE WHEN lumped < most THEN (
    SELECT CASE WHEN COUNT(*) = 1 THEN MIN(h.party) END FROM held h
    WHERE h.council = s.council AND h.year = s.year AND h.kind <> 'aggregate' AND h.seats = s.most) END,
  size, size - filled
FROM sums s;

-- name: control targets
WITH asked (party) AS (VALUES ('con'), ('lab'), ('ld')), latest AS (
  SELECT c.id AS council, c.name, k.size, q.party,
    COALESCE((SELECT SUM(s.seats) FROM composition_seats s JOIN lines l ON l.older = s.party
      WHERE l.party = q.party AND s.council = c.id AND s.year = k.year), 0) AS seats
  FROM asked q JOIN councils c ON c.abolished IS NULL AND c.region = (SELECT value FROM dataset WHERE key = 'region')
  JOIN compositions k ON k.council = c.id AND k.year = (SELECT MAX(year) FROM compositions x WHERE x.council = c.id)
)
SELECT party, council, seats, size / 2 + 1, size / 2 + 1 - seats, RANK() OVER (PARTITION BY party ORDER BY size / 2 + 1 - seats)
FROM latest WHERE 2 * seats <= size;

-- name: wards
SELECT c.election, c.council, c.ward, c.by_election, c.candidate, c.party, c.votes,
  ROW_NUMBER() OVER (PARTITION BY c.election, c.council, c.ward, c.by_election, c.candidate, c.party, c.votes),
  100.0 * c.votes / SUM(c.votes) OVER ward, c.elected, w.seats_up, w.electorate,
  CASE WHEN w.turnout_pct IS NOT NULL THEN w.turnout_pct
    WHEN w.seats_up = 1 AND NOT w.uncontested THEN 100.0 * SUM(c.votes) OVER ward / w.electorate END,
  MIN(CASE WHEN c.elected THEN c.votes END) OVER ward - MAX(CASE WHEN NOT COALESCE(c.elected, 1) THEN c.votes END) OVER ward
FROM (
  SELECT election, council, ward, by_election, candidate, party, votes, elected FROM ward_candidacies
  UNION ALL SELECT election, council, ward, by_election, NULL, party, votes, NULL FROM ward_tallies
) c
JOIN wards w USING (election, council, ward, by_election)
WHERE w.declared
WINDOW ward AS (PARTITION BY c.election, c.council, c.ward, c.by_election);

-- name: ward parties
WITH each AS (
  SELECT election, council, party, votes, elected, 1 AS named FROM ward_candidacies
  UNION ALL SELECT election, council, party, votes, NULL, 0 FROM ward_tallies
)
SELECT e.election, e.council, e.party, CASE WHEN k.named THEN COUNT(*) END, CASE WHEN k.named THEN SUM(e.elected) END,
  SUM(e.votes), 100.0 * SUM(e.votes) / k.votes
FROM each e JOIN (
  SELECT election, council, MIN(named) AS named, SUM(votes) AS votes FROM each GROUP BY election, council
) k USING (election, council)
GROUP BY e.election, e.council, e.party;

-- name: mayors
WITH rounds AS (
  SELECT election, mayoralty, 'first' AS round, candidate, party, votes, share_pct,
    elected AND NOT MAX(second_round IS NOT NULL) OVER (PARTITION BY election, mayoralty) AS elected
  FROM mayor_candidacies
  UNION ALL SELECT election, mayoralty, 'second', candidate, party, second_round, NULL, elected
  FROM mayor_candidacies WHERE second_round IS NOT NULL
), sums AS (
  SELECT r.*, COUNT(*) OVER round = COUNT(votes) OVER round AND c.complete AS whole, SUM(votes) OVER round AS total,
    MAX(CASE WHEN NOT r.elected THEN votes END) OVER round AS beaten, MAX(r.elected) OVER round AS last
  FROM rounds r JOIN mayor_contests c USING (election, mayoralty)
  WINDOW round AS (PARTITION BY r.election, r.mayoralty, r.round)
)
SELECT election, round, candidate, party, votes, CASE WHEN whole THEN 100.0 * votes / total ELSE share_pct END, elected,
  CASE WHEN whole AND elected THEN votes - beaten END, CASE WHEN whole AND elected THEN 100.0 * (votes - beaten) / total END
FROM sums;

-- name: local boards
SELECT w.election, c.party, COUNT(*), SUM(c.votes), 100.0 * SUM(c.votes) / (
  SELECT SUM(x.votes) FROM ward_candidacies x JOIN wards v USING (election, council, ward, by_election)
  JOIN councils k ON k.id = v.council AND k.region = (SELECT value FROM dataset WHERE key = 'region')
  WHERE v.election = w.election AND NOT v.by_election)
FROM ward_candidacies c JOIN wards w USING (election, council, ward, by_election)
JOIN councils k ON k.id = w.council AND k.region = (SELECT value FROM dataset WHERE key = 'region')
WHERE NOT w.by_election
GROUP BY w.election, c.party;

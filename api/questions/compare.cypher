// The facts that the verdicts quote: claims of the pair, and of its scores on a benchmark those two that compare it most fairly.
CALL () {
  MATCH (c:Claim)-[:STATED_IN]->(p:Paper)
  WHERE c.winner IN [$a, $b] AND c.loser IN [$a, $b] AND c.winner <> c.loser AND c.review <> 'rejected'
    AND ($on IS NULL OR c.dataset = $on) AND ($asOf IS NULL OR coalesce(p.date, toString(p.year)) <= $asOf + '~')
  RETURN collect(c) AS said
}
CALL () {
  MATCH (r:Result)-[:REPORTED_IN]->(p:Paper)
  WHERE r.subject IN [$a, $b] AND r.dataset IS NOT NULL AND r.review <> 'rejected'
    AND ($on IS NULL OR r.dataset = $on) AND ($asOf IS NULL OR coalesce(p.date, toString(p.year)) <= $asOf + '~')
  OPTIONAL MATCH (m:Metric {id: r.metric})
  RETURN collect({fact: r, at: [r.dataset, coalesce(r.variant, ''), coalesce(r.metric, '')], typed: split(split(r.benchmark, '|')[-1], ','),
    up: CASE m.direction WHEN 'higher' THEN r.canonical WHEN 'lower' THEN -r.canonical END}) AS scores
}
WITH said, scores, [s IN scores WHERE s.fact.subject = $a | s.at[0]] AS ones, [s IN scores WHERE s.fact.subject = $b | s.at[0]] AS others
WITH said, scores, [d IN ones WHERE d IN others] + [c IN said WHERE c.dataset IS NOT NULL | c.dataset] + [d IN [$on] WHERE d IS NOT NULL] AS places
WITH said, [s IN scores WHERE s.at[0] IN places] AS scores, places
// A claim that leaves variant or metric open joins the one benchmark that fits it.
CALL (scores) { UNWIND scores AS s RETURN collect(DISTINCT s.at) AS keys }
WITH scores, places, keys, [c IN said | {fact: c, fits: [k IN keys WHERE k[0] = c.dataset AND coalesce(c.variant, k[1]) = k[1] AND coalesce(c.metric, k[2]) = k[2]]}] AS said
WITH scores, places, keys, [c IN said | {fact: c.fact, at: CASE size(c.fits) WHEN 1 THEN c.fits[0]
  ELSE [coalesce(c.fact.dataset, ''), coalesce(c.fact.variant, ''), coalesce(c.fact.metric, '')] END}] AS claims
// "The state of the art" was the best that was known before the claim's paper.
CALL (places) {
  MATCH (c:Claim)-[:STATED_IN]->(p:Paper)
  WHERE c.winner IN [$a, $b] AND c.loser IS NULL AND c.loser_class IN ['sota', 'previous'] AND c.polarity = 'better' AND c.aspect = 'quality'
    AND c.review <> 'rejected' AND c.dataset IN places AND ($asOf IS NULL OR coalesce(p.date, toString(p.year)) <= $asOf + '~')
  WITH c, coalesce(p.date, toString(p.year)) AS date WHERE date IS NOT NULL
  MATCH (s:Result {dataset: c.dataset})
  WHERE s.review <> 'rejected' AND coalesce(c.metric, s.metric, '') = coalesce(s.metric, '') AND coalesce(c.variant, s.variant, '') = coalesce(s.variant, '')
  WITH DISTINCT c, date, s.benchmark AS benchmark
  CALL (date, benchmark) {
    MATCH (r:Result {benchmark: benchmark})-[:REPORTED_IN]->(p:Paper)
    WHERE r.review <> 'rejected' AND r.canonical IS NOT NULL AND (p.date < date OR (p.date IS NULL AND p.year < toInteger(left(date, 4))))
      AND ($asOf IS NULL OR coalesce(p.date, toString(p.year)) <= $asOf + '~')
    MATCH (m:Metric {id: r.metric}) WHERE m.direction IN ['higher', 'lower']
    RETURN r ORDER BY CASE m.direction WHEN 'lower' THEN r.canonical ELSE -r.canonical END, r.id LIMIT 1
  }
  WITH c, r WHERE r.subject IN [$a, $b] AND r.subject <> c.winner
  RETURN collect({claim: c, previous: r, at: [r.dataset, coalesce(r.variant, ''), coalesce(r.metric, '')]}) AS inferred
}
CALL (scores, keys, claims, inferred) {
  UNWIND keys + [c IN claims | c.at] + [i IN inferred | i.at] AS at
  WITH DISTINCT at, scores, claims, inferred
  WITH [c IN claims WHERE c.at = at | c.fact] AS told, [s IN scores WHERE s.at = at] AS printed, [i IN inferred WHERE i.at = at] AS meant
  CALL (printed) {
    UNWIND [s IN printed WHERE s.fact.subject = $a AND s.up IS NOT NULL] AS x UNWIND [s IN printed WHERE s.fact.subject = $b AND s.up IS NOT NULL] AS y
    WITH x, y WHERE none(i IN x.typed WHERE any(j IN y.typed WHERE split(i, '=')[0] = split(j, '=')[0] AND i <> j))
    WITH x, y ORDER BY x.fact.paper = y.fact.paper DESC, x.typed = y.typed DESC, x.up + y.up DESC, x.fact.id DESC, y.fact.id DESC LIMIT 1
    RETURN collect([x.fact, y.fact])[0] AS pair, collect(round(x.up - y.up, 6))[0] AS margin
  }
  WITH told, printed, meant, pair, margin, [w IN [$a, $b] WHERE any(c IN told WHERE c.polarity = 'better' AND c.aspect = 'quality' AND c.winner = w)] AS claimed
  WITH told, printed, pair, CASE WHEN size(told) > 0 THEN [] WHEN margin > 0 THEN [i IN meant WHERE i.claim.winner = $a]
      WHEN margin < 0 THEN [i IN meant WHERE i.claim.winner = $b] ELSE meant END AS meant,
    CASE
      WHEN size(claimed) = 2 OR (size(claimed) = 1 AND any(c IN told WHERE c.aspect = 'quality' AND (c.polarity = 'equal' OR (c.polarity = 'not_better' AND c.winner IN claimed)))) THEN []
      WHEN size(claimed) = 1 AND coalesce(margin, 0) = 0 THEN []
      WHEN pair IS NOT NULL THEN pair
      WHEN size(told) > 0 THEN []
      ELSE [s IN printed | s.fact]
    END AS shown, any(s IN printed WHERE s.fact.subject = $a) AND any(s IN printed WHERE s.fact.subject = $b) AS both
  RETURN collect({telling: both OR size(told) > 0 OR size(meant) > 0, facts: told + [i IN meant | i.claim] + shown + [i IN meant | i.previous]}) AS found
}
// Asked of one dataset where nothing tells, what is known of either is better than nothing.
UNWIND [each IN found WHERE each.telling OR ($on IS NOT NULL AND none(other IN found WHERE other.telling))] AS each
UNWIND each.facts AS f
MATCH (f)-[:STATED_IN|REPORTED_IN]->(p:Paper)
RETURN DISTINCT f.dataset AS dataset, labels(f)[0] AS kind, f.name AS fact, p.id AS paper, f.quote AS quote ORDER BY dataset, kind, paper

CALL () {
  MATCH (f:Claim)-[:STATED_IN]->(p:Paper)
  WHERE ((f.winner = $a AND f.loser = $b) OR (f.winner = $b AND f.loser = $a))
  RETURN f, p
  UNION
  MATCH (f:Result)-[:REPORTED_IN]->(p:Paper)
  WHERE f.subject IN [$a, $b] AND EXISTS { MATCH (o:Result {dataset: f.dataset}) WHERE o.subject IN [$a, $b] AND o.subject <> f.subject }
  RETURN f, p
}
WITH f, p WHERE f.review <> 'rejected' AND ($on IS NULL OR f.dataset = $on) AND ($asOf IS NULL OR coalesce(p.date, toString(p.year)) <= $asOf + '~')
RETURN f.dataset AS dataset, labels(f)[0] AS kind, f.name AS fact, p.id AS paper, f.quote AS quote ORDER BY dataset, kind, paper

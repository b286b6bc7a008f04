MATCH (s:Entity)<-[:OF]-(r:Result {dataset: $dataset})-[:BY]->(m:Metric)
WHERE m.id IN [$x, $y] AND r.review <> 'rejected' AND r.canonical IS NOT NULL
WITH s, m, CASE m.direction WHEN 'lower' THEN -1 ELSE 1 END AS sign, collect(r.canonical) AS scores
WITH s, m.id AS metric, reduce(best = sign * head(scores), v IN scores | CASE WHEN sign * v > best THEN sign * v ELSE best END) AS best
WITH s, collect([metric, best]) AS both WHERE size(both) = 2
RETURN s.name AS system, [pair IN both WHERE pair[0] = $x | pair[1]][0] AS x, [pair IN both WHERE pair[0] = $y | pair[1]][0] AS y ORDER BY system

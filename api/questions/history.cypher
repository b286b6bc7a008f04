MATCH (r:Result {dataset: $dataset, metric: $metric})-[:REPORTED_IN]->(p:Paper)
MATCH (m:Metric {id: $metric})
WITH r, p, coalesce(p.date, toString(p.year)) AS date, CASE m.direction WHEN 'lower' THEN -r.canonical ELSE r.canonical END AS up
WHERE r.review <> 'rejected' AND date IS NOT NULL AND up IS NOT NULL AND m.direction <> 'unknown' AND ($asOf IS NULL OR coalesce(p.date, toString(p.year)) <= $asOf + '~')
WITH collect({r: r, p: p, date: date, up: up}) AS found UNWIND found AS one
WITH one, [other IN found WHERE other.r.benchmark = one.r.benchmark AND other.r <> one.r] AS others
WHERE none(o IN others WHERE (o.up > one.up AND o.date <= one.date) OR (o.up = one.up AND o.date < one.date))
OPTIONAL MATCH (r:Result {id: one.r.id})-[:OF]->(s:Entity)
RETURN one.date AS date, s.name AS system, one.r.raw AS raw, one.p.id AS paper, one.r.quote AS quote ORDER BY date

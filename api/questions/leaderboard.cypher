MATCH (r:Result {dataset: $dataset})-[:REPORTED_IN]->(p:Paper)
WHERE r.review <> 'rejected' AND ($metric IS NULL OR r.metric = $metric) AND ($asOf IS NULL OR coalesce(p.date, toString(p.year)) <= $asOf + '~')
OPTIONAL MATCH (r)-[:OF]->(s:Entity)
OPTIONAL MATCH (r)-[:BY]->(m:Metric)
RETURN r.variant AS variant, m.name AS metric, s.name AS system, r.raw AS raw, r.setting AS setting, p.id AS paper, r.quote AS quote
ORDER BY variant, metric, CASE m.direction WHEN 'lower' THEN r.canonical ELSE -r.canonical END, r.id
LIMIT $first

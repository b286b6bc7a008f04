CALL () {
  MATCH (a:Entity)-[x:BEATS]->(b:Entity)-[y:BEATS]->(a) WHERE a.id < b.id
  RETURN CASE WHEN x.dataset = y.dataset THEN 'opposite' ELSE 'flip' END AS kind, [a.name, b.name] AS systems, [x.dataset, y.dataset] AS datasets
  UNION
  MATCH (a:Entity)-[x:BEATS]->(b:Entity)-[y:BEATS]->(c:Entity)-[z:BEATS]->(a)
  WHERE a.id < b.id AND a.id < c.id AND x.dataset = y.dataset AND y.dataset = z.dataset
    AND coalesce(x.metric, '') = coalesce(y.metric, '') AND coalesce(y.metric, '') = coalesce(z.metric, '')
  RETURN 'cycle' AS kind, [a.name, b.name, c.name] AS systems, [x.dataset] AS datasets
  UNION
  MATCH (r:Result)-[:OF]->(s:Entity) WHERE r.review <> 'rejected' AND r.canonical IS NOT NULL AND r.dataset IS NOT NULL
  WITH s, r.benchmark AS benchmark, r.dataset AS dataset, collect(DISTINCT r.canonical) AS scores, collect(DISTINCT r.paper) AS papers
  WHERE size(scores) > 1 AND size(papers) > 1
  RETURN 'two_scores' AS kind, [s.name] AS systems, [dataset] AS datasets
}
WITH kind, systems, datasets WHERE $on IS NULL OR all(dataset IN datasets WHERE dataset = $on)
RETURN kind, systems, datasets ORDER BY kind, systems LIMIT $first

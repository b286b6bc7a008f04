MATCH (x:Result {dataset: $dataset})-[:OF]->(a:Entity), (y:Result {benchmark: x.benchmark})-[:OF]->(b:Entity)
WHERE a.id < b.id AND ($metric IS NULL OR x.metric = $metric) AND x.review <> 'rejected' AND y.review <> 'rejected'
WITH a, b, collect(DISTINCT x.paper) AS ones, collect(DISTINCT y.paper) AS others
WHERE none(paper IN ones WHERE paper IN others) AND NOT EXISTS {
  MATCH (a)<-[:WINNER|LOSER]-(c:Claim)-[:WINNER|LOSER]->(b) WHERE coalesce(c.dataset, $dataset) = $dataset AND c.review <> 'rejected' }
RETURN a.name AS a, b.name AS b ORDER BY a, b LIMIT $first

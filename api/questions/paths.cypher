MATCH (a:Entity {id: $from}), (b:Entity {id: $to})
CALL (a, b) {
  WITH a, b WHERE NOT $beats MATCH path = allShortestPaths((a)-[*..8]-(b)) RETURN path
  UNION
  WITH a, b WHERE $beats MATCH path = allShortestPaths((a)-[:BEATS*..8]->(b)) RETURN path
}
RETURN [n IN nodes(path) | n.name] AS names, [r IN relationships(path) | type(r)] AS types,
  [r IN relationships(path) | coalesce(r.quote, startNode(r).quote, endNode(r).quote)] AS quotes ORDER BY types, names LIMIT $first

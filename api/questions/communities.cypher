// Communities are worked out of these pairs (Louvain), which Cypher alone can not do.
MATCH (winner:Entity)-[r:BEATS]->(loser:Entity) WHERE ($on IS NULL OR r.dataset = $on) AND $first > 0
RETURN winner.name AS winner, loser.name AS loser, r.dataset AS dataset ORDER BY winner, loser

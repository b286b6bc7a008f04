MATCH (s:Entity)-[r:BEATS]-(other:Entity) WHERE $on IS NULL OR r.dataset = $on
RETURN s.name AS system, count(DISTINCT other) AS compared ORDER BY compared DESC, system LIMIT $first

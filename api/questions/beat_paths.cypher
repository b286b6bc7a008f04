MATCH path = (:Entity {id: $from})-[:BEATS*1..5]->(:Entity {id: $to})
WITH path, relationships(path) AS steps WHERE size(steps) <= $depth AND ($on IS NULL OR steps[0].dataset = $on)
AND all(r IN steps WHERE r.dataset = steps[0].dataset AND coalesce(r.metric, '') = coalesce(steps[0].metric, ''))
RETURN steps[0].dataset AS dataset, steps[0].metric AS metric, [n IN nodes(path) | n.name] AS systems ORDER BY size(steps), dataset

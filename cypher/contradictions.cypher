MATCH (a)-[one:BEATS]->(b)-[other:BEATS]->(a)
WHERE a.id < b.id AND one.dataset = other.dataset AND coalesce(one.metric, other.metric, '') = coalesce(other.metric, one.metric, '')
MATCH (dataset:Dataset {id: one.dataset})
RETURN a.name AS a, b.name AS b, dataset.name AS dataset, one.metric AS metric_one, other.metric AS metric_other,
       one.papers AS say_a_beats_b, other.papers AS say_b_beats_a
ORDER BY a, b, dataset, metric_one, metric_other

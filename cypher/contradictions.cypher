MATCH (a)-[first:BEATS]->(b)-[second:BEATS]->(a)
WHERE a.id < b.id AND first.dataset = second.dataset AND coalesce(first.metric, second.metric, '') = coalesce(second.metric, first.metric, '')
MATCH (dataset:Dataset {id: first.dataset})
RETURN a.name AS a, b.name AS b, dataset.name AS dataset, first.metric AS metric_first, second.metric AS metric_second,
       first.papers AS say_a_beats_b, second.papers AS say_b_beats_a
ORDER BY a, b, dataset, metric_first, metric_second

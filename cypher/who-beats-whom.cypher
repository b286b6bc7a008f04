MATCH (winner)-[beats:BEATS]->(loser)
MATCH (dataset:Dataset {id: beats.dataset})
OPTIONAL MATCH (metric:Metric {id: beats.metric})
RETURN winner.name AS winner, loser.name AS loser, dataset.name AS dataset, metric.name AS metric,
       beats.verdict AS verdict, beats.margin AS margin, size(beats.papers) AS papers
ORDER BY papers DESC, winner, loser, dataset, metric
LIMIT 100

MATCH (dataset:Dataset {name: 'MATH'})
MATCH chain = ()-[beats:BEATS*2..4]->()
WHERE all(step IN beats WHERE step.dataset = dataset.id AND step.metric = beats[0].metric)
  AND all(node IN nodes(chain) WHERE single(same IN nodes(chain) WHERE same = node))
MATCH (metric:Metric {id: beats[0].metric})
RETURN [node IN nodes(chain) | node.name] AS chain, metric.name AS metric, [step IN beats | step.verdict] AS verdicts
ORDER BY size(beats) DESC, chain
LIMIT 50

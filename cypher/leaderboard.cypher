MATCH (result:Result)-[:ON]->(:Dataset {name: 'MATH'}), (result)-[:BY]->(measure:Metric), (result)-[:OF]->(system)
WHERE result.canonical IS NOT NULL AND measure.direction <> 'unknown'
MATCH (result)-[:REPORTED_IN]->(paper:Paper)
RETURN measure.name AS metric, result.variant AS variant, system.name AS system, result.canonical AS value,
       result.setting AS setting, paper.name AS paper, result.quote AS quote
ORDER BY metric, variant, CASE measure.direction WHEN 'lower' THEN value ELSE -value END, system, paper

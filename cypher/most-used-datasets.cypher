MATCH (paper:Paper)-[:USES|INTRODUCES]->(dataset:Dataset)
RETURN dataset.name AS dataset, count(DISTINCT paper) AS papers
ORDER BY papers DESC, dataset
LIMIT 20

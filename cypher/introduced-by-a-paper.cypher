MATCH (paper:Paper)-[:INTRODUCES]->(thing)
WHERE paper.title CONTAINS 'Depth'
OPTIONAL MATCH (thing)-[:BASED_ON {paper: paper.id}]->(base)
RETURN paper.title AS paper, [label IN labels(thing) WHERE label <> 'Entity'][0] AS kind, thing.name AS name,
       collect(base.name) AS based_on
ORDER BY paper, kind, name

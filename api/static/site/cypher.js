// The same questions for Neo4j Browser: a :param line for each value, then the statement.

const params = (values) => Object.entries(values).map(([name, value]) => `:param ${name} => ${JSON.stringify(value)};\n`).join("");

export const home = () => `MATCH (winner)-[beats:BEATS]->(loser)
MATCH (dataset:Dataset {id: beats.dataset})
OPTIONAL MATCH (metric:Metric {id: beats.metric})
RETURN winner.name AS winner, loser.name AS loser, dataset.name AS dataset, metric.name AS metric, beats.verdict AS verdict
ORDER BY winner, loser, dataset
LIMIT 12`;

export const search = (text) => `${params({ text: text.toLowerCase() })}MATCH (node:Entity|Paper)
WHERE toLower(node.name) CONTAINS $text OR toLower(node.title) CONTAINS $text
RETURN labels(node) AS kind, node.name AS name
LIMIT 20`;

export const benchmark = (dataset) => `${params({ dataset })}MATCH (result:Result)-[:ON]->(:Dataset {id: $dataset})
MATCH (result)-[:REPORTED_IN]->(paper:Paper)
OPTIONAL MATCH (result)-[:OF]->(system)
OPTIONAL MATCH (result)-[:BY]->(measure:Metric)
RETURN measure.name AS metric, result.variant AS variant, system.name AS system, result.canonical AS score,
       result.setting AS setting, paper.title AS paper, result.quote AS quote
ORDER BY metric, variant, CASE measure.direction WHEN 'lower' THEN score ELSE -score END`;

export const system = (id) => `${params({ system: id })}MATCH picture = (:Entity {id: $system})-[beats:BEATS]-()
RETURN picture
LIMIT 100`;

export const topic = (id) => `${params({ id })}MATCH picture = (:Entity {id: $id})--(:Paper|Result|Method|Model)
RETURN picture
LIMIT 100`;

export const compare = (a, b) => `${params({ a, b })}MATCH (one:Entity {id: $a}), (other:Entity {id: $b})
OPTIONAL MATCH (claim:Claim)-[:WINNER|LOSER]->(one)
WHERE EXISTS { (claim)-[:WINNER|LOSER]->(other) }
OPTIONAL MATCH (mine:Result)-[:OF]->(one), (theirs:Result)-[:OF]->(other)
WHERE mine.dataset = theirs.dataset AND mine.metric = theirs.metric
RETURN claim.name AS claim, claim.quote AS sentence, mine.name AS score_of_one, theirs.name AS score_of_other
LIMIT 100`;

export const open = (on) => `${params({ on })}MATCH (one:Entity)-[beats:BEATS]->(other:Entity)-[back:BEATS]->(one)
WHERE one.id < other.id AND ($on IS NULL OR (beats.dataset = $on AND back.dataset = $on))
RETURN one.name AS one, other.name AS other, beats.dataset AS ahead_on, back.dataset AS behind_on
ORDER BY one, other
LIMIT 30`;

export const paper = (id) => `${params({ paper: id })}MATCH picture = (:Paper {id: $paper})--()
RETURN picture
LIMIT 200`;

export const explore = (id) =>
  id
    ? `${params({ id })}MATCH picture = (node {id: $id})--()
WHERE node:Entity OR node:Paper OR node:Result OR node:Claim
RETURN picture
LIMIT 100`
    : `MATCH picture = ()-[:BEATS]->()
RETURN picture
LIMIT 100`;

MATCH (claim:Claim {polarity: 'better', aspect: 'quality'})-[:STATED_IN]->(paper:Paper)
WHERE claim.delta_value IS NULL AND NOT EXISTS {
  MATCH (paper)<-[:REPORTED_IN]-(result:Result)
  WHERE result.subject = claim.winner AND (claim.dataset IS NULL OR result.dataset = claim.dataset)
}
RETURN claim.name AS claim, paper.name AS paper, claim.quote AS quote
ORDER BY paper, claim
LIMIT 100

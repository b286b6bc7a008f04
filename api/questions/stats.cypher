MATCH (n) WHERE n:Paper OR n:Entity OR n:Result OR n:Claim
RETURN [label IN labels(n) WHERE label <> 'Entity'][0] AS kind, count(n) AS count ORDER BY kind

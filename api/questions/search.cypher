MATCH (n) WHERE (n:Paper OR n:Entity) AND ($kinds IS NULL OR any(label IN labels(n) WHERE label IN $kinds))
AND all(word IN split(toLower($text), ' ') WHERE any(t IN [n.name, n.title, n.abstract] + coalesce(n.aliases, [])
  WHERE any(part IN split(toLower(t), ' ') WHERE part STARTS WITH word)))
RETURN n.id AS id, n.name AS name LIMIT $first

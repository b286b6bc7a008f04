// Version 3: a page of a leaderboard, of a pair's scores or of BEATS is read from an index, whatever the size of the graph.
// The indexes of results are those of version 5.

MATCH (winner:Entity)-[r:BEATS]->(loser:Entity) SET r.winner = winner.id, r.loser = loser.id;

DROP INDEX result_dataset IF EXISTS;
DROP INDEX result_subject IF EXISTS;

DROP INDEX claim_dataset IF EXISTS;
CREATE INDEX claim_on IF NOT EXISTS FOR (n:Claim) ON (n.dataset, n.id);
CREATE INDEX claim_pair IF NOT EXISTS FOR (n:Claim) ON (n.winner, n.loser);

DROP INDEX beats_dataset IF EXISTS;
CREATE INDEX beats_of_winner IF NOT EXISTS FOR ()-[r:BEATS]-() ON (r.winner, r.loser);
CREATE INDEX beats_of_loser IF NOT EXISTS FOR ()-[r:BEATS]-() ON (r.loser, r.winner);
CREATE INDEX beats_on IF NOT EXISTS FOR ()-[r:BEATS]-() ON (r.dataset, r.winner, r.loser);

-- Version 3: a page of a leaderboard, of a pair's scores or of BEATS is read from an index, whatever the size of the graph.
-- The indexes of results are those of version 5.

ALTER TABLE results ADD COLUMN benchmark TEXT;
UPDATE results SET benchmark = benchmark_key(dataset, variant, metric, setting);
DROP INDEX results_dataset;
DROP INDEX results_subject;

DROP INDEX claims_winner;
CREATE INDEX claims_winner ON claims (winner, loser);

CREATE INDEX beats_on ON edges (dataset, head, tail, paper, metric) WHERE type = 'BEATS';

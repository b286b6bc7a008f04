-- Version 3: a page of a leaderboard, of a pair's scores or of BEATS is read from an index, whatever the size of the graph.

ALTER TABLE results ADD COLUMN benchmark TEXT;
UPDATE results SET benchmark = benchmark_key(dataset, variant, metric, setting);
DROP INDEX results_dataset;
CREATE INDEX results_dataset ON results (dataset, benchmark);
CREATE INDEX results_rank ON results (benchmark, canonical, review);
DROP INDEX results_subject;
CREATE INDEX results_subject ON results (subject, dataset);
CREATE INDEX results_best ON results (subject, benchmark, canonical);

DROP INDEX claims_winner;
CREATE INDEX claims_winner ON claims (winner, loser);

CREATE INDEX beats_on ON edges (dataset, head, tail, paper, metric) WHERE type = 'BEATS';

-- Version 5: the indexes that pages of results are read from, in every file: the first files of version 3 had others.

DROP INDEX IF EXISTS results_board;
DROP INDEX IF EXISTS results_dataset;
CREATE INDEX results_dataset ON results (dataset, benchmark);
DROP INDEX IF EXISTS results_rank;
CREATE INDEX results_rank ON results (benchmark, canonical, review);
DROP INDEX IF EXISTS results_subject;
CREATE INDEX results_subject ON results (subject, dataset);
DROP INDEX IF EXISTS results_best;
CREATE INDEX results_best ON results (subject, benchmark, canonical);

// Version 5: the indexes that pages of results are read from, in every graph: the first of version 3 had others by these names.

DROP INDEX result_board IF EXISTS;
DROP INDEX result_rank IF EXISTS;
DROP INDEX result_of IF EXISTS;
DROP INDEX result_best IF EXISTS;
CREATE INDEX result_on IF NOT EXISTS FOR (n:Result) ON (n.dataset, n.benchmark, n.id);
CREATE INDEX result_ranked IF NOT EXISTS FOR (n:Result) ON (n.benchmark, n.canonical, n.id);
CREATE INDEX result_by IF NOT EXISTS FOR (n:Result) ON (n.subject, n.dataset, n.id);
CREATE INDEX result_best_by IF NOT EXISTS FOR (n:Result) ON (n.subject, n.benchmark, n.canonical);

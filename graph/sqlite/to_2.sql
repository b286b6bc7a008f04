-- Version 2: ingestions in the background.

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    job TEXT NOT NULL
) STRICT, WITHOUT ROWID;

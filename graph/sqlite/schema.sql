-- Version 1. Nodes have a table a family; every relationship is a row of `edges`, as in a property graph, so that one
-- statement walks them all. Full text follows its tables by triggers.

CREATE TABLE papers (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    abstract TEXT NOT NULL,
    given_id TEXT,
    year INTEGER,
    date TEXT,
    url TEXT,
    arxiv_id TEXT,
    doi TEXT,
    venue TEXT,
    authors TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX papers_key ON papers (key, id);
CREATE INDEX papers_year ON papers (year, id);
CREATE INDEX papers_given_id ON papers (given_id);

CREATE TABLE records (
    paper TEXT PRIMARY KEY REFERENCES papers (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    digest TEXT NOT NULL,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entities (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    aliases TEXT NOT NULL,
    papers INTEGER NOT NULL,
    direction TEXT,
    unit TEXT,
    min REAL,
    max REAL,
    parameters TEXT,
    size TEXT,
    version TEXT,
    votes TEXT NOT NULL
) STRICT;
CREATE INDEX entities_kind_key ON entities (kind, key, id);
CREATE INDEX entities_kind_papers ON entities (kind, papers, id);

CREATE TABLE names (
    key TEXT NOT NULL,
    entity TEXT NOT NULL REFERENCES entities (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (key, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX names_entity ON names (entity);

CREATE TABLE results (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    paper TEXT NOT NULL,
    subject TEXT,
    dataset TEXT,
    variant TEXT,
    metric TEXT,
    metric_basis TEXT,
    raw TEXT NOT NULL,
    value REAL NOT NULL,
    unit TEXT,
    canonical REAL,
    scaled TEXT,
    bound TEXT,
    setting TEXT,
    role TEXT NOT NULL,
    quote TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    confidence REAL NOT NULL,
    extractor TEXT NOT NULL,
    rule TEXT NOT NULL,
    review TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX results_paper ON results (paper);
CREATE INDEX results_subject ON results (subject);
CREATE INDEX results_dataset ON results (dataset);

CREATE TABLE claims (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    paper TEXT NOT NULL,
    winner TEXT,
    winner_class TEXT,
    loser TEXT,
    loser_class TEXT,
    dataset TEXT,
    variant TEXT,
    metric TEXT,
    polarity TEXT NOT NULL,
    aspect TEXT NOT NULL,
    hedge TEXT,
    "by" TEXT,
    delta_value REAL,
    delta_unit TEXT,
    delta_kind TEXT,
    delta_bound TEXT,
    quote TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    confidence REAL NOT NULL,
    extractor TEXT NOT NULL,
    rule TEXT NOT NULL,
    review TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_paper ON claims (paper);
CREATE INDEX claims_winner ON claims (winner);
CREATE INDEX claims_loser ON claims (loser);
CREATE INDEX claims_dataset ON claims (dataset);

-- The columns of the key are never null: '' stands for none, since SQLite holds two nulls apart.
CREATE TABLE edges (
    type TEXT NOT NULL,
    head TEXT NOT NULL,
    tail TEXT NOT NULL,
    paper TEXT NOT NULL,
    dataset TEXT NOT NULL,
    metric TEXT NOT NULL,
    props TEXT NOT NULL,
    PRIMARY KEY (type, head, tail, paper, dataset, metric)
) STRICT, WITHOUT ROWID;
CREATE INDEX edges_head ON edges (head, type);
CREATE INDEX edges_tail ON edges (tail, type);
CREATE INDEX edges_paper ON edges (paper);

CREATE TABLE batches (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    papers INTEGER NOT NULL,
    unchanged INTEGER NOT NULL
) STRICT;

CREATE VIRTUAL TABLE paper_text USING fts5 (
    title, abstract, content = 'papers', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER papers_inserted AFTER INSERT ON papers BEGIN
    INSERT INTO paper_text (rowid, title, abstract) VALUES (new.n, new.title, new.abstract);
END;
CREATE TRIGGER papers_deleted AFTER DELETE ON papers BEGIN
    INSERT INTO paper_text (paper_text, rowid, title, abstract) VALUES ('delete', old.n, old.title, old.abstract);
END;

CREATE VIRTUAL TABLE entity_text USING fts5 (
    name, aliases, content = 'entities', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER entities_inserted AFTER INSERT ON entities BEGIN
    INSERT INTO entity_text (rowid, name, aliases) VALUES (new.n, new.name, new.aliases);
END;
CREATE TRIGGER entities_deleted AFTER DELETE ON entities BEGIN
    INSERT INTO entity_text (entity_text, rowid, name, aliases) VALUES ('delete', old.n, old.name, old.aliases);
END;
CREATE TRIGGER entities_updated AFTER UPDATE OF name, aliases ON entities
WHEN old.name IS NOT new.name OR old.aliases IS NOT new.aliases BEGIN
    INSERT INTO entity_text (entity_text, rowid, name, aliases) VALUES ('delete', old.n, old.name, old.aliases);
    INSERT INTO entity_text (rowid, name, aliases) VALUES (new.n, new.name, new.aliases);
END;

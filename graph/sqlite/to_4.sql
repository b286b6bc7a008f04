-- Version 4: what people decided, what acronyms mean, and which id stands for a merged one.

CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_at ON decisions (at, id);

CREATE TABLE decision_keys (
    key TEXT NOT NULL,
    decision TEXT NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
    PRIMARY KEY (key, decision)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_keys_decision ON decision_keys (decision);

CREATE TABLE meanings (
    short TEXT NOT NULL,
    long TEXT NOT NULL,
    papers INTEGER NOT NULL,
    PRIMARY KEY (short, long)
) STRICT, WITHOUT ROWID;
CREATE INDEX meanings_long ON meanings (long);

CREATE TABLE redirects (
    id TEXT PRIMARY KEY,
    target TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX redirects_target ON redirects (target);

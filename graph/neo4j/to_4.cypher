// Version 4: what people decided, what acronyms mean, and which id stands for a merged one.

CREATE CONSTRAINT decision_id IF NOT EXISTS FOR (n:Decision) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT decision_key_id IF NOT EXISTS FOR (n:DecisionKey) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT redirect_id IF NOT EXISTS FOR (n:Redirect) REQUIRE n.id IS UNIQUE;
CREATE INDEX decision_at IF NOT EXISTS FOR (n:Decision) ON (n.at, n.id);
CREATE INDEX redirect_target IF NOT EXISTS FOR (n:Redirect) ON (n.target);
CREATE INDEX meaning_short IF NOT EXISTS FOR (n:Meaning) ON (n.short);
CREATE INDEX meaning_long IF NOT EXISTS FOR (n:Meaning) ON (n.long);

// Version 1: what Neo4j has to keep unique, find fast, and find by text. Safe to run again.
// Entities have two labels: Entity, whose id is unique, and Method, Model, Dataset, Metric or Task, which a vote may change.

CREATE CONSTRAINT sotagraph_meta_id IF NOT EXISTS FOR (n:SotagraphMeta) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT paper_id IF NOT EXISTS FOR (n:Paper) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT result_id IF NOT EXISTS FOR (n:Result) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT extraction_record_id IF NOT EXISTS FOR (n:ExtractionRecord) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT batch_id IF NOT EXISTS FOR (n:Batch) REQUIRE n.id IS UNIQUE;

CREATE INDEX paper_year IF NOT EXISTS FOR (n:Paper) ON (n.year);
CREATE INDEX entity_key IF NOT EXISTS FOR (n:Entity) ON (n.key);
CREATE INDEX entity_papers IF NOT EXISTS FOR (n:Entity) ON (n.papers);
CREATE INDEX result_paper IF NOT EXISTS FOR (n:Result) ON (n.paper);
CREATE INDEX result_subject IF NOT EXISTS FOR (n:Result) ON (n.subject);
CREATE INDEX result_dataset IF NOT EXISTS FOR (n:Result) ON (n.dataset);
CREATE INDEX claim_paper IF NOT EXISTS FOR (n:Claim) ON (n.paper);
CREATE INDEX claim_winner IF NOT EXISTS FOR (n:Claim) ON (n.winner);
CREATE INDEX claim_loser IF NOT EXISTS FOR (n:Claim) ON (n.loser);
CREATE INDEX claim_dataset IF NOT EXISTS FOR (n:Claim) ON (n.dataset);

// What a paper said between entities is taken back by the paper's id.
CREATE INDEX based_on_paper IF NOT EXISTS FOR ()-[r:BASED_ON]-() ON (r.paper);
CREATE INDEX trained_on_paper IF NOT EXISTS FOR ()-[r:TRAINED_ON]-() ON (r.paper);
CREATE INDEX evaluated_on_paper IF NOT EXISTS FOR ()-[r:EVALUATED_ON]-() ON (r.paper);
CREATE INDEX derived_from_paper IF NOT EXISTS FOR ()-[r:DERIVED_FROM]-() ON (r.paper);
CREATE INDEX addresses_paper IF NOT EXISTS FOR ()-[r:ADDRESSES]-() ON (r.paper);
CREATE INDEX uses_paper IF NOT EXISTS FOR ()-[r:USES]-() ON (r.paper);
CREATE INDEX variant_of_paper IF NOT EXISTS FOR ()-[r:VARIANT_OF]-() ON (r.paper);
CREATE INDEX beats_dataset IF NOT EXISTS FOR ()-[r:BEATS]-() ON (r.dataset);

// `unaccented` repeats the words that have accents without them, so that both spellings find both.
CREATE FULLTEXT INDEX paper_text IF NOT EXISTS FOR (n:Paper) ON EACH [n.title, n.abstract, n.unaccented]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
CREATE FULLTEXT INDEX entity_text IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.aliases, n.unaccented]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
CREATE FULLTEXT INDEX entity_keys IF NOT EXISTS FOR (n:Entity) ON EACH [n.keys]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}};

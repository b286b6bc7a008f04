"""The store on a Neo4j server: 5.26 or newer, Community, no plugin."""

from graph.neo4j.store import Neo4jStore, open_neo4j

__all__ = ["Neo4jStore", "open_neo4j"]

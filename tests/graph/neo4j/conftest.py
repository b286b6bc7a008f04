from tests.neo4j_server.fixtures import empty_neo4j, running_neo4j  # noqa: F401

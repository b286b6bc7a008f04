"""Ask a running server from Python: `python examples/ask.py MATH` prints who scores what, each with its sentence."""

import sys
from collections.abc import Iterator

from gql import Client, gql
from gql.transport.httpx import HTTPXTransport

LEADERBOARD = gql(
    """
    query Leaderboard($dataset: String!, $rows: Int!) {
      leaderboard(dataset: $dataset) {
        groups {
          metric { name }
          rows(first: $rows) { nodes { rank system { name } result { raw quote } paper { title } } }
        }
      }
    }
    """
)


def open_client(address: str, token: str | None = None) -> Client:
    """Return a client of the server at an address, which holds every document to the server's schema before it is sent."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return Client(transport=HTTPXTransport(url=f"{address}/graphql", headers=headers), fetch_schema_from_transport=True)


def leaderboard(client: Client, dataset: str, rows: int = 10) -> Iterator[str]:
    """Yield the lines of a leaderboard. Raises gql's TransportQueryError for a dataset that isn't there."""
    LEADERBOARD.variable_values = {"dataset": dataset, "rows": rows}
    for group in client.execute(LEADERBOARD)["leaderboard"]["groups"]:
        yield group["metric"]["name"] if group["metric"] else "no metric is named"
        for row in group["rows"]["nodes"]:
            system = row["system"]["name"] if row["system"] else "a paper's own model"
            result, paper = row["result"], row["paper"]
            yield f"{row['rank'] or '-':>3} {system}: {result['raw']} “{result['quote']}” ({paper['title']})"


if __name__ == "__main__":
    sys.stdout.writelines(line + "\n" for line in leaderboard(open_client("http://127.0.0.1:8000"), sys.argv[1]))

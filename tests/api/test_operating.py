"""What those who run a server see of it, and how they bound it."""

import io
import json
import logging
import re
from typing import Any

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api import ApiSettings, Role, new_key
from graph.store import Store
from sotagraph.logs import write_logs
from tests.api.conftest import asking, serving

READER, ADMIN = new_key("reader", Role.READ), new_key("admin", Role.ADMIN)
STATS = {"query": "query Counts { stats { papers } }"}


def test_every_response_has_an_id(client: httpx.Client) -> None:
    for path in ("/graphql", "/healthz", "/nothing"):
        assert re.fullmatch(r"[0-9a-f]{32}", client.get(path).headers["x-request-id"])
    ids = {client.post("/graphql", json=STATS).headers["x-request-id"] for _ in range(2)}
    assert len(ids) == 2
    assert client.post("/graphql", json=STATS, headers={"x-request-id": "mine-1"}).headers["x-request-id"] == "mine-1"
    for bad in ("a b", "x" * 65, 'x"'):
        assert client.post("/graphql", json=STATS, headers={"x-request-id": bad}).headers["x-request-id"] != bad


def test_a_line_for_each_operation(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="api.telemetry"):
        client.post("/graphql", json={**STATS, "operationName": "Counts"}, headers={"x-request-id": "r-1"})
        client.post("/graphql", json={"query": '{ entity(name: "nobody") { id } }'})
        client.post("/graphql", json={"query": "{"})
    told = [(r.type, r.operation, r.caller, r.cost, r.codes) for r in caplog.records]  # type: ignore[attr-defined]
    assert told == [
        ("query", "Counts", "127.0.0.1", 2, []),
        ("query", None, "127.0.0.1", 2, ["NOT_FOUND"]),
        ("unknown", None, "127.0.0.1", None, ["GRAPHQL_PARSE_FAILED"]),
    ]
    assert caplog.records[0].request_id == "r-1"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("form", "lines"), [("quiet", 1), ("text", 2), ("json", 2)])
def test_logs_have_their_form(monkeypatch: pytest.MonkeyPatch, form: Any, lines: int) -> None:
    root, written = logging.getLogger(), io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    before = root.handlers[:], root.level
    try:
        write_logs(form)
        logging.getLogger("api.x").info("done %s", 1, extra={"cost": 5, "ms": 0.1})
        try:
            raise RuntimeError("broken")
        except RuntimeError:
            logging.getLogger("api.x").exception("failed")
    finally:
        root.handlers[:], level = before
        root.setLevel(level)
    text = written.getvalue()
    assert len(re.findall("done 1|failed", text)) == lines
    assert "RuntimeError: broken" in text
    if form == "json":
        first, second = map(json.loads, text.splitlines())
        assert (first["message"], first["cost"], first["level"]) == ("done 1", 5, "info")
        assert "Traceback" in second["error"]


def test_metrics_count(small: Store) -> None:
    with serving(small) as client:
        asking(client)(STATS["query"])
        asking(client)('{ entity(name: "nobody") { id } }')
        page = client.get("/metrics")
    assert page.headers["content-type"].startswith("text/plain")
    for line in (
        'sotagraph_operations_total{outcome="ok",type="query"} 1.0',
        'sotagraph_operations_total{outcome="error",type="query"} 1.0',
        'sotagraph_errors_total{code="NOT_FOUND"} 1.0',
        "sotagraph_operation_cost_sum 4.0",
        "sotagraph_subscriptions 0.0",
    ):
        assert line in page.text


def test_metrics_are_for_admins_where_reading_needs_a_key(small: Store) -> None:
    settings = ApiSettings(read="keys", write="keys", keys=(READER[0], ADMIN[0]))
    with serving(small, settings=settings) as client:
        statuses = [
            client.get("/metrics", headers={"authorization": f"Bearer {token}"} if token else {}).status_code
            for token in (None, READER[1], ADMIN[1])
        ]
    assert statuses == [401, 403, 200]


def test_cost_is_limited_for_each_caller(small: Store) -> None:
    settings = ApiSettings(rate_limit="100/hour", keys=(READER[0],))
    asked = {"query": "{ papers(first: 20) { totalCount } }"}
    with serving(small, settings=settings) as client:
        first, second, third = (client.post("/graphql", json=asked) for _ in range(3))
        assert [response.status_code for response in (first, second, third)] == [200, 200, 429]
        assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("100", "60")
        assert 0 < int(third.headers["ratelimit-reset"]) <= 2 * 3600
        assert third.headers["retry-after"] == third.headers["ratelimit-reset"]
        assert third.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
        assert "data" not in third.json()
        small_one = client.post("/graphql", json=STATS)
        assert small_one.status_code == 200, "what is left may still be used"
        known = client.post("/graphql", json=asked, headers={"authorization": f"Bearer {READER[1]}"})
        assert known.status_code == 200, "another caller has another count"


def test_what_can_not_be_read_costs_too(small: Store) -> None:
    with serving(small, settings=ApiSettings(rate_limit="3/hour")) as client:
        statuses = [client.post("/graphql", json={"query": "{"}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


def test_no_limit_by_itself(client: httpx.Client) -> None:
    assert not [name for name in client.post("/graphql", json=STATS).headers if name.startswith("ratelimit")]


def test_spans_of_an_operation_and_its_statements(small: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    with serving(small, settings=ApiSettings(traces=True)) as client:
        body = {"query": "query Q { papers { totalCount nodes { results { subject { name } } } } }", "operationName": "Q"}
        assert "errors" not in client.post("/graphql", json=body).json()
    *statements, whole = exporter.get_finished_spans()
    assert (whole.name, whole.parent, {span.name for span in statements}) == ("graphql Q", None, {"statement"})
    assert {span.parent.span_id for span in statements if span.parent} == {whole.context.span_id}
    tables = [re.findall(r"FROM (papers|results|entities)", str(span.attributes["db.query.text"])) for span in statements]  # type: ignore[index]
    assert {table for found in tables for table in found} == {"papers", "results", "entities"}

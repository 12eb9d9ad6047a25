"""Spans of a service with a real index, as OpenTelemetry gets them."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from address_match.service.http.app import create_app
from address_match.service.http.watching.traces import NoTraces, OpenTelemetryTraces, open_traces
from address_match.service.settings.server_settings import ServerSettings
from tests.integration.conftest import active_deployment, run_python

STAGES = {"parse_and_encode", "retrieve", "rank", "calibrate", "decide"}
ADDRESS = "7 secret lane"


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def client(village_index: Path, exporter: InMemorySpanExporter) -> Iterator[TestClient]:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    traces = OpenTelemetryTraces(provider)
    with TestClient(create_app(active_deployment(village_index), ServerSettings(), traces=traces)) as served:
        yield served


def parent_of(span: ReadableSpan) -> int | None:
    return None if span.parent is None else span.parent.span_id


def named(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def test_a_request_has_a_span_its_work_within_that_and_each_stage_within_the_work(
    client: TestClient, exporter: InMemorySpanExporter
) -> None:
    client.post("/v1/addresses", json={"input": "1 thornbeck row"})
    spans = named(exporter)
    request, work = spans["POST /v1/addresses"], spans["match"]
    assert spans.keys() >= STAGES
    assert parent_of(work) == request.context.span_id
    assert {parent_of(spans[stage]) for stage in STAGES} == {work.context.span_id}
    assert all(work.start_time <= spans[stage].start_time <= spans[stage].end_time for stage in STAGES)
    assert request.attributes is not None
    assert dict(request.attributes) == {
        "http.route": "/v1/addresses",
        "http.request.method": "POST",
        "http.response.status_code": 200,
    }


def test_a_request_goes_on_with_the_trace_that_its_headers_name(
    client: TestClient, exporter: InMemorySpanExporter
) -> None:
    trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
    client.get("/v1/addresses/100", headers={"traceparent": f"00-{trace}-{parent}-01"})
    request = named(exporter)["GET /v1/addresses/{uprn:path}"]
    assert (f"{request.context.trace_id:032x}", f"{parent_of(request):016x}") == (trace, parent)


def test_headers_that_name_no_trace_begin_one(client: TestClient, exporter: InMemorySpanExporter) -> None:
    assert client.get("/v1/addresses/100", headers={"traceparent": "7 secret lane"}).status_code == 200
    assert parent_of(named(exporter)["GET /v1/addresses/{uprn:path}"]) is None


def test_work_for_several_requests_is_linked_to_all_of_them(
    client: TestClient, exporter: InMemorySpanExporter
) -> None:
    with ThreadPoolExecutor(16) as pool:
        asked = [{"input": f"{number} thornbeck row"} for number in range(1, 33)]
        list(pool.map(lambda body: client.post("/v1/addresses", json=body), asked))
    spans = exporter.get_finished_spans()
    requests = {span.context.span_id for span in spans if span.name == "POST /v1/addresses"}
    works = [span for span in spans if span.name == "match"]
    served = [parent_of(work) for work in works]
    served += [link.context.span_id for work in works for link in work.links]
    assert len(requests) == 32
    assert sorted(map(str, served)) == sorted(map(str, requests))


def test_no_span_holds_an_address(client: TestClient, exporter: InMemorySpanExporter) -> None:
    client.get("/v1/addresses", params={"input": ADDRESS})
    client.get(f"/v1/addresses/{ADDRESS}")
    client.get("/v1/parse", params={"input": ADDRESS, "wrong": ADDRESS})
    client.get(f"/{ADDRESS}")
    client.post("/v1/bulk", json={"addresses": [ADDRESS, "x" * 10_001]})
    client.post("/v1/addresses", json={"input": ADDRESS, "explain": True})
    spans = exporter.get_finished_spans()
    assert {span.name for span in spans} >= {"match", "explain", "lookup", "bulk", "GET none"}
    assert [span.name for span in spans if "secret" in span.to_json()] == []


WITH_A_PROVIDER = """
import sys
from pathlib import Path
from fastapi.testclient import TestClient
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)

from address_match.service.http.app import create_app
from address_match.service.settings.server_settings import ServerSettings
from tests.integration.conftest import active_deployment

with TestClient(create_app(active_deployment(Path(sys.argv[1])), ServerSettings())) as client:
    client.get("/v1/addresses", params={"input": "7 secret lane"})
    client.get("/v1/addresses", params={"input": "7 secret lane", "limit": "none"})
for span in exporter.get_finished_spans():
    print(span.name, "leaks" if "secret" in span.to_json() else "")
"""


def test_the_provider_of_a_process_gets_our_spans_and_none_that_hold_a_url(
    village_index: Path, tmp_path: Path
) -> None:
    said = run_python(WITH_A_PROVIDER, village_index, cwd=tmp_path)
    assert (said.code, "leaks" in said.out) == (0, False)
    names = {line.strip() for line in said.out.splitlines()}
    assert names == {"GET /v1/addresses", "match", *STAGES}


def test_nothing_is_traced_unless_the_process_has_a_provider() -> None:
    assert isinstance(open_traces(), NoTraces)


def test_nothing_is_traced_where_opentelemetry_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry", None)
    assert isinstance(open_traces(), NoTraces)

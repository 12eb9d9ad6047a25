import logging
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from address_match.service.matching.answer import Answer
from tests.service.http.service_under_test import SmallPipeline, running

PROBLEM = "application/problem+json"


class FailingPipeline(SmallPipeline):
    """Fails with an error that nobody foresaw, whose message quotes the address."""

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:  # noqa: ARG002
        raise ValueError(f"cannot read {texts[0]}")


@pytest.mark.parametrize(
    ("path", "body", "status", "says"),
    [
        ("/v1/addresses", {}, 422, "input"),
        ("/v1/addresses", {"input": 7}, 422, "input"),
        ("/v1/addresses", {"input": "x" * 10_001}, 422, "10,001 characters"),
        ("/v1/addresses", {"input": "1 mill lane", "limit": 0}, 422, "limit"),
        ("/v1/addresses", {"input": "1 mill lane", "limit": 101}, 422, "100"),
        ("/v1/addresses", {"input": "1 mill lane", "limits": 1}, 422, "input, limit, explain"),
        ("/v1/bulk", {"addresses": ["a", "b", "c", "d"]}, 413, "3 of one request"),
        ("/v1/bulk", {"addresses": "a"}, 422, "addresses"),
        ("/v1/bulk", {"addresses": ["x" * 60_000]}, 413, "50,000 bytes"),
    ],
)
def test_a_request_that_cannot_be_served_is_a_problem_that_says_why(path, body, status, says) -> None:  # type: ignore[no-untyped-def]  # parametrised
    with running(bulk_addresses=3, body_bytes=50_000) as client:
        answer = client.post(path, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert says in answer.text
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    "path",
    [
        "/v1/addresses?input=1+mill+lane&input=2+mill+lane",
        "/v1/addresses?input=1+mill+lane&limit=1&lim%69t=1",
        "/v1/postcodes/AB1%202CD?cursor=&cursor=",
    ],
)
def test_a_parameter_that_stands_twice_is_ambiguous(path: str) -> None:
    with running() as client:
        answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert answer.json()["type"].rpartition("/")[2] == "repeated-parameter"
    assert "mill" not in answer.text.lower()


@pytest.mark.parametrize(
    "path", ["/v1/addresses?input=caf%E9+lane", "/v1/addresses/%E9", "/v1/suggest?q=a&limit=%FF"]
)
def test_a_url_in_another_encoding_is_refused_instead_of_read_with_gaps(path: str) -> None:
    with running() as client:
        answer = client.get(path)
        in_utf8 = client.get("/v1/addresses?input=caf%C3%A9+lane")
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert answer.json()["type"].rpartition("/")[2] == "unreadable-url"
    assert in_utf8.json()["input"] == "café lane"


class NeverSent:
    """A body that fails the test when it is sent."""

    def __iter__(self) -> Iterator[bytes]:
        raise AssertionError("the body was sent")


def test_a_body_that_is_announced_as_too_large_is_refused_before_it_comes() -> None:
    with running(body_bytes=50_000) as client:
        answer = client.post("/v1/bulk", content=NeverSent(), headers={"content-length": "50001"})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (413, "body-too-large")


@pytest.mark.parametrize("path", ["/v1/addresses", "/v1/bulk/lines", "/aims/bulk"])
def test_a_packed_body_is_refused_as_such(path: str) -> None:
    with running() as client:
        answer = client.post(path, content=b"\x1f\x8b", headers={"content-encoding": "gzip"})
        plain = client.post(
            "/v1/addresses", json={"input": "1 mill lane"}, headers={"content-encoding": "identity"}
        )
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (415, "packed-body")
    assert plain.status_code == 200


def test_parameters_that_stand_once_are_not_ambiguous() -> None:
    with running() as client:
        answers = [client.get("/v1/addresses?input=1+mill+lane&&limit=1"), client.get("/pages/search?a&a")]
    assert answers[0].status_code == 200
    assert "repeated-parameter" not in answers[1].text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "input"),
        ("input=" + "x" * 10_001, "10,001 characters"),
        ("input=elm&nbest=21", "nbest"),
        ("input=elm&nbest=x", "nbest"),
    ],
)
def test_what_cannot_be_parsed_is_a_problem_that_says_why(query: str, says: str) -> None:
    with running() as client:
        answer = client.get(f"/v1/parse?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert says in answer.text


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"addresses": list(range(10_000))}, "body.addresses.0.text: Input should be a valid string"),
        (
            {"addresses": [], **{f"key {n}": n for n in range(100)}},
            "body: a name is not one of addresses, ids, limit, as_at, dataset, classification, country, status, historical, lat, lon, radius, box, custodian",
        ),
    ],
)
def test_a_request_that_is_wrong_throughout_is_told_its_first_mistake(
    body: dict[str, object], says: str
) -> None:
    with running() as client:
        answer = client.post("/v1/bulk", json=body)
    assert (answer.status_code, answer.json()["errors"]) == (422, [says])


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (
            "/v1/addresses?input=1+mill+lane&explian=true",
            (
                "query: a name is not one of input, limit, explain, fields, as_at, dataset, "
                "classification, country, status, historical, lat, lon, radius, box, custodian"
            ),
        ),
        ("/v1/parse?input=1+mill+lane&best=3", "query: a name is not one of input, nbest"),
    ],
)
def test_an_unknown_parameter_is_refused_and_not_repeated(url: str, says: str) -> None:
    with running() as client:
        answer = client.get(url)
    assert (answer.status_code, answer.json()["errors"]) == (422, [says])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/addresses", b'{"input": "1 mill lane", "input": "2 mill lane"}'),
        ("/v1/addresses", b'{"input": "1 mill lane", "\\u0069nput": "2 mill lane"}'),
        ("/v1/bulk", b'{"addresses": [{"number": "1", "street": "mill lane", "number": "2"}]}'),
        ("/v1/suggest", '{"q": "1 mill", "q": "2 mill"}'.encode("utf-16")),
    ],
)
def test_json_that_gives_a_name_twice_is_ambiguous(path: str, body: bytes) -> None:
    with running() as client:
        answer = client.post(path, content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert answer.json()["type"].rpartition("/")[2] == "repeated-parameter"
    assert "mill" not in answer.text.lower()


def test_a_line_that_gives_a_name_twice_is_answered_so_and_the_others_are_matched() -> None:
    lines = b'{"input": "1 mill lane", "input": "2 mill lane"}\n{"input": "1 mill lane"}\n'
    with running() as client:
        first, second = client.post("/v1/bulk/lines", content=lines).text.splitlines()
    assert "line 1: an object of the body gives a name more than once" in first
    assert '"uprn":"100"' in second


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_json_does_not_have_is_refused(number: str) -> None:
    body = f'{{"input": "1 mill lane", "lat": {number}, "lon": 0, "radius": 100}}'.encode()
    with running() as client:
        answer = client.post("/v1/addresses", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, "unreadable-body")


def test_a_body_that_is_no_json_is_a_problem() -> None:
    with running() as client:
        answer = client.post(
            "/v1/addresses", content=b'{"input": ', headers={"content-type": "application/json"}
        )
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)


def test_json_without_its_header_is_told_which_to_send() -> None:
    with running() as client:
        answer = client.post("/v1/addresses", content=b'{"input": "1 mill lane"}')
    assert answer.status_code == 422
    assert "Content-Type: application/json" in answer.json()["detail"]


def test_a_lone_surrogate_is_answered_as_an_unknown_character() -> None:
    with running() as client:
        answer = client.post(
            "/v1/addresses", content=b'{"input": "\\ud800"}', headers={"content-type": "application/json"}
        )
    assert (answer.status_code, answer.json()["input"]) == (200, "\ufffd")


def test_an_unknown_route_is_a_problem() -> None:
    with running() as client:
        answer = client.get("/v2/addresses")
    assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)


def test_blank_input_is_answered_as_blank() -> None:
    with running() as client:
        answer = client.get("/v1/addresses", params={"input": "  "})
    assert (answer.status_code, answer.json()["reason"]) == (200, "blank")


def test_an_unforeseen_error_is_a_problem_and_its_log_holds_no_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG), running(FailingPipeline()) as client:
        answer = client.get("/v1/addresses", params={"input": "7 secret lane"})
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    assert "secret" not in answer.text
    ours = [
        r.getMessage()
        for r in caplog.records
        if r.name.startswith("address_match") and r.levelname == "ERROR"
    ]
    assert len(ours) == 1
    assert ours[0].startswith(
        f"request {answer.json()['request_id']}: unexpected ValueError in FailingPipeline.match:"
    )


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_a_server_error(text: str) -> None:
    with running() as client:
        by_url = client.get("/v1/addresses", params={"input": text})
        parsed = client.get("/v1/parse", params={"input": text})
    assert {by_url.status_code, parsed.status_code} == {200}

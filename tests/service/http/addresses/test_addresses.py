from concurrent.futures import ThreadPoolExecutor

import pytest

from address_match.service.wire.parse import parse_object
from tests.service.http.service_under_test import SmallPipeline, running


def test_an_address_in_the_url_is_answered() -> None:
    with running() as client:
        answer = client.get("/v1/addresses", params={"input": "1 Mill Lane"})
    assert answer.status_code == 200
    assert answer.json()["status"] == "matched"
    assert answer.json()["candidates"] == [
        {
            "uprn": "100",
            "address": "1 MILL LANE",
            "probability": 0.97,
            "relation": "exact",
            "match_code": "premises",
        }
    ]


def test_an_address_in_the_body_gets_the_same_answer() -> None:
    with running() as client:
        by_url = client.get("/v1/addresses", params={"input": "1 mill lane"})
        by_body = client.post("/v1/addresses", json={"input": "1 mill lane"})
    assert by_body.json() == by_url.json()


def test_parts_lines_and_one_string_get_the_same_answer() -> None:
    written = "2 Mill Lane, Anytown, AB1 2CD"
    parts = {"number": "2", "street": "Mill Lane", "town": "Anytown", "postcode": "AB1 2CD"}
    with running() as client:
        one, lines, by_parts = (
            client.post("/v1/addresses", json={"input": given}).json()
            for given in (written, written.replace(", ", "\n"), parts)
        )
        bulk = client.post("/v1/bulk", json={"addresses": [parts, written], "ids": ["a", "b"]}).json()
    assert by_parts == one
    assert {**lines, "input": written} == one
    assert [answer["input"] for answer in bulk["answers"]] == [written, written]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"number": 2}, "body.input.parts.number: Input should be a valid string"),
        (
            {"house": "2"},
            "body.input.parts: a name is not one of organisation, sub_building, building, number, ",
        ),
    ],
)
def test_parts_that_are_unknown_or_no_texts_are_refused(parts: dict[str, object], says: str) -> None:
    with running() as client:
        refused = client.post("/v1/addresses", json={"input": parts})
    assert (refused.status_code, refused.json()["detail"].startswith(says)) == (422, True)


def test_an_explanation_is_given_where_it_is_asked_for() -> None:
    with running() as client:
        plain = client.get("/v1/addresses", params={"input": "1 mill lane"}).json()
        by_url = client.get("/v1/addresses", params={"input": "1 mill lane", "explain": "true"}).json()
        by_body = client.post("/v1/addresses", json={"input": "1 mill lane", "explain": True}).json()
    assert plain["explanation"] is None
    assert by_url == by_body
    assert by_url["uprn"] == plain["uprn"]
    evidence = by_url["explanation"]["candidates"][0]["evidence"]
    assert evidence == [{"field": "number", "words": "number 1 agrees", "log_odds": 3.25}]


def test_an_absent_address_is_an_answer_and_no_error() -> None:
    with running() as client:
        answer = client.get("/v1/addresses", params={"input": "9 Mill Lane"})
    assert (answer.status_code, answer.json()["reason"]) == (200, "absent")


def test_a_premises_is_looked_up_with_its_leading_zeros() -> None:
    with running() as client:
        held = client.get("/v1/addresses/0200").json()
    assert (held["uprn"], held["texts"][0]["address"], held["latitude"]) == ("0200", "2 MILL LANE", None)


def test_an_unknown_uprn_is_a_problem_that_names_it() -> None:
    with running() as client:
        answer = client.get("/v1/addresses/999")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith("/unknown-uprn")
    assert "'999'" in answer.json()["detail"]


def test_an_identifier_with_a_slash_is_looked_up_as_any_other() -> None:
    with running() as client:
        answer = client.get("/v1/addresses/AB%2F7")
    assert answer.json()["type"].endswith("/unknown-uprn")
    assert "'AB/7'" in answer.json()["detail"]


def test_an_address_is_parsed() -> None:
    with running() as client:
        parse = client.get("/v1/parse", params={"input": "12 Mill"}).json()
    assert [(c["label"], c["text"], c["start"]) for c in parse["components"]] == [
        ("BuildingNumber", "12", 0),
        ("StreetName", "MILL", 3),
    ]
    assert parse["reading"] == {"street": "MILL LANE"}
    assert parse["tokens"][0] == {
        "label": "BuildingNumber",
        "text": "12",
        "start": 0,
        "end": 2,
        "probability": 1.0,
        "use": "understood",
    }
    assert "alternatives" not in parse


def test_as_many_whole_parses_as_asked_for_are_listed() -> None:
    with running() as client:
        found = client.get("/v1/parse", params={"input": "12 Mill", "nbest": 1}).json()
    assert [way["labels"] for way in found["alternatives"]] == [["BuildingNumber", "StreetName"]]


def test_a_parse_over_http_is_the_object_of_the_command_line() -> None:
    pipeline = SmallPipeline()
    with running(pipeline) as client:
        found = client.get("/v1/parse", params={"input": "12 Mill", "nbest": 1}).json()
    assert found == parse_object(pipeline.parser.parse_batch(["12 Mill"], nbest=1)[0])


def test_bulk_answers_keep_the_order_of_the_request() -> None:
    with running() as client:
        answers = client.post("/v1/bulk", json={"addresses": ["2 mill lane", "", "1 mill lane", "?"]}).json()
    found = [(a["input"], a["uprn"], a["reason"]) for a in answers["answers"]]
    assert found == [
        ("2 mill lane", "0200", ""),
        ("", "", "blank"),
        ("1 mill lane", "100", ""),
        ("?", "", "absent"),
    ]


def test_answers_in_bulk_have_the_ids_of_their_addresses() -> None:
    addresses = ["2 mill lane", "1 mill lane"]
    with running() as client:
        answers = client.post("/v1/bulk", json={"addresses": addresses, "ids": ["b", "a"]}).json()["answers"]
        plain = client.post("/v1/bulk", json={"addresses": addresses}).json()["answers"]
        too_few = client.post("/v1/bulk", json={"addresses": addresses, "ids": ["b"]})
    assert [(one["id"], one["uprn"]) for one in answers] == [("b", "0200"), ("a", "100")]
    assert ["id" in one for one in plain] == [False, False]
    assert (too_few.status_code, too_few.json()["errors"]) == (
        422,
        ["body: there are not as many ids as addresses"],
    )


def test_bulk_answers_an_overlong_address_among_others_with_an_error() -> None:
    with running() as client:
        answers = client.post("/v1/bulk", json={"addresses": ["x" * 10_001, "1 mill lane"]}).json()["answers"]
    assert [a["reason"] for a in answers] == ["error", ""]
    assert "10001 characters" in answers[0]["error"]


def test_addresses_that_come_together_each_get_their_own_answer() -> None:
    texts = ["1 mill lane", "2 mill lane", "nowhere"] * 20
    with running(threads=1, gathered=8) as client, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda t: client.get("/v1/addresses", params={"input": t}).json(), texts))
    assert [a["input"] for a in answers] == texts
    assert [a["uprn"] for a in answers] == ["100", "0200", ""] * 20


def test_the_service_is_alive_and_ready() -> None:
    with running() as client:
        assert client.get("/healthz").json()["status"] == "ok"
        ready = client.get("/readyz")
    assert (ready.json()["status"], ready.json()["checks"]) == ("ready", {"index": "ok"})


def test_readiness_says_which_models_and_which_index_answer_and_not_where_they_lie() -> None:
    with running() as client:
        ready = client.get("/readyz")
    assert ready.json()["serving"] == {
        "bundle": "small",
        "bundle_version": "1",
        "bundle_fingerprint": "b" * 64,
        "encoder_fingerprint": "e" * 64,
        "parser_fingerprint": "p" * 64,
        "generation": "g000001",
    }
    assert "/srv" not in ready.text


def test_the_service_is_not_ready_while_the_engine_is_gone_and_keeps_paths_to_itself() -> None:
    pipeline = SmallPipeline()
    with running(pipeline) as client:
        pipeline.retriever.close()
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "/srv/secret" not in answer.text


def test_the_pipeline_is_closed_with_the_application() -> None:
    pipeline = SmallPipeline()
    with running(pipeline):
        assert not pipeline.retriever.closed
    assert pipeline.retriever.closed


def test_the_documentation_shows_an_example_of_every_question() -> None:
    with running() as client:
        schemas = client.get("/openapi.json").json()["components"]["schemas"]
        assert client.get("/docs").status_code == 200
    assert schemas["AddressRequest"]["examples"]
    assert schemas["BulkRequest"]["examples"]
    assert schemas["AddressAnswer"]["examples"]


@pytest.mark.parametrize("explain", ["false", "true"])
def test_candidates_show_the_fields_of_their_premises_that_are_asked_for(explain: str) -> None:
    question = {"input": "1 mill lane", "fields": "postcode,latitude", "explain": explain}
    with running() as client:
        candidate = client.get("/v1/addresses", params=question).json()["candidates"][0]
    assert (candidate["postcode"], candidate["latitude"]) == ("AB1 2CD", None)
    assert "status" not in candidate


@pytest.mark.parametrize("explain", [False, True])
def test_an_address_is_answered_as_at_a_day(*, explain: bool) -> None:
    question = {"input": "1 mill lane", "explain": explain}
    with running() as client:
        then, now = (
            client.post("/v1/addresses", json={**question, "as_at": day}).json()["status"]
            for day in ("1999-12-31", "2021-03-21")
        )
        refused = client.get("/v1/addresses", params={"input": "1 mill lane", "as_at": "21/03/2021"})
    assert (then, now) == ("unmatched", "matched")
    assert (refused.status_code, "no day" in refused.json()["detail"]) == (422, True)

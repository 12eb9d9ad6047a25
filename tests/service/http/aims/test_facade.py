"""How the façade stands in the service: below its prefix, behind the same keys and bounds."""

import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route

from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.errors import UsageError
from address_match.service.http.aims.facade import UNKNOWN_SENDER_BYTES
from address_match.service.matching.answer import Answer, RankedPremises, Relation
from address_match.service.settings.access_settings import AccessSettings
from address_match.service.settings.facade_settings import OWN_PATHS, AimsSettings, OsPlacesSettings
from tests.service.http.aims.factories import answering
from tests.service.http.model_client import model_client, places_in
from tests.service.http.service_under_test import SmallPipeline, running
from tests.service.jobs.arrangements import jobs_in

ASKED = "/aims/addresses?input=1+mill+lane"


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


def guard_of(file: KeyFile, **limits: int) -> Guard:
    return Guard.of(AccessSettings.model_validate({"keys": file.path, **limits}))


def test_there_is_none_unless_a_prefix_is_named() -> None:
    with running() as client:
        assert client.get(ASKED).headers["content-type"] == "application/problem+json"


def test_the_own_routes_stay_as_they_are() -> None:
    with answering() as client:
        assert client.get("/v1/addresses?input=1+mill+lane").json()["uprn"] == "100"
        assert client.get("/nowhere").headers["content-type"] == "application/problem+json"
        assert [path for path in client.get("/openapi.json").json()["paths"] if "aims" in path] == []


def test_readiness_names_the_epoch_that_a_facade_is_told() -> None:
    with answering(epoch="39") as client, running() as without:
        epochs = [one.get("/readyz").json()["epoch"] for one in (client, without)]
    assert epochs == ["39", ""]


def test_a_search_shows_its_probability_as_confidence_and_our_answer_beside_it() -> None:
    with answering() as client:
        found = client.get(ASKED).json()["response"]
    (address,) = found["addresses"]
    assert (address["uprn"], address["confidenceScore"], address["airRating"]) == ("100", 97.0, "A")
    assert (found["matchtype"], found["recommendationCode"], found["total"]) == ("S", "A", 1)
    assert found["addressMatch"]["status"] == "matched"
    assert address["addressMatch"] == {"probability": 0.97, "relation": "exact", "match_code": "premises"}


def test_what_its_words_stand_for_is_shown() -> None:
    with answering() as client:
        tokens = client.get(ASKED).json()["response"]["tokens"]
    assert tokens == {"BuildingNumber": "1", "StreetName": "MILL LANE"}


def test_what_lies_beyond_the_threshold_is_not_shown() -> None:
    with answering() as client:
        found = client.get(f"{ASKED}&matchthreshold=98").json()["response"]
    assert (found["addresses"], found["matchtype"], found["recommendationCode"]) == ([], "N", "I")


def test_the_second_page_goes_on_where_the_first_ends() -> None:
    with answering() as client:
        pages = [
            client.get(f"/aims/addresses/postcode/AB12CD?limit=1&offset={offset}").json()["response"]
            for offset in (0, 1, 2)
        ]
    assert [[one["uprn"] for one in page["addresses"]] for page in pages] == [["100"], ["0200"], []]
    assert {page["total"] for page in pages} == {2}


def test_a_uprn_is_found_with_its_zeros_as_it_is_held() -> None:
    with answering() as client:
        assert client.get("/aims/addresses/uprn/0200").json()["response"]["address"]["uprn"] == "0200"
        assert client.get("/aims/addresses/uprn/0100").json()["response"]["address"]["uprn"] == "100"


def test_of_a_parameter_that_is_sent_twice_the_first_counts() -> None:
    with answering() as client:
        assert client.get(f"{ASKED}&limit=7&limit=thing").json()["response"]["limit"] == 7


@pytest.mark.parametrize(
    ("sent", "echoed", "message"),
    [
        ({"limit": "thing"}, {"limit": 10}, "Limit parameter is not numeric"),
        ({"limit": "0"}, {"limit": 0}, "Limit parameter is too small, minimum = 1"),
        ({"limit": "999999"}, {"limit": 999999}, "Limit parameter is too large, maximum = 5000"),
        ({"offset": "-1"}, {"offset": -1}, "Offset parameter is too small, minimum = 0"),
        (
            {"epoch": "7"},
            {"epoch": "7"},
            "Requested Epoch is not available. Current available epochs are 39.",
        ),
    ],
)
def test_a_refusal_repeats_what_was_sent_as_far_as_it_can_be_read(
    sent: dict[str, str], echoed: dict[str, object], message: str
) -> None:
    with answering(epoch="39") as client:
        refused = client.get(ASKED, params={"input": "1 mill lane", **sent}).json()
    assert {name: refused["response"][name] for name in echoed} == echoed
    assert refused["errors"][0]["message"] == message


def test_a_weight_that_is_no_number_is_repeated_as_one() -> None:
    with answering() as client:
        boosts = client.get(f"{ASKED}&sboost=single+malt&wboost=42").json()["response"]["countryBoosts"]
    assert (boosts["sboost"], boosts["wboost"]) == (1, 42)


def test_the_paths_of_2021_have_the_keys_that_their_clients_read() -> None:
    with answering() as client:
        listed = client.get("/aims/addresses/rh/postcode/AB12CD").json()["response"]["addresses"][0]
        in_lines = client.get("/aims/addresses/rh/uprn/100").json()["response"]["address"]
    of_census = ["censusAddressType", "censusEstabType", "countryCode"]
    assert list(listed) == ["uprn", "formattedAddress", "addressType", *of_census, "confidenceScore"]
    assert {"addressLine1", "addressLine3", "townName", "organisationName", *of_census} <= set(in_lines)


def test_a_text_that_is_too_long_is_refused() -> None:
    with answering() as client:
        answer = client.get(f"/aims/addresses?input={'x' * 10_001}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 2)


def test_more_than_a_request_may_hold_is_refused_with_the_way_out() -> None:
    items = [{"id": str(number), "address": "1 mill lane"} for number in range(3)]
    with answering(bulk_addresses=2) as client:
        answer = client.post("/aims/bulk", json={"addresses": items})
    assert answer.status_code == 413
    assert "3 addresses are more than the 2 of one request" in answer.json()["status"]["message"]


def test_each_of_several_addresses_is_answered_in_its_order() -> None:
    items = [{"id": "b", "address": "2 mill lane"}, {"id": "a", "address": ""}, {"id": "c", "address": "9 x"}]
    with answering() as client:
        rows = client.post("/aims/bulk", json={"addresses": items}).json()["bulkAddresses"]
    assert [(row["id"], row["uprn"], row["matchtype"]) for row in rows] == [
        ("b", "0200", "S"),
        ("a", "", "N"),
        ("c", "", "N"),
    ]


class TwoLikely(SmallPipeline):
    """Finds both premises likely."""

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:  # noqa: ARG002 - the port's
        first, second = (RankedPremises(u, "", p, Relation.EXACT) for u, p in (("100", 0.5), ("0200", 0.4)))
        found = Answer.matched(first, absent_probability=0.1, candidates=(first, second)[:top])
        return [found for _ in texts]


def test_one_of_two_likely_premises_is_shown_and_not_recommended() -> None:
    body = {"addresses": [{"id": "1", "address": "mill lane"}]}
    with answering(TwoLikely()) as client:
        (row,) = client.post("/aims/bulk-full?limitperaddress=1", json=body).json()["bulkAddresses"]
    assert (row["uprn"], row["matchtype"], row["recommendationCode"]) == ("100", "S", "I")
    assert row["matchedAddress"]["airRating"] == "I"


@pytest.mark.parametrize("written", ["{key}", "Bearer {key}", "bearer {key}", "somebody_{key}"])
def test_a_key_is_taken_alone_behind_its_scheme_or_behind_a_name(file: KeyFile, written: str) -> None:
    _, key = file.add("census", Role.READER)
    with answering(guard=guard_of(file)) as client:
        answer = client.get(ASKED, headers={"Authorization": written.format(key=key)})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["", "/ids", "/uprn/100", "/postcode/AB12CD", "/random", "/eq?input=AB1"])
def test_no_premises_is_shown_without_a_key(file: KeyFile, path: str) -> None:
    file.add("census", Role.READER)
    asked = f"/aims/addresses{path or '?input=1+mill+lane'}"
    with answering(guard=guard_of(file)) as client:
        answer = client.get(asked if "ids" not in asked else f"{asked}?input=1+mill+lane")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (401, 11)


def test_the_key_of_an_operator_sees_no_address(file: KeyFile) -> None:
    _, operator = file.add("watch", Role.OPERATOR)
    with answering(guard=guard_of(file)) as client:
        answer = client.get(ASKED, headers={"Authorization": operator})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (401, 12)


@pytest.mark.parametrize(
    "path", ["/aims/../v1/addresses?input=x", "/aimsx/addresses", "/v1/addresses?input=x"]
)
def test_the_door_passes_nothing_but_what_lies_below_the_prefix(file: KeyFile, path: str) -> None:
    file.add("census", Role.READER)
    with answering(guard=guard_of(file)) as client:
        assert client.get(path).status_code == 401


def test_a_key_that_asks_too_much_is_told_when_to_come_back(file: KeyFile) -> None:
    _, key = file.add("census", Role.READER)
    with answering(guard=guard_of(file, key_rate=1)) as client:
        # The first may take longer than the second after which another is allowed.
        first, *_, last = [client.get(ASKED, headers={"Authorization": key}) for _ in range(4)]
    assert (first.status_code, last.status_code) == (200, 429)
    assert (last.json()["errors"][0]["code"], last.headers["retry-after"]) == (10, "1")


def test_a_long_body_of_nobody_is_not_read(file: KeyFile) -> None:
    file.add("census", Role.READER)
    with answering(guard=guard_of(file)) as client:
        answer = client.post(
            "/aims/bulk", content="x" * (UNKNOWN_SENDER_BYTES + 1), headers={"content-type": "text/json"}
        )
    assert answer.status_code == 401


def test_neither_address_nor_key_is_logged(file: KeyFile, caplog: pytest.LogCaptureFixture) -> None:
    _, key = file.add("census", Role.READER)
    with caplog.at_level(logging.DEBUG), answering(guard=guard_of(file)) as client:
        client.get(ASKED, headers={"Authorization": key})
        client.get("/aims/addresses/uprn/221B", headers={"Authorization": key})
    ours = [f"{vars(record)}" for record in caplog.records if record.name.startswith("address_match")]
    assert [line for line in ours if "lane" in line or "221B" in line or key[17:] in line] == []


def test_requests_are_counted_by_the_pattern_of_their_route(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "address_match"), answering() as client:
        client.get("/aims/addresses/uprn/100")
        client.get("/aims/nothing/221B")
    told = [vars(record)["facts"]["route"] for record in caplog.records if "facts" in vars(record)]
    assert told == ["/aims/addresses/uprn/{uprn}", "/aims/{path:path}"]


@pytest.mark.parametrize("prefix", ["aims", "/", "/aims/", "/v1/aims", "/a b", "//"])
def test_a_prefix_is_a_path_of_its_own(prefix: str) -> None:
    with pytest.raises(UsageError, match="ADDRESS_MATCH_AIMS_PREFIX"):
        AimsSettings(prefix=prefix)


@pytest.mark.parametrize("own", sorted(OWN_PATHS))
def test_a_prefix_that_would_hide_routes_of_the_service_is_refused(own: str) -> None:
    with pytest.raises(UsageError, match=f"begins with /{re.escape(own)} is the service's own"):
        OsPlacesSettings(prefix=f"/{own}")


def test_all_routes_of_the_service_lie_below_its_own_paths(tmp_path: Path) -> None:
    with model_client(places_in(tmp_path), jobs_in(tmp_path / "jobs")) as client:
        app: Any = client.app
    routes = [*app.state.routes, *(one for one in app.routes if isinstance(one, Route))]
    paths = {route.path for route in routes}
    assert {"/", "/pages/model", "/v1/jobs", "/openapi.json"} <= paths
    assert {path.split("/")[1] for path in paths} - {""} <= OWN_PATHS

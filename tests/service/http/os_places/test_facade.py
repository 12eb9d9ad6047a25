"""The manner of OS Places below a prefix."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.errors import UsageError
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.settings.access_settings import AccessSettings
from address_match.service.settings.facade_settings import AimsSettings, Facades, OsPlacesSettings
from address_match.service.settings.server_settings import ServerSettings
from tests.service.http.service_under_test import DEPLOYMENT, SmallPipeline, TwoPremises


@contextmanager
def answering(
    pipeline: SmallPipeline | None = None, guard: Guard | None = None, **settings: int
) -> Iterator[TestClient]:
    app = create_app(
        ActiveDeployment(LeasedDeployment(DEPLOYMENT, pipeline or SmallPipeline())),
        ServerSettings.model_validate(settings),
        ServiceParts(
            guard=guard, facades=Facades(AimsSettings(), OsPlacesSettings(prefix="/os", epoch="120"))
        ),
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with answering() as asked:
        yield asked


def test_a_search_answers_in_the_envelope_of_os_with_our_answer_beside(client: TestClient) -> None:
    found = client.get("/os/find?query=1+mill+lane&maxresults=5").json()
    assert list(found) == ["header", "results", "addressMatch"]
    assert found["header"] == {
        "uri": "http://testserver/os/find?query=1+mill+lane&maxresults=5",
        "query": "query=1 mill lane",
        "offset": 0,
        "totalresults": 1,
        "format": "JSON",
        "dataset": "DPA",
        "lr": "EN,CY",
        "maxresults": 5,
        "matchprecision": 1,
        "epoch": "120",
        "output_srs": "EPSG:27700",
    }
    assert [one["DPA"]["UPRN"] for one in found["results"]] == ["100"]
    assert found["results"][0]["DPA"]["MATCH_DESCRIPTION"] == "EXACT"
    assert found["addressMatch"]["status"] == "matched"


def test_what_is_not_held_has_no_results_and_our_answer_says_so(client: TestClient) -> None:
    found = client.get("/os/match?query=9+mill+lane").json()
    assert "results" not in found
    assert (found["header"]["totalresults"], found["addressMatch"]["reason"]) == (0, "absent")


def test_a_postcode_comes_page_by_page(client: TestClient) -> None:
    pages = [client.get(f"/os/postcode?postcode=ab12cd&maxresults=1&offset={at}").json() for at in range(3)]
    assert [page["header"]["totalresults"] for page in pages] == [2, 2, 2]
    assert [[one["DPA"]["UPRN"] for one in page.get("results", ())] for page in pages] == [
        ["100"],
        ["0200"],
        [],
    ]


def test_a_part_of_a_postcode_lists_those_that_begin_so(client: TestClient) -> None:
    assert client.get("/os/postcode?postcode=AB1").json()["header"]["totalresults"] == 2


def test_a_uprn_is_found_with_zeros_before_its_number(client: TestClient) -> None:
    assert client.get("/os/uprn?uprn=00100").json()["results"][0]["DPA"]["UPRN"] == "100"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("postcode", "No postcode parameter provided."),
        ("postcode?postcode=", "Parameter postcode cannot be empty."),
        ("postcode?postcode=xyz", "Requested postcode was xyz"),
        ("uprn?UPRN=", "Parameter uprn cannot be empty."),
        ("find?query=x&format=XML", "format takes JSON"),
        ("find?query=x&dataset=PAF", "dataset takes DPA or LPI"),
        ("find?query=x&minmatch=2", "minmatch has to be a number from 0.1 to 1"),
        ("radius?point=1,2&radius=1001", "radius has to be a number from 0.01 to 1000"),
        ("bbox?bbox=0,0,1001,1000", "square kilometre"),
        ("nearest?point=1,9999999", "0 to 1300000 towards the north"),
        (f"find?query={'x' * 10_001}", "10,001"),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused_as_os_does(
    client: TestClient, asked: str, message: str
) -> None:
    answer = client.get(f"/os/{asked}")
    error = answer.json()["error"]
    assert (answer.status_code, error["statuscode"]) == (400, 400)
    assert message in error["message"]


def test_a_path_that_is_none_is_not_found(client: TestClient) -> None:
    for answer in (client.get("/os/polygon"), client.post("/os/uprn", content="x"), client.put("/os/find")):
        assert (answer.status_code, answer.json()["error"]["statuscode"]) == (404, 404)


def test_several_texts_are_answered_each_as_alone(client: TestClient) -> None:
    texts = ["1 mill lane", "9 mill lane", "2 MILL LANE"]
    answers = client.post("/os/match", json={"queries": texts}).json()["answers"]
    alone = [client.get("/os/match", params={"query": text}).json() for text in texts]
    for one in (*answers, *alone):
        del one["header"]["uri"]
    assert answers == alone


@pytest.mark.parametrize("body", ["", "x", "[]", '{"queries": "x"}', '{"queries": [1]}'])
def test_a_body_that_cannot_be_read_is_refused(client: TestClient, body: str) -> None:
    answer = client.post("/os/match", content=body)
    assert (answer.status_code, answer.json()["error"]["statuscode"]) == (400, 400)


def test_more_texts_than_one_request_may_bring_are_refused() -> None:
    with answering(bulk_addresses=1) as client:
        answer = client.post("/os/match", json={"queries": ["a", "b"]})
    assert (answer.status_code, answer.json()["error"]["statuscode"]) == (413, 413)


class Unavailable(TwoPremises):
    """Cannot answer."""

    def lookup_all(self, uprns: Sequence[str]) -> pa.Table:  # noqa: ARG002 - the port's
        raise EngineUnavailableError("the index /srv/secret/index is closed")

    in_postcode = lying_in = lookup_all  # type: ignore[assignment]  # each takes one argument, and reads none


@pytest.mark.parametrize(
    "asked", ["find?query=1+mill+lane", "postcode?postcode=AB1+2CD", "nearest?point=1,2"]
)
def test_an_index_that_cannot_answer_is_said_without_its_path(asked: str) -> None:
    pipeline = SmallPipeline()
    pipeline.retriever = Unavailable()
    with answering(pipeline) as client:
        answer = client.get(f"/os/{asked}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert "secret" not in answer.text


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


def guard_of(file: KeyFile, **limits: int) -> Guard:
    return Guard.of(AccessSettings.model_validate({"keys": file.path, **limits}))


def test_a_key_is_taken_as_os_takes_it_and_as_a_bearer(file: KeyFile) -> None:
    _, key = file.add("census", Role.READER)
    with answering(guard=guard_of(file)) as client:
        ways = [
            client.get("/os/uprn", params={"uprn": "100", "key": key}),
            client.get("/os/uprn", params={"UPRN": "100", "KEY": key}),
            client.get("/os/uprn?uprn=100", headers={"key": key}),
            client.get("/os/uprn?uprn=100", headers={"Authorization": f"Bearer {key}"}),
        ]
    assert [answer.status_code for answer in ways] == [200] * 4
    assert [answer.status_code for answer in ways if key in answer.text] == []


@pytest.mark.parametrize(
    ("role", "sent", "status", "code"),
    [
        (Role.READER, "", 401, "steps.oauth.v2.FailedToResolveAPIKey"),
        (Role.READER, "amk_1_2", 401, "oauth.v2.InvalidApiKey"),
        (Role.OPERATOR, "{key}", 403, "oauth.v2.InvalidApiKey"),
    ],
)
def test_who_may_not_ask_is_sent_away_as_by_the_gateway_of_os(
    file: KeyFile, role: Role, sent: str, status: int, code: str
) -> None:
    _, key = file.add("somebody", role)
    with answering(guard=guard_of(file)) as client:
        answer = client.get("/os/uprn", params={"uprn": "100", "key": sent.format(key=key)})
    assert (answer.status_code, answer.json()["fault"]["detail"]["errorcode"]) == (status, code)


def test_a_key_that_asks_too_much_is_told_when_to_come_back(file: KeyFile) -> None:
    _, key = file.add("census", Role.READER)
    with answering(guard=guard_of(file, key_rate=1)) as client:
        *_, last = [client.get("/os/uprn?uprn=100", headers={"key": key}) for _ in range(4)]
    assert (last.status_code, last.headers["retry-after"]) == (429, "1")
    assert last.json()["fault"]["detail"]["errorcode"] == "policies.ratelimit.QuotaViolation"


def test_neither_address_nor_key_is_logged(file: KeyFile, caplog: pytest.LogCaptureFixture) -> None:
    _, key = file.add("census", Role.READER)
    with caplog.at_level(logging.DEBUG), answering(guard=guard_of(file)) as client:
        client.get("/os/find", params={"query": "1 mill lane", "key": key})
    ours = [f"{vars(record)}" for record in caplog.records if record.name.startswith("address_match")]
    assert [line for line in ours if "lane" in line or key[17:] in line] == []


def test_facades_do_not_share_a_path() -> None:
    with pytest.raises(UsageError, match="different"):
        Facades(AimsSettings(prefix="/old"), OsPlacesSettings(prefix="/old/os"))

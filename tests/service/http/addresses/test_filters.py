"""Filters under /v1, over a real index: who is asked about, and what is refused."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from address_match.service.http.app import create_app
from address_match.service.lookup.premises_lists import MOST_COUNTED
from address_match.service.settings.server_settings import ServerSettings
from tests.built_index import built_index
from tests.integration.conftest import active_deployment

REFERENCE = """uprn,address,postcode,classification,country,status,text_kind,latitude,longitude,custodian
1,"1 Thornbeck Road, Shildon",DL4 5QT,RD04,E,approved,postal,54.63,-1.64,9001
2,"2 Thornbeck Road, Shildon",DL4 5QT,CR08,E,approved,postal,54.64,-1.64,9002
3,"3 Thornbeck Road, Shildon",DL4 5QT,RD04,E,provisional,postal,,,9001
4,"4 Thornbeck Road, Shildon",DL4 5QT,RD04,E,historical,historical,54.63,-1.64,
5,"1 Thornbeck Road, Wick",KW1 4NJ,RD02,S,approved,postal,58.44,-3.09,9002
6,"12 Harbour Terrace, Wick",KW1 5EZ,CE01,S,approved,postal,58.45,-3.09,9002
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    index = built_index(tmp_path_factory.mktemp("filters"), REFERENCE)
    with TestClient(create_app(active_deployment(index), ServerSettings())) as served:
        yield served


@pytest.mark.parametrize(
    ("query", "uprns"),
    [
        ("", ["1", "2", "3", "4"]),
        ("classification=RD04", ["1", "3", "4"]),
        ("classification=r*", ["1", "3", "4"]),
        ("classification=commercial", ["2"]),
        ("classification=CE*,workplace", ["2"]),
        ("classification=educational", []),
        ("country=E", ["1", "2", "3", "4"]),
        ("country=s,w", []),
        ("status=approved", ["1", "2"]),
        ("status=provisional,historical", ["3", "4"]),
        ("historical=false", ["1", "2", "3"]),
        ("custodian=9002", ["2"]),
        ("custodian=9001, 9003", ["1", "3"]),
        ("lat=54.63&lon=-1.64&radius=1000", ["1", "4"]),
        ("lat=54.63&lon=-1.64&radius=1200", ["1", "2", "4"]),
        ("box=-1.65,54.635,-1.63,54.65", ["2"]),
        ("classification=RD04&box=-1.65,54.62,-1.63,54.65&historical=false", ["1"]),
    ],
)
@pytest.mark.parametrize("path", ["/v1/postcodes/DL4 5QT", "/v1/streets?street=Thornbeck Road&place=Shildon"])
def test_a_list_holds_the_premises_that_pass(
    client: TestClient, path: str, query: str, uprns: list[str]
) -> None:
    page = client.get(f"{path}{'&' if '?' in path else '?'}{query}")
    assert page.status_code == 200
    assert [one["uprn"] for one in page.json()["premises"]] == uprns
    assert page.json()["total"] == len(uprns)


def test_pages_of_a_narrowed_list_go_on_where_the_cursor_stands(client: TestClient) -> None:
    asked = "/v1/postcodes/DL4 5QT?classification=RD04&limit=2"
    first = client.get(asked).json()
    second = client.get(f"{asked}&cursor={first['cursor']}").json()
    assert [one["uprn"] for one in (*first["premises"], *second["premises"])] == ["1", "3", "4"]


def test_an_address_is_answered_with_premises_that_pass_and_others_count_as_absent(
    client: TestClient,
) -> None:
    asked = {"input": "1 Thornbeck Road"}
    anywhere = client.post("/v1/addresses", json=asked).json()
    in_scotland = client.post("/v1/addresses", json={**asked, "country": "S"}).json()
    nowhere = client.post("/v1/addresses", json={**asked, "country": "W"}).json()
    assert {one["uprn"] for one in anywhere["candidates"]} >= {"1", "5"}
    assert {one["uprn"] for one in in_scotland["candidates"]} <= {"5", "6"}
    assert in_scotland["candidates"][0]["uprn"] == "5"
    assert in_scotland["candidates"][0]["probability"] > anywhere["candidates"][0]["probability"]
    sums = [one["probability"] for one in in_scotland["candidates"]]
    assert sum(sums) + in_scotland["absent_probability"] == pytest.approx(1)
    assert (nowhere["status"], nowhere["reason"], nowhere["candidates"]) == ("unmatched", "absent", [])
    assert nowhere["absent_probability"] == 1


def test_an_explanation_is_of_premises_that_pass(client: TestClient) -> None:
    asked = {"input": "1 Thornbeck Road, Shildon", "classification": "CR08", "explain": "true"}
    found = client.get("/v1/addresses", params=asked).json()
    assert [one["uprn"] for one in found["explanation"]["candidates"]] == ["2"]


def test_the_nearest_numbers_are_those_of_premises_that_pass(client: TestClient) -> None:
    asked = {"input": "1 Thornbeck Road, Shildon", "classification": "CR08"}
    lacking = client.get("/v1/addresses", params=asked).json()["not_held"]
    assert (lacking["text"], [one["number"] for one in lacking["nearest"]]) == ("1", ["2"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=thornb&country=S", [("street", "THORNBECK ROAD, WICK", 1)]),
        ("q=thornbeck road shil&classification=CR08", [("street", 1), ("premises", "2")]),
        ("q=dl4 5&status=provisional", [("postcode", 1)]),
        ("q=dl4 5&country=S", []),
    ],
)
def test_suggestions_are_of_premises_that_pass(
    client: TestClient, query: str, found: list[tuple[object]]
) -> None:
    shown = client.get(f"/v1/suggest?{query}").json()["suggestions"]
    assert len(shown) == len(found)
    for one, expected in zip(shown, found, strict=True):
        assert set(expected) <= set(map(_plain, one.values()))


def _plain(value: object) -> object:
    return tuple(map(tuple, value)) if isinstance(value, list) else value


def test_suggestions_by_matching_are_of_premises_that_pass(client: TestClient) -> None:
    asked = {"q": "harbor terrase wick", "limit": 5}
    anywhere = client.post("/v1/suggest", json=asked).json()["suggestions"]
    residential = client.post("/v1/suggest", json={**asked, "classification": "residential"}).json()
    assert "6" in {one["uprn"] for one in anywhere}
    assert "6" not in {one["uprn"] for one in residential["suggestions"]}


def test_a_premises_that_is_looked_up_and_does_not_pass_is_not_unknown(client: TestClient) -> None:
    asked = {"uprns": ["6", "1", "99"], "country": "E", "fields": "uprn"}
    assert client.post("/v1/lookup", json=asked).json() == {"premises": [{"uprn": "1"}], "unknown": ["99"]}


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("classification=BR1", "C, L, M, O, P, R, U, X, Z"),
        ("classification=RD04,everything", "residential, commercial, workplace, educational"),
        ("country=France", "E, N, S, W, L, M, J"),
        ("status=demolished", "approved, provisional, historical"),
        ("lat=40&lon=-1.6&radius=100", "outside of these islands: 48 to 62"),
        ("lat=54&lon=-40&radius=100", "outside of these islands: -10 to 3"),
        ("lat=54&lon=-1.6", "belong together"),
        ("radius=100", "belong together"),
        ("lat=54&lon=-1.6&radius=0", "greater than 0"),
        ("lat=54&lon=-1.6&radius=100001", "100000"),
        ("lat=nan&lon=-1.6&radius=100", "number"),
        ("box=1,2,3", "west,south,east,north"),
        ("box=a,b,c,d", "west,south,east,north"),
        ("box=-1,54,-2,55", "other side"),
        ("box=-1,40,1,41", "outside of these islands: 48 to 62"),
        ("historical=perhaps", "boolean"),
        ("owner=9999", "a name is not one of"),
        ("custodian=ç", "custodian: String should match pattern"),
    ],
)
@pytest.mark.parametrize(
    "path", ["/v1/addresses?input=1+Mill+Lane", "/v1/postcodes/DL4 5QT?limit=1", "/v1/suggest?q=mill"]
)
def test_a_filter_that_cannot_be_is_refused_with_what_can(
    client: TestClient, path: str, query: str, says: str
) -> None:
    answer = client.get(f"{path}&{query}")
    assert answer.status_code == 422
    assert says in answer.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "streets"),
    [
        ("postcodes/DL4?", [("THORNBECK ROAD", 4)]),
        ("postcodes/DL4?classification=RD04", [("THORNBECK ROAD", 3)]),
        ("postcodes/KW1?classification=CE*", [("HARBOUR TERRACE", 1)]),
        ("postcodes/KW1?country=E", []),
        ("streets?street=Thornbeck Road&country=S", [("THORNBECK ROAD", 1)]),
        ("streets?street=Thornbeck Road&status=approved", [("THORNBECK ROAD", 2), ("THORNBECK ROAD", 1)]),
    ],
)
def test_streets_count_the_premises_that_pass(
    client: TestClient, asked: str, streets: list[tuple[str, int]]
) -> None:
    page = client.get(f"/v1/{asked}").json()
    assert [(one["street"], one["premises"]) for one in page["streets"]] == streets
    assert page["total"] == len(streets)


def test_streets_of_more_postcodes_than_can_be_read_take_no_filter(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    letters = "ABCDEFGHJKLNPQRSTUWXYZ"
    rows = [f'{n},"{n} Mill Lane, Wick",KW1 {n % 10}{letters[n // 10]}A' for n in range(MOST_COUNTED + 1)]
    index = built_index(tmp_path_factory.mktemp("many"), "\n".join(["uprn,address,postcode", *rows, ""]))
    with TestClient(create_app(active_deployment(index), ServerSettings())) as served:
        answers = [
            served.get(f"/v1/postcodes/{asked}")
            for asked in ("KW1?historical=false", "KW1 1?historical=false")
        ]
    assert [answer.status_code for answer in answers] == [422, 200]
    assert answers[0].json()["type"].endswith("filter-of-streets")
    assert "more of the postcode" in answers[0].json()["detail"]


def test_several_addresses_are_answered_each_as_alone_with_the_same_filter(client: TestClient) -> None:
    texts, said = ["1 Thornbeck Road", "12 harbour terrace, wick"], {"country": "S", "limit": 2}
    together = client.post("/v1/bulk", json={"addresses": texts, **said}).json()["answers"]
    alone = [client.post("/v1/addresses", json={"input": text, **said}).json() for text in texts]
    assert [one["candidates"] for one in together] == [one["candidates"] for one in alone]
    assert together[1]["uprn"] == "6"


@pytest.mark.parametrize("path", ["/v1/postcodes/ZZ9 9ZZ?", "/v1/streets?street=Nowhere&place=Wick&"])
def test_what_is_not_held_stays_unknown_with_a_filter(client: TestClient, path: str) -> None:
    assert client.get(f"{path}country=E").status_code == 404


DATED = """uprn,address,postcode,text_kind,valid_from,valid_to
1,"1 Old Street, Shildon",DL4 5QT,historical,1990-01-01,2010-12-31
1,"1 New Street, Shildon",DL4 5QT,postal,2011-01-01,
2,"2 New Street, Shildon",DL4 5QT,postal,2015-06-01,
3,"3 New Street, Shildon",DL4 5QT,postal,,
"""


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    index = built_index(tmp_path_factory.mktemp("dated"), DATED)
    with TestClient(create_app(active_deployment(index), ServerSettings())) as served:
        yield served


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2005-01-01", ["1 Old Street, Shildon", "3 New Street, Shildon"]),
        ("2015-06-01", ["1 New Street, Shildon", "2 New Street, Shildon", "3 New Street, Shildon"]),
    ],
)
def test_a_list_holds_what_was_valid_on_the_day(dated: TestClient, day: str, shown: list[str]) -> None:
    asked = {"as_at": day, "fields": "address"}
    listed = dated.get("/v1/postcodes/DL4 5QT", params=asked).json()["premises"]
    looked_up = dated.post("/v1/lookup", json={"uprns": ["1", "2", "3"], **asked}).json()
    assert sorted(one["address"].partition(", DL4")[0] for one in listed) == shown
    assert len(looked_up["premises"]) == len(shown)
    assert looked_up["unknown"] == []


def test_streets_count_what_was_valid_on_the_day(dated: TestClient) -> None:
    page = dated.get("/v1/postcodes/DL4?as_at=2005-01-01").json()
    assert {one["street"]: one["premises"] for one in page["streets"]} == {"OLD STREET": 1, "NEW STREET": 1}


def test_several_addresses_are_answered_as_at_a_day(dated: TestClient) -> None:
    asked = {"addresses": ["2 New Street, Shildon, DL4 5QT"]}
    days = ("2005-01-01", "2020-01-01")
    found = [dated.post("/v1/bulk", json={**asked, "as_at": day}).json()["answers"][0] for day in days]
    assert [one["uprn"] for one in found] == ["", "2"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/postcodes/DL4?as_at=yesterday",
        "/v1/streets?street=a&as_at=2020-02-30",
        "/v1/postcodes/DL4?as_at=20210301",
        "/v1/postcodes/DL4?as_at=2021-W09-1",
    ],
)
def test_what_is_no_day_is_refused(dated: TestClient, path: str) -> None:
    answer = dated.get(path)
    assert (answer.status_code, "no day of the form YYYY-MM-DD" in answer.json()["detail"]) == (422, True)

import pytest

from tests.service.http.service_under_test import SmallPipeline, running

FIRST = {
    "uprn": "100",
    "address": "1 MILL LANE",
    "postcode": "AB1 2CD",
    "classification": "",
    "classification_words": "",
    "country": "",
    "status": "",
    "parent_uprn": "",
    "latitude": None,
    "longitude": None,
    "easting": None,
    "northing": None,
    "valid_from": "",
    "valid_to": "",
    "custodian": "",
    "premises_from": "",
    "premises_to": "",
    "premises_updated": "",
    "source": "",
}


@pytest.mark.parametrize("written", ["AB1 2CD", "ab12cd", "%20ab1%20%202cd%20"])
def test_a_postcode_lists_its_premises(written: str) -> None:
    with running() as client:
        page = client.get(f"/v1/postcodes/{written}").json()
    assert (page["postcode"], page["total"], page["cursor"]) == ("AB1 2CD", 2, "")
    assert page["premises"][0] == FIRST


def test_a_part_of_a_postcode_lists_its_streets_with_their_premises() -> None:
    with running() as client:
        page = client.get("/v1/postcodes/AB1").json()
    assert page["streets"] == [{"street": "MILL LANE", "place": "ANYTOWN", "premises": 2}]
    assert page["premises"] == []


def test_the_cursor_of_a_page_gives_the_next() -> None:
    with running() as client:
        first = client.get("/v1/postcodes/AB1 2CD", params={"limit": 1}).json()
        second = client.get("/v1/postcodes/AB1 2CD", params={"limit": 1, "cursor": first["cursor"]}).json()
    assert [page["premises"][0]["uprn"] for page in (first, second)] == ["100", "0200"]
    assert (second["total"], second["cursor"]) == (2, "")


def test_the_fields_that_are_named_are_shown_beside_the_identifier() -> None:
    with running() as client:
        page = client.get("/v1/postcodes/AB1 2CD", params={"fields": "postcode, status", "limit": 1}).json()
    assert page["premises"] == [{"uprn": "100", "postcode": "AB1 2CD", "status": ""}]


@pytest.mark.parametrize(
    ("url", "status", "kind"),
    [
        ("/v1/postcodes/ZZ9 9ZZ", 404, "unknown-postcode"),
        ("/v1/postcodes/mill lane", 422, "no-postcode"),
        ("/v1/postcodes/A", 422, "no-postcode"),
        ("/v1/postcodes/AB1 2CD?cursor=999", 422, "unknown-cursor"),
        ("/v1/postcodes/AB1 2CD?limit=1001", 422, "invalid-request"),
        ("/v1/postcodes/AB1 2CD?fields=street", 422, "invalid-request"),
        ("/v1/postcodes/AB1 2CD?page=2", 422, "invalid-request"),
        ("/v1/streets?street=no street", 404, "unknown-street"),
        ("/v1/streets?street=", 404, "unknown-street"),
        ("/v1/streets", 422, "invalid-request"),
        ("/v1/suggest?q=" + "x" * 201, 422, "invalid-request"),
        ("/v1/random?limit=0", 422, "invalid-request"),
    ],
)
def test_what_cannot_be_listed_is_refused_with_its_reason(url: str, status: int, kind: str) -> None:
    with running() as client:
        answer = client.get(url)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (status, kind)


@pytest.mark.parametrize("place", ["", "Anytown"])
def test_a_street_lists_its_premises(place: str) -> None:
    with running() as client:
        page = client.get("/v1/streets", params={"street": "Mill  Lane", "place": place}).json()
    assert [one["uprn"] for one in page["premises"]] == ["100", "0200"]


def test_premises_are_looked_up_together_in_the_order_asked_for() -> None:
    with running() as client:
        found = client.post("/v1/lookup", json={"uprns": ["0200", "9", "100", "9"], "fields": "uprn"}).json()
    assert found == {"premises": [{"uprn": "0200"}, {"uprn": "100"}], "unknown": ["9"]}


def test_premises_drawn_with_a_seed_are_the_same_each_time() -> None:
    with running() as client:
        drawn = [client.get("/v1/random", params={"seed": 5}).json() for _ in range(3)]
    assert len(drawn[0]["premises"]) == 1
    assert drawn[0] == drawn[1] == drawn[2]


def test_what_is_typed_is_completed_with_what_of_it_was_typed() -> None:
    with running() as client:
        answer = client.get("/v1/suggest", params={"q": "mill la"}).json()
    assert answer["suggestions"][0] == {
        "kind": "street",
        "text": "MILL LANE, ANYTOWN",
        "highlights": [[0, 4], [5, 7]],
        "premises": 2,
        "uprn": "",
        "street": "MILL LANE",
        "place": "ANYTOWN",
        "postcode": "",
    }


class KnowsABuilding(SmallPipeline):
    """Matches a building that no street of the reference is called by."""

    def __init__(self) -> None:
        super().__init__({"THE OLD GRANARY": "100"})


@pytest.mark.parametrize(
    ("typed", "uprns"), [("the old granary", ["100"]), ("granary", []), ("old mill", [])]
)
def test_matching_completes_what_no_name_fits(typed: str, uprns: list[str]) -> None:
    with running(KnowsABuilding()) as client:
        found = client.get("/v1/suggest", params={"q": typed}).json()["suggestions"]
    assert [one["uprn"] for one in found] == uprns

"""The pages as they are sent: their headers, their files, and what they do not hold."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from address_match.service.access.api_key import Role
from address_match.service.access.guard import Guard
from address_match.service.access.key_file import KeyFile
from address_match.service.access.people import People
from address_match.service.errors import UsageError
from address_match.service.http.pages.assets import page_assets, swagger_assets
from address_match.service.http.pages.page_routes import has_pages
from address_match.service.settings.access_settings import AccessSettings
from address_match.service.settings.server_settings import MapSettings, ServerSettings
from tests.service.http.model_client import places_in
from tests.service.http.service_under_test import running
from tests.service.jobs.arrangements import jobs_in

MOST_BYTES = 100_000
"""Of what the first paint of the search page needs."""
PAGES = ("/", "/pages/look-up", "/pages/files", "/pages/review", "/pages/model", "/docs")
LINK = re.compile(r'(?:src|href)="((?:\.\./)?(?:pages|docs/assets)/[^"?]+\.\w+)"')


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    jobs = jobs_in(tmp_path_factory.mktemp("jobs"), job_bytes=7_000_000)
    with running(jobs=jobs, model=places_in(tmp_path_factory.mktemp("model"))) as one:
        yield one


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_load_what_the_service_itself_has_and_nothing_else(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == (
        "'none'",
        "'self'",
        "'self'",
    )
    assert (policy["connect-src"], policy["form-action"]) == ("'self'", "'none'")
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


def images_of(client: TestClient, path: str) -> str:
    """The sources of images that a page may load."""
    policy = client.get(path).headers["content-security-policy"]
    return next(part for part in policy.split("; ") if part.startswith("img-src"))


def test_the_search_page_may_load_tiles_of_the_origin_that_is_set_and_no_other_page_may() -> None:
    tiles = MapSettings(tiles="https://tiles.example:8443/os/{z}/{x}/{y}.png?key=k", attribution='© "OS"')
    with running(tiles=tiles) as client:
        assert images_of(client, "/") == "img-src 'self' https://tiles.example:8443"
        assert images_of(client, "/pages/look-up") == "img-src 'self'"
        assert 'data-map-attribution="© &#34;OS&#34;"' in client.get("/").text
        assert "tiles.example" not in client.get("/pages/look-up").text


def test_without_tiles_no_page_may_load_images_of_others(client: TestClient) -> None:
    assert {images_of(client, path) for path in PAGES[:-1]} == {"img-src 'self'"}
    with running(tiles=MapSettings()) as unset:
        assert images_of(unset, "/") == "img-src 'self'"
        assert "data-map" not in unset.get("/").text


@pytest.mark.parametrize(
    "url",
    [
        "ftp://tiles.example/{z}/{x}/{y}.png",
        "/tiles/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}.png",
        "https://{s}.tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}/{y}{r}.png",
        "https://user@tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example; script-src */{z}/{x}/{y}.png",
        "https://a{z}.example/{x}/{y}",
    ],
)
def test_what_is_no_url_of_tiles_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("ADDRESS_MATCH_MAP_TILES", url)
    with pytest.raises(UsageError, match="ADDRESS_MATCH_MAP_TILES"):
        MapSettings()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_script_or_style_of_its_own(client: TestClient, path: str) -> None:
    text = client.get(path).text
    assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|javascript:", text) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_file_that_a_page_names_is_there(client: TestClient, path: str) -> None:
    named = LINK.findall(client.get(path).text)
    assert len(named) >= 3
    assert [name for name in named if client.get(f"/{name.removeprefix('../')}").status_code != 200] == []


def test_every_module_that_a_script_imports_is_a_file_of_its_own() -> None:
    held = page_assets().by_name
    imports = [re.findall(rb'from "\./([^"]+)"', asset.content) for asset in held.values()]
    assert {name.decode() for names in imports for name in names} - held.keys() == set()


def test_what_the_search_page_loads_is_small(client: TestClient) -> None:
    loaded = {"style.css", "mark.svg", *modules_of("search.js")}
    sizes = [len(page_assets().by_name[name].content) for name in loaded]
    assert len(client.get("/").content) + sum(sizes) <= MOST_BYTES


def modules_of(script: str) -> set[str]:
    """The scripts that one of them loads, itself among them."""
    imports = re.findall(r'from "\./([^"]+)"', page_assets().by_name[script].content.decode())
    return {script}.union(*map(modules_of, imports))


def test_a_file_is_kept_by_browsers_since_its_url_changes_with_it(client: TestClient) -> None:
    answer = client.get(f"/pages/{page_assets().release}/style.css")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/css")
    assert client.get("/").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/pages/0/style.css", f"/pages/{page_assets().release}/..%2Fassets.py", "/pages/x"]
)
def test_what_is_no_file_of_a_page_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_no_script_makes_markup_of_text() -> None:
    makes = re.compile(rb"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    assert [name for name, asset in page_assets().by_name.items() if makes.search(asset.content)] == []


def test_no_script_of_ours_names_another_host() -> None:
    hosts = re.compile(rb"https?://(?!www\.w3\.org/2000/svg)")
    assert [name for name, asset in page_assets().by_name.items() if hosts.search(asset.content)] == []


def test_the_routes_are_shown_by_files_of_the_service_alone(client: TestClient) -> None:
    assert "//" not in client.get("/docs").text.replace("<!doctype html>", "")
    assert {
        "swagger-ui-bundle.js",
        "swagger-ui.css",
        "start_swagger_ui.js",
    } <= swagger_assets().by_name.keys()


def test_what_the_pages_ask_takes_what_is_typed_in_its_body(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    typed = "12 secret lane"
    with caplog.at_level(logging.DEBUG):
        found = client.post("/v1/suggest", json={"q": typed, "limit": 8})
        parse = client.post("/v1/parse", json={"input": typed})
    assert (found.json()["q"], parse.json()["input"]) == (typed, typed)
    said = [line for line in caplog.messages if "secret" in line.lower()]
    assert said == []


def test_a_question_in_a_body_is_answered_as_the_same_in_a_url(client: TestClient) -> None:
    by_url = client.get("/v1/suggest", params={"q": "mill la", "limit": 3}).json()
    assert client.post("/v1/suggest", json={"q": "mill la", "limit": 3}).json() == by_url
    by_url = client.get("/v1/parse", params={"input": "1 mill lane", "nbest": 1}).json()
    assert client.post("/v1/parse", json={"input": "1 mill lane", "nbest": 1}).json() == by_url


def test_an_answer_comes_back_as_json_whatever_markup_its_address_holds(client: TestClient) -> None:
    answer = client.post("/v1/addresses", json={"input": "<script>alert(1)</script>"})
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("host", "pages", "has"),
    [
        ("127.0.0.1", None, True),
        ("::1", None, True),
        ("0.0.0.0", None, False),  # noqa: S104 - nothing listens here
        ("0.0.0.0", True, True),  # noqa: S104 - the same
        ("127.0.0.1", False, False),
    ],
)
def test_pages_are_there_on_this_machine_alone_unless_it_is_said(
    host: str,
    pages: bool | None,  # noqa: FBT001 - a row of the table
    has: bool,  # noqa: FBT001 - the same
) -> None:
    assert has_pages(ServerSettings(host=host, pages=pages)) is has


def test_pages_are_there_where_people_sign_in(tmp_path: Path) -> None:
    people = People.of(AccessSettings(users=tmp_path / "users.json", sessions=tmp_path / "sessions"))
    assert has_pages(ServerSettings(host="192.0.2.1"), people)
    assert not has_pages(ServerSettings(host="192.0.2.1", pages=False), people)


def test_without_pages_the_routes_are_still_described(tmp_path: Path) -> None:
    with running(jobs=jobs_in(tmp_path), model=places_in(tmp_path), pages=False) as without:
        assert [without.get(path).status_code for path in PAGES] == [404, 404, 404, 404, 404, 200]


def test_the_page_of_files_is_there_where_the_service_takes_any(client: TestClient) -> None:
    with running() as without:
        assert without.get("/pages/files").status_code == 404
        assert "pages/files" not in without.get("/").text
    assert "pages/files" in client.get("/").text
    assert 'data-most-bytes="7000000"' in client.get("/pages/files").text


def test_pages_need_no_key_and_what_they_ask_does(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    KeyFile(keys).add("clerk", Role.READER)
    jobs = jobs_in(tmp_path / "jobs")
    guard, places = Guard.of(AccessSettings(keys=keys)), places_in(tmp_path)
    with running(guard=guard, jobs=jobs, model=places) as guarded:
        pages = [guarded.get(path).status_code for path in PAGES]
        asked = guarded.post("/v1/suggest", json={"q": "mill"}).status_code
    assert (pages, asked) == ([200] * len(PAGES), 401)

"""Tiles below the map of the candidates in a real browser, which a stand-in for their server gives out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import serving
from tests.browser.visit import Visit
from tests.built_index import built_index

pytestmark = pytest.mark.slow
REFERENCE = """uprn,address,postcode,latitude,longitude
100000000101,"1 Tanfield Road, Shildon",DL4 5QA,54.6280,-1.6440
100000000104,"12 Tanfield Road, Shildon",DL4 5QA,54.6290,-1.6420
"""
ORIGIN = "http://tiles.example"
TILE = '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"/>'


@pytest.fixture(scope="module")
def tiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a service whose map has tiles."""
    index = built_index(tmp_path_factory.mktemp("tiled"), REFERENCE)
    named = {
        "ADDRESS_MATCH_MAP_TILES": f"{ORIGIN}/os/{{z}}/{{x}}/{{y}}.svg",
        "ADDRESS_MATCH_MAP_ATTRIBUTION": "© <b>Tiles</b>",
    }
    with serving(index, named) as url:
        yield url


def test_tiles_of_the_named_origin_lie_below_the_candidates(page: Page, tiled: str) -> None:
    page.route(f"{ORIGIN}/**", lambda route: route.fulfill(content_type="image/svg+xml", body=TILE))
    visit = Visit(page, tiled)
    visit.open("/?lang=en")
    visit.search("1 Tanfield Road, Shildon, DL4 5QA")
    expect(page.locator(".map circle")).to_have_count(2)
    expect(page.get_by_text("© <b>Tiles</b>")).to_be_visible()
    asked = {url for url in visit.asked if not url.startswith((tiled, "data:"))}
    # At zoom 17 the middle, 54.6285° N 1.643° W, is 64937.8 tiles from the west and 41692.5 from the north.
    assert asked == {f"{ORIGIN}/os/17/{x}/41692.svg" for x in (64937, 64938)}
    assert visit.complaints == []
    assert visit.faults_of_access() == []

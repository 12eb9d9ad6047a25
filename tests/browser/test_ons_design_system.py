"""A client of AIMS that others wrote: the address input of the ONS design system, in a real browser, over a small
reference.

`ADDRESS_MATCH_TEST_ONS_DESIGN_SYSTEM` names the folder of the unpacked npm package `@ons/design-system`; without it
these tests are left out.
"""

import os
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import REFERENCE, serving
from tests.built_index import built_index

pytestmark = pytest.mark.slow
PACKAGE = "ADDRESS_MATCH_TEST_ONS_DESIGN_SYSTEM"
AUTOSUGGEST = """
<p><label class="ons-label" for="a-input">Address</label>
<input class="ons-input ons-js-autosuggest-input" id="a-input" type="text"></p>
<div class="ons-js-autosuggest-results"><div class="ons-autosuggest__results-title"></div>
<ul class="ons-js-autosuggest-listbox" role="listbox" id="a-listbox"></ul></div>
<div class="ons-js-autosuggest-instructions" id="a-instructions"></div>
<div class="ons-js-autosuggest-aria-status" role="status"></div>
"""
PARTS = ("organisation", "line1", "line2", "town", "postcode")
"""Of the form, by their classes in the design system."""
INPUTS = "".join(f'<input class="ons-js-address-{part}" aria-label="{part}">' for part in PARTS)
WORDS = """
data-aria-you-have-selected="You have selected" data-aria-min-chars="Type more" data-aria-one-result="One suggestion"
data-aria-n-results="{n} suggestions" data-aria-limited-results="Limited" data-aria-grouped-results="{n} for {x}"
data-group-count="{n} addresses" data-more-results="More" data-results-title="Select" data-no-results="No results"
data-too-many-results="{n} found" data-type-more="Type more"
"""
"""What a survey has the design system say."""
FORM = """<!doctype html><html lang="en"><head><title>A survey</title></head><body><form>
<div class="ons-field ons-address-input--search ons-js-address-autosuggest">
<div class="ons-js-address-input__manual">{parts}<a href="#0" class="ons-js-address-search-btn">Search</a></div>
<input class="ons-js-hidden-uprn" type="hidden">
<div class="ons-js-address-input__search">
<div class="ons-autosuggest" data-api-domain="{facade}" {words}
 data-options-region-code="gb-eng" data-options-address-type="residential">{autosuggest}</div></div></div></form>
<script src="main.js"></script></body></html>"""


@pytest.fixture(scope="module")
def survey_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the form of a survey is, which asks a service of another origin in the manner of AIMS."""
    if PACKAGE not in os.environ:
        pytest.skip(f"{PACKAGE} names no folder")
    pages, index = tmp_path_factory.mktemp("pages"), tmp_path_factory.mktemp("survey")
    (pages / "main.js").write_bytes(Path(os.environ[PACKAGE], "scripts", "main.js").read_bytes())
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=pages)) as survey:
        Thread(target=survey.serve_forever, daemon=True).start()
        origin = f"http://127.0.0.1:{survey.server_port}"
        environment = {"ADDRESS_MATCH_AIMS_PREFIX": "/aims", "ADDRESS_MATCH_CORS_ORIGINS": origin}
        with serving(built_index(index, REFERENCE), environment) as service:
            form = FORM.format(parts=INPUTS, facade=f"{service}/aims", words=WORDS, autosuggest=AUTOSUGGEST)
            (pages / "form.html").write_text(form, "utf-8")
            yield f"{origin}/form.html"
        survey.shutdown()


@pytest.fixture
def survey(page: Page, survey_url: str) -> Page:
    """The form, once its look-up has found that the service answers."""
    with page.expect_response("**/aims/addresses/eq?*") as asked:
        page.goto(survey_url)
    assert asked.value.ok
    return page


class Pages(SimpleHTTPRequestHandler):
    """Serves files of a folder, in silence."""

    def log_message(self, *_said: object) -> None: ...


def typed(survey: Page, text: str) -> None:
    survey.get_by_role("combobox").press_sequentially(text, delay=30)


def test_an_address_that_is_chosen_fills_the_form(survey: Page) -> None:
    typed(survey, "12 tanfield")
    survey.get_by_role("option", name="12 Tanfield Road").click()
    expect(survey.get_by_label("postcode")).to_have_value("DL4 5QA")
    assert [survey.get_by_label(part).input_value() for part in ("line1", "town")] == [
        "12 Tanfield Road",
        "Shildon",
    ]
    assert survey.locator(".ons-js-hidden-uprn").input_value() == "100000000104"


def test_a_postcode_lists_its_premises(survey: Page) -> None:
    typed(survey, "DL4 5QA")
    expect(survey.get_by_role("option")).to_have_count(3)


def test_a_part_of_a_postcode_lists_streets_and_one_of_them_its_premises(survey: Page) -> None:
    typed(survey, "DL4 5")
    survey.get_by_role("option", name="Tanfield Road").click()
    expect(survey.get_by_role("option", name="21 Tanfield Road")).to_be_visible()

"""The search page in a real browser, by keyboard."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from address_match.service.access.api_key import Role
from address_match.service.access.key_file import KeyFile
from tests.browser.conftest import REFERENCE, serving
from tests.browser.visit import Visit
from tests.built_index import built_index

pytestmark = pytest.mark.slow


def test_an_address_is_typed_picked_and_answered_by_keyboard(visit: Visit) -> None:
    visit.open("/")
    visit.type("12 tanf")
    expect(visit.page.get_by_role("option").first).to_contain_text("12 Tanfield Road")
    visit.press("ArrowDown", "Enter")
    expect(visit.page.locator("#verdict")).to_have_text("Matched")
    expect(visit.page.locator("#verdict")).to_be_focused()
    assert "100000000104" in visit.page.locator(".facts").inner_text()


def test_escape_closes_the_suggestions_and_keeps_what_is_typed(visit: Visit) -> None:
    visit.open("/")
    visit.type("tanf")
    expect(visit.page.get_by_role("listbox")).to_be_visible()
    visit.press("Escape")
    expect(visit.page.get_by_role("listbox")).to_be_hidden()
    expect(visit.page.locator("#address")).to_have_value("tanf")


def test_a_street_that_is_picked_goes_on_to_its_premises(visit: Visit) -> None:
    visit.open("/")
    visit.type("cragw")
    expect(visit.page.get_by_role("option").first).to_contain_text("1 premises")
    visit.press("ArrowDown", "Enter")
    expect(visit.page.get_by_role("option").nth(1)).to_contain_text("2 Cragwell Road")


def test_an_answer_is_explained_word_by_word_and_field_by_field(visit: Visit) -> None:
    visit.open("/")
    visit.search("12 tanfeild rd, shildon")
    text = visit.page.locator("#answer").inner_text()
    assert "tanfeild\nstreet: spelled otherwise" in text
    assert "rd\nstreet: abbreviated" in text
    row = visit.page.locator(".waterfall tbody tr").first
    row.focus()
    expect(visit.page.locator(".reading")).to_contain_text("the sum up to here is")


def test_the_evidence_of_another_candidate_is_shown_by_keyboard(visit: Visit) -> None:
    visit.open("/")
    visit.search("12 tanfeild rd, shildon")
    visit.page.get_by_role("button", name="Show the evidence for").nth(1).focus()
    visit.press("Enter")
    expect(visit.page.locator("#beside")).to_be_focused()
    second = visit.page.get_by_role("row").filter(has=visit.page.get_by_role("button")).nth(1)
    shown = visit.page.locator("#beside").inner_text().removeprefix("Beside: ")
    assert shown != "12 Tanfield Road, Shildon, DL4 5QA"
    assert shown in second.inner_text()


def test_a_probability_is_said_in_words_and_as_a_number(visit: Visit) -> None:
    visit.open("/")
    visit.search("14 tanfeild rd, shildon")
    facts = " ".join(visit.page.locator(".facts").inner_text().split())
    assert re.search(r"That it is this one very unlikely \(\d\.\d%\)", facts)
    assert re.search(r"the reference does not hold it (?:almost certain|very likely) \(9\d\.\d%\)", facts)


def test_of_a_missing_flat_the_building_is_named_with_what_it_is(visit: Visit) -> None:
    visit.open("/")
    visit.search("flat 9, marlin court, 50 skipper street, shildon, dl4 7ba")
    facts = " ".join(visit.page.locator(".facts").inner_text().split())
    assert (
        "Marlin Court, 50 Skipper Street, Shildon, DL4 7BA 100000000111 (the building that holds it)" in facts
    )
    assert "What it is" not in facts


def test_premises_near_the_answer_are_listed_and_matched_when_one_is_chosen(visit: Visit) -> None:
    visit.open("/")
    visit.search("12 tanfield road, shildon")
    visit.page.get_by_text("Premises of the postcode DL4 5QA").focus()
    visit.press("Enter")
    visit.page.locator(".near button", has_text="21 Tanfield Road").focus()
    visit.press("Enter")
    expect(visit.page.locator(".facts")).to_contain_text("100000000105")
    expect(visit.page.locator("#verdict")).to_be_focused()


def test_candidates_with_coordinates_are_drawn(visit: Visit) -> None:
    visit.open("/")
    visit.search("12 tanfeild rd, shildon")
    assert visit.page.get_by_role("img", name="Map of the candidates").locator("circle").count() > 1


def test_markup_in_an_address_is_text(visit: Visit) -> None:
    visit.open("/")
    visit.search("the <img src=x> forge, 3 smithy lane <script>alert(1)</script>")
    assert visit.page.locator("main img, #answer script").count() == 0
    assert "The <img src=x> Forge" in visit.page.locator("#answer").inner_text()


@pytest.mark.parametrize("text", ["x" * 10_001, "\u05d3\u05e8\u05da \u202e12", "\U0001f3e0 12 tanfield road"])
def test_odd_texts_are_answered_or_refused_in_words(visit: Visit, text: str) -> None:
    visit.open("/")
    visit.page.locator("#address").fill(text)
    visit.press("Enter")
    expect(visit.page.locator("#verdict, #trouble:not([hidden])").first).to_be_visible()
    visit.complaints = [said for said in visit.complaints if "422" not in said]


def test_no_url_holds_what_was_typed(visit: Visit) -> None:
    visit.open("/")
    visit.search("12 tanfield road, shildon")
    assert [url for url in visit.asked if "tanf" in url.lower()] == []


def test_a_lost_service_is_named_and_what_was_typed_stays(visit: Visit) -> None:
    visit.open("/")
    visit.page.route("**/v1/**", lambda route: route.abort())
    visit.page.locator("#address").fill("12 tanfield road")
    visit.press("Enter")
    expect(visit.page.locator("#trouble")).to_contain_text("was not reached")
    expect(visit.page.locator("#address")).to_have_value("12 tanfield road")
    visit.complaints = [said for said in visit.complaints if "ERR_FAILED" not in said]


@pytest.mark.parametrize("width", [320, 640])  # 640 is what 1,280 pixels are at 200 %
def test_nothing_runs_over_the_edge(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 700})
    visit.open("/")
    visit.search("flat 1 marlin court, shildon")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "cy"])
def test_axe_finds_nothing_at_fault_with_the_search(visit: Visit, scheme: str, lang: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    visit.open(f"/?lang={lang}")
    visit.type("tanf")
    expect(visit.page.get_by_role("listbox")).to_be_visible()
    assert visit.faults_of_access() == []
    visit.page.locator("#address").fill("")
    visit.search("14 tanfeild rd, shildon")
    assert visit.faults_of_access() == []


def test_a_key_is_asked_for_and_kept_in_the_page_alone(page: Page, tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    _, sent = KeyFile(keys).add("clerk", Role.READER)
    with serving(built_index(tmp_path, REFERENCE), {"ADDRESS_MATCH_KEYS": str(keys)}) as url:
        visit = Visit(page, url)
        visit.open("/")
        page.locator("#address").fill("12 tanfield road, shildon")
        visit.press("Enter")
        expect(page.locator("#key")).to_be_focused()
        visit.type(sent)
        visit.press("Enter")
        expect(page.locator("#verdict")).to_have_text("Matched")
        assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


def test_the_routes_are_described_without_a_network(visit: Visit) -> None:
    visit.open("/docs")
    expect(visit.page.get_by_text("Match one address, sent in the body")).to_be_visible()

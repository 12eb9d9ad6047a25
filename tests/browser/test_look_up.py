"""The look-up in a form, in a real browser, by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.slow


def test_an_address_that_is_found_is_sent_with_its_uprn(visit: Visit) -> None:
    visit.open("/pages/look-up")
    visit.page.locator("#look-up").focus()
    visit.type("12 tanf")
    expect(visit.page.get_by_role("option").first).to_be_visible()
    visit.press("ArrowDown", "Enter")
    expect(visit.page.get_by_text("Chosen: 12 Tanfield Road")).to_be_visible()
    visit.press("Enter")
    expect(visit.page.locator("#sent pre")).to_contain_text('"uprn": "100000000104"')


def test_an_address_that_is_not_found_is_entered_by_hand(visit: Visit) -> None:
    visit.open("/pages/look-up")
    visit.page.get_by_role("button", name="Enter the address by hand").focus()
    visit.press("Enter")
    visit.type("9 Nowhere Lane")
    visit.press("Tab", "Tab")
    visit.type("Shildon")
    visit.press("Enter")
    expect(visit.page.locator("#sent pre")).to_contain_text('"line-1": "9 Nowhere Lane"')
    assert "uprn" not in visit.page.locator("#sent pre").inner_text()


def test_what_is_typed_after_a_choice_forgets_the_choice(visit: Visit) -> None:
    visit.open("/pages/look-up")
    visit.page.locator("#look-up").focus()
    visit.type("12 tanf")
    expect(visit.page.get_by_role("option").first).to_be_visible()
    visit.press("ArrowDown", "Enter")
    visit.type("x")
    visit.page.get_by_role("button", name="Continue").click()
    expect(visit.page.locator("#sent")).to_contain_text("Choose an address")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_fault_with_the_form(visit: Visit, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    visit.open("/pages/look-up?lang=cy")
    visit.page.locator("[data-part=by-hand]").click()
    assert visit.faults_of_access() == []

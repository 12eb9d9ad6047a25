"""The page of the models in a real browser, by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import REFERENCE, serving
from tests.browser.drifted_models import drifted_models
from tests.browser.visit import Visit
from tests.built_index import built_index

pytestmark = pytest.mark.slow
VIEWS = ("state", "monitor", "decisions", "work", "comparisons", "record", "audit")
PATIENCE = 30_000.0
"""Milliseconds for what reads facts and opens indexes."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("model")
    environment = drifted_models(folder, reason="fewer <img src=x> are accepted")
    with serving(built_index(folder, REFERENCE), environment) as url:
        yield url


def open_view(visit: Visit, name: str, lang: str = "en") -> None:
    visit.page.goto("about:blank")
    visit.open(f"/pages/model?lang={lang}#{name}")
    shown(visit.page)


def shown(page: Page) -> None:
    expect(page.locator("#view h2").first).to_be_focused(timeout=PATIENCE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_can_be_read_by_everybody(visit: Visit, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visit.page.set_viewport_size({"width": 320, "height": 800})
    for name in VIEWS:
        open_view(visit, name, "cy" if scheme == "dark" else "en")
        assert visit.faults_of_access() == [], name
        width = visit.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, name


def test_views_are_changed_by_keyboard(visit: Visit) -> None:
    open_view(visit, "state")
    for name in VIEWS[1:]:
        visit.page.locator(f"main nav a[href='#{name}']").focus()
        visit.press("Enter")
        expect(visit.page.locator(f"main nav a[href='#{name}']")).to_have_attribute("aria-current", "page")
        shown(visit.page)
    assert [url for url in visit.asked if "img" in url or url.endswith("/x")] == []


def test_what_drifted_is_drawn_and_named(visit: Visit) -> None:
    open_view(visit, "monitor")
    expect(visit.page.locator("#view .level")).to_contain_text("warning")
    expect(visit.page.locator("#view figure svg polyline.usual")).to_have_count(2)
    expect(visit.page.locator("#view")).to_contain_text("accepted differs in the last 1,000 answers")
    windows = visit.page.locator("#view table").first
    expect(windows).to_contain_text("Right by labels")
    expect(windows.locator("tbody tr").first).to_contain_text(re.compile(r"\d%.*\d%.*2\.0 and 2\.0 ms"))


def done(visit: Visit, said: str) -> None:
    """Wait until the page says that something was done, and shows its view anew."""
    expect(visit.page.locator("#status")).to_have_text(said, timeout=PATIENCE)
    shown(visit.page)


def press_button(visit: Visit, name: str) -> None:
    visit.page.get_by_role("button", name=name, exact=True).focus()
    visit.press("Enter")


def choose(visit: Visit, label: str, beginning: str) -> None:
    """Choose in a list by typing how the option begins."""
    visit.page.get_by_label(label, exact=True).focus()
    visit.type(beginning)


def begin(visit: Visit, button: str, ended: str) -> None:
    """Begin what takes long, and wait for its end."""
    press_button(visit, button)
    done(visit, "It has begun, and goes on while this page is closed.")
    assert visit.faults_of_access() == []
    expect(visit.page.locator("#status")).to_have_text(ended, timeout=4 * PATIENCE)
    shown(visit.page)


def test_the_circle_from_labels_to_promotion_is_gone_round_by_keyboard(visit: Visit) -> None:
    open_view(visit, "work")
    choose(visit, "What is learned anew", "calibration")
    visit.page.get_by_label("Name of the new bundle").focus()
    visit.type("recalibrated")
    begin(visit, "Begin the retraining", "It is done: the bundle is in the registry.")
    choose(visit, "Bundle that is compared", "recalibrated")
    begin(visit, "Begin the comparison", "It is done: see Comparisons.")
    open_view(visit, "comparisons")
    expect(visit.page.locator("#view")).to_contain_text("recalibrated beside default")
    open_view(visit, "decisions")
    expect(visit.page.locator("#view")).to_contain_text("fewer <img src=x> are accepted")
    press_button(visit, "Approve D1")
    done(visit, "D1 is approved.")
    open_view(visit, "state")
    choose(visit, "Bundle", "recalibrated")
    choose(visit, "Decision for which it is promoted", "D1")
    press_button(visit, "Promote it")
    done(visit, "recalibrated is promoted.")
    expect(visit.page.locator("#view .facts").first).to_contain_text("bundle recalibrated")
    expect(visit.page.locator("#view > .note")).to_contain_text("does not follow what is promoted")
    choose(visit, "Bundle", "default")
    press_button(visit, "Promote it")
    expect(visit.page.locator("#trouble")).to_contain_text("asks for a decision", timeout=PATIENCE)
    assert visit.page.get_by_label("Bundle", exact=True).input_value() == "default"
    assert visit.complaints.pop().startswith("Failed to load resource")
    open_view(visit, "audit")
    expect(visit.page.locator("#view")).to_contain_text("The audit is whole: 4 rows")


def test_the_labels_are_saved_and_the_audit_says_by_whom(visit: Visit) -> None:
    open_view(visit, "work")
    expect(visit.page.locator("#view")).to_contain_text("60 labels")
    with visit.page.expect_download() as download:
        press_button(visit, "Save the labels")
    assert download.value.suggested_filename == "labels.csv"
    done(visit, "They are saved. They hold addresses.")
    open_view(visit, "audit")
    expect(visit.page.locator("#view tbody tr").first).to_contain_text("saved labels")


def test_the_rows_of_a_sample_are_labelled_one_by_one(visit: Visit) -> None:
    open_view(visit, "work")
    visit.page.get_by_role("link", name="Label its rows one by one").focus()
    visit.press("Enter")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Label the rows of a sample")
    expect(visit.page.locator("#coder")).to_have_attribute("readonly", "")
    visit.press("Enter")
    expect(visit.page.locator("#row [role=group]")).to_be_focused(timeout=PATIENCE)
    expect(visit.page.locator("#second")).to_contain_text("Already decided by: Lena.")
    expect(visit.page.locator("#take")).to_be_hidden()
    assert visit.faults_of_access() == []
    visit.press("t")
    expect(visit.page.locator("#status")).to_contain_text("differs from that of Lena", timeout=PATIENCE)
    visit.press("u")
    expect(visit.page.locator("#status")).to_have_text("Your verdict is taken back.", timeout=PATIENCE)
    visit.page.get_by_role("link", name="Back to labels and retraining").focus()
    visit.press("Enter")
    shown(visit.page)
    expect(visit.page.locator("#view")).to_contain_text("60 labels, 0 in which")


def test_what_was_found_is_what_a_proposal_rests_on(visit: Visit) -> None:
    open_view(visit, "monitor")
    visit.page.get_by_role("link", name="Propose a decision about file").focus()
    visit.press("Enter")
    shown(visit.page)
    expect(visit.page.locator("#view form").locator("..")).to_contain_text("accepted differs")
    for label in ("Reason", "Effect on", "Cost, of", "Accuracy", "Explain", "Reprod", "Timeli", "Cost eff"):
        visit.page.locator("#view form").get_by_label(label).focus()
        visit.type("as <b>said</b>")
    visit.page.get_by_label("Looked at again on").fill("2999-01-31")
    press_button(visit, "Propose it")
    done(visit, "It is proposed. Another person has to approve it.")
    expect(visit.page.locator("#view")).to_contain_text("You proposed it: another person has to approve it.")
    expect(visit.page.locator("#view b")).to_have_count(0)

"""The page of files in a real browser: from a file that is chosen to its result."""

import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

from address_match.service.access.api_key import Role
from address_match.service.access.key_file import KeyFile
from tests.browser.conftest import REFERENCE, serving
from tests.browser.visit import Visit
from tests.built_index import built_index
from tests.indexer.sources.formats.workbooks import workbook

pytestmark = pytest.mark.slow
FILE = """ref,road,place
A,12 tanfeild rd,shildon DL45QA
B,21 Tanfield Road,Shildon DL4 5QA
C,9 Nowhere Lane <img src=x>,Truro
"""
PATIENCE = 120_000.0
"""Milliseconds for what processes of their own do."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "roll <b>.csv"
    path.write_text(FILE)
    return path


def choose(visit: Visit, file: Path) -> None:
    """Choose a file, and wait until it was looked at."""
    visit.page.locator("#file").set_input_files(file)
    expect(visit.page.get_by_role("button", name="Start")).to_be_visible(timeout=PATIENCE)


def saved(visit: Visit, name: str) -> Path:
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name=name).click()
    return Path(download.value.path())


def test_a_file_is_chosen_corrected_matched_and_saved(visit: Visit, file: Path) -> None:
    visit.open("/pages/files")
    choose(visit, file)
    expect(visit.page.get_by_role("heading", level=2)).to_have_text("roll <b>.csv")
    visit.page.get_by_label("road", exact=True).check()
    visit.page.get_by_label("place", exact=True).check()
    visit.page.get_by_role("button", name="Show the first addresses again").click()
    sample = visit.page.get_by_text("12 tanfeild rd, shildon DL45QA")
    expect(sample).to_be_visible(timeout=PATIENCE)
    visit.page.get_by_label("How sure a match has to be").select_option("0.95")
    visit.page.get_by_label("How many of the addresses").select_option("0.5")
    visit.page.get_by_label("Day for which answers are asked").fill("2026-01-31")
    visit.page.get_by_role("button", name="Start").focus()
    visit.press("Enter")
    expect(visit.page.locator("#status")).to_have_text("Done", timeout=PATIENCE)
    report = visit.page.locator("#job").inner_text()
    assert re.search(r"Matched\s+2\s+66\.7%", report)
    assert "too few different rows" in report
    assert "Without premises: 1." in report
    assert "share of addresses that the reference does not hold: 50.0%" in report
    assert (
        saved(visit, "CSV")
        .read_text()
        .splitlines()[1]
        .startswith("A,12 tanfeild rd,shildon DL45QA,matched,100000000104")
    )
    assert "match_historical" in saved(visit, "CSV").read_text()
    assert saved(visit, "XLSX").read_bytes().startswith(b"PK")
    assert pq.read_table(saved(visit, "PARQUET")).num_rows == 3
    assert visit.page.locator("main img, main b").count() == 0


def test_odd_names_of_columns_and_another_sheet_lead_to_an_address(visit: Visit, tmp_path: Path) -> None:
    said: list[list[object]] = [[f"{number} Tanfield Road", "DL4 5QA"] for number in (1, 12, 21, 12, 1)]
    odd: list[list[object]] = [["Where, as told", "Code"], *said]
    (tmp_path / "in.xlsx").write_bytes(workbook({"Cover": [["Roll of 2026"]], "Roll": odd}))
    visit.open("/pages/files")
    choose(visit, tmp_path / "in.xlsx")
    again = visit.page.get_by_role("button", name="Show the first addresses again")
    visit.page.get_by_label("Sheet of the workbook").select_option("Roll")
    again.click()
    expect(visit.page.get_by_label("Where, as told", exact=True)).to_be_checked(timeout=PATIENCE)
    again.click()
    expect(visit.page.get_by_text("1 Tanfield Road, DL4 5QA", exact=True)).to_be_visible(timeout=PATIENCE)


def test_a_file_is_dropped_on_the_page(visit: Visit) -> None:
    visit.open("/pages/files")
    dropped = visit.page.evaluate_handle(
        "text => { const held = new DataTransfer(); held.items.add(new File([text], 'in.csv')); return held; }",
        "ref,address\nA,12 Tanfield Road\n",
    )
    visit.page.dispatch_event("main", "drop", {"dataTransfer": dropped})
    expect(visit.page.get_by_text("12 Tanfield Road")).to_be_visible(timeout=PATIENCE)
    expect(visit.page.get_by_label("address", exact=True)).to_be_checked()


def test_whoever_comes_back_finds_the_job_and_no_url_holds_an_address(visit: Visit, file: Path) -> None:
    visit.open("/pages/files")
    choose(visit, file)
    place = visit.page.url
    assert re.search(r"#job=[0-9a-f]{24}$", place)
    visit.page.goto("about:blank")
    visit.page.goto(place)
    expect(visit.page.get_by_role("button", name="Start")).to_be_visible()
    visit.page.get_by_role("link", name="Cymraeg").click()
    expect(visit.page.get_by_role("button", name="Dechrau")).to_be_visible()
    visit.page.get_by_role("button", name="Peidio â'i pharu").click()
    expect(visit.page.locator("#file")).to_be_visible()
    assert [url for url in visit.asked if "roll" in url or "tanf" in url] == []
    visit.asked = [url for url in visit.asked if url != "about:blank"]


def test_files_are_listed_and_removed(visit: Visit, file: Path) -> None:
    visit.open("/pages/files")
    choose(visit, file)
    visit.open("/pages/files")
    expect(visit.page.get_by_role("row").filter(has_text="roll <b>.csv").first).to_contain_text(
        "Waits for you"
    )
    visit.page.get_by_role("link", name="roll <b>.csv").first.click()
    visit.page.get_by_role("button", name="Do not match it").click()
    expect(visit.page.locator("#file")).to_be_visible()


def test_a_file_that_is_none_is_said_to_be_so_before_it_is_sent(visit: Visit, tmp_path: Path) -> None:
    visit.open("/pages/files")
    (tmp_path / "no suffix").write_text(FILE)
    visit.page.locator("#file").set_input_files(tmp_path / "no suffix")
    expect(visit.page.locator("#status")).to_contain_text("does not say what kind it is")
    with (tmp_path / "in.csv").open("wb") as large:
        large.truncate(1_000_000_001)  # more than a gigabyte, which takes no room on the disk
    visit.page.locator("#file").set_input_files(tmp_path / "in.csv")
    expect(visit.page.locator("#status")).to_contain_text("The file is larger than the 1,000 MB")
    assert [url for url in visit.asked if "hold" in url] == []


def test_a_damaged_file_fails_in_words(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "in.parquet").write_bytes(b"PAR1 and nothing more")
    visit.open("/pages/files")
    choose(visit, tmp_path / "in.parquet")
    expect(visit.page.locator("#job .trouble")).to_contain_text("cannot be read as parquet")
    visit.page.get_by_role("button", name="Start").click()
    expect(visit.page.locator("#status")).to_have_text("Could not be matched", timeout=PATIENCE)


def test_a_lost_service_is_named_and_the_job_is_looked_for_again(visit: Visit, file: Path) -> None:
    visit.open("/pages/files")
    choose(visit, file)
    visit.page.route("**/v1/**", lambda route: route.abort())
    visit.page.reload()
    expect(visit.page.locator("#trouble")).to_contain_text("was not reached")
    visit.page.unroute("**/v1/**")
    expect(visit.page.get_by_role("button", name="Start")).to_be_visible()
    expect(visit.page.locator("#trouble")).to_be_hidden()
    visit.complaints = [said for said in visit.complaints if "ERR_FAILED" not in said]


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_fault_and_nothing_runs_over_the_edge(
    visit: Visit, file: Path, scheme: str, lang: str
) -> None:
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    visit.page.set_viewport_size({"width": 320, "height": 700})
    visit.open(f"/pages/files?lang={lang}")
    visit.page.locator("#file").set_input_files(file)
    held = visit.page.locator("#job form")
    expect(held).to_be_visible(timeout=PATIENCE)
    assert visit.faults_of_access() == []
    for label in ("road", "place"):
        visit.page.get_by_label(label, exact=True).check()
    held.locator("button").last.click()
    expect(visit.page.locator("#job .bar").first).to_be_visible(timeout=PATIENCE)
    assert visit.faults_of_access() == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320
    visit.open(f"/pages/files?lang={lang}")
    expect(visit.page.locator("table")).to_be_visible()
    assert visit.faults_of_access() == []


def test_with_keys_a_result_is_saved_too(page: Page, file: Path, tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    _, sent = KeyFile(keys).add("clerk", Role.READER)
    environment = {"ADDRESS_MATCH_KEYS": str(keys), "ADDRESS_MATCH_JOBS": str(tmp_path / "jobs")}
    with serving(built_index(tmp_path, REFERENCE), environment) as url:
        visit = Visit(page, url)
        visit.open("/pages/files")
        expect(page.locator("#key")).to_be_focused()
        visit.type(sent)
        visit.press("Enter")
        expect(page.locator("#key")).to_be_hidden()
        choose(visit, file)
        for label in ("road", "place"):
            page.get_by_label(label, exact=True).check()
        page.get_by_role("button", name="Start").click()
        expect(page.locator("#status")).to_have_text("Done", timeout=PATIENCE)
        assert saved(visit, "CSV").read_text().count("\n") == 4
        assert json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))")) == []

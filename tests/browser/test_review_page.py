"""The page of review in a real browser, by keyboard."""

import csv
import io
from pathlib import Path
from time import sleep
from typing import Any

import httpx
import pytest
from playwright.sync_api import Route, expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.slow
FILE = """ref,address
A,"21 Tanfield Road, Shildon"
B,"14 Tanfield Road, Shildon, DL4 5QA"
C,"Marlin Court <img src=x>, Skipper Street"
D,"3 Cragwell Road, Shildon"
E,"Flat 9, Marlin Court, 50 Skipper Street, Shildon"
"""
PATIENCE = 120_000.0
"""Milliseconds for what processes of their own do."""


@pytest.fixture
def job(service: str) -> str:
    """The id of a job that is done, all of whose rows wait for a person."""
    options = {"name": ".csv", "threshold": "0.999999", "outputs": "csv"}
    name: str = httpx.post(
        f"{service}/v1/jobs", params=options, content=FILE.encode(), timeout=PATIENCE / 1000
    ).json()["id"]
    while asked(service, f"/v1/jobs/{name}")["state"] in {"queued", "running"}:
        sleep(0.1)
    assert asked(service, f"/v1/jobs/{name}")["state"] == "done"
    return name


def asked(service: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(service + path, timeout=PATIENCE / 1000).json()
    return found


def said(visit: Visit, job: str) -> list[list[tuple[str, str]]]:
    """What coders said of each row of the queue."""
    rows = asked(visit.service, f"/v1/jobs/{job}/review?limit=100")["rows"]
    return [[(one["coder"], one["verdict"]) for one in row["verdicts"]] for row in rows]


def begin(visit: Visit, job: str, coder: str = "Ann", lang: str = "en") -> None:
    visit.page.goto("about:blank")
    visit.asked.clear()
    visit.open(f"/pages/review?lang={lang}#job={job}")
    expect(visit.page.locator("#coder")).to_be_focused()
    visit.type(coder)
    visit.press("Enter")
    expect(visit.page.locator("#row [role=group]")).to_be_focused(timeout=PATIENCE)


def at(visit: Visit, place: int, decided: int) -> None:
    """Wait until a row is shown, and takes keys."""
    total = len(FILE.splitlines()) - 1
    progress = visit.page.locator('#row[aria-busy="false"] #progress')
    expect(progress).to_have_text(f"Row {place} of {total}; {decided} are decided.", timeout=PATIENCE)


def press(visit: Visit, key: str, place: int, decided: int) -> None:
    visit.press(key)
    at(visit, place, decided)


def test_rows_are_decided_by_keyboard_and_undone(visit: Visit, job: str) -> None:
    begin(visit, job)
    at(visit, 1, 0)
    expect(visit.page.locator("#row .words li").first).to_be_visible()
    press(visit, "1", 2, 1)
    press(visit, "n", 3, 2)
    press(visit, "t", 4, 3)
    press(visit, "u", 3, 2)
    expect(visit.page.locator("#status")).to_have_text("Your verdict is taken back.")
    press(visit, "u", 2, 1)
    press(visit, "ArrowRight", 3, 1)
    press(visit, "ArrowLeft", 2, 1)
    press(visit, "t", 3, 2)
    assert [len(one) for one in said(visit, job)] == [1, 1, 0, 0, 0]
    assert said(visit, job)[1] == [("Ann", "cannot tell")]
    press(visit, "n", 4, 3)
    press(visit, "n", 5, 4)
    press(visit, "n", 5, 5)
    expect(visit.page.locator("#status")).to_contain_text("Every row is decided.")
    assert visit.page.locator("main img").count() == 0
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Mine").click()
    rows = [*csv.DictReader(io.StringIO(Path(download.value.path()).read_text()))]
    assert [row["label_verdict"] for row in rows][1:] == ["cannot tell", *["not in the reference"] * 3]
    with visit.page.expect_download() as whole:
        visit.page.get_by_role("button", name="Whole file, CSV").click()
    assert (
        Path(whole.value.path()).read_text().splitlines()[0].endswith("label_verdict,label_uprn,label_note")
    )
    assert [url for url in visit.asked if "Tanf" in url or "Marlin" in url] == []


def test_a_blind_row_shows_nothing_of_what_the_program_says(visit: Visit, job: str) -> None:
    begin(visit, job)
    for place in range(2, 6):
        press(visit, "ArrowRight", place, 0)
    expect(visit.page.locator("#row .note")).to_contain_text("is not shown, so that it does not lead you")
    assert "%" not in visit.page.locator("#row").inner_text()
    addresses = visit.page.locator("#row .choices button span").all_inner_texts()
    assert addresses == sorted(addresses)
    assert visit.faults_of_access() == []
    press(visit, "1", 1, 1)


def test_why_a_row_is_not_matched_is_said_unless_it_is_blind(visit: Visit, job: str) -> None:
    begin(visit, job)
    reasons = visit.page.locator("#why").all_inner_texts()
    for place in range(2, 5):
        press(visit, "ArrowRight", place, 0)
        reasons += visit.page.locator("#why").all_inner_texts()
    assert "It is likelier that the reference does not hold the premises." in reasons
    press(visit, "ArrowRight", 5, 0)
    expect(visit.page.locator("#row .note").first).to_contain_text("is not shown")
    expect(visit.page.locator("#why")).to_have_count(0)


def test_a_file_that_is_done_leads_to_its_review(visit: Visit, job: str) -> None:
    visit.open(f"/pages/files#job={job}")
    visit.page.get_by_role("link", name="Decide the rows").click()
    expect(visit.page.locator("#coder")).to_be_focused()
    assert visit.page.url.endswith(f"/pages/review?lang=en#job={job}")


def test_another_premises_is_searched_for_and_taken(visit: Visit, job: str) -> None:
    begin(visit, job)
    visit.press("s")
    expect(visit.page.locator("#premises")).to_be_focused()
    visit.type("2 crag")
    expect(visit.page.get_by_role("option").first).to_contain_text("2 Cragwell Road")
    visit.press("ArrowDown", "Enter")
    expect(visit.page.locator("#row button:focus")).to_contain_text("It is 2 Cragwell Road")
    press(visit, "Enter", 2, 1)
    row = asked(visit.service, f"/v1/jobs/{job}/review")["rows"][0]
    assert row["verdicts"] == [
        {"coder": "Ann", "verdict": "other premises", "uprn": "100000000106", "note": ""}
    ]
    visit.press("s", "Escape")
    expect(visit.page.locator("#row [role=group]")).to_be_focused()


def test_a_second_coder_is_told_that_somebody_decided_and_not_what(visit: Visit, job: str) -> None:
    begin(visit, job)
    press(visit, "n", 2, 1)
    begin(visit, job, "Bob")
    at(visit, 2, 1)
    press(visit, "ArrowLeft", 1, 1)
    expect(visit.page.locator("#second")).to_contain_text("Already decided by: Ann.")
    assert "Not in the reference" not in visit.page.locator("#second").inner_text()
    press(visit, "t", 2, 1)
    expect(visit.page.locator("#status")).to_contain_text("It differs from that of Ann")
    assert said(visit, job)[0] == [("Ann", "not in the reference"), ("Bob", "cannot tell")]


def test_a_note_is_written_by_keyboard_and_shown_to_another_after_his_own_verdict(
    visit: Visit, job: str
) -> None:
    begin(visit, job)
    visit.press("w")
    expect(visit.page.locator("#note")).to_be_focused()
    visit.type("n <img src=x> is the rear")
    visit.press("Escape")
    expect(visit.page.locator("#row [role=group]")).to_be_focused()
    press(visit, "n", 2, 1)
    expect(visit.page.locator("#note")).to_have_value("")
    press(visit, "ArrowLeft", 1, 1)
    expect(visit.page.locator("#row .noted")).to_have_text("Your note: n <img src=x> is the rear")
    assert visit.page.locator("main img").count() == 0
    begin(visit, job, "Bob")
    press(visit, "ArrowLeft", 1, 1)
    assert "rear" not in visit.page.locator("main").inner_text()
    expect(visit.page.locator("#note")).to_have_value("")
    press(visit, "t", 2, 1)
    press(visit, "ArrowLeft", 1, 1)
    expect(visit.page.locator("#row .noted")).to_have_text("Note of Ann: n <img src=x> is the rear")
    assert [url for url in visit.asked if "rear" in url] == []


def test_a_third_settles_what_two_differ_in(visit: Visit, job: str) -> None:
    begin(visit, job)
    press(visit, "n", 2, 1)
    begin(visit, job, "Bob")
    press(visit, "ArrowLeft", 1, 1)
    press(visit, "t", 2, 1)
    begin(visit, job, "Cleo")
    press(visit, "c", 1, 1)
    expect(visit.page.locator("#second")).to_have_text(
        "People differ, and your verdict settles it: Ann: Not in the reference; Bob: Cannot tell"
    )
    press(visit, "n", 2, 1)
    expect(visit.page.locator("#status")).to_have_text("Your verdict is kept, and settles the row.")
    visit.press("c")
    expect(visit.page.locator("#status")).to_have_text("There is no row in which people differ.")
    press(visit, "u", 1, 1)
    expect(visit.page.locator("#second")).to_contain_text("People differ")


def test_one_who_is_overtaken_by_another_is_told_too(visit: Visit, job: str) -> None:
    begin(visit, job)
    row = asked(visit.service, f"/v1/jobs/{job}/review")["rows"][0]["id"]
    other = {"id": row, "coder": "Bob", "verdict": "not in the reference"}
    assert httpx.post(f"{visit.service}/v1/jobs/{job}/verdicts", json=other).status_code == 200
    press(visit, "n", 2, 1)
    expect(visit.page.locator("#status")).to_contain_text("Bob said the same")


def test_a_lost_connection_is_said_and_the_verdict_is_kept(visit: Visit, job: str) -> None:
    begin(visit, job)
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort()

    visit.page.route("**/v1/**", lose)
    visit.press("n")
    expect(visit.page.locator("#trouble")).to_contain_text("was not reached")
    expect(visit.page.locator("#status")).to_contain_text("Your verdict is kept on this page")
    assert said(visit, job)[0] == []
    visit.page.unroute("**/v1/**")
    at(visit, 2, 1)
    expect(visit.page.locator("#trouble")).to_be_hidden()
    assert said(visit, job)[0] == [("Ann", "not in the reference")]
    assert lost
    visit.complaints = [one for one in visit.complaints if "ERR_FAILED" not in one]


def test_a_key_that_ended_is_asked_for_again_and_the_verdict_is_sent(visit: Visit, job: str) -> None:
    begin(visit, job)
    visit.page.route("**/verdicts", lambda route: route.fulfill(status=401, json={"title": "ended"}))
    visit.press("n")
    expect(visit.page.locator("#key")).to_be_focused()
    assert said(visit, job)[0] == []
    visit.page.unroute("**/verdicts")
    visit.type("another key")
    press(visit, "Enter", 2, 1)
    assert said(visit, job)[0] == [("Ann", "not in the reference")]
    visit.page.route("**/review?*", lambda route: route.fulfill(status=401, json={"title": "ended"}))
    visit.press("t")
    expect(visit.page.locator("#key")).to_be_focused()
    visit.page.unroute("**/review?*")
    press(visit, "Enter", 3, 2)
    press(visit, "u", 2, 1)
    press(visit, "u", 1, 0)
    visit.complaints = [one for one in visit.complaints if "401" not in one]


def test_a_key_that_is_pressed_before_the_next_row_is_there_decides_nothing(visit: Visit, job: str) -> None:
    begin(visit, job)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route("**/review?*", hold)
    with visit.page.expect_request("**/review?*"):
        visit.press("n")
    expect(visit.page.locator('#row[aria-busy="true"]')).to_be_visible()
    visit.press("n", "t")
    held[0].continue_()
    at(visit, 2, 1)
    assert [len(one) for one in said(visit, job)] == [1, 0, 0, 0, 0]


def test_without_a_job_or_of_an_unknown_one_the_page_says_so(visit: Visit) -> None:
    visit.open("/pages/review")
    expect(visit.page.locator("#status")).to_contain_text("open a file that is done")
    visit.page.goto("about:blank")
    visit.asked.clear()
    visit.open("/pages/review#job=unknown")
    visit.press("Enter")
    expect(visit.page.locator("#status")).to_have_text("Type your name first.")
    visit.type("Ann")
    visit.press("Enter")
    expect(visit.page.locator("#trouble")).to_contain_text("no such job of yours")
    visit.complaints = [one for one in visit.complaints if "404" not in one]


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_fault_and_nothing_runs_over_the_edge(
    visit: Visit, job: str, scheme: str, lang: str
) -> None:
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    visit.page.set_viewport_size({"width": 320, "height": 700})
    visit.open(f"/pages/review?lang={lang}#job={job}")
    assert visit.faults_of_access() == []
    begin(visit, job, lang=lang)
    assert visit.faults_of_access() == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320

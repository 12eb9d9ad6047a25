"""Signing in, going on after a session ended, and signing out, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from time import sleep

import httpx
import pytest
from playwright.sync_api import Page, expect

from address_match.service.access.api_key import Role
from address_match.service.access.user_file import UserFile
from tests.browser.conftest import REFERENCE, serving
from tests.browser.test_review_page import FILE, PATIENCE, press
from tests.browser.visit import Visit
from tests.built_index import built_index

pytestmark = pytest.mark.slow
PASSWORD = "seven plain words"  # noqa: S105 - made up


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a service to which Ann and Bob sign in."""
    folder = tmp_path_factory.mktemp("guarded")
    users = UserFile(folder / "users.json")
    users.add("Ann", [Role.LABELLER], PASSWORD)
    named = {
        "JOBS": folder / "jobs",
        "USERS": users.path,
        "SESSIONS": folder / "sessions",
        "KEYS": folder / "keys",
    }
    environment = {f"ADDRESS_MATCH_{name}": str(path) for name, path in named.items()}
    with serving(built_index(folder, REFERENCE), environment) as url:
        yield url


@pytest.fixture
def visit(page: Page, guarded: str) -> Iterator[Visit]:
    visit = Visit(page, guarded)
    yield visit
    assert [one for one in visit.complaints if "401" not in one and "403" not in one] == []
    assert [url for url in visit.asked if not url.startswith((guarded, "data:", "blob:"))] == []


@pytest.fixture(scope="module")
def job(guarded: str) -> str:
    """The id of a job of those who sign in, all of whose rows wait for a person."""
    with httpx.Client(base_url=guarded, headers={"Origin": guarded}) as client:
        client.post("/pages/session", json={"name": "Ann", "password": PASSWORD}).raise_for_status()
        options = {"name": ".csv", "threshold": "0.999999", "outputs": "csv"}
        name: str = (
            client.post("/v1/jobs", params=options, content=FILE.encode()).raise_for_status().json()["id"]
        )
        while client.get(f"/v1/jobs/{name}").json()["state"] in {"queued", "running"}:
            sleep(0.1)
    return name


def sign_in(visit: Visit, password: str = PASSWORD) -> None:
    """Sign in by keyboard, from the box that has the focus."""
    expect(visit.page.locator("#name")).to_be_focused()
    visit.type("Ann")
    visit.press("Tab")
    visit.type(password)
    visit.press("Enter")


def end_session(visit: Visit) -> None:
    """Sign out by another tab, so to say."""
    held = {cookie["name"]: cookie["value"] for cookie in visit.page.context.cookies()}
    httpx.delete(
        f"{visit.service}/pages/session", cookies=held, headers={"Origin": visit.service}
    ).raise_for_status()


def test_a_person_signs_in_reviews_and_goes_on_after_the_session_ended(visit: Visit, job: str) -> None:
    visit.open(f"/pages/review#job={job}")
    visit.type("A. N. Other")
    visit.press("Enter")
    sign_in(visit)
    expect(visit.page.locator("#person")).to_contain_text("Ann")
    expect(visit.page.locator("#coder")).to_have_value("Ann")
    expect(visit.page.locator("#row [role=group]")).to_be_focused(timeout=PATIENCE)
    press(visit, "n", 2, 1)
    end_session(visit)
    visit.press("t")
    expect(visit.page.locator("#trouble")).to_contain_text("You are not signed in")
    expect(visit.page.locator("#password")).to_be_focused()
    visit.type(PASSWORD)
    press(visit, "Enter", 3, 2)
    rows = visit.page.evaluate(f"fetch('../v1/jobs/{job}/review?limit=2').then((answer) => answer.json())")[
        "rows"
    ]
    assert [[(one["coder"], one["verdict"]) for one in row["verdicts"]] for row in rows] == [
        [("Ann", "not in the reference")],
        [("Ann", "cannot tell")],
    ]
    assert [url for url in visit.asked if "Tanf" in url or "Ann" in url] == []


def test_a_file_that_was_chosen_and_what_was_chosen_for_it_stay(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "roll.csv").write_text(FILE)
    visit.open("/pages/files")
    sign_in(visit)
    expect(visit.page.locator("#person")).to_contain_text("Ann")
    end_session(visit)
    visit.page.locator("#file").set_input_files(tmp_path / "roll.csv")
    expect(visit.page.locator("#password")).to_be_focused()
    visit.type(PASSWORD)
    visit.press("Enter")
    expect(visit.page.get_by_role("button", name="Start")).to_be_visible(timeout=PATIENCE)
    visit.page.get_by_label("How sure a match has to be").select_option("0.95")
    end_session(visit)
    visit.page.get_by_role("button", name="Start").click()
    expect(visit.page.locator("#password")).to_be_focused()
    visit.type(PASSWORD)
    visit.press("Enter")
    expect(visit.page.locator("#status")).to_have_text("Done", timeout=PATIENCE)
    name = visit.page.url.rpartition("job=")[2]
    job = visit.page.evaluate(f"fetch('../v1/jobs/{name}').then((answer) => answer.json())")
    assert job["options"]["precision"] == 0.95


def test_what_is_typed_stays_and_is_asked_once_somebody_signed_in(visit: Visit) -> None:
    visit.open("/")
    visit.page.locator("#address").fill("21 Tanfield Road, Shildon")
    visit.press("Enter")
    sign_in(visit, "another of some words")
    expect(visit.page.locator("#trouble")).to_have_text("The name or the password is not right.")
    expect(visit.page.locator("#password")).to_be_focused()
    visit.type(PASSWORD)
    visit.press("Enter")
    expect(visit.page.locator("#verdict")).to_be_visible(timeout=PATIENCE)
    visit.page.get_by_role("button", name="Sign out").click()
    expect(visit.page).to_have_url(f"{visit.service}/pages/sign-in?lang=en")
    expect(visit.page.locator("#name")).to_be_focused()
    visit.page.go_back()
    expect(visit.page.locator("#verdict")).to_have_count(0)


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_fault_and_nothing_runs_over_the_edge(
    visit: Visit, scheme: str, lang: str
) -> None:
    visit.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    visit.page.set_viewport_size({"width": 320, "height": 700})
    visit.open(f"/pages/sign-in?lang={lang}")
    sign_in(visit, "another of some words")
    expect(visit.page.locator("#trouble")).to_be_visible()
    assert visit.faults_of_access() == []
    visit.type(PASSWORD)
    visit.press("Enter")
    expect(visit.page.locator("#status")).to_contain_text("Ann")
    assert visit.faults_of_access() == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320

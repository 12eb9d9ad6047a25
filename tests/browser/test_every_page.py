"""What holds of every page that the service has, in a real browser: nobody is shut out, nothing breaks, nothing leaves
the machine.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep
from typing import Literal, get_type_hints

import httpx
import pytest
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page, expect

from address_match.service.access.api_key import Role
from address_match.service.access.people import People
from address_match.service.access.user_file import UserFile
from address_match.service.http.pages.page_routes import page_router
from address_match.service.settings.access_settings import AccessSettings
from address_match.service.settings.server_settings import ServerSettings
from tests.browser.conftest import REFERENCE, serving
from tests.browser.drifted_models import drifted_models
from tests.browser.test_files_page import PATIENCE
from tests.browser.test_review_page import FILE
from tests.browser.visit import Visit
from tests.built_index import built_index

pytestmark = pytest.mark.slow
PASSWORD = "seven plain words"  # noqa: S105 - made up
VIEWS = ("state", "monitor", "decisions", "work", "comparisons", "record", "audit")
OFTEN = 400
"""Presses of the tab key at most, to go through a page."""
MEAN = "<img src=x onerror=alert(1)>\u05e9\u05d3\u05e8\u05d4 \u202e21<script>alert(1)</script> "
"""Markup, a script, and text that runs from right to left."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a service that has every page, and in which Ann may do everything."""
    folder = tmp_path_factory.mktemp("every")
    UserFile(folder / "users.json").add("Ann", [Role.OWNER, Role.LABELLER], PASSWORD)
    named = {"USERS": folder / "users.json", "SESSIONS": folder / "sessions", "KEYS": folder / "keys"}
    environment = {f"ADDRESS_MATCH_{name}": str(path) for name, path in named.items()}
    environment |= drifted_models(folder, reason="fewer are accepted")
    with serving(built_index(folder, REFERENCE), environment) as url:
        yield url


@pytest.fixture(scope="module")
def cookies(service: str) -> dict[str, str]:
    """Of a session of Ann."""
    with httpx.Client(base_url=service, headers={"Origin": service}) as client:
        client.post("/pages/session", json={"name": "Ann", "password": PASSWORD}).raise_for_status()
        return dict(client.cookies)


@pytest.fixture(scope="module")
def job(service: str, cookies: dict[str, str]) -> str:
    """The id of a file that is done, all of whose rows wait for a person."""
    with httpx.Client(base_url=service, headers={"Origin": service}, cookies=cookies) as client:
        options = {"name": ".csv", "threshold": "0.999999", "outputs": "csv"}
        sent = client.post("/v1/jobs", params=options, content=FILE.encode()).raise_for_status()
        name: str = sent.json()["id"]
        while (state := client.get(f"/v1/jobs/{name}").json()["state"]) in {"queued", "running"}:
            sleep(0.1)
        assert state == "done"
        return name


@pytest.fixture
def shape() -> dict[str, object]:
    """How the browser is set up: overridden by the tests that are about that."""
    return {}


@pytest.fixture
def visit(
    browser: Browser, service: str, cookies: dict[str, str], shape: dict[str, object]
) -> Iterator[Visit]:
    """A visit of Ann; at its end nothing was said on the console, and nothing was asked of others."""
    context = browser.new_context(locale="en-GB", **shape)  # type: ignore[arg-type]  # options by their names
    context.add_cookies([{"name": name, "value": value, "url": service} for name, value in cookies.items()])
    visit = Visit(context.new_page(), service)
    visit.page.set_default_timeout(PATIENCE)
    yield visit
    context.close()
    assert visit.complaints == []
    assert [url for url in visit.asked if not url.startswith((service, "data:", "blob:"))] == []


def searched(visit: Visit, _job: str) -> None:
    visit.open("/?lang=en")
    visit.search("14 tanfeild rd, shildon")


def looked_up(visit: Visit, _job: str) -> None:
    visit.open("/pages/look-up?lang=en")
    visit.page.get_by_role("button", name="Enter the address by hand").click()


def listed(visit: Visit, _job: str) -> None:
    visit.open("/pages/files?lang=en")
    expect(visit.page.locator("#job table")).to_be_visible(timeout=PATIENCE)


def reported(visit: Visit, job: str) -> None:
    visit.open(f"/pages/files?lang=en#job={job}")
    expect(visit.page.locator("#status")).to_have_text("Done", timeout=PATIENCE)


def reviewed(visit: Visit, job: str) -> None:
    visit.open(f"/pages/review?lang=en#job={job}")
    expect(visit.page.locator("#coder")).to_have_value("Ann")
    visit.page.get_by_role("button", name="Begin").click()
    expect(visit.page.locator("#row [role=group]")).to_be_focused(timeout=PATIENCE)


def view(name: str) -> Callable[[Visit, str], None]:
    def shown(visit: Visit, _job: str) -> None:
        visit.open(f"/pages/model?lang=en#{name}")
        expect(visit.page.locator("#view h2").first).to_be_focused(timeout=PATIENCE)

    return shown


def signed_in(visit: Visit, _job: str) -> None:
    visit.open("/pages/sign-in?lang=en")
    expect(visit.page.locator("#status")).to_contain_text("Ann")


def signed_out(visit: Visit, _job: str) -> None:
    visit.page.context.clear_cookies()
    visit.open("/pages/sign-in?lang=en")
    expect(visit.page.locator("#name")).to_be_focused()


def described(visit: Visit, _job: str) -> None:
    visit.open("/docs")
    expect(visit.page.get_by_text("Match one address, sent in the body")).to_be_visible(timeout=PATIENCE)


STATES: dict[str, dict[str, Callable[[Visit, str], None]]] = {
    "/": {"search": searched},
    "/pages/look-up": {"look-up": looked_up},
    "/pages/files": {"files": listed, "report": reported},
    "/pages/review": {"review": reviewed},
    "/pages/sign-in": {"sign-in": signed_in, "signed out": signed_out},
    "/pages/model": {name: view(name) for name in VIEWS},
    "/docs": {"docs": described},
}
"""What each page shows, by its path and a name."""
OURS = {name: arrange for path, shown in STATES.items() if path != "/docs" for name, arrange in shown.items()}
"""Without the description of the routes, whose page is Swagger UI's."""


def test_no_page_is_forgotten(tmp_path: Path) -> None:
    users = tmp_path / "users.json"
    UserFile(users).add("Ann", [Role.OWNER], PASSWORD)
    people = People.of(AccessSettings.model_validate({"users": users, "sessions": tmp_path / "sessions"}))
    router = page_router(ServerSettings(), 1, people, has_model=True)
    routes = [route for route in router.routes if isinstance(route, APIRoute) and "{" not in route.path]
    pages = {route.path for route in routes if returned(route) is HTMLResponse}
    assert pages == set(STATES)


def returned(route: APIRoute) -> object:
    """What a route gives by its own word."""
    return get_type_hints(route.endpoint).get("return")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", OURS)
def test_axe_finds_nothing_at_fault(
    visit: Visit, job: str, state: str, scheme: Literal["light", "dark"]
) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    OURS[state](visit, job)
    assert visit.faults_of_access() == []


@pytest.mark.parametrize(
    "shape",
    [
        {"viewport": {"width": 320, "height": 640}},
        {"viewport": {"width": 640, "height": 360}, "device_scale_factor": 2},  # 1,280 by 720 at 200 %
    ],
    ids=["320 pixels", "200 %"],
)
@pytest.mark.parametrize("state", OURS)
def test_every_control_is_reached_and_seen(
    visit: Visit, job: str, state: str, shape: dict[str, object]
) -> None:
    OURS[state](visit, job)
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert hidden_controls(visit.page) == []


CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
WATCH = """selector => {
  const wanted = [...document.querySelectorAll(selector)].filter(
    (node) => node.checkVisibility() && !node.disabled && node.tabIndex >= 0 && (node.type !== 'radio' || node.checked));
  const isSeen = (node) => {
    const box = node.getBoundingClientRect();
    const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
    const top = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
    return top !== null && (node.contains(top) || top.contains(node));
  };
  const shown = (node) => node.outerHTML.slice(0, 120);
  window.missed = new Map(wanted.map((node) => [node, 'not reached: ' + shown(node)]));
  window.covered = [];
  document.activeElement?.blur();
  document.addEventListener('focusin', ({ target }) => {
    window.missed.delete(target);
    if (!isSeen(target)) window.covered.push('not in sight: ' + shown(target));
  });
}"""


def hidden_controls(page: Page) -> list[str]:
    """Go through a page by the tab key; returns what of it is not reached, or is not in sight where it is."""
    page.evaluate(WATCH, CONTROLS)
    for _ in range(OFTEN):
        page.keyboard.press("Tab")
        if page.evaluate("window.missed.size") == 0:
            break
    found: list[str] = page.evaluate("[...window.missed.values(), ...window.covered]")
    return found


@pytest.mark.parametrize("state", OURS)
def test_markup_and_long_text_in_every_field_stay_text(visit: Visit, job: str, state: str) -> None:
    asked: list[str] = []
    visit.page.on("dialog", lambda dialog: asked.append(dialog.message))
    answered: list[int] = []
    visit.page.on("response", lambda response: answered.append(response.status))
    OURS[state](visit, job)
    for text in (MEAN, MEAN + "x" * 10_000):
        for field in visit.page.locator("input:not([type]), input[type=text], textarea").all():
            if field.is_visible() and field.is_editable():
                field.fill(text)
                field.press("Enter")
    visit.page.wait_for_load_state("networkidle")
    assert asked == []
    assert visit.page.locator("img[src=x], main script").count() == 0
    assert [status for status in answered if status >= 500] == []
    assert [url for url in visit.asked if "onerror" in url] == []
    visit.complaints = [said for said in visit.complaints if not re.search(r"status of 4\d\d", said)]


@pytest.mark.parametrize("state", OURS)
def test_the_back_button_leads_back_to_what_was_shown(visit: Visit, job: str, state: str) -> None:
    OURS[state](visit, job)
    title, place = visit.page.title(), visit.page.url
    elsewhere = "Search" if state == "look-up" else "Look-up in a form"
    visit.page.get_by_role("link", name=elsewhere, exact=True).click()
    expect(visit.page).not_to_have_title(title)
    visit.page.go_back()
    expect(visit.page).to_have_url(place)
    expect(visit.page).to_have_title(title)
    expect(visit.page.locator("main h1:visible")).to_have_count(1)
    expect(visit.page.locator("#trouble")).to_be_hidden()


@pytest.mark.parametrize("state", OURS)
def test_a_lost_connection_is_said_and_the_page_stays(visit: Visit, job: str, state: str) -> None:
    OURS[state](visit, job)
    visit.page.route("**/v1/**", lambda route: route.abort())
    visit.page.route("**/pages/session", lambda route: route.abort())
    visit.page.reload()
    expect(visit.page.locator("main h1:visible")).to_have_count(1)
    if state not in {"search", "look-up", "review"}:  # they ask when somebody types, and have tests of that
        expect(visit.page.locator("#trouble")).to_contain_text("was not reached")
    visit.complaints = [said for said in visit.complaints if "ERR_FAILED" not in said]


def test_the_description_of_the_routes_breaks_nothing(visit: Visit, job: str) -> None:
    described(visit, job)

"""Two owners go the whole circle of a model in a real browser: each signs in, neither has a shell."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from address_match.service.access.api_key import Role
from address_match.service.access.user_file import UserFile
from address_match.service.lifecycle.comparison.gates import GATES_FILE
from address_match.service.lifecycle.promotion import promote
from tests.browser.conftest import REFERENCE, serving
from tests.browser.drifted_models import drifted_models
from tests.browser.test_model_page import PATIENCE, begin, choose, done, open_view, press_button, shown
from tests.browser.test_sign_in import PASSWORD, end_session
from tests.browser.visit import Visit
from tests.built_index import built_index
from tests.service.http.model_client import places_in

pytestmark = pytest.mark.slow
REFUSED = ("401", "409")
"""Of requests that a page answers for: a browser complains of each."""
SAID = ("Reason", "Effect on", "Cost, of", "Accuracy", "Explain", "Reprod", "Timeli", "Cost eff")
"""How the fields of a proposal begin, in which something has to be said."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a service that answers from what is promoted, and to which Ann and Bob sign in as owners."""
    folder = tmp_path_factory.mktemp("owners")
    users = UserFile(folder / "users.json")
    for name in ("Ann", "Bob"):
        users.add(name, [Role.OWNER], PASSWORD)
    registry = places_in(folder).registry
    promote(registry, "default", built_index(folder, REFERENCE), by="O. Perator")
    named = {"USERS": users.path, "SESSIONS": folder / "sessions", "KEYS": folder / "keys"}
    environment = {f"ADDRESS_MATCH_{name}": str(path) for name, path in named.items()}
    environment |= drifted_models(folder, reason="another one")
    (registry.folder / GATES_FILE).write_text("least_rows = 50\nworse_p_value = 0.05\n", encoding="utf-8")
    with serving(None, environment) as url:
        yield url


@pytest.fixture
def ann(browser: Browser, service: str) -> Iterator[Visit]:
    yield from owner(browser, service, "Ann")


@pytest.fixture
def bob(browser: Browser, service: str) -> Iterator[Visit]:
    yield from owner(browser, service, "Bob")


def owner(browser: Browser, service: str, name: str) -> Iterator[Visit]:
    """A browser in which somebody signed in; at its end nothing was said on the console but of what was refused."""
    context = browser.new_context(locale="en-GB")
    visit = Visit(context.new_page(), service)
    visit.open("/pages/model?lang=en#monitor")
    expect(visit.page.locator("#name")).to_be_focused()
    visit.type(name)
    visit.press("Tab")
    visit.type(PASSWORD)
    visit.press("Enter")
    shown(visit.page)
    yield visit
    context.close()
    assert [said for said in visit.complaints if not any(status in said for status in REFUSED)] == []


def promotes(visit: Visit, bundle: str, decision: str) -> None:
    """Ask for a promotion in the view of what is in service."""
    open_view(visit, "state")
    choose(visit, "Bundle", bundle)
    choose(visit, "Decision for which it is promoted", decision)
    press_button(visit, "Promote it")


def refused(visit: Visit, why: str) -> None:
    expect(visit.page.locator("#trouble")).to_contain_text(why, timeout=PATIENCE)


def answers(visit: Visit, bundle: str) -> None:
    """Wait until what answers is another bundle, without a look at anything else."""
    expect(visit.page.locator("#view .facts > div").nth(1)).to_contain_text(
        f"bundle {bundle}", timeout=PATIENCE
    )


def proposes(visit: Visit) -> None:
    """Propose a decision that rests on what was found, D3; the session ends before it is sent."""
    visit.page.get_by_role("link", name="Propose a decision about file").focus()
    visit.press("Enter")
    shown(visit.page)
    for label in SAID:
        visit.page.locator("#view form").get_by_label(label).focus()
        visit.type("as it was agreed")
    visit.page.get_by_label("Looked at again on").fill("2999-01-31")
    end_session(visit)
    press_button(visit, "Propose it")
    expect(visit.page.locator("#password")).to_be_focused()
    visit.type(PASSWORD)
    visit.press("Enter")
    done(visit, "It is proposed. Another person has to approve it.")


def test_two_owners_go_the_whole_circle_without_a_shell(ann: Visit, bob: Visit) -> None:
    expect(ann.page.locator("#view .level")).to_contain_text("warning")
    proposes(ann)
    expect(ann.page.get_by_role("button", name="Approve D3")).to_have_count(0)
    open_view(bob, "decisions")
    press_button(bob, "Approve D3")
    done(bob, "D3 is approved.")

    open_view(ann, "work")
    choose(ann, "What is learned anew", "calibration")
    ann.page.get_by_label("Name of the new bundle").focus()
    ann.type("recalibrated")
    begin(ann, "Begin the retraining", "It is done: the bundle is in the registry.")
    promotes(bob, "recalibrated", "D3")
    refused(bob, "it was not compared with the one in force")
    choose(ann, "Bundle that is compared", "recalibrated")
    begin(ann, "Begin the comparison", "It is done: see Comparisons.")
    open_view(ann, "comparisons")
    expect(ann.page.locator("#view")).to_contain_text("It fails no gate of the registry.")

    promotes(ann, "recalibrated", "D3")
    refused(ann, "D3 was proposed by Ann: another person has to promote for it")
    promotes(bob, "recalibrated", "D3")
    done(bob, "recalibrated is promoted.")
    answers(bob, "recalibrated")
    bob.page.get_by_label("Why", exact=True).focus()
    bob.type("a rehearsal")
    press_button(bob, "Roll back")
    done(bob, "What was in force before is so again.")
    answers(bob, "default")

    open_view(ann, "audit")
    expect(ann.page.locator("#view")).to_contain_text("The audit is whole: 7 rows")
    rows = [row.split("\t") for row in ann.page.locator("#view tbody tr").all_inner_texts()]
    assert [(who.partition(" (")[0], act) for _, _, who, act, *_ in rows[:5]] == [
        ("Bob", "rolled back"),
        ("Bob", "promoted"),
        ("Ann", "took in a bundle"),
        ("Bob", "approved"),
        ("Ann", "proposed"),
    ]

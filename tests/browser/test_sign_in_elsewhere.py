"""Signing in at a provider of OpenID Connect, in a real browser: what was typed waits meanwhile."""

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import REFERENCE, serving
from tests.browser.test_review_page import PATIENCE
from tests.browser.visit import Visit
from tests.built_index import built_index
from tests.service.access.openid_provider import CLIENT, OpenIdProvider, providing

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdProvider]:
    with providing() as one:
        yield one


@pytest.fixture(scope="module")
def guarded(provider: OpenIdProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a service to which people sign in at the provider."""
    folder = tmp_path_factory.mktemp("elsewhere")
    port = free_port()
    oidc = {
        "ISSUER": provider.issuer,
        "CLIENT_ID": CLIENT,
        "RETURN_URL": f"http://127.0.0.1:{port}/pages/sign-in/return",
        "ROLES": "labellers=labeller",
    }
    environment = {f"ADDRESS_MATCH_OIDC_{name}": value for name, value in oidc.items()}
    environment |= {f"ADDRESS_MATCH_{name}": str(folder / name) for name in ("SESSIONS", "KEYS")}
    with serving(built_index(folder, REFERENCE), environment, port) as url:
        yield url


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def test_a_page_goes_on_by_itself_when_somebody_is_back(page: Page, guarded: str) -> None:
    visit = Visit(page, guarded)
    visit.open("/")
    page.locator("#address").fill("21 Tanfield Road, Shildon")
    visit.press("Enter")
    expect(page.locator("#sign-in a")).to_be_focused()
    assert visit.faults_of_access() == []
    with page.context.expect_page() as opened:
        visit.press("Enter")
    expect(opened.value.locator("#status")).to_have_text("You are signed in as ann.")
    assert opened.value.url == f"{guarded}/pages/sign-in"
    expect(page.locator("#verdict")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#person")).to_contain_text("ann")


def test_who_has_no_role_is_told_so(page: Page, guarded: str, provider: OpenIdProvider) -> None:
    visit = Visit(page, guarded)
    provider.claims = {"roles": ["others"]}
    visit.open("/pages/sign-in")
    expect(page.locator("#sign-in a")).to_be_focused()
    visit.press("Enter")
    expect(page.locator("#trouble")).to_contain_text("have no role here")
    assert visit.faults_of_access() == []

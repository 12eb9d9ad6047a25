"""People sign in at a provider of OpenID Connect, and come back as who they are there, or as nobody."""

from collections.abc import Iterator
from pathlib import Path
from time import time
from typing import Any

import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey

from address_match.service.access.open_guard import open_guard
from address_match.service.errors import UsageError
from address_match.service.settings.access_settings import AccessSettings, OidcSettings
from tests.service.access.openid_provider import CLIENT, OpenIdProvider, providing
from tests.service.http.service_under_test import running

RETURN = "http://testserver/pages/sign-in/return"
ASKED = "/v1/addresses?input=1+mill+lane"


@pytest.fixture
def provider() -> Iterator[OpenIdProvider]:
    with providing() as one:
        yield one


def settings_of(provider: OpenIdProvider, **more: object) -> OidcSettings:
    said: dict[str, object] = {
        "issuer": provider.issuer,
        "client_id": CLIENT,
        "client_secret": "made up",
        "return_url": RETURN,
        "roles": "labellers=labeller,keepers=operator",
    }
    return OidcSettings.model_validate(said | more)


@pytest.fixture
def client(provider: OpenIdProvider, tmp_path: Path) -> Iterator[TestClient]:
    access = AccessSettings(sessions=tmp_path / "sessions")
    with running(guard=open_guard(access, "127.0.0.1", settings_of(provider))) as one:
        one.follow_redirects = False
        yield one


def leave(client: TestClient, provider: OpenIdProvider) -> dict[str, str]:
    """Go to the provider; return what it sends back with."""
    sent = client.get("/pages/sign-in/start")
    assert sent.status_code == 303
    assert sent.headers["location"].startswith(f"{provider.issuer}/authorize?")
    return provider.leave(sent.headers["location"])


def come_back(client: TestClient, back: dict[str, str]) -> str:
    """Come back; return where the browser is sent then."""
    answer = client.get("/pages/sign-in/return", params=back)
    assert answer.status_code == 303
    return answer.headers["location"]


def who(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/pages/session").json()
    return found


def test_who_comes_back_is_signed_in_by_the_roles_that_his_claim_stands_for(
    client: TestClient, provider: OpenIdProvider
) -> None:
    back = leave(client, provider)
    assert (provider.asked["client_id"], provider.asked["redirect_uri"]) == (CLIENT, RETURN)
    assert provider.asked["code_challenge_method"] == "S256"
    assert come_back(client, back) == "../sign-in"
    assert who(client) == {"name": "ann", "roles": ["labeller"]}
    assert client.get(ASKED).status_code == 200
    assert come_back(client, back) == "../sign-in#provider"


def test_the_cookie_of_the_way_there_is_no_session(client: TestClient) -> None:
    sent = client.get("/pages/sign-in/start").headers["set-cookie"].lower()
    assert "samesite=lax" in sent
    assert "httponly" in sent
    assert who(client)["name"] == ""


def test_another_browser_does_not_come_back_for_the_one_that_left(
    client: TestClient, provider: OpenIdProvider
) -> None:
    back = leave(client, provider)
    client.cookies.clear()
    assert come_back(client, back) == "../sign-in#provider"
    assert who(client)["name"] == ""


@pytest.mark.parametrize("change", [{"state": "other"}, {"state": ""}, {"code": ""}, {"state": "é"}])
def test_another_state_or_no_code_is_nobodys(
    client: TestClient, provider: OpenIdProvider, change: dict[str, str]
) -> None:
    assert come_back(client, leave(client, provider) | change) == "../sign-in#provider"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another client"},
        {"nonce": "another"},
        {"exp": int(time()) - 3_600},
        {"aud": [CLIENT, "another"], "azp": "another"},
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    client: TestClient, provider: OpenIdProvider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    assert come_back(client, leave(client, provider)) == "../sign-in#provider"
    assert who(client)["name"] == ""


def test_a_token_that_another_signed_is_refused(client: TestClient, provider: OpenIdProvider) -> None:
    assert come_back(client, leave(client, provider)) == "../sign-in"
    back = leave(client, provider)
    provider.key = RSAKey.generate_key(2048, {"kid": "one"})
    assert come_back(client, back) == "../sign-in#provider"


@pytest.mark.parametrize(
    "claims",
    [
        {"roles": ["others"]},
        {"roles": None},
        {"roles": {"labellers": True}},
        {"preferred_username": ""},
        {"preferred_username": "<b>"},
        {"preferred_username": 7},
    ],
)
def test_who_has_no_role_or_no_name_is_not_let_in(
    client: TestClient, provider: OpenIdProvider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    assert come_back(client, leave(client, provider)) == "../sign-in#unknown"


def test_a_role_may_be_one_value(client: TestClient, provider: OpenIdProvider) -> None:
    provider.claims = {"roles": "keepers"}
    come_back(client, leave(client, provider))
    assert who(client)["roles"] == ["operator"]


def test_no_password_signs_anybody_in_there(client: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = client.post("/pages/session", json={"name": "ann", "password": ""}, headers=headers)
    assert answer.status_code == 405
    assert 'id="password"' not in client.get("/").text


def test_a_provider_that_does_not_answer_is_said(tmp_path: Path) -> None:
    with providing() as gone:
        settings = settings_of(gone)
    access = AccessSettings(sessions=tmp_path / "sessions")
    with running(guard=open_guard(access, "127.0.0.1", settings)) as client:
        answer = client.get("/pages/sign-in/start", follow_redirects=False)
    assert answer.headers["location"] == "../sign-in#provider"


def test_users_and_a_provider_are_not_both_asked(provider: OpenIdProvider, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="leave out the one or the other"):
        open_guard(AccessSettings(users=tmp_path / "users"), "127.0.0.1", settings_of(provider))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"client_id": ""}, "needs ADDRESS_MATCH_OIDC_CLIENT_ID"),
        ({"roles": ""}, "needs ADDRESS_MATCH_OIDC_ROLES"),
        ({"roles": "labellers=king"}, "no value and one of reader"),
    ],
)
def test_settings_that_are_not_whole_are_refused(
    provider: OpenIdProvider, change: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        open_guard(AccessSettings(), "127.0.0.1", settings_of(provider, **change))

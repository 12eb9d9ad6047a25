"""A service that a network can reach does not start without keys unless it is told so."""

from pathlib import Path

import pytest

from address_match.service.access.api_key import Role
from address_match.service.access.key_file import KeyFile
from address_match.service.access.open_guard import is_loopback, open_guard
from address_match.service.access.user_file import UserFile
from address_match.service.errors import UsageError
from address_match.service.settings.access_settings import AccessSettings

NETWORK = ["0.0.0.0", "::", "", "192.0.2.1", "address-match.example", "::ffff:192.0.2.1"]  # noqa: S104 - what is to be guarded


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture(autouse=True)
def _no_keys_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.parametrize("host", NETWORK)
def test_a_service_open_to_a_network_without_keys_does_not_start(host: str) -> None:
    with pytest.raises(
        UsageError, match=r"can be reached from a network: make one with .* or say --open-to-network"
    ):
        open_guard(AccessSettings(), host)


def test_a_service_is_open_to_a_network_when_it_is_said_in_so_many_words() -> None:
    assert open_guard(AccessSettings(open_to_network=True), "192.0.2.1") is None


def test_keys_that_are_named_are_not_left_out_for_an_open_door(keys: Path) -> None:
    KeyFile(keys).add("census", Role.READER)
    with pytest.raises(UsageError, match="leave out the one or the other"):
        open_guard(AccessSettings(keys=keys, open_to_network=True), "127.0.0.1")


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.1"])
def test_keys_that_are_named_are_asked_for_wherever_the_service_listens(keys: Path, host: str) -> None:
    KeyFile(keys).add("census", Role.READER)
    assert open_guard(AccessSettings(keys=keys), host) is not None


def test_revoked_keys_guard_nothing(keys: Path) -> None:
    KeyFile(keys).add("census", Role.READER)
    KeyFile(keys).revoke("census")
    with pytest.raises(UsageError, match="holds no key in force"):
        open_guard(AccessSettings(keys=keys), "192.0.2.1")


def test_the_keys_of_the_user_are_found_where_a_network_reaches_the_service() -> None:
    access = AccessSettings()
    assert not access.names_keys()
    KeyFile(access.keys).add("census", Role.READER)
    assert open_guard(access, "192.0.2.1") is not None
    assert open_guard(access, "localhost") is None


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.1"])
def test_users_that_are_named_sign_in_wherever_the_service_listens(tmp_path: Path, host: str) -> None:
    users = UserFile(tmp_path / "users.json")
    users.add("Ann", [Role.READER], "seven plain words")
    guard = open_guard(AccessSettings(users=users.path), host)
    assert guard is not None
    assert guard.people is not None


def test_a_file_of_no_users_guards_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nobody may sign in"):
        open_guard(AccessSettings(users=tmp_path / "users.json"), "127.0.0.1")


def test_the_users_of_the_user_sign_in_where_a_network_reaches_the_service() -> None:
    UserFile(AccessSettings().users).add("Ann", [Role.READER], "seven plain words")
    guard = open_guard(AccessSettings(), "192.0.2.1")
    assert guard is not None
    assert guard.people is not None
    assert open_guard(AccessSettings(), "127.0.0.1") is None


def test_where_keys_alone_are_asked_for_nobody_signs_in(keys: Path) -> None:
    KeyFile(keys).add("census", Role.READER)
    guard = open_guard(AccessSettings(keys=keys), "192.0.2.1")
    assert guard is not None
    assert guard.people is None


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_loopback_is_what_this_machine_alone_can_reach(host: str) -> None:
    assert is_loopback(host)

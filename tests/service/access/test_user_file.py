"""What is kept of users, and who is none."""

import json
from pathlib import Path

import pytest

from address_match.service.access.api_key import Role
from address_match.service.access.password import hashed, is_password
from address_match.service.access.user_file import UserFile
from address_match.service.errors import RunFailedError, UsageError

PASSWORD = "seven plain words"  # noqa: S105 - made up


@pytest.fixture
def file(tmp_path: Path) -> UserFile:
    return UserFile(tmp_path / "made" / "users.json")


def test_a_user_is_kept_without_his_password_and_known_again(file: UserFile) -> None:
    user = file.add("ann", [Role.OWNER, Role.LABELLER], PASSWORD)
    assert PASSWORD not in file.path.read_text()
    assert file.read() == (user,)
    assert user.roles == (Role.LABELLER, Role.OWNER)
    assert is_password(user.password, PASSWORD)
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_another_password_is_none() -> None:
    kept = hashed(PASSWORD)
    assert not is_password(kept, PASSWORD + " ")
    assert not is_password("", PASSWORD)
    assert hashed(PASSWORD) != kept


def test_letters_of_another_keyboard_are_the_same() -> None:
    assert is_password(hashed("t\u0177 bach twt lliw"), "ty\u0302 bach twt lliw")


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 1_001])
def test_a_password_that_is_too_short_or_too_long_is_refused(file: UserFile, password: str) -> None:
    with pytest.raises(UsageError, match="a password has 12 to 1,000 characters"):
        file.add("ann", [Role.READER], password)
    assert file.read() == ()


def test_no_two_users_share_a_name(file: UserFile) -> None:
    file.add("ann", [Role.READER], PASSWORD)
    with pytest.raises(UsageError, match="there is a user 'Ann' already"):
        file.add("Ann", [Role.OWNER], PASSWORD)


def test_a_change_of_the_password_gives_another_version(file: UserFile) -> None:
    before = file.add("ann", [Role.READER], PASSWORD)
    after = file.set_password("ann", "another of some words")
    assert after.version != before.version
    assert is_password(file.read()[0].password, "another of some words")


def test_a_user_who_is_removed_is_gone(file: UserFile) -> None:
    file.add("ann", [Role.READER], PASSWORD)
    file.remove("ann")
    assert file.read() == ()
    with pytest.raises(UsageError, match="no user is called 'ann'"):
        file.remove("ann")


def test_what_the_witness_refuses_is_not_kept(file: UserFile) -> None:
    def refuse(_user: object) -> None:
        raise RunFailedError("the audit cannot be written")

    with pytest.raises(RunFailedError):
        file.add("ann", [Role.READER], PASSWORD, witness=refuse)
    assert file.read() == ()


@pytest.mark.parametrize("change", [{"password": "plain"}, {"roles": []}, {"roles": ["king"]}, {"more": 1}])
def test_a_damaged_file_is_refused_with_its_name(file: UserFile, change: dict[str, object]) -> None:
    file.add("ann", [Role.READER], PASSWORD)
    content = json.loads(file.path.read_text())
    content["users"][0] |= change
    file.path.write_text(json.dumps(content))
    with pytest.raises(RunFailedError, match=r"users\.json holds no users as this release writes them"):
        file.read()

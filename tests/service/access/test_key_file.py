"""What is kept of keys, by whom it can be read, and what is no key."""

import json
from pathlib import Path

import pytest

from address_match.service.access.api_key import Role, is_secret_of, issue, parts_of
from address_match.service.access.key_file import KeyFile
from address_match.service.errors import RunFailedError, UsageError


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "made" / "keys.json")


def test_a_key_is_kept_without_its_secret_and_known_again(file: KeyFile) -> None:
    key, sent = file.add("census", Role.READER)
    public, secret = parts_of(sent)
    assert secret not in file.path.read_text()
    assert [(k.id, k.name, k.role) for k in file.read()] == [(public, "census", Role.READER)]
    assert is_secret_of(key, secret)


def test_the_file_is_its_owners_alone(file: KeyFile) -> None:
    file.add("census", Role.READER)
    file.revoke("census")
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_a_secret_that_is_one_digit_off_is_none() -> None:
    key, sent = issue("census", Role.READER)
    secret = parts_of(sent)[1]
    other = ("0" if secret[0] != "0" else "1") + secret[1:]
    assert not is_secret_of(key, other)
    assert not is_secret_of(None, secret)


@pytest.mark.parametrize(
    "sent", ["", "amk_", "amk_0123456789ab_", "AMK_" + "0" * 12 + "_" + "0" * 64, "é" * 81]
)
def test_what_has_not_the_form_of_a_key_has_no_parts(sent: str) -> None:
    assert parts_of(sent) == ("", "")


def test_a_name_in_force_is_not_given_twice_and_can_be_given_again(file: KeyFile) -> None:
    first, _ = file.add("census", Role.READER)
    with pytest.raises(UsageError, match="'census' is in force already"):
        file.add("census", Role.OWNER)
    file.revoke(first.id)
    file.add("census", Role.OWNER)
    assert [(bool(k.revoked), k.role) for k in file.read()] == [(True, Role.READER), (False, Role.OWNER)]


@pytest.mark.parametrize("name", ["", "a\nb", "x" * 65, "[red]", " census"])
def test_a_name_that_would_break_a_line_is_refused(file: KeyFile, name: str) -> None:
    with pytest.raises(UsageError, match="is no name of a key"):
        file.add(name, Role.READER)


def test_nobody_is_revoked_who_has_no_key(file: KeyFile) -> None:
    with pytest.raises(UsageError, match="no key in force is called 'census'"):
        file.revoke("census")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"format_version": 2, "keys": []}',
        '{"format_version": 1, "keys": [{"id": "a"}]}',
        '{"format_version": 1, "keys": 7}',
    ],
)
def test_a_damaged_file_is_refused_with_its_name(file: KeyFile, content: str) -> None:
    file.path.parent.mkdir()
    file.path.write_text(content)
    with pytest.raises(RunFailedError, match=r"keys\.json holds no keys as this release writes them"):
        file.read()


def test_a_digest_that_is_none_is_refused(file: KeyFile) -> None:
    file.add("census", Role.READER)
    content = json.loads(file.path.read_text())
    content["keys"][0]["digest"] = ""
    file.path.write_text(json.dumps(content))
    with pytest.raises(RunFailedError, match="holds no keys"):
        file.read()

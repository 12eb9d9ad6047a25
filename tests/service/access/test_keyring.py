"""A service follows the file of its keys."""

import asyncio
import logging
from pathlib import Path

import pytest

from address_match.service.access.api_key import Role
from address_match.service.access.errors import UnknownKeyError
from address_match.service.access.key_file import KeyFile
from address_match.service.access.keyring import Keyring
from address_match.service.access.last_use import LastUse


class Clock:
    """Stands still until it is set."""

    moment = 0.0

    def __call__(self) -> float:
        return self.moment


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


def test_a_key_that_is_added_is_known_a_second_later(file: KeyFile) -> None:
    clock = Clock()
    keyring = Keyring(file, clock)
    key, sent = file.add("census", Role.READER)
    with pytest.raises(UnknownKeyError, match="none of this service"):
        keyring.holder(sent)
    clock.moment = 1.0
    assert keyring.holder(sent) == key


def test_a_key_that_is_revoked_is_refused_a_second_later(file: KeyFile) -> None:
    clock = Clock()
    key, sent = file.add("census", Role.READER)
    keyring = Keyring(file, clock)
    file.revoke("census")
    clock.moment = 1.0
    with pytest.raises(UnknownKeyError, match=f"the key {key.id} was revoked"):
        keyring.holder(sent)


@pytest.mark.parametrize(("damage", "said"), [("{", "holds no keys"), (None, "are out of reach")])
def test_a_file_that_is_damaged_or_gone_leaves_its_keys_in_force(
    file: KeyFile, caplog: pytest.LogCaptureFixture, damage: str | None, said: str
) -> None:
    clock = Clock()
    key, sent = file.add("census", Role.READER)
    keyring = Keyring(file, clock)
    file.path.unlink() if damage is None else file.path.write_text(damage)
    clock.moment = 1.0
    with caplog.at_level(logging.ERROR):
        assert keyring.holder(sent) == key
    assert said in caplog.text


def test_a_ring_of_revoked_keys_is_empty(file: KeyFile) -> None:
    file.add("census", Role.READER)
    assert not Keyring(file).is_empty()
    file.revoke("census")
    assert Keyring(file).is_empty()


def test_the_day_of_the_last_use_is_written_at_the_end_and_kept(file: KeyFile) -> None:
    file.path.with_name("keys.json.used").write_text('{"old": "2026-01-02", "odd": 7}')
    used = LastUse(file.path)
    used.note("new")
    used.stop()
    asyncio.run(used.run())
    days = LastUse(file.path).days()
    assert days.pop("new") >= "2026-01-02"
    assert days == {"old": "2026-01-02"}

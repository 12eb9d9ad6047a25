"""Sessions end, and failures to sign in are counted, for all workers of a service."""

import asyncio
from pathlib import Path

import pytest

from address_match.service.access.api_key import Role
from address_match.service.access.errors import SignedOutError, SignInLimitError, WrongPasswordError
from address_match.service.access.failed_sign_ins import OF_CLIENT, OF_NAME, SECONDS, FailedSignIns
from address_match.service.access.people import People
from address_match.service.access.person import Person
from address_match.service.access.sessions import Sessions
from address_match.service.access.sign_in_database import SignInDatabase
from address_match.service.access.user_file import UserFile
from address_match.service.errors import RunFailedError

PASSWORD = "seven plain words"  # noqa: S105 - made up
ANN = Person("Ann", frozenset({Role.LABELLER, Role.OPERATOR}))


class Clock:
    moment = 1_000.0

    def __call__(self) -> float:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "made" / "sessions.sqlite"


def sessions_at(place: Path, clock: Clock) -> Sessions:
    return Sessions(SignInDatabase(place), idle_seconds=1_800, most_seconds=7_200, clock=clock)


def test_another_worker_knows_who_is_signed_in_and_out(place: Path, clock: Clock) -> None:
    one, other = sessions_at(place, clock), sessions_at(place, clock)
    token = one.begin(ANN, "v1")
    found = other.of(token)
    assert found is not None
    assert (found.person, found.version) == (ANN, "v1")
    other.end(token)
    assert one.of(token) is None


def test_the_file_holds_no_token_and_is_its_owners_alone(place: Path, clock: Clock) -> None:
    token = sessions_at(place, clock).begin(ANN, "v1")
    assert token.encode() not in place.read_bytes()
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_session_that_is_not_used_ends(place: Path, clock: Clock) -> None:
    sessions = sessions_at(place, clock)
    token = sessions.begin(ANN, "v1")
    clock.moment += 1_700
    assert sessions.of(token) is not None
    clock.moment += 1_700
    assert sessions.of(token) is not None
    clock.moment += 1_801
    assert sessions.of(token) is None


def test_a_session_that_is_used_ends_all_the_same(place: Path, clock: Clock) -> None:
    sessions = sessions_at(place, clock)
    token = sessions.begin(ANN, "v1")
    for _ in range(5):
        clock.moment += 1_400
        assert sessions.of(token) is not None
    clock.moment += 201
    assert sessions.of(token) is None


@pytest.mark.parametrize("token", ["", "x", "é\udcff"[:1]])
def test_a_token_of_nobody_is_none(place: Path, clock: Clock, token: str) -> None:
    assert sessions_at(place, clock).of(token) is None


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database, and long enough to be read as the head of one")
    with pytest.raises(RunFailedError, match=r"file cannot keep who is signed in: .*ADDRESS_MATCH_SESSIONS"):
        SignInDatabase(tmp_path / "file")


def people_at(place: Path, users: UserFile, clock: Clock) -> People:
    database = SignInDatabase(place)
    sessions = Sessions(database, idle_seconds=1_800, most_seconds=7_200, clock=clock)
    return People(users.read, sessions, FailedSignIns(database, clock))


@pytest.mark.parametrize("change", ["password", "removed"])
def test_a_user_who_is_changed_is_signed_out(place: Path, tmp_path: Path, clock: Clock, change: str) -> None:
    users = UserFile(tmp_path / "users.json")
    users.add("Ann", [Role.OWNER], PASSWORD)
    people = people_at(place, users, clock)
    token = asyncio.run(people.sign_in("Ann", PASSWORD, "192.0.2.1"))
    assert people.person(token).name == "Ann"
    users.set_password("Ann", "another of some words") if change == "password" else users.remove("Ann")
    with pytest.raises(SignedOutError):
        people.person(token)


def test_who_was_vouched_for_elsewhere_is_nobody_where_users_are_asked(
    place: Path, tmp_path: Path, clock: Clock
) -> None:
    people = people_at(place, UserFile(tmp_path / "users.json"), clock)
    with pytest.raises(SignedOutError):
        people.person(people.admit(ANN))


def test_a_success_forgets_the_failures_before_it(place: Path, tmp_path: Path, clock: Clock) -> None:
    users = UserFile(tmp_path / "users.json")
    users.add("Ann", [Role.OWNER], PASSWORD)
    people = people_at(place, users, clock)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(WrongPasswordError):
                asyncio.run(people.sign_in("Ann", "another of some words", "192.0.2.1"))
        asyncio.run(people.sign_in("Ann", PASSWORD, "192.0.2.1"))


def tried(failures: FailedSignIns, names: list[str], clients: list[str]) -> int:
    """How many tries are let through before one is refused."""
    for count, (name, client) in enumerate(zip(names, clients, strict=True)):
        try:
            failures.begin(name, client)
        except SignInLimitError:
            return count
    return len(names)


def test_failures_are_bounded_by_name_and_client_together_and_each_alone(
    tmp_path: Path, clock: Clock
) -> None:
    many = [f"n{n}" for n in range(100)]
    for place, names, clients, most in (
        ("a", ["Ann"] * 100, ["c"] * 100, 5),
        ("b", many, ["c"] * 100, OF_CLIENT),
        ("c", ["Ann"] * 100, many, OF_NAME),
    ):
        assert tried(FailedSignIns(SignInDatabase(tmp_path / place), clock), names, clients) == most


def test_a_failure_counts_for_a_quarter_of_an_hour(place: Path, clock: Clock) -> None:
    failures = FailedSignIns(SignInDatabase(place), clock)
    assert tried(failures, ["Ann"] * 6, ["c"] * 6) == 5
    with pytest.raises(SignInLimitError) as refused:
        failures.begin("ANN", "c")
    assert refused.value.retry_seconds == SECONDS
    clock.moment += SECONDS
    failures.begin("Ann", "c")

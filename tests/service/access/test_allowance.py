"""Each key may ask so much, whatever others ask."""

from contextlib import AbstractContextManager, ExitStack

import pytest

from address_match.service.access.allowance import Allowances
from address_match.service.access.api_key import ApiKey, Role, issue
from address_match.service.access.errors import KeyLimitError

CENSUS, COUNCIL = issue("census", Role.READER)[0], issue("council", Role.READER)[0]


class Clock:
    moment = 100.0

    def __call__(self) -> float:
        return self.moment


def taken(allowances: Allowances, key: ApiKey) -> AbstractContextManager[None]:
    return allowances.take(key.id, rate=key.rate, at_once=key.at_once)


def asked(allowances: Allowances, key: ApiKey, times: int) -> int:
    """How many of so many requests, one after the other, are allowed."""
    allowed = 0
    for _ in range(times):
        try:
            with taken(allowances, key):
                allowed += 1
        except KeyLimitError:
            pass
    return allowed


def test_a_seconds_worth_may_be_asked_at_once_and_then_as_much_as_time_gives() -> None:
    clock = Clock()
    allowances = Allowances(rate=10, at_once=5, clock=clock)
    assert asked(allowances, CENSUS, 50) == 10
    clock.moment += 0.3
    assert asked(allowances, CENSUS, 50) == 3
    clock.moment += 60
    assert asked(allowances, CENSUS, 50) == 10


def test_what_one_key_asks_takes_nothing_from_another() -> None:
    allowances = Allowances(rate=10, at_once=5, clock=Clock())
    asked(allowances, CENSUS, 50)
    assert asked(allowances, COUNCIL, 50) == 10


def test_who_is_refused_is_told_when_to_come_back() -> None:
    clock = Clock()
    allowances = Allowances(rate=1, at_once=5, clock=clock)
    asked(allowances, CENSUS, 1)
    with (
        pytest.raises(KeyLimitError, match="may ask 1 times a second; try again in 1 s") as refused,
        taken(allowances, CENSUS),
    ):
        pass
    clock.moment += refused.value.retry_seconds
    assert asked(allowances, CENSUS, 5) == 1


def test_so_many_may_be_under_way_and_another_when_one_of_them_ends() -> None:
    allowances = Allowances(rate=100, at_once=2, clock=Clock())
    with ExitStack() as under_way:
        for _ in range(2):
            under_way.enter_context(taken(allowances, CENSUS))
        assert asked(allowances, CENSUS, 1) == 0
        assert asked(allowances, COUNCIL, 1) == 1
    assert asked(allowances, CENSUS, 3) == 3


def test_a_key_may_have_figures_of_its_own() -> None:
    allowances = Allowances(rate=10, at_once=1, clock=Clock())
    key, _ = issue("bulk", Role.READER, rate=20, at_once=2)
    with taken(allowances, key):
        assert asked(allowances, key, 50) == 19

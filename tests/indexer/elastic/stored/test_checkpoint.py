"""Whether a build on another machine lives does not depend on anybody's clock."""

import time
from dataclasses import replace

import pytest

from address_match.indexer.elastic.stored.checkpoint import Checkpoint
from address_match.indexer.errors import BuildError

HOUR = 3_600.0
clocks = pytest.mark.parametrize("ahead", [-HOUR, HOUR], ids=["behind", "ahead"])


def _elsewhere(ahead: float) -> Checkpoint:
    """Of a machine whose clock is so many seconds ahead of this one."""
    return Checkpoint(machine="elsewhere", process=1, alive=time.time() + ahead)


@clocks
def test_a_build_that_gives_signs_of_life_lives_whatever_its_clock_says(ahead: float) -> None:
    found = _elsewhere(ahead)
    signs = iter([found, replace(found, alive=found.alive + 20.0)])
    with pytest.raises(BuildError, match="process 1 on elsewhere"):
        found.refuse_living_owner("addresses-000001", lambda: next(signs), seconds=30.0, pause=0.001)


@clocks
def test_a_build_that_gives_none_is_dead_whatever_its_clock_says(ahead: float) -> None:
    found = _elsewhere(ahead)
    found.refuse_living_owner("addresses-000001", lambda: found, seconds=0.05, pause=0.001)


def test_a_build_that_gave_a_sign_just_now_is_not_waited_for() -> None:
    found = _elsewhere(0.0)
    with pytest.raises(BuildError):
        found.refuse_living_owner("addresses-000001", lambda: pytest.fail("looked"), seconds=30.0)

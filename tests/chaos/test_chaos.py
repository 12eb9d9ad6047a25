"""A short round of `benchmarks.chaos`, and the long one."""

from pathlib import Path

import pytest

from benchmarks.chaos.__main__ import FULL, Tries, run_all

SHORT = Tries(
    kills=2,
    kills_of_long_ones=0,
    swaps=30,
    runs_under_swaps=1,
    index_alterations=40,
    bundle_alterations=10,
    full_disks=2,
    closed_pipes=1,
    broken_answers=20,
)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("tries", [SHORT, pytest.param(FULL, marks=pytest.mark.slow)], ids=["short", "full"])
def test_nothing_is_lost_mixed_altered_or_left(tmp_path: Path, tries: Tries) -> None:
    outcomes = list(run_all(tmp_path, tries, seed=1))
    assert {each.scenario: each.failures for each in outcomes if each.failures} == {}

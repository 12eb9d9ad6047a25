import signal
import time
from pathlib import Path

import pytest

from benchmarks.chaos.forked import fork
from benchmarks.chaos.outcome import Outcome, as_table

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def _sleep() -> int:
    time.sleep(60)
    return 0


def test_a_kill_says_whether_it_came_before_the_end(tmp_path: Path) -> None:
    assert fork(_sleep, tmp_path).kill_after(0.1) == (-signal.SIGKILL, True)
    assert fork(lambda: 3, tmp_path).kill_after(30.0) == (3, False)


def test_kills_that_came_too_late_are_counted_apart() -> None:
    outcome = Outcome("`match` killed")
    outcome.add([], in_time=False)
    outcome.add(["rows were lost"])
    assert as_table([outcome]).splitlines()[-1] == "| `match` killed | 2 | 1 | 1 |"

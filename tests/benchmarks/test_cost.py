import sys
from pathlib import Path

import pytest

from benchmarks.harness.cost import CommandFailedError, run_command


def test_a_command_is_charged_for_its_cpu_time_and_memory(tmp_path: Path) -> None:
    work = "import time; held = bytearray(60_000_000); sum(i * i for i in range(2_000_000)); time.sleep(0.3)"
    cost = run_command([sys.executable, "-c", work], log=tmp_path / "log")
    assert 0.02 < cost.cpu_seconds < cost.wall_seconds
    assert cost.peak_mib > 57


def test_a_command_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match="exit code 3: no such thing"):
        run_command(
            [sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"], log=tmp_path / "log"
        )

"""Workers answer in order, and none outlives the process that began it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from address_match.worker_processes import done_in_order, worker_pool
from tests.worker_processes.tasks import doubled, fail_on

ROOT = Path(__file__).resolve().parents[2]


def test_results_come_in_the_order_of_their_arguments() -> None:
    with worker_pool(2) as pool:
        tasks = ((f"task {n}", n) for n in range(7))
        found = list(done_in_order(pool, doubled, tasks, waiting=3))
    assert found == [(f"task {n}", 2 * n) for n in range(7)]


def test_an_error_of_a_worker_is_raised_where_its_result_is_read() -> None:
    with pytest.raises(ValueError, match="not 3"), worker_pool(2) as pool:
        list(done_in_order(pool, fail_on, ((n, n) for n in range(7)), waiting=3))


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_no_worker_outlives_its_parent(end: signal.Signals) -> None:
    program = [sys.executable, "-m", "tests.worker_processes.tasks"]
    parent = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    workers = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(workers) == 2
    parent.send_signal(end)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while any(lives(pid) for pid in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert [pid for pid in workers if lives(pid)] == []


def lives(pid: int) -> bool:
    """Whether a process is there and is more than an entry that waits for its parent."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii")

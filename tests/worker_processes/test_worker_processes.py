"""Workers answer in order, and none outlives the process that began it."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from address_match.worker_processes import WorkerDiedError, done_in_order, worker_processes
from tests.worker_processes.tasks import counted, doubled, fail_on, killed_on, large

ROOT = Path(__file__).resolve().parents[2]


def test_results_come_in_the_order_of_their_arguments() -> None:
    tasks = ((f"task {n}", n) for n in range(7))
    found = list(done_in_order(doubled, tasks, processes=2))
    assert found == [(f"task {n}", 2 * n) for n in range(7)]


def test_an_error_of_a_worker_is_raised_where_its_result_is_read() -> None:
    results = done_in_order(fail_on, ((n, n) for n in range(7)), processes=2)
    assert [next(results)[0] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="not 3"):
        next(results)


def test_an_error_in_opening_a_worker_is_raised_too() -> None:
    with pytest.raises(ValueError, match="not 3"):
        list(done_in_order(doubled, [(None, 1)], processes=1, opened_by=partial(fail_on, 3)))


def test_workers_that_wait_keep_what_they_hold_from_one_run_to_the_next() -> None:
    with worker_processes(2) as workers:
        first = workers.done_in_order(counted, ((None, 0) for _ in range(8)))
        seen = [pid for _, (pid, _) in first]
        then = [found for _, found in workers.done_in_order(counted, ((None, 0) for _ in range(8)))]
    assert {pid for pid, _ in then} == set(seen)
    assert max(count for _, count in then) > max(map(seen.count, seen))


def test_what_opens_workers_anew_holds_for_the_run_that_follows_alone() -> None:
    with worker_processes(1) as workers:
        failed = workers.done_in_order(doubled, [(None, 1)], opened_by=partial(fail_on, 3))
        with pytest.raises(ValueError, match="not 3"):
            next(failed)
    with worker_processes(1) as workers:
        assert list(workers.done_in_order(doubled, [(None, 1)], opened_by=partial(fail_on, 2))) == [(None, 2)]
        with pytest.raises(ValueError, match="not 3"):
            list(workers.done_in_order(doubled, [(None, 1)], opened_by=partial(fail_on, 3)))


def test_workers_whose_run_is_left_before_its_end_are_ended() -> None:
    with worker_processes(2) as workers:
        run = workers.done_in_order(large, ((n, n) for n in range(6)))
        next(run)
        run.close()
        assert multiprocessing.active_children() == []
        with pytest.raises(WorkerDiedError):
            list(workers.done_in_order(doubled, [(None, 1)]))


def test_workers_that_are_writing_results_are_ended() -> None:
    results = done_in_order(large, ((n, n) for n in range(6)), processes=2)
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


def test_the_death_of_a_worker_is_told() -> None:
    with pytest.raises(WorkerDiedError):
        list(done_in_order(killed_on, ((n, n) for n in range(7)), processes=2))


def test_a_worker_that_is_killed_in_the_midst_of_a_result_is_told() -> None:
    results = done_in_order(large, ((n, n) for n in range(6)), processes=1)
    next(results)
    [worker] = multiprocessing.active_children()  # which waits until its second result is read
    worker.kill()
    with pytest.raises(WorkerDiedError):
        list(results)


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

from pathlib import Path

from address_match.service.jobs.job_progress import ProgressWatch


def test_rows_are_counted_by_the_batches_of_the_log_and_time_by_their_speed(tmp_path: Path) -> None:
    log, clock = tmp_path / "log", iter([0.0, 10.0, 20.0])
    watch = ProgressWatch(log, 20_001, lambda: next(clock))
    assert (watch.look().rows, watch.look().seconds_left) == (0, None)
    log.write_bytes(b"run\nbatch\nbatch\n")
    found = watch.look()
    assert (found.rows, found.seconds_left) == (10_000, 10_001 * 20 / 10_000)


def test_rows_of_a_run_before_say_nothing_of_the_speed(tmp_path: Path) -> None:
    log, clock = tmp_path / "log", iter([0.0, 1.0])
    log.write_bytes(b"run\nbatch\n")
    watch = ProgressWatch(log, 15_000, lambda: next(clock))
    assert watch.look().seconds_left is None
    log.write_bytes(b"run\nbatch\nbatch\n")
    assert watch.look().seconds_left == 1.0


def test_a_log_that_is_finished_says_how_many_rows_there_are(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b'run\nbatch\nsum {"rows":1999}\n')
    assert ProgressWatch(tmp_path / "log", None).look().rows == 1_999


def test_a_log_that_was_begun_anew_is_counted_anew(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"run\nbatch\nbatch\n")
    watch = ProgressWatch(log, None)
    assert watch.look().rows == 10_000
    log.write_bytes(b"run\n")
    assert watch.look().rows == 0

"""Facts of a service are kept beside the answering, or dropped and counted."""

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Semaphore

import pytest

from address_match.service.facts.direct_recorder import Recording
from address_match.service.facts.fact import Fact
from address_match.service.facts.queued_writer import WRITE_ROWS
from address_match.service.facts.recorder import FactRecorder
from address_match.service.facts.store import FactStore
from address_match.service.facts.writer import FactWriter
from tests.service.facts.kept_facts import a_fact


class StuckWriter(FactWriter):
    """Writes to a folder that does not answer until it is told to."""

    def __init__(self) -> None:
        super().__init__(FactStore(Path("/nowhere")), 1)
        self.asked = Event()
        self.answers = Event()

    def write(self, channel: str, facts: Sequence[Fact]) -> None:  # noqa: ARG002 - the port's
        self.asked.set()
        self.answers.wait(30)


class ListWriter(FactWriter):
    """Keeps in a list how many facts it is told to write, and says so."""

    def __init__(self) -> None:
        super().__init__(FactStore(Path("/nowhere")), 1)
        self.rows: list[tuple[str, int]] = []
        self.written = Semaphore(0)

    def write(self, channel: str, facts: Sequence[Fact]) -> None:
        self.rows.append((channel, len(facts)))
        self.written.release()


def recorder_in(folder: Path) -> FactRecorder:
    return FactRecorder(FactWriter(FactStore(folder), 400), seconds=0.01)


def test_what_waits_is_written_when_the_service_stops(tmp_path: Path) -> None:
    recorder = recorder_in(tmp_path)
    recorder.start()
    for _ in range(3):
        recorder.put("single", [a_fact()])
    recorder.stop()
    assert (recorder.recorded(), recorder.dropped()) == (3, 0)
    assert len(FactStore(tmp_path).read("single").table) == 3


def test_what_a_full_queue_has_no_room_for_is_dropped_and_counted() -> None:
    writer = StuckWriter()
    recorder = FactRecorder(writer, waiting=2, seconds=0.0)
    for _ in range(5):
        recorder.put("single", [a_fact()] * 10)
    assert recorder.dropped() == 30


def test_a_folder_that_does_not_answer_holds_up_neither_answers_nor_the_end() -> None:
    writer = StuckWriter()
    recorder = FactRecorder(writer, waiting=2, seconds=0.0)
    recorder.start()
    recorder.put("single", [a_fact()])
    writer.asked.wait(30)
    for _ in range(20):
        recorder.put("single", [a_fact()])
    recorder.stop(seconds=0.05)
    writer.answers.set()
    assert recorder.dropped() == 18


def test_a_disk_that_cannot_be_written_to_costs_facts_and_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    recorder = recorder_in(tmp_path / "file")
    recorder.start()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            recorder.put("single", [a_fact()])
        recorder.stop()
    assert (recorder.recorded(), recorder.dropped()) == (0, 3)
    assert len([line for line in caplog.messages if line.startswith("facts cannot be written")]) == 1


def test_a_run_of_a_file_goes_on_where_facts_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    direct = Recording(tmp_path / "file", "file", 400).open()
    with direct.recording("file", 2):
        pass
    assert direct.dropped == 2


def test_what_is_little_waits_and_much_is_written_at_once_with_it() -> None:
    writer = ListWriter()
    recorder = FactRecorder(writer, seconds=60.0)
    recorder.start()
    recorder.put("single", [a_fact()])
    recorder.put("bulk", [a_fact()] * (WRITE_ROWS - 1))
    assert writer.written.acquire(timeout=30)
    assert writer.written.acquire(timeout=30)
    assert writer.rows == [("single", 1), ("bulk", WRITE_ROWS - 1)]
    recorder.stop()


def test_many_calls_are_written_before_there_is_no_room_for_more() -> None:
    writer = ListWriter()
    recorder = FactRecorder(writer, waiting=4, seconds=60.0)
    recorder.start()
    for _ in range(2):
        recorder.put("single", [a_fact()])
    assert writer.written.acquire(timeout=30)
    assert (writer.rows, recorder.dropped()) == ([("single", 2)], 0)
    recorder.stop()

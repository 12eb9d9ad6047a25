import errno
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from address_match.service.errors import RunFailedError
from address_match.service.lifecycle.feedback.feedback import Feedback, FeedbackVerdict
from address_match.service.lifecycle.feedback.feedback_book import FeedbackBook, FeedbackNotWrittenError
from tests.service.factories import matched

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def said(book: FeedbackBook, verdict: FeedbackVerdict = FeedbackVerdict.ACCEPTED, uprn: str = "") -> Feedback:
    return Feedback(book.ids.read(book.ids.name(matched())), verdict, uprn)


def rows(folder: Path, day: str = "2026-11-29") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{day}.ndjson").read_text().splitlines()]


def test_a_row_holds_the_decision_and_what_is_said_of_it(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path, 30, at(NOON))
    feedback = said(book, FeedbackVerdict.CORRECTED, "0200")
    book.keep(feedback)
    assert rows(tmp_path) == [
        {
            "moment": "2026-11-29T12:00:00+00:00",
            "answer": feedback.answer.nonce,
            "answered": "2026-11-29T12:00:00+00:00",
            "status": "matched",
            "reason": "",
            "uprn": "100",
            "probability": 0.97,
            "verdict": "corrected",
            "corrected_uprn": "0200",
        }
    ]
    assert b"MILL" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_what_does_not_reach_the_disk_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_descriptor: int) -> None:
        raise OSError(errno.EIO, "the disk is gone")

    book = FeedbackBook(tmp_path, 30, at(NOON))
    feedback = said(book)
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(FeedbackNotWrittenError, match="the disk is gone"):
        book.keep(feedback)


def test_answers_are_known_after_a_restart_and_to_other_processes(tmp_path: Path) -> None:
    name = FeedbackBook(tmp_path, 30).ids.name(matched())
    assert FeedbackBook(tmp_path, 30).ids.read(name).uprn == "100"


def test_rows_that_come_together_stay_whole(tmp_path: Path) -> None:
    books = [FeedbackBook(tmp_path, 30, at(NOON)) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: books[n % 4].keep(said(books[n % 4])), range(200)))
    assert len({row["answer"] for row in rows(tmp_path)}) == 200


def test_days_that_are_too_old_are_forgotten_and_files_of_others_stay(tmp_path: Path) -> None:
    FeedbackBook(tmp_path, 30, at(NOON)).keep(said(FeedbackBook(tmp_path, 30, at(NOON))))
    (tmp_path / "notes.ndjson").write_text("{}\n")
    for days, left in ((30, True), (31, False)):
        book = FeedbackBook(tmp_path, 30, at(NOON + timedelta(days)))
        book.keep(said(book))
        assert (tmp_path / "2026-11-29.ndjson").exists() is left
    assert (tmp_path / "notes.ndjson").exists()


def test_neither_the_key_nor_the_rows_can_be_read_by_others(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path, 30, at(NOON))
    book.keep(said(book))
    modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir() if path.name[0] != "."}
    assert modes == {"answer-ids.key": 0, "2026-11-29.ndjson": 0}


def test_a_damaged_key_is_said(tmp_path: Path) -> None:
    FeedbackBook(tmp_path, 30)
    (tmp_path / "answer-ids.key").write_bytes(b"short")
    with pytest.raises(RunFailedError, match="is damaged"):
        FeedbackBook(tmp_path, 30)


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RunFailedError, match="cannot be kept"):
        FeedbackBook(tmp_path / "file" / "feedback", 30)


def test_what_cannot_be_written_is_an_error_and_not_lost_in_silence(tmp_path: Path) -> None:
    book = FeedbackBook(tmp_path, 30, at(NOON))
    (tmp_path / "2026-11-29.ndjson").mkdir()
    with pytest.raises(FeedbackNotWrittenError):
        book.keep(said(book))

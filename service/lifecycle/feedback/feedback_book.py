"""Where feedback is kept: a file of JSON lines a day, beside the facts, and the key that answers are signed with."""

import json
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from filelock import FileLock

from address_match.drafts import replaced
from address_match.service.errors import RunFailedError, ServiceError
from address_match.service.lifecycle.appended_line import append_line
from address_match.service.lifecycle.feedback.answer_id import AnswerIds
from address_match.service.lifecycle.feedback.feedback import Feedback

_KEY_FILE = "answer-ids.key"
_KEY_BYTES = 32
_SUFFIX = ".ndjson"


class FeedbackNotWrittenError(ServiceError):
    """Feedback could not be kept."""


class FeedbackBook:
    """Keeps feedback by day and forgets days that are too old; safe to share between threads and processes."""

    def __init__(
        self, folder: Path, keep_days: int, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Keep feedback in a folder, which is made; raises RunFailedError where that cannot be."""
        self._folder = folder
        self._keep_days = keep_days
        self._now = now
        self._swept: date | None = None
        try:
            key = _key_in(folder)
        except OSError as error:
            raise RunFailedError(f"feedback cannot be kept in {folder}: {error}") from error
        self.ids = AnswerIds(key, keep_days, lambda: now().timestamp())

    def keep(self, feedback: Feedback) -> None:
        """Add a line to the day; raises FeedbackNotWrittenError where it is not on the disk afterwards."""
        now = self._now()
        line = json.dumps(_row(feedback, now)).encode()
        try:
            self._forget(now.date())
            path = self._folder / f"{now.date().isoformat()}{_SUFFIX}"
            append_line(path, line, survives_power_cut=True)
        except OSError as error:
            raise FeedbackNotWrittenError(f"feedback cannot be written to {self._folder}: {error}") from error

    def _forget(self, today: date) -> None:
        """Forget what is too old, once a day."""
        if self._swept == today:
            return
        self._swept = today
        for path in self._folder.glob(f"*{_SUFFIX}"):
            day = _day_of(path)
            if day is not None and today - day > timedelta(self._keep_days):
                path.unlink(missing_ok=True)


def _row(feedback: Feedback, now: datetime) -> dict[str, object]:
    answer = feedback.answer
    return {
        "moment": now.isoformat(timespec="seconds"),
        "answer": answer.nonce,
        "answered": datetime.fromtimestamp(answer.answered, UTC).isoformat(timespec="seconds"),
        "status": answer.status,
        "reason": answer.reason,
        "uprn": answer.uprn,
        "probability": answer.probability,
        "verdict": feedback.verdict.value,
        "corrected_uprn": feedback.corrected_uprn,
    }


def _key_in(folder: Path) -> bytes:
    """Return the key of a folder, made where there is none, so that a restart and other processes know the same names."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _KEY_FILE
    with FileLock(folder / f".{_KEY_FILE}.lock"):
        if not path.exists():
            with replaced(path, private=True) as draft:
                draft.write_bytes(secrets.token_bytes(_KEY_BYTES))
        key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise RunFailedError(f"{path} is damaged; remove it, and answers given so far are not known any more")
    return key


def _day_of(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.stem)
    except ValueError:  # a file of somebody else
        return None

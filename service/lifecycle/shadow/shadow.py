"""Hands answered calls to a candidate, and keeps the facts of what it says; nothing of it makes an answer wait or fail."""

import logging
import time
from collections.abc import Iterator, Sequence
from functools import partial
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Protocol

from address_match.service.facts.queued_writer import STOP_SECONDS
from address_match.service.facts.recorder import FactRecorder
from address_match.service.lifecycle.shadow.answer_beside import answer_beside, open_beside
from address_match.service.lifecycle.shadow.candidate import Candidates, CandidateStanding
from address_match.service.lifecycle.shadow.given_answers import NOTHING, GivenAnswers
from address_match.service.matching.answer import Answer
from address_match.worker_processes import done_in_order

WAITING_CALLS = 200
"""Calls that may wait for the candidate; a call is up to 200 addresses."""
IDLE_SECONDS = 1.0
"""After so long without a call, what is done is fetched all the same."""
FOLLOW_SECONDS = 1.0
"""How often it is looked whether another candidate is meant."""
NOT_OPENED = "another candidate is meant to answer beside and cannot be opened; the one before it still answers, the log says why"
NOBODY = "nothing answers beside until another candidate is named, the log says why"

_log = logging.getLogger("address_match.shadow")


class AnswersBeside(Protocol):
    """Is notified of answers that were given; never raises, and never waits."""

    def offer(self, channel: str, champion: str, texts: Sequence[str], answers: Sequence[Answer]) -> None:
        """Take a call that a bundle of this fingerprint answered, or leave it."""
        ...


class NoShadow:
    """Nobody answers beside."""

    def offer(self, channel: str, champion: str, texts: Sequence[str], answers: Sequence[Answer]) -> None:
        """Leave it."""


NO_SHADOW = NoShadow()


class Each:
    """Tells each of several."""

    def __init__(self, *several: AnswersBeside) -> None:
        self._several = several

    def offer(self, channel: str, champion: str, texts: Sequence[str], answers: Sequence[Answer]) -> None:
        """Hand a call on."""
        for one in self._several:
            one.offer(channel, champion, texts, answers)


class Shadow:
    """A candidate in a process of its own, followed by the next that is meant; safe to share between threads."""

    def __init__(
        self,
        candidates: Candidates,
        recorder: FactRecorder,
        *,
        waiting: int = WAITING_CALLS,
        seconds: float = FOLLOW_SECONDS,
    ) -> None:
        """Answer with the candidate that is meant, found here and now; `recorder` is started and stopped with it.
        Raises as `find` does.
        """
        self._candidates = candidates
        self._known = candidates.signature()
        self._candidate = candidates.find()
        self._recorder = recorder
        self._waiting: Queue[GivenAnswers] = Queue(waiting)
        self._seconds = seconds
        self._looked = time.monotonic()
        self._lock = Lock()
        self._left = 0
        self._trouble = ""
        self._answers, self._ending = True, False
        self._thread = Thread(target=self._answer_until_stopped, name="shadow", daemon=True)

    def start(self) -> None:
        """Begin to answer beside."""
        self._recorder.start()
        self._thread.start()

    def stop(self) -> None:
        """Leave what waits, keep what is answered, and end."""
        self._ending = True
        self._thread.join(STOP_SECONDS)
        self._recorder.stop()

    def offer(self, channel: str, champion: str, texts: Sequence[str], answers: Sequence[Answer]) -> None:
        """Take a call, or leave and count it where too many wait."""
        if self._ending or not self._answers:
            self._leave(len(texts))
            return
        try:
            self._waiting.put_nowait(GivenAnswers.of(channel, champion, texts, answers))
        except Full:
            self._leave(len(texts))

    def recorded(self) -> int:
        """Return how many answers of candidates are in the store."""
        return self._recorder.recorded()

    def dropped(self) -> int:
        """Return how many answers were given of which nothing is kept here."""
        return self._left + self._recorder.dropped()

    def standing(self) -> CandidateStanding:
        """Say which candidate answers, and what is amiss."""
        candidate = self._candidate
        return CandidateStanding("shadow", candidate.bundle, candidate.bundle_fingerprint, self._trouble)

    def _leave(self, count: int) -> None:
        with self._lock:
            self._left += count

    def _answer_until_stopped(self) -> None:
        while not self._ending:
            try:
                self._answer_until_another()
            except Exception as error:  # noqa: BLE001 - outermost handler of a thread: whatever ended it, answers go on
                _log.error("nothing answers beside any more: %s: %s", type(error).__name__, error)
                self._trouble, self._answers = NOBODY, False
                while not self._ending and not self._is_another():
                    time.sleep(min(self._seconds, IDLE_SECONDS))
                self._answers = True

    def _answer_until_another(self) -> None:
        """Answer with the candidate until another is meant, or all shall end."""
        opened_by = partial(open_beside, self._candidate.opener)
        tasks = ((call, call) for call in self._calls())
        for call, facts in done_in_order(answer_beside, tasks, processes=1, opened_by=opened_by):
            self._recorder.put(call.channel, facts)
            self._leave(len(call.texts) - len(facts))

    def _calls(self) -> Iterator[GivenAnswers]:
        """Yield the calls that come, and nothing now and then, until it shall end or another candidate is meant."""
        while not self._ending and not self._is_another():
            try:
                yield self._waiting.get(timeout=IDLE_SECONDS)
            except Empty:
                yield NOTHING

    def _is_another(self) -> bool:
        """Look now and then whether another candidate is meant, and take it where it can be opened; else the one before
        goes on.
        """
        if time.monotonic() - self._looked < self._seconds:
            return False
        self._looked = time.monotonic()
        found = self._candidates.signature()
        if found == self._known:
            return False
        self._known = found
        try:
            self._candidate = self._candidates.find()
        except Exception as error:  # noqa: BLE001 - a thread that ended would leave the service without a candidate
            _log.error("%s: %s: %s", NOT_OPENED, type(error).__name__, error)
            self._trouble = self._trouble or NOT_OPENED
            return False
        self._trouble = ""
        _log.warning("bundle %s answers beside", self._candidate.bundle)
        return True

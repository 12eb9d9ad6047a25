"""Hands answered calls to a candidate, and keeps the facts of what it says; nothing of it makes an answer wait or fail."""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from queue import Empty, Full, Queue
from threading import Lock, Thread
from typing import Protocol

from address_match.service.batch.matcher import AddressMatcher
from address_match.service.lifecycle.facts.queued_writer import STOP_SECONDS
from address_match.service.lifecycle.facts.recorder import FactRecorder
from address_match.service.lifecycle.shadow.answer_beside import answer_beside, open_beside
from address_match.service.lifecycle.shadow.given_answers import NOTHING, GivenAnswers
from address_match.service.matching.answer import Answer
from address_match.worker_processes import done_in_order

WAITING_CALLS = 200
"""Calls that may wait for the candidate; a call is up to 200 addresses."""
IDLE_SECONDS = 1.0
"""After so long without a call, what is done is fetched all the same."""

_log = logging.getLogger("address_match.shadow")


class AnswersBeside(Protocol):
    """Is told of answers that were given; it never raises, and never waits."""

    def offer(self, channel: str, champion: str, texts: Sequence[str], answers: Sequence[Answer]) -> None:
        """Take a call that a bundle of this fingerprint answered, or leave it."""
        ...


class NoShadow:
    """Nobody answers beside."""

    def offer(self, channel: str, champion: str, texts: Sequence[str], answers: Sequence[Answer]) -> None:
        """Leave it."""


class Each:
    """Tells each of several."""

    def __init__(self, *several: AnswersBeside) -> None:
        self._several = several

    def offer(self, channel: str, champion: str, texts: Sequence[str], answers: Sequence[Answer]) -> None:
        """Hand a call on."""
        for one in self._several:
            one.offer(channel, champion, texts, answers)


class Shadow:
    """A candidate in a process of its own; safe to share between threads."""

    def __init__(
        self,
        open_pipeline: Callable[[], AddressMatcher],
        recorder: FactRecorder,
        *,
        waiting: int = WAITING_CALLS,
    ) -> None:
        """Answer with what `open_pipeline` opens, which travels to the process; `recorder` is started and stopped with it."""
        self._open_pipeline = open_pipeline
        self._recorder = recorder
        self._waiting: Queue[GivenAnswers] = Queue(waiting)
        self._lock = Lock()
        self._left = 0
        self._ending = False
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
        if self._ending:
            self._leave(len(texts))
            return
        try:
            self._waiting.put_nowait(GivenAnswers.of(channel, champion, texts, answers))
        except Full:
            self._leave(len(texts))

    def recorded(self) -> int:
        """Return how many answers of the candidate are in the store."""
        return self._recorder.recorded()

    def dropped(self) -> int:
        """Return how many answers were given of which nothing is kept here."""
        return self._left + self._recorder.dropped()

    def _leave(self, count: int) -> None:
        with self._lock:
            self._left += count

    def _answer_until_stopped(self) -> None:
        opened_by = partial(open_beside, self._open_pipeline)
        tasks = ((call, call) for call in self._calls())
        try:
            for call, facts in done_in_order(answer_beside, tasks, processes=1, opened_by=opened_by):
                self._recorder.put(call.channel, facts)
                self._leave(len(call.texts) - len(facts))
        except Exception as error:  # noqa: BLE001 - outermost handler of a thread: whatever ended it, answers go on
            _log.error("nothing answers beside any more: %s: %s", type(error).__name__, error)
        self._ending = True

    def _calls(self) -> Iterator[GivenAnswers]:
        """Yield the calls that come, and nothing now and then, until it shall end."""
        while not self._ending:
            try:
                yield self._waiting.get(timeout=IDLE_SECONDS)
            except Empty:
                yield NOTHING

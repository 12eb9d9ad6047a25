"""Keeps a share of the addresses that a service answers; nothing of it makes an answer wait or fail."""

import time
from collections.abc import Callable, Sequence
from random import random
from threading import Lock

from address_match.service.facts.queued_writer import WRITE_SECONDS, QueuedWriter
from address_match.service.lifecycle.kept_texts.kept_text import KeptText
from address_match.service.lifecycle.kept_texts.text_store import TextStore
from address_match.service.matching.answer import Answer

_MINUTE, _DAY = 60, 86_400


class TextKeeper(QueuedWriter[KeptText]):
    """Draws answers at random, and keeps their addresses until there are as many as a day may have; safe to share
    between threads.
    """

    def __init__(
        self,
        store: TextStore,
        *,
        share: float,
        a_day: int,
        now: Callable[[], float] = time.time,
        seconds: float = WRITE_SECONDS,
    ) -> None:
        super().__init__(store, what="texts", seconds=seconds)
        self._share = share
        self._a_day = a_day
        self._now = now
        self._counting = Lock()
        self._day = 0
        self._of_day = 0

    def offer(self, channel: str, champion: str, texts: Sequence[str], answers: Sequence[Answer]) -> None:
        """Keep some addresses that a bundle of this fingerprint answered, and none that could not be searched for."""
        drawn = [
            (text, answer)
            for text, answer in zip(texts, answers, strict=True)
            if text.strip() and not answer.error and random() < self._share
        ]
        now = int(self._now())
        moment = now // _MINUTE * _MINUTE
        self.put(
            channel,
            [
                KeptText.of(text, answer, moment=moment, channel=channel, bundle=champion)
                for text, answer in drawn[: self._room(now // _DAY, len(drawn))]
            ],
        )

    def _room(self, day: int, wanted: int) -> int:
        """Return how many more may be kept on a day, of those that are wanted, and count them."""
        with self._counting:
            if day != self._day:
                self._day, self._of_day = day, 0
            room = min(wanted, self._a_day - self._of_day)
            self._of_day += room
            return room

"""What people say of the answers of a job, row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from threading import Lock
from typing import TypeVar

from address_match.service.errors import UsageError
from address_match.service.jobs.errors import OtherVerdictError, UnfitVerdictError, UnknownRowError
from address_match.service.lifecycle.labels.label_file import WrittenLabel
from address_match.service.lifecycle.labels.label_set import (
    Label,
    label_set,
    said_of_answers,
    settled_of_answers,
)
from address_match.service.lifecycle.labels.sample import Sample, SampledAnswer
from address_match.service.lifecycle.labels.store import CodedAnswers, LabelStore
from address_match.service.lifecycle.labels.take_in import judgement_of
from address_match.service.lifecycle.labels.verdict import Judgement
from address_match.timestamp import timestamp

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class QueuedRow:
    """A row of the queue, and what coders said of it so far."""

    place: int
    """In the queue, counted from 0."""
    answer: SampledAnswer
    said: Mapping[str, Judgement]
    """By coder, in the order in which they said it first."""
    settled: tuple[str, Judgement] | None
    """Who settled what coders contradict each other in, and how."""

    @property
    def is_disputed(self) -> bool:
        """Return whether coders contradict each other, and nobody has settled it."""
        return self.settled is None and len(set(self.said.values())) > 1


class ReviewBook:
    """The queue of one job, and what coders say of its rows; each verdict is on the disk before it is seen.

    Holds both in memory, since a coder asks for one row after the other. Several threads may use it, and other
    processes may take labels into its store meanwhile.
    """

    def __init__(self, store: LabelStore, queue: Sample) -> None:
        self._store = store
        self._queue = queue.answers
        self._ids = queue.ids
        self._places = {name: place for place, name in enumerate(queue.ids)}
        self._lock = Lock()
        self._files = -1
        self._said: dict[str, dict[str, Judgement]] = {}
        self._settled: dict[str, tuple[str, Judgement]] = {}

    def __len__(self) -> int:
        return len(self._queue)

    def rows(self, place: int, count: int) -> list[QueuedRow]:
        """Return so many rows of the queue from a place on, fewer where it ends."""
        with self._lock:
            self._read_anew()
            return [self._row(at) for at in range(place, min(place + count, len(self)))]

    @property
    def decided(self) -> int:
        """Count the rows of which a coder said something."""
        with self._lock:
            return len(self._said)

    def next_open(self, place: int, coder: str = "") -> int | None:
        """Return the place of the first row, from one on and then from the beginning, of which nobody said anything.

        With a coder, a row that was drawn for two is open to the second as well.
        """
        places: Iterator[int] = chain(range(place, len(self)), range(min(place, len(self))))
        with self._lock:
            return next((at for at in places if self._is_open(at, coder)), None)

    def disputed(self, place: int) -> list[int]:
        """Return the places of the rows that somebody has to settle, those from one on first."""
        with self._lock:
            said_twice = sorted(self._places[name] for name, said in self._said.items() if len(said) > 1)
            found = [at for at in said_twice if self._row(at).is_disputed]
        return [at for at in found if at >= place] + [at for at in found if at < place]

    def say(
        self,
        name: str,
        coder: str,
        verdict: str,
        uprn: str = "",
        note: str | None = None,
        *,
        replace: bool = False,
        settles: bool = False,
    ) -> QueuedRow:
        """Keep what a coder says of a row; without a verdict, what was said before is taken back. Without a note, what
        was noted before stays.

        What `settles` stands in place of what others contradict each other in, and is for who has not labelled the
        row.

        The same said again changes nothing, so that whoever had no answer may send it again. Raises `UnknownRowError`,
        `UnfitVerdictError`, and without `replace` `OtherVerdictError` where the coder said something else before.
        """
        if name not in self._places:
            raise UnknownRowError("the queue of this job has no row of that id")
        with self._lock, self._store.alone():
            self._read_anew()
            if settles:
                self._refuse_to_settle(name, coder)
            before = self._before(name, coder, settles=settles)
            judgement = self._judged(WrittenLabel("the verdict", name, verdict, uprn, note), before)
            if judgement is not None and before not in {None, judgement} and not replace:
                raise OtherVerdictError(
                    f"{coder} said {before} of this row before, and now {judgement}; send it with replace if that is meant"
                )
            if not (judgement.is_kept_as(before) if judgement else before is None):
                self._keep(name, coder, judgement, settles=settles)
            return self._row(self._places[name])

    def labels(self, coder: str = "") -> list[Label]:
        """Return what a coder said, in the order of the queue; without a name, what stands of what all said."""
        with self._lock:
            self._read_anew()
            if not coder:
                found = list(label_set(self._store).labels)
                return sorted(found, key=lambda one: self._places.get(one.answer.id, len(self)))
            return [
                Label(self._queue[place], self._said[name][coder])
                for place, name in enumerate(self._ids)
                if coder in self._said.get(name, {})
            ]

    def _is_open(self, place: int, coder: str) -> bool:
        said = self._said.get(self._ids[place], {})
        waits_for_second = len(said) == 1 and bool(coder) and coder not in said
        return not said or (waits_for_second and self._queue[place].second)

    def _judged(self, said: WrittenLabel, before: Judgement | None) -> Judgement | None:
        if not said.verdict:
            return None
        answer = self._queue[self._places[said.id]]
        try:
            return judgement_of(said, {said.id: answer}, before)
        except UsageError as error:
            raise UnfitVerdictError(str(error)) from error

    def _before(self, name: str, coder: str, *, settles: bool) -> Judgement | None:
        if not settles:
            return self._said.get(name, {}).get(coder)
        settler, judgement = self._settled.get(name, ("", None))
        return judgement if settler == coder else None

    def _refuse_to_settle(self, name: str, coder: str) -> None:
        said = self._said.get(name, {})
        if coder in said:
            raise UnfitVerdictError(f"{coder} labelled this row; let somebody else settle it")
        if len(set(said.values())) < 2:
            raise UnfitVerdictError(
                "there is nothing to settle: coders do not contradict each other in this row"
            )

    def _keep(self, name: str, coder: str, judgement: Judgement | None, *, settles: bool) -> None:
        said = {} if judgement is None else {name: judgement}
        withdrawn = frozenset() if said else frozenset({name})
        self._store.add_coded(CodedAnswers(coder, settles, timestamp(), said, withdrawn))
        self._files += 1
        if settles:
            _put(self._settled, name, None if judgement is None else (coder, judgement))
            return
        by_coder = {**self._said.get(name, {})}  # a row that was given out keeps what it holds
        _put(by_coder, coder, judgement)
        _put(self._said, name, by_coder or None)

    def _read_anew(self) -> None:
        """Read what coders said, where there are other files of it than this book knows."""
        files = self._store.count_coded()
        if files != self._files:
            coded = self._store.coded()
            said, self._settled = said_of_answers(coded), settled_of_answers(coded)
            self._said = {name: by_coder for name, by_coder in said.items() if name in self._places}
            self._files = files

    def _row(self, place: int) -> QueuedRow:
        answer = self._queue[place]
        return QueuedRow(place, answer, self._said.get(answer.id, {}), self._settled.get(answer.id))


def _put(held: dict[str, _T], name: str, value: _T | None) -> None:
    """Hold a value under a name; without one, hold nothing there."""
    held.pop(name, None)
    if value is not None:
        held[name] = value

"""The beginning of a file, read once: a sample of it is answered before any row is, so that what is concluded holds for
all rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from address_match.cycle_search import without_search_for_cycles
from address_match.service.batch.estimates.file_evidence import SeenAnswer
from address_match.service.batch.matcher import AddressMatcher, OpenMatcher
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.workers import Processes, work_in_order
from address_match.service.fault_isolation import match_each
from address_match.service.matching.decision.absence import SAYS_NOTHING

LOOKED_AT = 50_000
"""Rows that are kept in memory for it."""


@dataclass(frozen=True, slots=True)
class FileBeginning:
    """The first rows of a file, and those that follow."""

    first: tuple[RowBatch, ...]
    rest: Iterator[RowBatch]
    is_whole: bool
    """Whether no rows follow."""

    @classmethod
    def of(cls, batches: Iterable[RowBatch]) -> "FileBeginning":
        """Read batches until they hold `LOOKED_AT` rows, and one more to know whether there are others."""
        stream = iter(batches)
        first: list[RowBatch] = []
        while sum(map(len, first)) < LOOKED_AT and (batch := next(stream, None)) is not None:
            first.append(batch)
        following = next(stream, None)
        return cls(
            tuple(first), stream if following is None else chain([following], stream), following is None
        )

    @property
    def rows(self) -> int:
        """Rows that were looked at."""
        return sum(map(len, self.first))

    def every(self) -> Iterator[RowBatch]:
        """Yield all batches of the file, once."""
        return chain(self.first, self.rest)

    def answers(self, open_matcher: OpenMatcher, most: int, *, jobs: Processes = 1) -> list[SeenAnswer]:
        """Answer at most `most` rows, drawn evenly from the first ones; those that say nothing are left out."""
        step = max(1, -(-self.rows // most))
        sampled = (_every(batch, step) for batch in self.first)
        worked = work_in_order(sampled, partial(_open_sample_work, open_matcher), jobs)
        return [answer for _, found in worked for answer in found]


def _every(batch: RowBatch, step: int) -> RowBatch:
    """Keep every so many of the rows that could be read; their data is not needed."""
    texts = [text for row, text in enumerate(batch.texts) if row not in batch.errors]
    return replace(batch, texts=texts[::step], errors={}, notes={})


@dataclass(frozen=True, slots=True)
class _SampleWork:
    matcher: AddressMatcher

    def run(
        self,
        texts: Sequence[str],
        errors: Mapping[int, str],  # noqa: ARG002 - of `BatchWork`
        given: Sequence[str],  # noqa: ARG002 - of `BatchWork`
    ) -> list[SeenAnswer]:
        """Return the answers that say something."""
        with without_search_for_cycles():
            answers = match_each(partial(self.matcher.match, top=1), texts) if texts else []
        return [
            SeenAnswer.of(text, answer)
            for text, answer in zip(texts, answers, strict=True)
            if answer.reason not in SAYS_NOTHING
        ]

    def close(self) -> None:
        self.matcher.close()


def _open_sample_work(open_matcher: OpenMatcher) -> _SampleWork:
    return _SampleWork(open_matcher())

"""What of the facts is watched: categories, numbers and shares, each as the counts of few values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.service.matching.answer import Status

OUT = -1
"""Code of a fact that does not count, as of an answer without a match where probabilities of matches are watched."""


OTHERS = "(others)"


class Kind(Enum):
    """How two samples of a value are compared."""

    CATEGORY = "category"
    """By chi-squared, and Cramér's V for how large a change is."""
    NUMBER = "number"
    """By Kolmogorov and Smirnov's test, and Wasserstein's distance in standard deviations for how large a change is."""
    MEAN = "mean"
    """By the difference of means."""
    SHIFT = "shift"
    """By Hotelling's T² of means of 16 numbers, and Mahalanobis' distance in standard deviations of a stretch's mean."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One thing that is watched."""

    name: str
    kind: Kind
    meaning: str
    columns: tuple[str, ...]
    """Of the facts that it needs."""
    values: Callable[[pa.Table], pa.Array]
    """A value a fact, null where it does not count."""


@dataclass(frozen=True, slots=True)
class CodedFacts:
    """The values of one watched thing in some facts, in their order."""

    codes: NDArray[np.int64]
    """Shape (facts,): place among the values, or `OUT`."""
    values: tuple[object, ...]
    """In ascending order."""

    def counts(self, start: int = 0, end: int | None = None) -> NDArray[np.int64]:
        """Return how often each value occurs among some of the facts, shape (values,)."""
        part = self.codes[start:end]
        return np.bincount(part[part != OUT], minlength=len(self.values))

    def running_counts(self, step: int) -> NDArray[np.int64]:
        """Return how often each value occurs among the first 0, `step`, 2 `step`, … facts, shape (steps + 1, values)."""
        steps, width = len(self.codes) // step, len(self.values)
        codes = self.codes[: steps * step]
        places = np.repeat(np.arange(steps), step) * width + codes
        counts = np.bincount(places[codes != OUT], minlength=steps * width).reshape(steps, width)
        return np.concatenate([np.zeros((1, width), np.int64), np.cumsum(counts, axis=0)])

    def grouped(self, kept: Sequence[object]) -> "CodedFacts":
        """Return the facts coded by the values kept, with one more for all others."""
        places = {value: place for place, value in enumerate(kept)}
        table = np.array([*(places.get(value, len(kept)) for value in self.values), OUT], np.int64)
        return CodedFacts(table[self.codes], (*kept, OTHERS))


def code(watched: Watched, facts: pa.Table) -> CodedFacts:
    """Return the values of a watched thing, coded."""
    found = watched.values(facts)
    encoded = pc.dictionary_encode(found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found)
    values = encoded.dictionary.to_pylist()
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = np.empty(len(values) + 1, dtype=np.int64)
    ranks[order], ranks[-1] = np.arange(len(values)), OUT
    codes = encoded.indices.fill_null(len(values)).to_numpy()
    return CodedFacts(ranks[codes], tuple(values[place] for place in order))


def _texts(column: str) -> Callable[[pa.Table], pa.Array]:
    return lambda facts: pc.fill_null(facts.column(column).cast(pa.string()), "-")


def _numbers(column: str) -> Callable[[pa.Table], pa.Array]:
    return lambda facts: pc.round(facts.column(column).cast(pa.float64()), 3)


def _is_matched(facts: pa.Table) -> pa.Array:
    return pc.equal(facts.column("status").cast(pa.string()), Status.MATCHED.value)


def _probability_of_matched(facts: pa.Table) -> pa.Array:
    return pc.if_else(_is_matched(facts), _numbers("probability")(facts), None)


def _accepted(facts: pa.Table) -> pa.Array:
    return _is_matched(facts).cast(pa.float64())


_NAMED = ("says_building", "says_unit", "says_number", "says_street", "says_town", "says_postcode")


def _named(facts: pa.Table) -> pa.Array:
    """Return which parts a text names, as one text of noughts and ones."""
    digits = [
        pc.if_else(pc.fill_null(facts.column(name), False), "1", "0").cast(pa.string()) for name in _NAMED
    ]
    return pc.binary_join_element_wise(*digits, "")


def _category(column: str, meaning: str) -> Watched:
    return Watched(column, Kind.CATEGORY, meaning, (column,), _texts(column))


def _number(column: str, meaning: str) -> Watched:
    return Watched(column, Kind.NUMBER, meaning, (column,), _numbers(column))


ACCEPTED = Watched("accepted", Kind.MEAN, "share of the answers that are matched", ("status",), _accepted)
EXPECTED_PRECISION = Watched(
    "expected_precision",
    Kind.MEAN,
    "mean probability of the matched: the share of them that is expected to be right",
    ("status", "probability"),
    _probability_of_matched,
)
SUMS = ("encoder", "projected")
"""Columns that earlier facts lack."""
WATCHED: tuple[Watched, ...] = (
    ACCEPTED,
    EXPECTED_PRECISION,
    _category("status", "matched, review or unmatched"),
    _category("reason", "why an answer is no match"),
    _category("level", "how far the best candidate agrees"),
    _category("street", "how the street agrees"),
    _category("postcode", "how the postcode agrees"),
    _category("channels", "what found the best candidate"),
    Watched("named", Kind.CATEGORY, "which parts the texts name", _NAMED, _named),
    Watched(
        "probability",
        Kind.NUMBER,
        "probability of the matched",
        ("status", "probability"),
        _probability_of_matched,
    ),
    _number("query_share", "share of the words that the best candidate holds"),
    _number("words", "words of a text"),
    _number("parse_probability", "how sure the parser is"),
    Watched(
        "projection",
        Kind.SHIFT,
        "what the texts are like, by the mean of their vectors",
        SUMS,
        lambda facts: facts.column("projected"),
    ),
)
MEANINGS = {watched.name: watched.meaning for watched in WATCHED}
"""Of what is watched, by its name."""
COLUMNS: tuple[str, ...] = tuple(dict.fromkeys(name for watched in WATCHED for name in watched.columns))
"""Columns of the facts that the monitor reads, beside the time and the models."""

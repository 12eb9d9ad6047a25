"""The earlier answers of a batch, from the columns of their file: what says how firm each decision was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.local.stored.blocks import premises_ids
from address_match.service.matching.account.match_code import Level
from address_match.service.matching.answer import Status

LEAST_PROBABILITY = 1e-6
"""What the six digits of a column tell from 0."""

_NAMED = ("match_uprn", "match_related_uprn")


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """The answers of some rows; every array has the shape (rows,)."""

    columns: Mapping[str, Sequence[object]]
    """As they stand in the file."""
    addresses: list[str]
    """Of the premises of each answer, empty where it names none."""
    probability: NDArray[np.float64]
    """Of the best premises, in [0, 1]."""
    log_odds: NDArray[np.float64]
    """Of that probability."""
    absent_log_odds: NDArray[np.float64]
    """Of the probability that the reference does not hold the premises."""
    is_matched: NDArray[np.bool_]
    is_for_review: NDArray[np.bool_]
    agrees: NDArray[np.bool_]
    """Whether the match code says that the premises agrees in everything."""

    @classmethod
    def of(cls, columns: Mapping[str, Sequence[object]]) -> "EarlierAnswers":
        """Read the columns of `match` that are named `match_…`."""
        status, code = columns["match_status"], columns["match_code"]
        probability = np.array(columns["match_probability"], dtype=np.float64)
        return cls(
            columns=columns,
            addresses=[str(address or "") for address in columns["match_address"]],
            probability=probability,
            log_odds=log_odds(probability),
            absent_log_odds=log_odds(columns["match_absent_probability"]),
            is_matched=_where(status, Status.MATCHED.value),
            is_for_review=_where(status, Status.REVIEW.value),
            agrees=_where(code, Level.PREMISES.value),
        )

    def name(self, rows: NDArray[np.bool_], premises: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which of some rows name one of these premises, which are `premises_ids`."""
        found = np.zeros(len(rows), dtype=np.bool_)
        some = np.flatnonzero(rows)
        for column in _NAMED:
            named = pa.array([str(self.columns[column][row]) for row in some.tolist()], pa.string())
            found[some] |= np.isin(premises_ids(named), premises)
        return found


def log_odds(probability: object) -> NDArray[np.float64]:
    """Return the log-odds of probabilities, kept from 0 and 1 by `LEAST_PROBABILITY`."""
    given = np.clip(np.array(probability, dtype=np.float64), LEAST_PROBABILITY, 1 - LEAST_PROBABILITY)
    found: NDArray[np.float64] = np.log(given / (1 - given))
    return found


def _where(column: Sequence[object], value: str) -> NDArray[np.bool_]:
    return np.array([each == value for each in column], dtype=np.bool_)

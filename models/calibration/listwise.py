"""From the log-odds of the candidates of a query to probabilities of its premises and of absence, which sum to one."""

import json
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from address_match.models.calibration.competition import compete
from address_match.models.calibration.correction import Correction, correction_at
from address_match.models.calibration.prior import DEFAULT_PRIOR, LEAST_PRIOR, MOST_PRIOR, log_odds
from address_match.models.errors import BundleError, PrecisionError

LEAST_ACCEPTED = 0.8
"""No threshold lies lower, even where the sure answers alone would carry a target precision: a clerk who sees an
accepted answer expects it to be right by itself.
"""
UNSUREST = 10.0
"""No accepted answer is likelier to be wrong than the target allows for all of them by more than this factor."""
FLOOR = 1e-4
"""No probability of the best candidate is given nearer to 0 or 1 than this: the evidence does not reach further."""


@dataclass(frozen=True)
class ListwiseCalibration:
    """P(candidate i) is proportional to exp(slope * log-odds of i), P(absent) to exp(weights · query features of the
    query).

    A prior of absence other than the one of the fit adds to the score of absence what it adds to the log-odds of
    the prior. A monotone curve then corrects the probability of the best candidate, and of those that equal it; the
    rest of the mass is shared out in proportion.
    """

    slope: float
    query_features: tuple[str, ...]
    weights: tuple[float, ...]
    fitted_prior: float
    """Share of the queries of the fit for which no right candidate was at hand."""
    shares: tuple[float, ...]
    """Ascending: the best candidates' shares at which the corrections are known."""
    precisions: tuple[float, ...]
    """Ascending: the target precisions for which the thresholds are known."""
    corrections: tuple[Correction, ...]
    """By prior, ascending."""
    prior: float = DEFAULT_PRIOR
    """Of absence, that is assumed of the addresses to match."""

    def with_prior(self, prior: float) -> "ListwiseCalibration":
        """Return the calibration with another prior of absence, brought into [LEAST_PRIOR, MOST_PRIOR]."""
        return replace(self, prior=min(max(prior, LEAST_PRIOR), MOST_PRIOR))

    def distribution(
        self, log_odds_of: NDArray[np.float64], query: NDArray[np.int64], query_features: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the probability of each candidate, shape (candidates,), and of absence, shape (queries,).

        `log_odds_of` and `query`, the position of each candidate's query, have the shape (candidates,), one candidate a
        premises, ordered by query; `query_features` has the shape (queries, query features).
        """
        absent_scores = self.absent_scores(query_features)
        raw = compete(self.slope * log_odds_of, absent_scores, query)
        is_best, sharing, best = raw.is_best, raw.sharing, raw.best
        corrected = self.worth(best)
        corrected = np.where(best > 0, np.clip(corrected, FLOOR, (1 - FLOOR) / sharing), 0.0)
        rest = np.maximum(1 - sharing * corrected, 0) / np.maximum(1 - sharing * best, 1e-12)
        others = np.minimum(raw.candidates * rest[query], corrected[query])
        candidates = np.where(is_best, corrected[query], others)
        given = np.bincount(query, candidates, minlength=len(absent_scores))
        return candidates, np.clip(1.0 - given, 0.0, 1.0)

    def worth(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probability, in [0, 1], that the curve gives for shares of best candidates at the assumed prior, in the
        shape of `share`.
        """
        probability: NDArray[np.float64] = np.interp(share, self.shares, self._correction.worth)
        return probability

    def absent_scores(self, query_features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the score of absence at the assumed prior, shape (queries,), on the scale of slope * log-odds."""
        scores: NDArray[np.float64] = self.absent_contributions(query_features).sum(axis=1)
        return scores

    def absent_contributions(self, query_features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each query feature, and last the assumed prior, adds to the score of absence, shape (queries,
        query features + 1).
        """
        shift = np.full(len(query_features), log_odds(self.prior) - log_odds(self.fitted_prior))
        return np.column_stack([query_features * np.array(self.weights), shift])

    def threshold(self, precision: float) -> float:
        """Return the least probability of a best candidate for its acceptance, so that the accepted reach a precision.

        It holds at the assumed prior, and is at least `LEAST_ACCEPTED` and 1 - `UNSUREST` * (1 - precision). Raises
        `PrecisionError` for a precision that lies outside of those known.
        """
        low, high = self.precisions[0], self.precisions[-1]
        if not low <= precision <= high:
            raise PrecisionError(
                f"the precision {precision:g} is not between {low:g} and {high:g}, for which thresholds are known; "
                "ask for one between them"
            )
        thresholds = self._correction.thresholds
        # Evenly over the logarithm of the errors that are allowed: .999 is as far from .99 as .99 is from .9.
        allowed = np.log(1 - np.array(self.precisions))
        found = float(np.interp(-np.log(1 - precision), -allowed, thresholds))
        return max(LEAST_ACCEPTED, 1 - UNSUREST * (1 - precision), found)

    @cached_property
    def _correction(self) -> Correction:
        """The correction at the assumed prior; kept, since every batch needs it."""
        return correction_at(self.prior, self.corrections)

    def save(self, directory: Path) -> None:
        """Write `calibration.json` into a directory; the assumed prior is no part of it."""
        directory.mkdir(parents=True, exist_ok=True)
        fields = {_STORED.get(name, name): value for name, value in asdict(self).items() if name != "prior"}
        text = json.dumps(fields, indent=1)
        (directory / "calibration.json").write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> "ListwiseCalibration":
        """Read what `save` wrote; raises `BundleError` when it is not whole."""
        try:
            fields = json.loads((directory / "calibration.json").read_text(encoding="utf-8"))
            return _read(fields)
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise BundleError(f"the calibration in {directory} cannot be read: {error}") from error


_STORED = {"query_features": "traits"}
"""Names of fields by which the file of a bundle calls them."""


def _read(fields: dict[str, Any]) -> ListwiseCalibration:
    corrections = tuple(
        Correction(float(c["prior"]), tuple(c["worth"]), tuple(c["thresholds"]))
        for c in fields["corrections"]
    )
    return ListwiseCalibration(
        slope=float(fields["slope"]),
        query_features=tuple(fields[_STORED["query_features"]]),
        weights=tuple(fields["weights"]),
        fitted_prior=float(fields["fitted_prior"]),
        shares=tuple(fields["shares"]),
        precisions=tuple(fields["precisions"]),
        corrections=corrections,
    )

"""Fit the calibration: slope and weights by likelihood, the curve by isotonic regression, and thresholds."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from address_match.models.calibration.competition import Competition, compete
from address_match.models.calibration.correction import Correction
from address_match.models.calibration.listwise import ListwiseCalibration
from address_match.models.calibration.prior import LEAST_PRIOR, MOST_PRIOR, log_odds

PRIORS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Priors of absence at which the corrections are fitted; between them they are read off."""
PRECISIONS = (0.9, 0.95, 0.97, 0.98, 0.985, 0.99, 0.9925, 0.995, 0.9975, 0.999)
"""Target precisions for which thresholds are kept."""
SHARES = tuple((1 / (1 + np.exp(-np.linspace(-7, 11, 73)))).tolist())
"""Where the curves are known: evenly over the log-odds, since most best candidates lie near to 0 or 1."""
SMOOTHED_OVER = 5
"""Neighbouring shares over which a staircase is averaged, so that distinct scores keep distinct probabilities."""
RIDGE = 1e-4
WEIGHT_BOUND = 30.0


def fit_calibration(
    log_odds_of: NDArray[np.float64],
    query: NDArray[np.int64],
    right: NDArray[np.bool_],
    query_features: NDArray[np.float64],
    names: Sequence[str],
    abstained: NDArray[np.bool_] | None = None,
    *,
    for_absence: Collection[str] = (),
) -> ListwiseCalibration:
    """Fit slope and weights by likelihood, and for each of PRIORS the curve by isotonic regression, the thresholds by
    counting.

    `right` marks the candidates that are the premises meant; a query without one means an absent premises. For a prior
    other than that of the queries, those with and without a right candidate are weighed as they would then be drawn.
    The thresholds leave the `abstained` queries out of account, shape (queries,), which a rule keeps from being
    accepted anyway. The query features `for_absence` get no weight below 0.
    """
    queries = len(query_features)
    accepted = np.ones(queries) if abstained is None else (~abstained).astype(np.float64)
    present = np.bincount(query, right, minlength=queries) > 0
    least = np.array([0.0 if name in for_absence else -WEIGHT_BOUND for name in names])
    slope, weights = _most_likely(log_odds_of, query, right, query_features, present, least)
    fitted_prior = float(np.clip(1 - present.mean(), LEAST_PRIOR, MOST_PRIOR))
    corrections = []
    for prior in PRIORS:
        absent_scores = query_features @ weights + log_odds(prior) - log_odds(fitted_prior)
        raw = compete(slope * log_odds_of, absent_scores, query)
        drawn = np.where(present, (1 - prior) / (1 - fitted_prior), prior / fitted_prior)
        corrections.append(_correction(prior, raw, raw.share_right(right), drawn, accepted))
    return ListwiseCalibration(
        slope=slope,
        query_features=tuple(names),
        weights=tuple(map(float, weights)),
        fitted_prior=fitted_prior,
        shares=SHARES,
        precisions=PRECISIONS,
        corrections=tuple(corrections),
    )


def _most_likely(
    log_odds_of: NDArray[np.float64],
    query: NDArray[np.int64],
    right: NDArray[np.bool_],
    query_features: NDArray[np.float64],
    present: NDArray[np.bool_],
    least: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64]]:
    """Return the slope and the weights, each at least `least`, under which what was right was likeliest, by the
    gradient of the likelihood.
    """
    from scipy.optimize import minimize

    queries, columns = query_features.shape

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slope, weights = parameters[0], parameters[1:]
        raw = compete(slope * log_odds_of, query_features @ weights, query)
        held = np.bincount(query, raw.candidates * right, minlength=queries)
        chosen = np.where(present, held, raw.absent)
        value = -np.log(np.maximum(chosen, 1e-12)).mean() + RIDGE * (weights**2).mean()
        credited = np.where(right, raw.candidates / np.maximum(held, 1e-300)[query], 0.0)
        by_slope = -((credited - raw.candidates) * log_odds_of).sum() / queries
        by_weight = -query_features.T @ (~present - raw.absent) / queries + 2 * RIDGE * weights / columns
        return float(value), np.concatenate([[by_slope], by_weight])

    start = np.concatenate([[1.0], np.zeros(columns)])
    bounds = [(0.05, 5.0), *((weight, WEIGHT_BOUND) for weight in least.tolist())]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    return float(found.x[0]), found.x[1:]


def _correction(
    prior: float,
    raw: Competition,
    right: NDArray[np.float64],
    drawn: NDArray[np.float64],
    accepted: NDArray[np.float64],
) -> Correction:
    """Fit the curve and the thresholds at a prior.

    `right`, `drawn`, the weights of the queries, and `accepted`, 0 for those that no threshold accepts, have the shape
    (queries,).
    """
    from sklearn.isotonic import IsotonicRegression

    isotonic = IsotonicRegression(out_of_bounds="clip", y_min=0.0, y_max=1.0)
    curve = _smooth(isotonic.fit(raw.best, right, sample_weight=drawn).predict(SHARES))
    given = np.interp(raw.best, SHARES, curve)
    thresholds = thresholds_for(PRECISIONS, given, right, drawn * accepted)
    return Correction(prior, tuple(map(float, curve)), thresholds)


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    padded = np.pad(values, SMOOTHED_OVER // 2, mode="edge")
    averaged = np.convolve(padded, np.ones(SMOOTHED_OVER) / SMOOTHED_OVER, mode="valid")
    return np.maximum.accumulate(averaged)


def thresholds_for(
    precisions: Sequence[float],
    probability: NDArray[np.float64],
    right: NDArray[np.float64],
    drawn: NDArray[np.float64],
) -> tuple[float, ...]:
    """Return for each precision the least probability from which on the answers reach it; 1 where none do.

    `right`, whether they are or how likely that is, and `drawn`, the weights of the queries, have the shape (queries,).
    """
    order = np.argsort(-probability, kind="stable")
    achieved = np.cumsum((right * drawn)[order]) / np.maximum(np.cumsum(drawn[order]), 1e-12)
    # A threshold accepts all that are equal to it, or none.
    is_last_of_equals = np.append(np.diff(probability[order]) < 0, True)
    thresholds = []
    for precision in precisions:
        reached = np.flatnonzero((achieved >= precision) & is_last_of_equals)
        least = float(probability[order[reached[-1]]]) if len(reached) else 1.0
        thresholds.append(least)
    return tuple(np.maximum.accumulate(thresholds).tolist())

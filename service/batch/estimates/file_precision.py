"""How many of a file's matches are right, estimated without labels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.models.calibration import at_prior
from address_match.service.batch.estimates.file_evidence import (
    FileEvidence,
    SeenAnswer,
    absent_probabilities,
    another_if_held,
)
from address_match.service.batch.estimates.leave_out_test import LeftOut
from address_match.service.evaluation.hand_check import rows_for_a_point
from address_match.service.evaluation.intervals import EstimatedShare

LEAST_ROWS = 50
"""Different texts below which nothing is said of a file."""
LEAST_MATCHED = 30
"""Different matched texts below which nothing is said of it."""
TOO_FEW = "too few to say"
_DRAWS = 4_000
_PRIORS = np.linspace(0.0005, 0.9995, 500)
"""Shares of absent addresses at which evidence and wrong matches are worked out."""
_PRIOR_ERROR = 0.01
"""Standard error of the share of absent addresses beyond chance: where 60 % were absent, 58.8 % were found
(`benchmarks/absence`).
"""
_PERCENTILES = (0.025, 0.975)
_SEED = 20_261_130


@dataclass(frozen=True, slots=True)
class FilePrecision:
    """What is expected of a file's matches."""

    precision: EstimatedShare | None
    """Share of the matched that is right; None where there are too few to say."""
    recall: EstimatedShare | None
    """Share of the addresses whose premises the reference holds that is matched with it."""
    left_out: LeftOut
    check: int = 0
    """Matched rows to check by hand to know the precision to within a point; 0 where there are too few to say."""

    def as_json(self) -> dict[str, object]:
        """Give it as a JSON object; what cannot be said is null."""
        return {
            "precision": self.precision and self.precision.as_json(),
            "recall": self.recall and self.recall.as_json(),
            "tested": self.left_out.tested,
            "tested_accepted": self.left_out.accepted,
            "check": self.check,
        }

    def as_text(self) -> str:
        """Give it as a line for a person."""
        if self.precision is None or self.recall is None:
            return f"expected right: {TOO_FEW}"
        return (
            f"expected right {self.precision.as_text()}, recall {self.recall.as_text()}; "
            f"{self.left_out.accepted:,} of {self.left_out.tested:,} were matched without their premises; "
            f"check {self.check:,} rows by hand to know it ± 1 point"
        )


def estimate_file_precision(evidence: FileEvidence, left_out: LeftOut, assumed: float) -> FilePrecision:
    """Estimate precision and recall of answers that were given at the prior of absence `assumed`.

    Wrong matches are of two kinds. Of present addresses, the calibrated probabilities say how many are matched with
    another premises. Of absent ones there are two estimates: by the probabilities, and by their share times the rate at
    which addresses are matched without their premises. Both are taken for equally credible (linear opinion pool: Stone
    1961).

    The interval holds 95 % of draws from what is not known: the share of absent addresses (its posterior under the
    mixture of Saerens et al. 2002, all shares alike beforehand, and an error of the calibration), the rate (beta, by
    the prior of Jeffreys), and the number of wrong matches about its mean (Poisson, by texts, so that rows of the same
    text are wrong together). The same evidence gives the same estimate.
    """
    sample = evidence.answers.kept
    matched = [one for one in sample if one.is_matched]
    if _texts(sample) < LEAST_ROWS or min(_texts(matched), left_out.tested) < LEAST_MATCHED:
        return FilePrecision(None, None, left_out)
    rng = np.random.default_rng(_SEED)
    absent, copies = absent_probabilities(sample), len(sample) / _texts(sample)
    rows, matches = evidence.answers.seen, evidence.matched.seen
    priors = _drawn_priors(absent, assumed, copies, rng)
    expected = _expected_wrong(rows, matches, matched, assumed, priors, _drawn_rates(left_out, rng))
    right = matches - np.minimum(copies * rng.poisson(expected / copies), matches)
    spread = np.sqrt(copies * rows * float((absent * (1 - absent)).mean()))
    present = rows * (1 - priors) + rng.normal(0, spread, _DRAWS)
    mean_right = max(0.0, matches - float(expected.mean()))
    mean_present = max(rows * (1 - float(priors.mean())), mean_right, 1.0)
    return FilePrecision(
        _estimated(mean_right / matches, right / matches),
        _estimated(mean_right / mean_present, right / np.maximum(np.maximum(present, right), 1.0)),
        left_out,
        rows_for_a_point(np.array([one.probability for one in matched]), matches, mean_right / matches),
    )


def _expected_wrong(
    rows: int,
    matches: int,
    matched: Sequence[SeenAnswer],
    assumed: float,
    priors: NDArray[np.float64],
    rates: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return how many wrong matches each draw of a prior and a rate leads to; every other one goes by the
    probabilities.
    """
    of_absent, of_present = _wrong_shares(matched, assumed)
    by_probability = matches * np.interp(priors, _PRIORS, of_absent)
    of_either = np.where(np.arange(_DRAWS) % 2 == 0, rows * priors * rates, by_probability)
    wrong: NDArray[np.float64] = of_either + matches * np.interp(priors, _PRIORS, of_present)
    return wrong


def _drawn_rates(left_out: LeftOut, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw the false-accept rate of the file."""
    refused = left_out.tested - left_out.accepted
    return rng.beta(left_out.accepted + 0.5, refused + 0.5, _DRAWS)


def _drawn_priors(
    absent: NDArray[np.float64], assumed: float, copies: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the share of absent addresses from its posterior; texts that stand `copies` times count once."""
    if_absent, if_present = absent / assumed, (1 - absent) / (1 - assumed)
    evidence = (
        np.array([np.log(prior * if_absent + (1 - prior) * if_present).sum() for prior in _PRIORS]) / copies
    )
    weight = np.exp(evidence - evidence.max())
    drawn = rng.choice(_PRIORS, _DRAWS, p=weight / weight.sum())
    strayed: NDArray[np.float64] = drawn + rng.normal(0, _PRIOR_ERROR, _DRAWS)
    return np.clip(strayed, _PRIORS[0], _PRIORS[-1])


def _wrong_shares(
    matched: Sequence[SeenAnswer], assumed: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return, at each of `_PRIORS`, the shares of matches for absent addresses and for another premises than that asked
    for.
    """
    absent, other = np.clip(absent_probabilities(matched), 0.0, 1 - 1e-9), another_if_held(matched)
    shifted = [at_prior(absent, assumed, prior) for prior in _PRIORS]
    of_absent = [float(at.mean()) for at in shifted]
    of_present = [float(((1 - at) * other).mean()) for at in shifted]
    return np.array(of_absent), np.array(of_present)


def _estimated(value: float, draws: NDArray[np.float64]) -> EstimatedShare:
    low, high = np.quantile(draws, _PERCENTILES)
    return EstimatedShare(value, min(float(low), value), max(float(high), value))


def _texts(answers: Sequence[SeenAnswer]) -> int:
    """Count texts that differ in more than case and white space."""
    return len({" ".join(one.text.upper().split()) for one in answers})

"""Which learner ranks best: additive, additive with pairs, boosted trees and logistic regression, on unseen made-up
streets.

Each learns from the same pairs of query and candidate; accuracy is of the best candidate, the loss is that of a pair's
probability, and the error of calibration that of the best candidate's. Speed is of scoring 1,000 queries at once.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from address_match.models.bundle import load_bundle
from address_match.models.encoder.static import StaticEncoder
from address_match.models.ranker.fit import fit_ranker
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.splits import CALIBRATION_SPLITS, RANKER_SPLITS
from address_match.parser.address_parser import AddressParser
from address_match.service.evaluation.measures import calibration_error
from address_match.service.matching.features.table import FEATURE_SPECS
from address_match.service.training.data.held_out_reference import HELD_OUT, hold_out_premises
from address_match.service.training.data.labelled_pairs import LabelledPairs, labelled_pairs
from address_match.service.training.data.splits import split_country
from address_match.service.training.data.tasks import TrainingTask
from address_match.service.training.size import TrainingSize
from benchmarks.harness.cost import timed
from benchmarks.harness.options import RESULTS
from benchmarks.harness.result import Result, columns_of, publish

PREMISES = 200_000
QUERIES = 8_000
SEED = 4
PAIRS = (0, 16, 40)
TREES = 250

Scores = Callable[[NDArray[np.float32]], NDArray[np.float64]]
Features = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Learned:
    """A learner, how it scores, and how it can say why."""

    name: str
    scores: Scores
    explains: str
    cpu_seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rankers", description=__doc__)
    parser.add_argument("--size", type=int, default=PREMISES, help="made-up premises (%(default)s)")
    parser.add_argument("--queries", type=int, default=QUERIES, help="to learn and to measure (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="of country and noise (%(default)s)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the result (%(default)s)")
    options = parser.parse_args(arguments)
    streets = split_country(options.seed, replace(TrainingSize(), premises=options.size, reading_premises=1))
    learned_from = _pairs(streets.ranker, RANKER_SPLITS, options.queries, options.seed)
    measured_on = _pairs(streets.calibration, CALIBRATION_SPLITS, options.queries, options.seed + 1)
    rows = [_measured(learned, measured_on) for learned in _learners(learned_from, options.seed)]
    result = Result(
        benchmark="rankers",
        settings={"premises": options.size, "queries": options.queries, "seed": options.seed},
        figures={"pairs": len(learned_from.right)},
        tables=(columns_of(rows, "Learners"),),
    )
    publish(result, options.out)
    return 0


def _pairs(premises: Sequence[Premises], splits: frozenset[int], count: int, seed: int) -> LabelledPairs:
    bundle = load_bundle()
    parser, encoder = AddressParser.load(bundle.parser_path), StaticEncoder.load(bundle.encoder_path)
    task = TrainingTask(premises, splits, hold_out_premises(premises, seed, HELD_OUT))
    with task.opened(parser, encoder) as retriever:
        return labelled_pairs(task.queries(count, seed), parser, encoder, retriever)


def _learners(pairs: LabelledPairs, seed: int) -> list[Learned]:
    additive = [_additive(f"additive, {count} pairs", pairs, count, seed) for count in PAIRS]
    return [*additive, _trees(pairs, seed), _logistic(pairs)]


def _additive(name: str, pairs: LabelledPairs, count: int, seed: int) -> Learned:
    with timed() as watch:
        ranker = fit_ranker(pairs.features, pairs.right, FEATURE_SPECS, seed=seed, interactions=count)
    return Learned(name, ranker.log_odds, "a sum of its features", watch.cpu_seconds)


def _trees(pairs: LabelledPairs, seed: int) -> Learned:
    from sklearn.ensemble import HistGradientBoostingClassifier

    with timed() as watch:
        trees = HistGradientBoostingClassifier(
            max_iter=TREES, max_leaf_nodes=31, min_samples_leaf=40, early_stopping=False, random_state=seed
        )
        trees.fit(pairs.features, pairs.right)
    return Learned("boosted trees", trees.decision_function, "by approximation", watch.cpu_seconds)


def _logistic(pairs: LabelledPairs) -> Learned:
    """Fit a logistic regression over a column for each category and one for each likeness, squared besides."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MaxAbsScaler

    with timed() as watch:
        model = make_pipeline(MaxAbsScaler(), LogisticRegression(max_iter=300))
        model.fit(_dummies(pairs.features), pairs.right)
    return Learned(
        "logistic regression",
        lambda f: model.decision_function(_dummies(f)),
        "a sum of its features",
        watch.cpu_seconds,
    )


def _dummies(features: Features) -> Features:
    parts = []
    for spec, column in zip(FEATURE_SPECS, features.T, strict=True):
        if spec.categories:
            parts.append(column[:, None] == np.arange(spec.categories))
        else:
            said = np.maximum(column, 0)
            unsaid = [column[:, None] == -np.arange(1, spec.unsaid + 1)] if spec.unsaid else []
            parts += [said[:, None], said[:, None] ** 2, *unsaid]
    return np.concatenate([part.astype(np.float32) for part in parts], axis=1)


def _measured(learned: Learned, pairs: LabelledPairs) -> dict[str, str | float]:
    with timed() as watch:
        scores = learned.scores(pairs.features)
    probability = np.clip(1 / (1 + np.exp(-scores)), 1e-12, 1 - 1e-12)
    loss = -np.where(pairs.right, np.log(probability), np.log1p(-probability)).mean()
    best = np.full(len(pairs.absent), -np.inf)
    np.maximum.at(best, pairs.query, scores)
    top = scores >= best[pairs.query]
    sharing = np.maximum(np.bincount(pairs.query, top, minlength=len(pairs.absent)), 1)
    right = np.bincount(pairs.query, top & pairs.right, minlength=len(pairs.absent)) / sharing
    present = ~pairs.absent
    return {
        "learner": learned.name,
        "rank_1": float(right[present].mean()),
        "log_loss_a_pair": float(loss),
        "calibration_error": calibration_error(1 / (1 + np.exp(-best)), right),
        "ms_a_query": watch.cpu_seconds * 1_000 / len(pairs.absent),
        "explains_itself": learned.explains,
        "cpu_seconds_to_learn": learned.cpu_seconds,
    }


if __name__ == "__main__":
    sys.exit(main())

"""Ranker and calibration fitted without a group of features."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.retrieval import Quotas, Retriever
from address_match.models.bundle import load_bundle
from address_match.models.calibration.fit import fit_calibration
from address_match.models.ranker import AdditiveRanker
from address_match.models.ranker.fit import fit_ranker
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.queries import NoisyQuery
from address_match.models.synthesis.splits import CALIBRATION_SPLITS, EVALUATION_SPLITS, RANKER_SPLITS
from address_match.service.evaluation.outcome import Outcomes
from address_match.service.evaluation.scores import score
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature
from address_match.service.matching.features.table import FEATURE_SPECS, FEATURES
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.matching.query.parse_and_encode import parse_and_encode
from address_match.service.matching.ranking.query_features import QUERY_FEATURES
from address_match.service.opening.bundle_models import BundleModels, load_bundle_models
from address_match.service.training.data.held_out_reference import hold_out_premises
from address_match.service.training.data.labelled_pairs import (
    LabelledPairs,
    LabelledRankings,
    labelled_pairs,
    labelled_rankings,
)
from address_match.service.training.data.tasks import TrainingTask
from benchmarks.ablation.channels import Measures
from benchmarks.ablation.feature_groups import GROUPS, Group
from benchmarks.harness.cost import timed

NOTHING = "nothing"
"""Name of the fit with all features."""
LACKING = 0.3
ABSENT = 0.3
TIMED = 1_000
"""Queries whose candidates the features are computed of, for their time."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """How much is learned from and measured on."""

    premises: int
    queries: int
    """For the ranker, for the calibration and for the measurement, each."""
    interactions: int
    seed: int


def by_groups(parser_corpus: Lessons, bundle: Path | None) -> dict[str, Measures]:
    """Fit and measure with all features, and without each group."""
    learned = load_bundle_models(load_bundle(bundle))
    premises = tuple(SyntheticCountry(parser_corpus.seed, parser_corpus.premises))
    held_out = hold_out_premises(premises, parser_corpus.seed, LACKING)
    tasks = [
        TrainingTask(premises, splits, held_out)
        for splits in (RANKER_SPLITS, CALIBRATION_SPLITS, EVALUATION_SPLITS)
    ]
    asked = [task.queries(parser_corpus.queries, parser_corpus.seed, absent=ABSENT) for task in tasks]
    with tasks[0].opened(learned.parser, learned.encoder) as retriever:
        course = _Course(learned, retriever, parser_corpus, asked[1], asked[2])
        pairs = labelled_pairs(asked[0], learned.parser, learned.encoder, retriever)
        measured = {NOTHING: course.measured(pairs, ()) | {"CPU ms": None}}
        for group in GROUPS:
            cost = course.milliseconds(group)
            measured[group.name] = course.measured(pairs, group.features) | {"CPU ms": cost}
    return measured


@dataclass(frozen=True, slots=True)
class _Course:
    """What every fit shares."""

    learned: BundleModels
    retriever: Retriever
    parser_corpus: Lessons
    calibrating: Sequence[NoisyQuery]
    measuring: Sequence[NoisyQuery]

    def measured(self, pairs: LabelledPairs, without: Sequence[Feature]) -> Measures:
        """Fit ranker and calibration without some features and decide by the probability alone, at the default policy."""
        ranker = self._fitted(pairs, without)
        found = self._ranked(self.calibrating, ranker)
        fitted = fit_calibration(
            found.log_odds, found.query, found.right, found.query_features, QUERY_FEATURES
        )
        policy = DecisionPolicy()
        calibration = fitted.with_prior(policy.absence_prior)
        ranked = self._ranked(self.measuring, ranker)
        probability, _ = calibration.distribution(ranked.log_odds, ranked.query, ranked.query_features)
        outcomes = _outcomes(self.measuring, ranked, probability, calibration.threshold(policy.precision))
        scores = score(outcomes)
        return {
            "rank-1": scores.rank_1,
            "recall": scores.recall,
            "precision": scores.precision,
            "absent accepted": scores.absent_accepted,
            "recall at 99 %": scores.recall_at_99_precision,
            "calibration error": scores.expected_calibration_error,
        }

    def milliseconds(self, group: Group) -> float:
        """Return the CPU milliseconds of a group's features, for all candidates of a query, in a batch."""
        texts = [query.text for query in self.measuring[:TIMED]]
        batch = parse_and_encode(texts, self.learned.parser, self.learned.encoder)
        candidates = self.retriever.retrieve(batch.queries, Quotas())
        with timed() as watch:
            group.compute(Pairs(batch.columns, candidates, self.retriever.statistics))
        return watch.cpu_seconds * 1_000 / len(texts)

    def _fitted(self, pairs: LabelledPairs, without: Sequence[Feature]) -> AdditiveRanker:
        kept = [j for j, feature in enumerate(FEATURES) if feature not in without]
        ranker = fit_ranker(
            pairs.features[:, kept],
            pairs.right,
            [FEATURE_SPECS[j] for j in kept],
            seed=self.parser_corpus.seed,
            interactions=self.parser_corpus.interactions,
        )
        return ranker.for_features(FEATURE_SPECS)

    def _ranked(self, queries: Sequence[NoisyQuery], ranker: AdditiveRanker) -> LabelledRankings:
        return labelled_rankings(queries, self.learned.parser, self.learned.encoder, self.retriever, ranker)


def _outcomes(
    queries: Sequence[NoisyQuery],
    ranked: LabelledRankings,
    probability: NDArray[np.float64],
    threshold: float,
) -> Outcomes:
    """State what the best candidates came to; those of a query are ordered best first."""
    owner, first = np.unique(ranked.query, return_index=True)
    best, right = np.zeros(len(queries)), np.zeros(len(queries), dtype=bool)
    best[owner], right[owner] = probability[first], ranked.right[first]
    return Outcomes(
        present=np.array([not query.absent for query in queries], dtype=bool),
        right=right,
        accepted=best >= threshold,
        probability=best,
        kind=np.array([query.noise_class for query in queries], dtype=np.str_),
    )

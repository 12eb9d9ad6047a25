"""Learns how candidates are ranked and what a rank is worth, with parser and encoder as they are, and measures the
whole.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from address_match.indexer.retrieval import Retriever
from address_match.models.bundle import Metric
from address_match.models.bundle.bundle import CALIBRATION_PART, RANKER_PART, REFERENCE_FACTS_PART
from address_match.models.calibration import ListwiseCalibration
from address_match.models.calibration.fit import fit_calibration
from address_match.models.encoder.open_encoder import AnyEncoder
from address_match.models.ranker import AdditiveRanker
from address_match.models.ranker.fit import fit_ranker
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.queries import NoisyQuery
from address_match.models.synthesis.splits import CALIBRATION_SPLITS, RANKER_SPLITS
from address_match.parser.address_parser import AddressParser
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.facts.fact import Fact
from address_match.service.lifecycle.monitoring.bundle_facts import write_bundle_facts
from address_match.service.matching.answer_listener import PipelineOrigin
from address_match.service.matching.features.table import FEATURE_SPECS
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.matching.ranking.query_features import FOR_ABSENCE, QUERY_FEATURES
from address_match.service.training.data.held_out_reference import (
    HELD_OUT,
    held_out_reference,
    hold_out_premises,
)
from address_match.service.training.data.labelled_pairs import (
    LabelledPairs,
    LabelledRankings,
    labelled_pairs,
    labelled_rankings,
)
from address_match.service.training.data.queries import ABSENT_QUERIES, queries_for_nothing
from address_match.service.training.data.splits import LearnerSplits
from address_match.service.training.data.tasks import (
    CALIBRATION_ABSENT_QUERIES,
    TrainingTask,
    calibration_tasks,
    ranker_task,
)
from address_match.service.training.data.user_labels import labelled_queries
from address_match.service.training.held_out_metrics import measure_held_out
from address_match.service.training.reference_facts import reference_facts
from address_match.service.training.size import TrainingSize

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RankingTraining:
    """What ranker and calibration are trained with, beside the tasks on the synthetic country."""

    parser: AddressParser
    encoder: AnyEncoder
    own: Sequence[Premises]
    """Premises of the user's reference, where there is one."""
    labels: Sequence[EvaluationQuery]
    """Addresses whose premises in it the user knows."""
    size: TrainingSize

    def write(
        self, splits: LearnerSplits, out: Path, seed: int, progress: Progress, *, adopted: Path | None = None
    ) -> tuple[Metric, ...]:
        """Write ranker, calibration and reference facts of a bundle in `out`; return how the whole does on held-out
        streets.

        The ranker is the one in the directory `adopted` where it is given.
        """
        if adopted is None:
            progress("fitting the ranker")
            task = ranker_task((*splits.towns, *splits.look_alikes), seed + 1, splits.near_misses)
            self.fitted_ranker(task, seed + 1).save(out / RANKER_PART)
        else:
            shutil.copytree(adopted, out / RANKER_PART)
        ranker = AdditiveRanker.load(out / RANKER_PART).for_features(FEATURE_SPECS)
        progress("fitting the calibration")
        tasks = calibration_tasks(splits.towns, splits.look_alikes, seed + 2, splits.near_misses)
        calibration = self.fitted_calibration(tasks, ranker, seed + 2)
        calibration.save(out / CALIBRATION_PART)
        progress("measuring on streets that nothing learned from")
        metrics, facts = self.held_out(splits.evaluation, ranker, calibration, seed + 3)
        write_bundle_facts(facts, out / REFERENCE_FACTS_PART)
        return metrics

    def fitted_ranker(self, task: TrainingTask, seed: int) -> AdditiveRanker:
        """Compare queries of the task, and of the user's, with their candidates, and learn which of these are right."""
        count = self.size.ranker_queries
        pairs = LabelledPairs.joined(
            [
                labelled_pairs(queries, self.parser, self.encoder, retriever)
                for queries, retriever in self._queries([task], RANKER_SPLITS, count, seed, hard=True)
                if queries
            ]
        )
        interactions = self.size.interactions
        return fit_ranker(pairs.features, pairs.right, FEATURE_SPECS, seed=seed, interactions=interactions)

    def fitted_calibration(
        self, tasks: Sequence[TrainingTask], ranker: AdditiveRanker, seed: int
    ) -> ListwiseCalibration:
        """Rank the candidates of other queries of every task, and learn what the ranker's log-odds are worth."""
        count = self.size.calibration_queries // len(tasks)
        absent = CALIBRATION_ABSENT_QUERIES
        found = LabelledRankings.joined(
            [
                labelled_rankings(
                    [*queries, *queries_for_nothing(len(queries), seed)],
                    self.parser,
                    self.encoder,
                    retriever,
                    ranker,
                )
                for queries, retriever in self._queries(tasks, CALIBRATION_SPLITS, count, seed, absent=absent)
            ]
        )
        return fit_calibration(
            log_odds_of=found.log_odds,
            query=found.query,
            right=found.right,
            query_features=found.query_features,
            names=QUERY_FEATURES,
            abstained=found.abstained,
            for_absence=FOR_ABSENCE,
        )

    def held_out(
        self,
        premises: Sequence[Premises],
        ranker: AdditiveRanker,
        calibration: ListwiseCalibration,
        seed: int,
    ) -> tuple[tuple[Metric, ...], list[Fact]]:
        """Measure on synthetic streets of which no part has seen any, and keep the facts of other answers there."""
        held_out = hold_out_premises(premises, seed, HELD_OUT)
        with held_out_reference(premises, self.parser, self.encoder, held_out=held_out) as retriever:
            policy = DecisionPolicy()
            threshold = calibration.threshold(policy.precision)
            assumed = calibration.with_prior(policy.absence_prior)
            origin = PipelineOrigin(encoder_fingerprint=self.encoder.fingerprint)
            pipeline = MatchPipeline(
                self.parser, self.encoder, retriever, ranker, assumed, threshold, origin=origin
            )
            metrics = measure_held_out(
                premises, pipeline, held_out=held_out, queries=self.size.held_out_queries, seed=seed
            )
            facts = reference_facts(
                premises, pipeline, held_out=held_out, queries=self.size.reference_facts, seed=seed + 1
            )
            return metrics, facts

    def _queries(
        self,
        synthetic: Sequence[TrainingTask],
        splits: frozenset[int],
        count: int,
        seed: int,
        *,
        absent: float = ABSENT_QUERIES,
        hard: bool = False,
    ) -> Iterator[tuple[list[NoisyQuery], Retriever]]:
        """Yield the queries of each task, `count` of a synthetic one, and its reference, which is open until the next."""
        tasks = [(task, count) for task in synthetic]
        if self.own:
            held_out = hold_out_premises(self.own, seed, HELD_OUT)
            tasks.append((TrainingTask(self.own, splits, held_out, own=True), self.size.own_queries))
        for task, wanted in tasks:
            with task.opened(self.parser, self.encoder) as retriever:
                yield task.queries(wanted, seed, absent=absent, hard=hard), retriever
        if self.labels:
            whole = TrainingTask(self.own, splits, frozenset(), own=True)
            with whole.opened(self.parser, self.encoder) as retriever:
                yield labelled_queries(self.labels, splits), retriever

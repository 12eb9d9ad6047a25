"""Trains every part of a bundle, on the synthetic country and on a user's own reference where there is one, and seals it."""

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from address_match.indexer.retrieval import Retriever
from address_match.models.bundle import Metric, write_manifest
from address_match.models.bundle.bundle import PARSER_PART, REFERENCE_FACTS_PART
from address_match.models.calibration import ListwiseCalibration, fit_calibration
from address_match.models.devices import CPU
from address_match.models.encoder.open_encoder import AnyEncoder, open_encoder
from address_match.models.encoder.training.train_static import SCHEDULE, train_static
from address_match.models.ranker import AdditiveRanker, fit_ranker
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.queries import NoisyQuery
from address_match.models.synthesis.splits import CALIBRATION_SPLITS, RANKER_SPLITS
from address_match.parser.address_parser import AddressParser
from address_match.parser.crf.training import train as train_parser
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.lifecycle.facts.fact import Fact
from address_match.service.lifecycle.monitoring.bundle_facts import write_bundle_facts
from address_match.service.matching.features.table import FEATURE_SPECS
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.matching.ranking.query_features import FOR_ABSENCE, QUERY_FEATURES
from address_match.service.matching.told_answers import PipelineOrigin
from address_match.service.training.adopted_encoder import adopt_encoder
from address_match.service.training.card import (
    RetrainedFrom,
    TrainingRecord,
    describe,
    learned_from,
    learned_queries,
    model_card,
)
from address_match.service.training.data.encoder_pairs import synthetic_pairs
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
from address_match.service.training.data.parser_corpus import parser_corpus
from address_match.service.training.data.queries import ABSENT_QUERIES, queries_for_nothing
from address_match.service.training.data.splits import split_country
from address_match.service.training.data.tasks import (
    CALIBRATION_ABSENT_QUERIES,
    TrainingTask,
    calibration_tasks,
    ranker_task,
)
from address_match.service.training.data.user_labels import labelled_queries
from address_match.service.training.data.wider_corpus import wider_corpus
from address_match.service.training.held_out_metrics import measure_held_out
from address_match.service.training.reference_facts import reference_facts
from address_match.service.training.size import SIZE_BESIDE_OWN, TrainingSize

Progress = Callable[[str], None]


def train_bundle(
    out: Path,
    *,
    name: str = "default",
    seed: int = 1,
    size: TrainingSize | None = None,
    own: Sequence[Premises] = (),
    labels: Sequence[EvaluationQuery] = (),
    labelled: Sequence[Premises] = (),
    encoder: Path | None = None,
    parser: Path | None = None,
    retrained_from: RetrainedFrom | None = None,
    device: str = CPU,
    progress: Progress = print,
) -> None:
    """Write a sealed bundle into `out`, which must not exist or be empty.

    `own` are the premises of a user's reference, `labels` addresses whose premises in it the user knows, `labelled` rows of it
    whose columns label each word, for the parser. `encoder` is the directory of an encoder of either family, which is
    adopted as it is instead of one trained here; it must not have learned from the streets of the other learners
    (`address_match.models.synthesis.splits`), as none does that `train_encoder` made. A transformer encodes on `device`. `parser` is the
    file of one that is taken in as it is in the same way, `retrained_from` the bundle that it all replaces.

    The same seed, size, premises and encoder give the same parts by the same code, on the same versions and one thread.
    Raises the errors of `address_match.models.errors`.
    """
    size = size or (SIZE_BESIDE_OWN if own else TrainingSize())
    adopted = None if encoder is None else adopt_encoder(encoder, out / "encoder", device=device)
    progress(f"making a country of {size.premises:,} premises")
    splits = split_country(seed, size).joined_by(own)
    reader = out / PARSER_PART
    if parser is None:
        progress("training the parser")
        in_words = _trained_parser(splits.parser, labelled, reader, seed, size)
    else:
        in_words = _adopted_parser(parser, reader)
    if adopted is None:
        progress("training the encoder")
        in_use, recall = _trained_encoder(splits.encoder, out / "encoder", seed, size)
    else:
        in_use, recall = adopted, ()
    training = _RankingTraining(in_words, in_use, own, labels, size)
    progress("fitting the ranker")
    task = ranker_task((*splits.towns, *splits.look_alikes), seed + 1, splits.near_misses)
    learned = training.fitted_ranker(task, seed + 1)
    learned.save(out / "ranker")
    ranker = learned.for_features(FEATURE_SPECS)
    progress("fitting the calibration")
    tasks = calibration_tasks(splits.towns, splits.look_alikes, seed + 2, splits.near_misses)
    calibration = training.fitted_calibration(tasks, ranker, seed + 2)
    calibration.save(out / "calibration")
    progress("measuring on streets that nothing learned from")
    held_out, facts = training.held_out(splits.evaluation, ranker, calibration, seed + 3)
    write_bundle_facts(facts, out / REFERENCE_FACTS_PART)
    progress("sealing the bundle")
    record = TrainingRecord(
        name=name,
        seed=seed,
        size=size,
        splits=splits,
        reference=learned_from(seed, splits),
        encoder_apart=adopted is not None,
        parser_apart=parser is not None,
        retrained_from=retrained_from,
        metrics=(*recall, *held_out),
        labels=learned_queries(labels),
    )
    (out / "MODEL_CARD.md").write_text(model_card(record), encoding="utf-8")
    write_manifest(
        out,
        describe(record, parser_fingerprint=in_words.fingerprint, encoder_fingerprint=in_use.fingerprint),
    )


def _trained_parser(
    synthetic: Sequence[Premises], labelled: Sequence[Premises], out: Path, seed: int, size: TrainingSize
) -> AddressParser:
    corpus = parser_corpus(synthetic, labelled, size.parser_texts, random.Random(seed))
    besides = wider_corpus(synthetic, size.wider_texts, random.Random(seed))
    train_parser(chain(corpus, besides), out, seed=seed, max_iterations=size.parser_iterations)
    return AddressParser.load(out)


def _adopted_parser(source: Path, out: Path) -> AddressParser:
    out.parent.mkdir(parents=True)
    shutil.copyfile(source, out)
    return AddressParser.load(out)


def _trained_encoder(
    premises: Sequence[Premises], out: Path, seed: int, size: TrainingSize
) -> tuple[AnyEncoder, tuple[Metric, ...]]:
    pairs = synthetic_pairs(premises, size.encoder_pairs, seed)
    report = train_static(pairs, out, seed=seed, schedule=replace(SCHEDULE, steps=size.encoder_steps))
    recall = Metric(
        "recall_at_1_of_encoder", report.recall_rounded, "pairs of streets that it did not learn from"
    )
    return open_encoder(out, device=CPU), (recall,)


@dataclass(frozen=True, slots=True)
class _RankingTraining:
    """What ranker and calibration are trained with, beside the tasks on the synthetic country."""

    parser: AddressParser
    encoder: AnyEncoder
    own: Sequence[Premises]
    """Premises of the user's reference, where there is one."""
    labels: Sequence[EvaluationQuery]
    """Addresses whose premises in it the user knows."""
    size: TrainingSize

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

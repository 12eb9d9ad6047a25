"""Trains every part of a bundle, on the made-up country and on a user's own reference where there is one, and seals it."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.retrieval import Retriever
from models.bundle import Metric, write_manifest
from models.calibration import ListwiseCalibration, fit_calibration
from models.devices import CPU
from models.encoder.opening import AnyEncoder, open_encoder
from models.ranker import AdditiveRanker
from models.ranker_fitting import fit_ranker
from models.synthesis.folds import CALIBRATION_FOLDS, RANKER_FOLDS
from models.synthesis.premises import Premises
from models.synthesis.queries import NoisyQuery
from models.training.static import SCHEDULE, train_static
from parser.address_parser import AddressParser
from parser.training import train as train_parser
from service.evaluation.queries import EvaluationQuery
from service.matching.comparison.features import FEATURES
from service.matching.pipeline import MatchPipeline
from service.matching.policy import DecisionPolicy
from service.matching.traits import FOR_ABSENCE, TRAITS
from service.training.calibrating import ABSENT, calibration_grounds
from service.training.card import describe, model_card
from service.training.encoder_pairs import made_up_pairs
from service.training.ground import Ground
from service.training.held_out import measure_held_out
from service.training.labels import labelled_queries
from service.training.lacking import LEFT_OUT, lacking_at, reference_without
from service.training.lessons import lessons
from service.training.pairs import LabelledPairs, LabelledRankings, labelled_pairs, labelled_rankings
from service.training.queries import ABSENT_QUERIES
from service.training.size import SIZE_BESIDE_OWN, TrainingSize
from service.training.streets import share_out
from service.training.taken_in import take_in_encoder

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
    device: str = CPU,
    progress: Progress = print,
) -> None:
    """Write a sealed bundle into `out`, which must not exist or be empty.

    `own` are the premises of a user's reference, `labels` addresses whose premises in it the user knows, `labelled` rows of it
    whose columns say what each word is, for the parser. `encoder` is the directory of an encoder of either family, which is
    taken in as it is instead of one trained here; it must not have learned from the streets of the other learners
    (`models.synthesis.folds`), as none does that `train_encoder` made. A transformer encodes on `device`.

    The same seed, size, premises and encoder give the same parts by the same code, on the same versions and one thread.
    Raises the errors of `models.errors`.
    """
    size = size or (SIZE_BESIDE_OWN if own else TrainingSize())
    taken_in = None if encoder is None else take_in_encoder(encoder, out / "encoder", device=device)
    progress(f"making a country of {size.premises:,} premises")
    streets = share_out(seed, size).joined_by(own)
    progress("training the parser")
    parser = _trained_parser(streets.made_up_reading, labelled, out / "parser" / "model.crfsuite", seed, size)
    if taken_in is None:
        progress("training the encoder")
        reader, recall = _trained_encoder(streets.reading, out / "encoder", seed, size)
    else:
        reader, recall = taken_in, ()
    progress("fitting the ranker")
    course = _Course(parser, reader, own, labels, size)
    learned = course.fitted_ranker((*streets.towns, *streets.look_alikes), seed + 1)
    learned.save(out / "ranker")
    ranker = learned.fitting(FEATURES)
    progress("fitting the calibration")
    grounds = calibration_grounds(streets.towns, streets.look_alikes, seed + 2)
    calibration = course.fitted_calibration(grounds, ranker, seed + 2)
    calibration.save(out / "calibration")
    progress("measuring on streets that nothing learned from")
    metrics = (*recall, *course.held_out(streets.evaluation, ranker, calibration, seed + 3))
    progress("sealing the bundle")
    made = (seed, size, streets)
    apart = taken_in is not None
    card = model_card(*made, metrics, name=name, encoder_apart=apart)
    (out / "MODEL_CARD.md").write_text(card, encoding="utf-8")
    fingerprints = (parser.fingerprint, reader.fingerprint)
    write_manifest(out, describe(*made, *fingerprints, metrics, name=name, encoder_apart=apart))


def _trained_parser(
    made_up: Sequence[Premises], labelled: Sequence[Premises], out: Path, seed: int, size: TrainingSize
) -> AddressParser:
    taught = lessons(made_up, labelled, size.parser_texts, random.Random(seed))
    train_parser(taught, out, seed=seed, max_iterations=size.parser_iterations)
    return AddressParser.load(out)


def _trained_encoder(
    premises: Sequence[Premises], out: Path, seed: int, size: TrainingSize
) -> tuple[AnyEncoder, tuple[Metric, ...]]:
    pairs = made_up_pairs(premises, size.encoder_pairs, seed)
    report = train_static(pairs, out, seed=seed, schedule=replace(SCHEDULE, steps=size.encoder_steps))
    recall = Metric(
        "recall_at_1_of_encoder", report.recall_rounded, "pairs of streets that it did not learn from"
    )
    return open_encoder(out, device=CPU), (recall,)


@dataclass(frozen=True, slots=True)
class _Course:
    """What ranker and calibration learn with: the made-up country, and the user's reference and labels where there are any."""

    parser: AddressParser
    encoder: AnyEncoder
    own: Sequence[Premises]
    labels: Sequence[EvaluationQuery]
    size: TrainingSize

    def fitted_ranker(self, towns: Sequence[Premises], seed: int) -> AdditiveRanker:
        """Compare queries of every ground with their candidates, and learn which of them are right."""
        grounds = [Ground(towns, RANKER_FOLDS, lacking_at(towns, seed, LEFT_OUT))]
        pairs = LabelledPairs.joined(
            [
                labelled_pairs(queries, self.parser, self.encoder, retriever)
                for queries, retriever in self._asked(
                    grounds, RANKER_FOLDS, self.size.ranker_queries, seed, hard=True
                )
                if queries
            ]
        )
        interactions = self.size.interactions
        return fit_ranker(pairs.features, pairs.right, FEATURES, seed=seed, interactions=interactions)

    def fitted_calibration(
        self, grounds: Sequence[Ground], ranker: AdditiveRanker, seed: int
    ) -> ListwiseCalibration:
        """Rank the candidates of other queries of every ground, and learn what the ranker's log-odds are worth."""
        count = self.size.calibration_queries // len(grounds)
        asked = self._asked(grounds, CALIBRATION_FOLDS, count, seed, absent=ABSENT)
        found = LabelledRankings.joined(
            [
                labelled_rankings(queries, self.parser, self.encoder, retriever, ranker)
                for queries, retriever in asked
            ]
        )
        return fit_calibration(
            *(found.log_odds, found.query, found.right, found.traits, TRAITS, found.withheld),
            for_absence=FOR_ABSENCE,
        )

    def held_out(
        self, made_up: Sequence[Premises], ranker: AdditiveRanker, calibration: ListwiseCalibration, seed: int
    ) -> tuple[Metric, ...]:
        """Measure on made-up streets of which no part has seen any."""
        with reference_without(made_up, seed, self.parser, self.encoder) as retriever:
            policy = DecisionPolicy()
            threshold = calibration.threshold(policy.precision)
            assumed = calibration.with_prior(policy.absence_prior)
            pipeline = MatchPipeline(self.parser, self.encoder, retriever, ranker, assumed, threshold)
            return measure_held_out(made_up, pipeline, queries=self.size.held_out_queries, seed=seed)

    def _asked(
        self,
        made_up: Sequence[Ground],
        folds: frozenset[int],
        count: int,
        seed: int,
        *,
        absent: float = ABSENT_QUERIES,
        hard: bool = False,
    ) -> Iterator[tuple[list[NoisyQuery], Retriever]]:
        """Yield the queries of each ground, `count` of a made-up one, and its reference, which is open until the next."""
        grounds = [(ground, count) for ground in made_up]
        if self.own:
            lacking = lacking_at(self.own, seed, LEFT_OUT)
            grounds.append((Ground(self.own, folds, lacking, own=True), self.size.own_queries))
        for ground, wanted in grounds:
            with ground.opened(self.parser, self.encoder, seed) as retriever:
                yield ground.queries(wanted, seed, absent=absent, hard=hard), retriever
        if self.labels:
            whole = Ground(self.own, folds, frozenset(), own=True)
            with whole.opened(self.parser, self.encoder, seed) as retriever:
                yield labelled_queries(self.labels, folds), retriever

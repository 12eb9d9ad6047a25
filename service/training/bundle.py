"""Trains every part of a bundle on the made-up country and seals it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.ports import Encoder
from models.bundle import Metric, write_manifest
from models.calibration import ListwiseCalibration, fit_calibration
from models.encoder.static import StaticEncoder
from models.ranker import AdditiveRanker
from models.ranker_fitting import fit_ranker
from models.synthesis.premises import Premises
from models.synthesis.training_texts import training_texts
from models.training.static import SCHEDULE, train_static
from parser.address_parser import AddressParser
from parser.training import train as train_parser
from service.matching.comparison.features import FEATURES
from service.matching.pipeline import MatchPipeline
from service.matching.policy import DecisionPolicy
from service.matching.traits import TRAITS
from service.training.card import describe, model_card
from service.training.country import noisy_queries, reference_without, share_out
from service.training.encoder_pairs import draw, made_up_pairs
from service.training.held_out import measure_held_out
from service.training.pairs import labelled_pairs, labelled_rankings
from service.training.size import TrainingSize

Progress = Callable[[str], None]


def train_bundle(
    out: Path,
    *,
    name: str = "default",
    seed: int = 1,
    size: TrainingSize | None = None,
    progress: Progress = print,
) -> None:
    """Write a sealed bundle into `out`, which must not exist or be empty.

    The same seed and size give the same parts by the same code, on the same versions and one thread.
    """
    size = size or TrainingSize()
    progress(f"making a country of {size.premises:,} premises")
    streets = share_out(seed, size)
    progress("training the parser")
    parser = _trained_parser(streets.reading, out / "parser" / "model.crfsuite", seed, size)
    progress("training the encoder")
    encoder, recall = _trained_encoder(streets.reading, out / "encoder", seed, size)
    progress("fitting the ranker")
    ranker = _fitted_ranker(streets.ranker, parser, encoder, seed + 1, size)
    ranker.save(out / "ranker")
    progress("fitting the calibration")
    calibration = _fitted_calibration(streets.calibration, parser, encoder, ranker, seed + 2, size)
    calibration.save(out / "calibration")
    progress("measuring on streets that nothing learned from")
    models = (parser, encoder, ranker, calibration)
    metrics = (recall, *_held_out(streets.evaluation, models, seed + 3, size))
    progress("sealing the bundle")
    (out / "MODEL_CARD.md").write_text(model_card(seed, size, streets, metrics, name=name), encoding="utf-8")
    fingerprints = (parser.fingerprint, encoder.fingerprint)
    write_manifest(out, describe(seed, size, streets, *fingerprints, metrics, name=name))


def _trained_parser(premises: Sequence[Premises], out: Path, seed: int, size: TrainingSize) -> AddressParser:
    rng = random.Random(seed)
    texts = training_texts(draw(premises, size.parser_texts, rng), rng)
    train_parser(texts, out, seed=seed, max_iterations=size.parser_iterations)
    return AddressParser.load(out)


def _trained_encoder(
    premises: Sequence[Premises], out: Path, seed: int, size: TrainingSize
) -> tuple[StaticEncoder, Metric]:
    pairs = made_up_pairs(premises, size.encoder_pairs, seed)
    report = train_static(pairs, out, seed=seed, schedule=replace(SCHEDULE, steps=size.encoder_steps))
    recall = Metric(
        "recall_at_1_of_encoder", report.recall_rounded, "pairs of streets that it did not learn from"
    )
    return StaticEncoder.load(out), recall


def _fitted_ranker(
    premises: Sequence[Premises], parser: AddressParser, encoder: StaticEncoder, seed: int, size: TrainingSize
) -> AdditiveRanker:
    with reference_without(premises, seed, parser, encoder) as retriever:
        queries = noisy_queries(premises, size.ranker_queries, seed)
        pairs = labelled_pairs(queries, parser, encoder, retriever)
    return fit_ranker(pairs.features, pairs.right, FEATURES, seed=seed)


def _fitted_calibration(
    premises: Sequence[Premises],
    parser: AddressParser,
    encoder: StaticEncoder,
    ranker: AdditiveRanker,
    seed: int,
    size: TrainingSize,
) -> ListwiseCalibration:
    with reference_without(premises, seed, parser, encoder) as retriever:
        queries = noisy_queries(premises, size.calibration_queries, seed)
        rankings = labelled_rankings(queries, parser, encoder, retriever, ranker)
    return fit_calibration(rankings.log_odds, rankings.query, rankings.right, rankings.traits, TRAITS)


def _held_out(
    premises: Sequence[Premises],
    models: tuple[AddressParser, Encoder, AdditiveRanker, ListwiseCalibration],
    seed: int,
    size: TrainingSize,
) -> tuple[Metric, ...]:
    parser, encoder, ranker, calibration = models
    with reference_without(premises, seed, parser, encoder) as retriever:
        policy = DecisionPolicy()
        threshold = calibration.threshold(policy.precision)
        assumed = calibration.with_prior(policy.absence_prior)
        pipeline = MatchPipeline(parser, encoder, retriever, ranker, assumed, threshold)
        return measure_held_out(premises, pipeline, queries=size.held_out_queries, seed=seed)

"""Trains every part of a bundle, on the synthetic country and on a user's own reference where there is one, and seals it."""

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from address_match.models.bundle import Metric, write_manifest
from address_match.models.bundle.bundle import ENCODER_PART, MODEL_CARD_PART, PARSER_PART
from address_match.models.devices import CPU
from address_match.models.encoder.open_encoder import AnyEncoder, open_encoder
from address_match.models.encoder.training.run_training import TrainingRun
from address_match.models.encoder.training.train_static import SCHEDULE, train_static
from address_match.models.synthesis.premises import Premises
from address_match.parser.address_parser import AddressParser
from address_match.parser.crf.training import train as train_parser
from address_match.service.evaluation.evaluation_query import EvaluationQuery
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
from address_match.service.training.data.parser_corpus import parser_corpus
from address_match.service.training.data.splits import split_country
from address_match.service.training.data.wider_corpus import wider_corpus
from address_match.service.training.ranking_training import Progress, RankingTraining
from address_match.service.training.size import SIZE_BESIDE_OWN, TrainingSize


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleTraining:
    """What a bundle is trained on, and what of it is taken in as it is."""

    name: str = "default"
    seed: int = 1
    size: TrainingSize | None = None
    """The tested one unless given."""
    own: Sequence[Premises] = ()
    """Of a user's reference."""
    labels: Sequence[EvaluationQuery] = ()
    """Addresses whose premises in that the user knows."""
    labelled: Sequence[Premises] = ()
    """Rows of it whose columns label each word, for the parser."""
    encoder: Path | None = None
    """Directory of an encoder of either family, which is adopted as it is instead of one trained here; it must not have learned from the
    streets of the other learners (`address_match.models.synthesis.splits`), as none does that `train_encoder` made.
    """
    parser: Path | None = None
    """File of a parser that is taken in as it is in the same way."""
    ranker: Path | None = None
    """Directory of a ranker that is taken in as it is, which was fitted with that encoder and that parser."""
    retrained_from: RetrainedFrom | None = None
    """The bundle that it all replaces."""
    device: str = CPU
    """On which a transformer encodes."""


def train_bundle(training: BundleTraining, out: Path, *, progress: Progress = print) -> None:
    """Train every part of a bundle that is not taken in, and seal it in `out`, which must not exist or be empty.

    The same settings give the same parts by the same code, on the same versions and one thread.
    Raises the errors of `address_match.models.errors`.
    """
    seed, own, labels = training.seed, training.own, training.labels
    size = training.size or (SIZE_BESIDE_OWN if own else TrainingSize())
    adopted = _adopted_encoder(training, out / ENCODER_PART)
    progress(f"making a country of {size.premises:,} premises")
    splits = split_country(seed, size).joined_by(own)
    reader = out / PARSER_PART
    if training.parser is None:
        progress("training the parser")
        parser = _trained_parser(splits.parser, training.labelled, reader, seed, size)
    else:
        parser = _adopted_parser(training.parser, reader)
    if adopted is None:
        progress("training the encoder")
        encoder, recall = _trained_encoder(splits.encoder, out / ENCODER_PART, seed, size)
    else:
        encoder, recall = adopted, ()
    learned = RankingTraining(parser, encoder, own, labels, size)
    held_out = learned.write(splits, out, seed, progress, adopted=training.ranker)
    progress("sealing the bundle")
    record = TrainingRecord(
        name=training.name,
        seed=seed,
        size=size,
        splits=splits,
        reference=learned_from(seed, splits),
        encoder_apart=training.encoder is not None,
        parser_apart=training.parser is not None,
        ranker_apart=training.ranker is not None,
        retrained_from=training.retrained_from,
        metrics=(*recall, *held_out),
        labels=learned_queries(labels),
    )
    (out / MODEL_CARD_PART).write_text(model_card(record), encoding="utf-8")
    write_manifest(
        out, describe(record, parser_fingerprint=parser.fingerprint, encoder_fingerprint=encoder.fingerprint)
    )


def _adopted_encoder(training: BundleTraining, out: Path) -> "AnyEncoder | None":
    return None if training.encoder is None else adopt_encoder(training.encoder, out, device=training.device)


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
    report = train_static(pairs, out, TrainingRun(seed, replace(SCHEDULE, steps=size.encoder_steps)))
    recall = Metric(
        "recall_at_1_of_encoder", report.recall_rounded, "pairs of streets that it did not learn from"
    )
    return open_encoder(out, device=CPU), (recall,)

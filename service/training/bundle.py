"""Trains every part of a bundle, on the synthetic country and on a user's own reference where there is one, and seals it."""

import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
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
    adopted = None if encoder is None else adopt_encoder(encoder, out / ENCODER_PART, device=device)
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
        in_use, recall = _trained_encoder(splits.encoder, out / ENCODER_PART, seed, size)
    else:
        in_use, recall = adopted, ()
    training = RankingTraining(in_words, in_use, own, labels, size)
    held_out = training.write(splits, out, seed, progress)
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
    (out / MODEL_CARD_PART).write_text(model_card(record), encoding="utf-8")
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
    report = train_static(pairs, out, TrainingRun(seed, replace(SCHEDULE, steps=size.encoder_steps)))
    recall = Metric(
        "recall_at_1_of_encoder", report.recall_rounded, "pairs of streets that it did not learn from"
    )
    return open_encoder(out, device=CPU), (recall,)

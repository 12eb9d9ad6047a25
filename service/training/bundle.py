"""Trains every part of a bundle on the made-up country and seals it."""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from zlib import crc32

from models.bundle import write_manifest
from models.calibration import fit_calibration
from models.encoder.static import StaticEncoder
from models.encoder.training import train_static
from models.ranker import fit_ranker
from models.synthesis.premises import Premises
from models.synthesis.training_texts import text_pairs, training_texts
from parser.address_parser import AddressParser
from parser.training import train as train_parser
from service.matching.comparison.features import FEATURES
from service.matching.traits import TRAITS
from service.training.card import describe, model_card
from service.training.country import noisy_queries, reference_without, share_out
from service.training.pairs import labelled_pairs, labelled_rankings
from service.training.size import TrainingSize

Progress = Callable[[str], None]


def train_bundle(
    out: Path, *, seed: int = 1, size: TrainingSize | None = None, progress: Progress = print
) -> None:
    """Write a sealed bundle into `out`, which must not exist or be empty."""
    size = size or TrainingSize()
    out.mkdir(parents=True, exist_ok=True)
    progress(f"making {size.premises:,} premises")
    streets = share_out(seed, size.premises)
    progress("training the parser")
    (out / "parser").mkdir(exist_ok=True)
    rng = random.Random(seed)
    texts = training_texts(_drawn(streets.encoder, size.parser_texts, rng), rng)
    train_parser(texts, out / "parser" / "model.crfsuite", seed=seed, max_iterations=size.parser_iterations)
    progress("training the encoder")
    _train_encoder(streets.encoder, out / "encoder", seed, size)
    parser = AddressParser.load(out / "parser" / "model.crfsuite")
    encoder = StaticEncoder.load(out / "encoder")
    progress("fitting the ranker")
    with reference_without(streets.ranker, seed + 1, parser, encoder) as retriever:
        queries = noisy_queries(streets.ranker, size.ranker_queries, seed + 1)
        pairs = labelled_pairs(queries, parser, encoder, retriever)
    ranker = fit_ranker(pairs.features, pairs.right, FEATURES, seed=seed)
    ranker.save(out / "ranker")
    progress("fitting the calibration")
    with reference_without(streets.calibration, seed + 2, parser, encoder) as retriever:
        queries = noisy_queries(streets.calibration, size.calibration_queries, seed + 2)
        rankings = labelled_rankings(queries, parser, encoder, retriever, ranker)
    calibration = fit_calibration(rankings.log_odds, rankings.query, rankings.right, rankings.traits, TRAITS)
    calibration.save(out / "calibration")
    progress("sealing the bundle")
    (out / "MODEL_CARD.md").write_text(model_card(seed, size), encoding="utf-8")
    write_manifest(out, describe(seed, size, streets, parser.fingerprint, encoder.fingerprint))


def _train_encoder(premises: Sequence[Premises], out: Path, seed: int, size: TrainingSize) -> None:
    rng = random.Random(seed)
    drawn = list(_drawn(premises, size.encoder_pairs, rng))
    pairs = list(text_pairs(drawn, rng))
    groups = [_street_key(place) for place in drawn]
    if size.encoder_steps:
        train_static(pairs, groups, out, seed=seed, steps=size.encoder_steps)
    else:
        train_static(pairs, groups, out, seed=seed)


def _street_key(place: Premises) -> int:
    return crc32("|".join((place.street or place.building, place.town)).encode())


def _drawn(premises: Sequence[Premises], count: int, rng: random.Random) -> Iterator[Premises]:
    """Draw premises that people write down, all of them once before any a second time."""
    written = [place for place in premises if place.kind not in ("street_record", "land")]
    while count > 0:
        rng.shuffle(written)
        yield from written[:count]
        count -= len(written)

"""What a freshly trained bundle says of itself, to machines (manifest) and to people (model card)."""

from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version

from models.bundle import BundleDescription, Metric, TrainingReference
from service.training.country import ABSENT_QUERIES, LEFT_OUT, StreetsOfLearners
from service.training.size import TrainingSize

INTENDED_USE = (
    "Matching free-text addresses of the United Kingdom, the Channel Islands and the Isle of Man against a reference of "
    "premises. Made without real addresses; a reference of one's own is indexed, not learned from."
)
LIMITS = (
    "Trained on a made-up country only: measure it on data of your own before you rely on its probabilities. They assume "
    f"that about {ABSENT_QUERIES:.0%} of the addresses are not in the reference. Other countries' addresses are not read."
)


def describe(
    seed: int,
    size: TrainingSize,
    streets: StreetsOfLearners,
    parser_fingerprint: str,
    encoder_fingerprint: str,
    metrics: tuple[Metric, ...],
) -> BundleDescription:
    """Describe a bundle trained on the made-up country of a seed."""
    digest = sha256()
    count = 0
    for share in (streets.reading, streets.ranker, streets.calibration):
        for place in share:
            digest.update(place.uprn.encode())
            count += 1
    release = version("address-match")
    return BundleDescription(
        name="default",
        version=release,
        code_version=release,
        seeds={"country": seed, "ranker_queries": seed + 1, "calibration_queries": seed + 2},
        reference=TrainingReference(f"made-up country, seed {seed}", digest.hexdigest(), count),
        hyper_parameters={"size": asdict(size), "left_out": LEFT_OUT, "absent_queries": ABSENT_QUERIES},
        metrics=metrics,
        intended_use=INTENDED_USE,
        limits=LIMITS,
        encoder_fingerprint=encoder_fingerprint,
        parser_fingerprint=parser_fingerprint,
    )


def model_card(seed: int, size: TrainingSize) -> str:
    """Write the card of a bundle trained on the made-up country of a seed."""
    return f"""# Model card: default bundle

**What it is.** A parser (conditional random field), a static n-gram encoder, an additive ranker and a calibration, learned
together by `address-match train`.

**Trained on.** A made-up country (seed {seed}, {size.premises:,} premises; `models/synthesis`), no real address. Streets are
shared out by a hash: parser and encoder see folds 0-3, the ranker 4-5, the calibration 6-7; 8-9 are for evaluation. The noise
classes marked `reserved` are never used in training. {LEFT_OUT:.0%} of the premises are left out of the references that ranker
and calibration learn against, and {ABSENT_QUERIES:.0%} of their queries ask for one of those.

**How much.** {size.parser_texts:,} texts for the parser, {size.encoder_pairs:,} pairs for the encoder,
{size.ranker_queries:,} queries for the ranker, {size.calibration_queries:,} for the calibration.

**Intended use.** {INTENDED_USE}

**Limits.** {LIMITS}

**Measured.** `benchmarks/` of the repository, with the programs that make the figures.
"""

"""What a freshly trained bundle says of itself, to machines (manifest) and to people (model card)."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version

from address_match.models.bundle import BundleDescription, Metric, TrainingReference
from address_match.models.calibration import DEFAULT_PRIOR
from address_match.models.synthesis.look_alikes import BESIDE, STREETS_AGAIN
from address_match.models.synthesis.noise.noise_class import NoiseClass
from address_match.models.synthesis.noise.table import RESERVED_NOISE, TRAINING_NOISE
from address_match.models.synthesis.splits import (
    CALIBRATION_SPLITS,
    ENCODER_SPLITS,
    EVALUATION_SPLITS,
    RANKER_SPLITS,
    SPLITS,
)
from address_match.parser.labelled_text import render
from address_match.service.training.data.calibration_tasks import ABSENT, GAPS
from address_match.service.training.data.held_out_reference import LEFT_OUT
from address_match.service.training.data.queries import (
    ABSENT_QUERIES,
    NAMED_BY_A_NEIGHBOUR,
    NAMESAKES,
    ORGANISATIONS,
    RANGES,
    STANDING_TWICE,
)
from address_match.service.training.data.reference_dropout import NUMBERED, ONE_TEXT, UNSAID
from address_match.service.training.data.splits import StreetsOfLearners
from address_match.service.training.provenance import code_version, libraries
from address_match.service.training.size import TrainingSize

INTENDED_USE = "Matching free-text addresses of the United Kingdom, the Channel Islands and the Isle of Man against a reference of premises."
SYNTHETIC_ONLY = "Made without real addresses; a reference of one's own is indexed, not learned from."
OWN_TOO = (
    "Made for the reference that it learned from beside made-up addresses; its words can be told from the weights, so give the "
    "bundle to nobody who may not see the reference."
)
ENCODER_APART = f"""
The encoder was trained apart and taken in as it was; its fingerprint stands in `manifest.json`. The figures below hold if it
learned from streets of the folds {", ".join(map(str, sorted(ENCODER_SPLITS)))} alone, as every encoder of `address-match train encoder` has.
"""
LIMITS = (
    "The figures are of made-up addresses: measure it on data of your own before you rely on its probabilities. They assume "
    f"that {DEFAULT_PRIOR:.0%} of the addresses are not in the reference unless another share is named. Other countries' "
    "addresses are not read."
)


def describe(
    seed: int,
    size: TrainingSize,
    streets: StreetsOfLearners,
    parser_fingerprint: str,
    encoder_fingerprint: str,
    metrics: tuple[Metric, ...],
    *,
    name: str = "default",
    encoder_apart: bool = False,
) -> BundleDescription:
    """Describe a bundle trained on the synthetic country of a seed; `encoder_apart` says that its encoder was taken in as it was."""
    return BundleDescription(
        name=name,
        version=version("address-match"),
        code_version=code_version(),
        seeds=_seeds(seed),
        reference=_reference(seed, streets),
        hyper_parameters={
            "size": asdict(size),
            "left_out": LEFT_OUT,
            "absent_queries": ABSENT_QUERIES,
            "encoder_trained_apart": encoder_apart,
        },
        metrics=metrics,
        intended_use=_use(streets),
        limits=LIMITS,
        encoder_fingerprint=encoder_fingerprint,
        parser_fingerprint=parser_fingerprint,
        libraries=libraries(),
    )


def model_card(
    seed: int,
    size: TrainingSize,
    streets: StreetsOfLearners,
    metrics: Sequence[Metric],
    *,
    name: str = "default",
    encoder_apart: bool = False,
) -> str:
    """Write the card of a bundle as `describe` describes it; the same training gives the same card."""
    reference = _reference(seed, streets)
    return f"""# Model card: {name}

A parser (conditional random field), an encoder of texts, a ranker and a calibration, learned together by `address-match train`
of release {version("address-match")}. `manifest.json` beside this card has the hash of every file, the versions of the code and of the
libraries, and the same figures for machines.

## Use

{_use(streets)}

## Limits

{LIMITS}

- Damage that real people do to addresses is not distributed as it is in the synthetic country.
- Intervals take the queries for independent; queries about one street are not quite, so the true ones are a little wider.
- The shares of damage and of absent addresses in training are choices, not estimates of any real file.

## Data

{reference.description}: {reference.size:,} premises, their texts have the SHA-256 `{reference.sha256}`.{"" if streets.own else " No real address."}

Streets are shared out by a hash of street and town into {SPLITS} splits, so that no part learns from what another has seen:

{_table(("who", "folds", "premises", "learns from"), _shares(size, streets, encoder_apart=encoder_apart))}
{ENCODER_APART if encoder_apart else ""}
Ranker and calibration learn in whole towns. The reference that the ranker learns against lacks {LEFT_OUT:.0%} of the premises, whose neighbours stay; {ABSENT_QUERIES:.0%} of
the queries ask for one of those. The calibration learns against references that lack {_gaps()}; {ABSENT:.0%} of its
queries ask for absent premises, and are weighed for every prior. Of the premises with several texts they hold {ONE_TEXT:.0%} under one alone, and {UNSAID:.0%} each lack
the postcode, the town, the locality, the county or the street (where it is numbered, {NUMBERED:.0%} of that). {NAMESAKES:.0%} of the queries name, without a postcode, a street that
stands in several towns. For the ranker, and in one reference of the calibration, {STREETS_AGAIN:.0%} of the streets stand once more in another village, and a place is named by the number of {BESIDE:.0%} of the houses.
Of the ranker's queries {STANDING_TWICE:.0%} more ask for streets that stand twice, {NAMED_BY_A_NEIGHBOUR:.0%} for places named by a neighbour, {RANGES:.0%} for ranges of
numbers, {ORGANISATIONS:.0%} for organisations.

Damage that the queries are trained with, besides texts as registered and as a person writes them: {_names(TRAINING_NOISE)}.

**Reserved**, that is never trained on, so that the figures tell skill from memory: {_names(RESERVED_NOISE)}.

## Figures

Measured when the bundle was made, every search full, the probability that the bundle gives by itself.

{_table(("figure", "value", "95 % interval", "of", "data"), (_figure(metric) for metric in metrics))}

The programs in `benchmarks/` of the repository measure another synthetic country, and files of your own.

## Made again

Seeds: {", ".join(f"{part} {number}" for part, number in _seeds(seed).items())}. With the same code, the same versions of the
libraries and one thread (`OMP_NUM_THREADS=1`) the same files come out; `make bundle` makes the one that is shipped.
"""


def _gaps() -> str:
    return ", ".join(
        f"{gaps.premises:.0%}" + (f" and {gaps.towns:.0%} of the towns" if gaps.towns else "")
        for gaps in GAPS
    )


def _use(streets: StreetsOfLearners) -> str:
    return f"{INTENDED_USE} {OWN_TOO if streets.own else SYNTHETIC_ONLY}"


def _seeds(seed: int) -> dict[str, int]:
    return {
        "country": seed,
        "ranker_queries": seed + 1,
        "calibration_queries": seed + 2,
        "held_out": seed + 3,
    }


def _reference(seed: int, streets: StreetsOfLearners) -> TrainingReference:
    """Name the premises that were learned from, by their identifiers and texts."""
    digest = sha256()
    learned = (*streets.reading, *streets.ranker, *streets.towns)
    for place in learned:
        texts = (render(text.pieces).text for text in place.texts)
        digest.update("\t".join((place.uprn, place.postcode, *texts, "\n")).encode())
    own = f", and a reference of {streets.own:,} premises" if streets.own else ""
    return TrainingReference(f"synthetic country, seed {seed}{own}", digest.hexdigest(), len(learned))


def _shares(
    size: TrainingSize, streets: StreetsOfLearners, *, encoder_apart: bool
) -> list[tuple[str, str, str, str]]:
    pairs = "" if encoder_apart else f", {size.encoder_pairs:,} pairs of texts"
    rows = (
        (
            "parser" if encoder_apart else "parser, encoder",
            ENCODER_SPLITS,
            streets.synthetic_reading if encoder_apart else streets.reading,
            f"{size.parser_texts:,} texts{pairs}",
        ),
        ("ranker", RANKER_SPLITS, streets.ranker, f"{size.ranker_queries:,} queries"),
        ("calibration", CALIBRATION_SPLITS, streets.calibration, f"{size.calibration_queries:,} queries"),
        (
            "nobody: the figures below",
            EVALUATION_SPLITS,
            streets.evaluation,
            f"{size.held_out_queries:,} queries",
        ),
    )
    return [
        (who, ", ".join(map(str, sorted(splits))), f"{len(premises):,}", what)
        for who, splits, premises, what in rows
    ]


def _figure(metric: Metric) -> tuple[str, ...]:
    interval = "" if metric.low is None or metric.high is None else f"{metric.low:.4f} to {metric.high:.4f}"
    sample = "" if metric.sample is None else f"{metric.sample:,}"
    return metric.name, f"{metric.value:.4f}", interval, sample, metric.data


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (heads, ["---"] * len(heads), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _names(classes: Iterable[NoiseClass]) -> str:
    return ", ".join(noise.name.replace("_", " ") for noise in classes)

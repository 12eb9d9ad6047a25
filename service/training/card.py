"""What a freshly trained bundle says of itself, to machines (manifest) and to people (model card)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version

from address_match.models.bundle import BundleDescription, Metric, TrainingReference
from address_match.models.calibration import DEFAULT_PRIOR
from address_match.models.synthesis.look_alikes import BESIDE, STREETS_AGAIN
from address_match.models.synthesis.near_misses import NEAR_MISSES_LAID, RESERVED_KINDS, TRAINED_KINDS
from address_match.models.synthesis.noise.table import RESERVED_NOISE, TRAINING_NOISE
from address_match.models.synthesis.splits import (
    CALIBRATION_SPLITS,
    ENCODER_SPLITS,
    EVALUATION_SPLITS,
    RANKER_SPLITS,
    SPLITS,
)
from address_match.parser.labelled_text import render
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.lifecycle.labels.label_set import TrueAddress, labels_sha256
from address_match.service.templates import open_template
from address_match.service.training.data.held_out_reference import (
    FIELD_DROPOUT,
    HELD_OUT,
    NUMBERED_WITHOUT_STREET,
    ONE_TEXT,
)
from address_match.service.training.data.queries import (
    ABSENT_QUERIES,
    NAMED_BY_A_NEIGHBOUR,
    NAMESAKES,
    NEAR_MISSES,
    NO_ADDRESSES,
    OF_THEIR_OWN,
    ORGANISATIONS,
    PARTS_TOLD,
    PARTS_UNTOLD,
    RANGES,
    STANDING_TWICE,
)
from address_match.service.training.data.splits import LearnerSplits
from address_match.service.training.data.tasks import CALIBRATION_ABSENT_QUERIES, CALIBRATION_HELD_OUT
from address_match.service.training.provenance import code_version, libraries
from address_match.service.training.size import TrainingSize

INTENDED_USE = "Matching free-text addresses of the United Kingdom, the Channel Islands and the Isle of Man against a reference of premises."
SYNTHETIC_ONLY = "Made without real addresses; a reference of one's own is indexed, not learned from."
OWN_TOO = (
    "Made for the reference that it learned from beside made-up addresses; its words can be told from the weights, so give the "
    "bundle to nobody who may not see the reference."
)
LIMITS = (
    "The figures are of made-up addresses: measure it on data of your own before you rely on its probabilities. They assume "
    f"that {DEFAULT_PRIOR:.0%} of the addresses are not in the reference unless another share is named. Other countries' "
    "addresses are not read."
)


@dataclass(frozen=True, slots=True)
class LearnedQueries:
    """Labelled addresses that a training learned from."""

    count: int
    sha256: str
    """Of the addresses and the UPRNs that are right."""


@dataclass(frozen=True, slots=True)
class RetrainedFrom:
    """What a retraining on a reference takes the place of."""

    scope: str
    """What was learned anew, in the words of `Scope`; ranker and calibration always follow."""
    base: str
    """Name and release of the bundle before."""
    base_fingerprint: str
    labels_last: str = ""
    """When the last of the labels was taken in, UTC; empty where their file does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRecord:
    """What a bundle was trained with, and how it fared."""

    name: str = "default"
    """That of the bundle."""
    seed: int
    """Of the synthetic country; what else is drawn has the seeds that follow it."""
    size: TrainingSize
    splits: LearnerSplits
    reference: TrainingReference
    """The premises of the splits, by name; see `learned_from`."""
    encoder_apart: bool = False
    """Whether the encoder was trained apart and taken in as it was."""
    parser_apart: bool = False
    """Whether the parser was."""
    ranker_apart: bool = False
    """Whether the ranker was."""
    retrained_from: RetrainedFrom | None = None
    """The bundle that it takes the place of; None where it was trained from nothing."""
    metrics: tuple[Metric, ...] = ()
    labels: LearnedQueries | None = None
    """The labelled addresses that were learned from beside; None where there were none."""


def learned_queries(labels: Sequence[EvaluationQuery]) -> LearnedQueries | None:
    """Name labelled addresses, whatever their order; None of none."""
    known = [TrueAddress(one.address, "|".join(sorted(one.accepted)), 1.0) for one in labels]
    return LearnedQueries(len(known), labels_sha256(known)) if known else None


def learned_from(seed: int, splits: LearnerSplits) -> TrainingReference:
    """Name the premises that were learned from, by their identifiers and texts; `seed` is that of the synthetic
    country.
    """
    digest = sha256()
    learned = (*splits.encoder, *splits.ranker, *splits.towns)
    for place in learned:
        texts = (render(text.pieces).text for text in place.texts)
        digest.update("\t".join((place.uprn, place.postcode, *texts, "\n")).encode())
    own = f", and a reference of {splits.own_premises:,} premises" if splits.own_premises else ""
    return TrainingReference(f"made-up country, seed {seed}{own}", digest.hexdigest(), len(learned))


def describe(
    training: TrainingRecord, *, parser_fingerprint: str, encoder_fingerprint: str
) -> BundleDescription:
    """Describe a trained bundle for its manifest."""
    return BundleDescription(
        name=training.name,
        version=version("address-match"),
        code_version=code_version(),
        seeds=_seeds(training.seed),
        reference=training.reference,
        hyper_parameters={
            "size": asdict(training.size),
            "left_out": HELD_OUT,
            "absent_queries": ABSENT_QUERIES,
            "encoder_trained_apart": training.encoder_apart,
            **({"parser_trained_apart": True} if training.parser_apart else {}),
            **({"ranker_trained_apart": True} if training.ranker_apart else {}),
            **({"labels": asdict(training.labels)} if training.labels else {}),
            **({"retrained": asdict(training.retrained_from)} if training.retrained_from else {}),
        },
        metrics=training.metrics,
        intended_use=_use(training.splits),
        limits=LIMITS,
        encoder_fingerprint=encoder_fingerprint,
        parser_fingerprint=parser_fingerprint,
        libraries=libraries(),
    )


def model_card(training: TrainingRecord) -> str:
    """Write the card of a bundle for people; the same training gives the same card."""
    return open_template(__package__, "model_card.md").render(
        training=training,
        release=version("address-match"),
        use=_use(training.splits),
        limits=LIMITS,
        split_count=SPLITS,
        encoder_splits=ENCODER_SPLITS,
        learners=_learners(training),
        calibration_held_out=CALIBRATION_HELD_OUT,
        shares={
            "held_out": HELD_OUT,
            "absent_queries": ABSENT_QUERIES,
            "calibration_absent_queries": CALIBRATION_ABSENT_QUERIES,
            "one_text": ONE_TEXT,
            "field_dropout": FIELD_DROPOUT,
            "numbered_without_street": NUMBERED_WITHOUT_STREET,
            "namesakes": NAMESAKES,
            "streets_again": STREETS_AGAIN,
            "beside": BESIDE,
            "standing_twice": STANDING_TWICE,
            "named_by_a_neighbour": NAMED_BY_A_NEIGHBOUR,
            "ranges": RANGES,
            "organisations": ORGANISATIONS,
            "near_misses_laid": NEAR_MISSES_LAID,
            "near_misses": NEAR_MISSES,
            "parts": PARTS_TOLD + PARTS_UNTOLD,
            "of_their_own": OF_THEIR_OWN,
            "no_addresses": NO_ADDRESSES,
        },
        trained_kinds=list(TRAINED_KINDS),
        reserved_kinds=list(RESERVED_KINDS),
        training_noise=TRAINING_NOISE,
        reserved_noise=RESERVED_NOISE,
        seeds=_seeds(training.seed),
    )


def _use(splits: LearnerSplits) -> str:
    return f"{INTENDED_USE} {OWN_TOO if splits.own_premises else SYNTHETIC_ONLY}"


def _seeds(seed: int) -> dict[str, int]:
    return {
        "country": seed,
        "ranker_queries": seed + 1,
        "calibration_queries": seed + 2,
        "held_out": seed + 3,
    }


@dataclass(frozen=True, slots=True)
class _Learner:
    """What a part of the bundle learned from: a row of the card's table."""

    name: str
    split_numbers: frozenset[int]
    premises: int
    material: str


def _learners(training: TrainingRecord) -> list[_Learner]:
    size, splits = training.size, training.splits
    texts, pairs = (
        f"{size.parser_texts:,} texts and {size.wider_texts:,} wider ones",
        f"{size.encoder_pairs:,} pairs of texts",
    )
    read_here = {"parser": (texts, training.parser_apart), "encoder": (pairs, training.encoder_apart)}
    material = {name: what for name, (what, apart) in read_here.items() if not apart}
    seen = splits.parser if training.encoder_apart else splits.encoder
    readers = [_Learner(", ".join(material), ENCODER_SPLITS, len(seen), ", ".join(material.values()))]
    ranker = _Learner("ranker", RANKER_SPLITS, len(splits.ranker), f"{size.ranker_queries:,} queries")
    return [
        *(readers if material else []),
        *([] if training.ranker_apart else [ranker]),
        _Learner(
            "calibration",
            CALIBRATION_SPLITS,
            len(splits.calibration),
            f"{size.calibration_queries:,} queries",
        ),
        _Learner(
            "nobody: the figures below",
            EVALUATION_SPLITS,
            len(splits.evaluation),
            f"{size.held_out_queries:,} queries",
        ),
    ]

"""Learns ranker, parser, encoder or all of a bundle anew on a reference, with labels beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from address_match.models.bundle import Bundle
from address_match.models.devices import CPU
from address_match.models.encoder.open_encoder import is_static
from address_match.models.synthesis.premises import Premises
from address_match.service.errors import UsageError
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.lifecycle.labels.true_addresses import LearnedLabels
from address_match.service.lifecycle.model_runs.scope import KEEPS_ENCODER, KEEPS_PARSER, Scope
from address_match.service.training.bundle import BundleTraining, train_bundle
from address_match.service.training.card import RetrainedFrom
from address_match.service.training.size import SIZE_BESIDE_OWN, TrainingSize


@dataclass(frozen=True, slots=True)
class ReferenceRetraining:
    """What is learned anew, and from what."""

    scope: Scope
    """One of those that labels alone are not enough for."""
    base: Bundle
    labels: LearnedLabels
    """Their weights are not used."""
    own: Sequence[Premises]
    """Premises of the reference that the labels name."""
    labelled: Sequence[Premises]
    """Rows of it whose columns label each word."""
    seed: int


def refuse_other_encoder(scope: Scope, base: Bundle) -> None:
    """Raise UsageError where a scope would put a static encoder in place of a transformer."""
    if scope not in KEEPS_ENCODER and not is_static(base.encoder_path):
        raise UsageError(
            f"the encoder of {base.name} is a transformer, which is trained apart: address-match train encoder REFERENCE --family transformer "
            "--out ENCODER, then address-match train bundle REFERENCE --labels LABELS.csv --encoder ENCODER --out DIR"
        )


def retrain_on_reference(
    asked: ReferenceRetraining,
    out: Path,
    *,
    size: TrainingSize = SIZE_BESIDE_OWN,
    device: str = CPU,
    progress: Callable[[str], None] = print,
) -> None:
    """Write a sealed bundle into `out`, which must not exist; what the scope keeps is that of the base, byte for byte.

    Ranker and calibration are fitted anew in every scope, since they rest on the others. Raises as `train_bundle` does.
    """
    base = asked.base
    training = BundleTraining(
        name=out.name,
        seed=asked.seed,
        size=size,
        own=asked.own,
        labels=[
            EvaluationQuery(one.address, frozenset((one.uprn,)) if one.uprn else frozenset())
            for one in asked.labels.addresses
        ],
        labelled=asked.labelled,
        encoder=base.encoder_path if asked.scope in KEEPS_ENCODER else None,
        parser=base.parser_path if asked.scope in KEEPS_PARSER else None,
        retrained_from=RetrainedFrom(
            asked.scope.value, f"{base.name} {base.version}", base.fingerprint, asked.labels.last
        ),
        device=device,
    )
    train_bundle(training, out, progress=progress)

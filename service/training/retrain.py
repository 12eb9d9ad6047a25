"""Learns a part of a bundle anew from labels, and seals a bundle that is otherwise the one before."""

import hashlib
import json
import shutil
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from address_match.indexer.manifest import IndexManifest
from address_match.models.bundle import Bundle, BundleDescription, write_manifest
from address_match.models.bundle.bundle import CALIBRATION_PART, MODEL_CARD_PART, REFERENCE_FACTS_PART
from address_match.models.calibration import ListwiseCalibration
from address_match.models.calibration.refit import (
    Recalibration,
    WeighedRankings,
    fit_recalibration,
    recalibrated,
    with_thresholds,
)
from address_match.service.lifecycle.labels.true_addresses import LearnedLabels
from address_match.service.lifecycle.model_runs.scope import Scope
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.opening.found_index import find_index
from address_match.service.templates import open_template
from address_match.service.training.label_figures import LabelFigures, Learner, cross_fitted, figures_of
from address_match.service.training.provenance import code_version, libraries
from address_match.service.training.step_receipt import StepClock, StepReceipt, made_of
from address_match.service.training.weighed_labels import weighed_labels
from address_match.service.wiring import open_pipeline

AS_IT_IS = Recalibration(slope=1.0, shift=0.0)
_NOT_OF_THE_CALIBRATION = ("recall_at_1_of_encoder", "best candidate right, of the present")
"""Figures of a bundle that stay true when its calibration changes."""


@dataclass(frozen=True, slots=True)
class Retraining:
    """What is learned anew, and from what."""

    scope: Scope
    """One of those that labels alone are enough for."""
    base: Bundle
    labels: LearnedLabels
    index: Path
    """That the labelled addresses are looked for in; of the base's parser and encoder."""
    policy: DecisionPolicy
    """By which the answers are given: at its prior of absence the probabilities will be right."""
    seed: int
    """Of the folds on which the figures are measured; what is learned does not depend on it."""


@dataclass(frozen=True, slots=True)
class Retrained:
    """The new bundle, and what the labels say of it."""

    bundle: Bundle
    learned: Recalibration
    before: LabelFigures
    after: LabelFigures
    """Each answer by what was learned from the others."""
    index_sha256: str

    @property
    def is_better(self) -> bool:
        """Whether the labels show that the probabilities are better than before."""
        return self.after.log_loss < self.before.log_loss


def retrain(asked: Retraining, out: Path) -> Retrained:
    """Write a sealed bundle into `out`, which must not exist; the same labels, base, index and code give the same
    parts.

    Raises the errors of `address_match.service.wiring.open_pipeline`.
    """
    precision = asked.policy.precision
    found = find_index(asked.index)
    with closing(open_pipeline(found, asked.base.path, policy=asked.policy)) as pipeline:
        base = pipeline.calibration
        rankings = weighed_labels(asked.labels.addresses, pipeline)
    learned = fit_recalibration(base, rankings)
    before = figures_of(base, rankings, precision)
    after = cross_fitted(_learner(asked.scope, base), rankings, precision, asked.seed)
    _copy_parts(asked.base, out)
    _learner(asked.scope, base)(rankings).save(out / CALIBRATION_PART)
    index_sha256 = _sha256_of(found.manifest)
    description = _described(asked, out.name, learned, (before, after), index_sha256)
    (out / MODEL_CARD_PART).write_text(_card(asked, description, learned, (before, after)), encoding="utf-8")
    return Retrained(write_manifest(out, description), learned, before, after, index_sha256)


def receipt_of_retraining(clock: StepClock, asked: Retraining, found: Retrained) -> StepReceipt:
    """Make the receipt of a retraining from labels, which ends now."""
    inputs = {
        "scope": asked.scope.value,
        "base_fingerprint": asked.base.fingerprint,
        "labels_sha256": asked.labels.sha256,
        "labels": len(asked.labels.addresses),
        "labels_last": asked.labels.last,
        "index_sha256": found.index_sha256,
        "absence_prior": asked.policy.absence_prior,
    }
    outputs = {
        **made_of(found.bundle),
        "slope": found.learned.slope,
        "shift": found.learned.shift,
        "before": asdict(found.before),
        "after": asdict(found.after),
        "better_by_the_labels": found.is_better,
    }
    return clock.receipt("retrain", inputs=inputs, outputs=outputs, seed=asked.seed)


def _learner(scope: Scope, base: ListwiseCalibration) -> Learner:
    """Return what makes a calibration out of labels."""

    def learn(found: WeighedRankings) -> ListwiseCalibration:
        by = fit_recalibration(base, found)
        if scope is Scope.THRESHOLD:
            return with_thresholds(base, found, by)
        return with_thresholds(recalibrated(base, by), found, AS_IT_IS)

    return learn


def _copy_parts(base: Bundle, out: Path) -> None:
    """Copy what is not learned anew, and not the facts of answers that had other probabilities."""
    replaced = (MODEL_CARD_PART, REFERENCE_FACTS_PART)
    for part in base.manifest.parts:
        if part.path not in replaced and not part.path.startswith(f"{CALIBRATION_PART}/"):
            target = out / part.path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(base.path / part.path, target)


def _sha256_of(manifest: IndexManifest) -> str:
    """Name an index by what its files hold."""
    files = {name: [one.bytes, *one.blocks] for name, one in manifest.files.items()}
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _described(
    asked: Retraining,
    name: str,
    learned: Recalibration,
    figures: tuple[LabelFigures, LabelFigures],
    index_sha256: str,
) -> BundleDescription:
    base, labels = asked.base.manifest.description, asked.labels
    count = len(labels.addresses)
    retrained = {
        "scope": asked.scope.value,
        "base": f"{base.name} {base.version}",
        "base_fingerprint": asked.base.fingerprint,
        "labels": count,
        "labels_sha256": labels.sha256,
        "labels_last": labels.last,
        "labels_absent": sum(not one.uprn for one in labels.addresses),
        "index_sha256": index_sha256,
        "absence_prior": asked.policy.absence_prior,
        "slope": learned.slope,
        "shift": learned.shift,
    }
    before, after = figures
    return replace(
        base,
        name=name,
        code_version=code_version(),
        seeds={**base.seeds, "retraining": asked.seed},
        hyper_parameters={**base.hyper_parameters, "retrained": retrained},
        metrics=(
            *(metric for metric in base.metrics if metric.name in _NOT_OF_THE_CALIBRATION),
            *before.metrics(f"{count:,} labels by their weights, the bundle before", count),
            *after.metrics(f"{count:,} labels by their weights, each by what the others teach", count),
        ),
        libraries=libraries(),
    )


def _card(
    asked: Retraining,
    description: BundleDescription,
    learned: Recalibration,
    figures: tuple[LabelFigures, LabelFigures],
) -> str:
    """Write the card: what was learned anew, and beneath it the card of the bundle before."""
    return open_template(__package__, "retrained_card.md").render(
        description=description,
        retrained=description.hyper_parameters["retrained"],
        base=asked.base,
        learned=learned,
        before=figures[0],
        after=figures[1],
        seed=asked.seed,
        only_thresholds=asked.scope is Scope.THRESHOLD,
        base_card=asked.base.model_card_path.read_text(encoding="utf-8"),
    )

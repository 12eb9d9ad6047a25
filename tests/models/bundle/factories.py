"""A small bundle whose parts are no models: each holds its own path, as JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from address_match.models.bundle import Bundle, BundleDescription, Metric, TrainingReference, write_manifest

DESCRIPTION = BundleDescription(
    name="small",
    version="1",
    code_version="0.1.0",
    seeds={"encoder": 7},
    reference=TrainingReference("synthetic world, seed 7", "ab" * 32, 1000),
    hyper_parameters={"encoder": {"steps": 3}},
    metrics=(Metric("recall@10", 0.5, "synthetic world, seed 8"),),
    intended_use="Tests.",
    limits="Knows nothing.",
    encoder_fingerprint="e1",
    parser_fingerprint="p1",
)
MOMENT = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)


def unsealed(directory: Path) -> Path:
    for part in ("parser/model.crfsuite", "encoder/config.json", "ranker/trees.json", "calibration/map.json"):
        (directory / part).parent.mkdir(parents=True, exist_ok=True)
        (directory / part).write_text(json.dumps(part))
    (directory / "MODEL_CARD.md").write_text("# small\n")
    return directory


def small_bundle(directory: Path, *, ranker: str = "trees", name: str = "small") -> Bundle:
    """Seal a small bundle; another `ranker` makes it another one."""
    unsealed(directory)
    (directory / "ranker/trees.json").write_text(json.dumps(ranker))
    return write_manifest(directory, replace(DESCRIPTION, name=name), created=MOMENT)

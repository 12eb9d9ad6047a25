"""A step leaves what went in and what came out."""

import json
from pathlib import Path

from address_match.models.bundle import load_bundle
from address_match.service.training.step_receipt import StepClock, receipt_beside, receipt_of_training


def test_the_receipt_of_a_training_names_data_seed_and_every_part(tmp_path: Path) -> None:
    bundle = load_bundle()
    path = receipt_beside(tmp_path / "bundle")
    receipt_of_training(StepClock(), bundle).write(path)
    assert path == tmp_path / "bundle.receipt.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found["step"], found["seed"]) == ("train", 1)
    assert found["inputs"]["reference_sha256"] == bundle.manifest.description.reference.sha256
    assert found["outputs"]["fingerprint"] == bundle.fingerprint
    assert found["outputs"]["parts"].keys() == {part.path for part in bundle.manifest.parts}
    assert found["code_version"].startswith("0.1.0+src.")
    assert found["cpu_seconds"] >= 0

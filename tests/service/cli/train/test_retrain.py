"""A bundle is learned anew from labels, in the scope that somebody decided."""

import json
from pathlib import Path

import pytest

from address_match.models.bundle import load_bundle
from address_match.models.bundle.compare import differing_parts
from address_match.models.calibration import ListwiseCalibration
from address_match.service.cli.program.entry import main
from address_match.service.wiring import open_pipeline

HELD = {
    "1 thornbeck row marlow fold ze1 4qt": "100",
    "2 Thornbeck Row, Marlow Fold": "0200",
    "14a thornbeck row, ze1 4qt": "300",
    "flat 3 osier court quern street": "400",
    "querstone farm, nether lane, ostwick": "500",
}


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """Sixty labelled addresses, of which every other one is not in the reference."""
    held = [f'"{address}",{uprn},2' for address, uprn in HELD.items()] * 6
    absent = [f'"{number} unheard of street, nowhere",,3.5' for number in range(30)]
    path = tmp_path / "labels.csv"
    path.write_text("\n".join(["address,uprn,label_weight", *held, *absent, ""]))
    return path


def retrain(labels: Path, index: Path, out: str = "new", *options: str, scope: str = "calibration") -> int:
    words = ["--scope", scope, "--labels", labels, "--index", index, "--out", labels.parent / out, *options]
    return main(["retrain", *map(str, words)])


def test_all_but_the_calibration_is_that_of_the_base(labels: Path, index: Path) -> None:
    assert retrain(labels, index) == 0
    new, base = load_bundle(labels.parent / "new"), load_bundle()
    learned = ["MODEL_CARD.md", "calibration/calibration.json"]
    assert differing_parts(base, new) == [*learned, "reference_facts.parquet"]
    open_pipeline(index, new.path).close()


def test_manifest_and_card_say_what_it_was_learned_from(labels: Path, index: Path) -> None:
    retrain(labels, index)
    new = load_bundle(labels.parent / "new")
    said = new.manifest.description.hyper_parameters["retrained"]
    assert (said["scope"], said["labels"], said["labels_absent"]) == ("calibration", 60, 30)
    assert said["base_fingerprint"] == load_bundle().fingerprint
    assert new.manifest.description.seeds["retraining"] == 1
    card = new.model_card_path.read_text(encoding="utf-8")
    assert said["labels_sha256"] in card
    assert "# Model card: default" in card


def test_the_same_labels_give_the_same_hashes_in_any_order(labels: Path, index: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    header, *rows = labels.read_text().splitlines()
    (again / "labels.csv").write_text("\n".join([header, *reversed(rows), ""]))
    retrain(labels, index)
    retrain(again / "labels.csv", index)
    assert load_bundle(tmp_path / "new").manifest.parts == load_bundle(again / "new").manifest.parts


def test_the_threshold_alone_leaves_the_probabilities(labels: Path, index: Path) -> None:
    retrain(labels, index, scope="threshold")
    new = ListwiseCalibration.load(load_bundle(labels.parent / "new").calibration_path)
    base = ListwiseCalibration.load(load_bundle().calibration_path)
    assert [one.worth for one in new.corrections] == [one.worth for one in base.corrections]
    assert [one.thresholds for one in new.corrections] != [one.thresholds for one in base.corrections]


def test_the_receipt_names_what_went_in_and_what_came_out(labels: Path, index: Path) -> None:
    retrain(labels, index)
    receipt = json.loads((labels.parent / "new.receipt.json").read_text(encoding="utf-8"))
    new = load_bundle(labels.parent / "new")
    assert receipt["step"] == "retrain"
    assert receipt["outputs"]["fingerprint"] == new.fingerprint
    assert receipt["outputs"]["parts"]["MODEL_CARD.md"] == new.manifest.parts[0].sha256
    assert receipt["inputs"]["labels"] == 60
    assert "thornbeck" not in json.dumps(receipt).lower()


@pytest.mark.parametrize("scope", ["ranker", "parser", "encoder", "all"])
def test_what_labels_are_not_enough_for_needs_a_reference(
    labels: Path, index: Path, capsys: pytest.CaptureFixture[str], scope: str
) -> None:
    assert retrain(labels, index, scope=scope) == 2
    assert f"the scope {scope} needs --reference" in capsys.readouterr().err


def test_the_calibration_needs_an_index(labels: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--scope", "calibration", "--labels", str(labels), "--out", str(labels.parent / "new")]
    assert main(["retrain", *words]) == 2
    assert "the scope calibration needs --index" in capsys.readouterr().err


def test_too_few_labels_are_refused(labels: Path, index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels.write_text("\n".join([*labels.read_text().splitlines()[:11], ""]))
    assert retrain(labels, index) == 2
    assert "10 labels are too few" in capsys.readouterr().err
    assert not (labels.parent / "new").exists()


def test_a_bundle_that_stands_is_replaced_by_force_alone(
    labels: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert retrain(labels, index) == 0
    assert retrain(labels, index) == 2
    assert "--force to replace it" in capsys.readouterr().err
    assert retrain(labels, index, "new", "--force") == 0

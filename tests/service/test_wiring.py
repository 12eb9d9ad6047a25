import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from address_match.models.bundle import load_bundle, write_manifest
from address_match.models.errors import BundleError, PrecisionError
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.wiring import build, open_pipeline


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "reference.csv").write_text('uprn,address\n1,"1 FELLGATE LANE, OSTWICK"\n')
    build(tmp_path / "reference.csv", tmp_path / "index")
    return tmp_path / "index"


def _altered(folder: Path, part: str, change: Callable[[dict[str, Any]], object]) -> Path:
    """Copy the shipped bundle, change one of its JSON files, and seal it anew."""
    shipped = load_bundle()
    shutil.copytree(shipped.path, folder, ignore=shutil.ignore_patterns("manifest.json"))
    content = json.loads((folder / part).read_text())
    change(content)
    (folder / part).write_text(json.dumps(content))
    write_manifest(folder, shipped.manifest.description)
    return folder


def _with_a_colour(ranker: dict[str, Any]) -> None:
    ranker["interactions"].clear()
    ranker["features"][2].update(name="colour")


@pytest.mark.parametrize(
    ("part", "change", "says"),
    [
        ("ranker/ranker.json", _with_a_colour, "feature colour"),
        ("ranker/ranker.json", lambda c: c["features"][0].update(categories=999), "999"),
        ("calibration/calibration.json", lambda c: c["traits"].append("mood"), "the trait mood"),
    ],
)
def test_a_bundle_that_learned_from_other_features_is_refused_with_the_way_out(
    tmp_path: Path, index: Path, part: str, change: Callable[[dict[str, Any]], object], says: str
) -> None:
    bundle = _altered(tmp_path / "bundle", part, change)
    with pytest.raises(BundleError, match="address-match train bundle --out DIR") as refused:
        open_pipeline(index, bundle)
    assert says in str(refused.value)


def test_a_precision_that_the_calibration_cannot_promise_is_refused(index: Path) -> None:
    with pytest.raises(PrecisionError, match=r"0\.99999 is not between"):
        open_pipeline(index, policy=DecisionPolicy(precision=0.99999))


def test_a_higher_prior_of_absence_lowers_the_probability_of_the_same_answer(index: Path) -> None:
    probabilities = []
    for prior in (0.05, 0.8):
        with closing(open_pipeline(index, policy=DecisionPolicy(absence_prior=prior))) as pipeline:
            probabilities.append(pipeline.match(["1 fellgate lne"])[0].probability)
    assert probabilities[0] > probabilities[1]


def test_a_bundle_of_other_hyper_parameters_alone_is_taken(tmp_path: Path, index: Path) -> None:
    bundle = _altered(tmp_path / "bundle", "calibration/calibration.json", lambda c: c.update(slope=0.5))
    pipeline = open_pipeline(index, bundle)
    assert pipeline.match(["1 fellgate lane ostwick"])[0].candidates[0].uprn == "1"
    pipeline.close()

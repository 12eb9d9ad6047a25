import os
import subprocess
import sys
from pathlib import Path

import pytest

from address_match.models.bundle import Bundle, load_bundle
from address_match.models.bundle.compare import differing_parts
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.noise.table import RESERVED_NOISE
from address_match.models.synthesis.reference import write_reference
from address_match.service.build import build
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.lifecycle.monitoring.bundle_facts import bundle_facts
from address_match.service.matching.answer import Status
from address_match.service.training.bundle import BundleTraining, train_bundle
from address_match.service.training.card import (
    TrainingRecord,
    describe,
    learned_from,
    learned_queries,
    model_card,
)
from address_match.service.training.data.splits import LearnerSplits, split_country
from address_match.service.training.size import TrainingSize
from address_match.service.wiring import open_pipeline
from tests.service.training.rehearsal import REHEARSAL

ROOT = Path(__file__).parents[3]
ANOTHER_PROCESS = """
import sys
from pathlib import Path
from address_match.service.training.bundle import BundleTraining, train_bundle
from tests.service.training.rehearsal import REHEARSAL
train_bundle(BundleTraining(seed=3, size=REHEARSAL), Path(sys.argv[1]), progress=lambda _: None)
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    out = tmp_path_factory.mktemp("trained") / "bundle"
    train_bundle(BundleTraining(seed=3, size=REHEARSAL), out, progress=lambda _: None)
    return load_bundle(out)


def test_a_trained_bundle_is_sealed_and_says_how_it_was_made(bundle: Bundle) -> None:
    description = bundle.manifest.description
    assert description.seeds["country"] == 3
    assert description.hyper_parameters["size"]["premises"] == 4_000
    assert "made-up country" in bundle.model_card_path.read_text(encoding="utf-8")


def test_a_trained_bundle_matches_addresses_of_another_country(bundle: Bundle, tmp_path: Path) -> None:
    premises = [p for p in SyntheticCountry(99, 600).premises() if p.kind == "house"]
    write_reference(premises, tmp_path / "reference.csv")
    build(tmp_path / "reference.csv", tmp_path / "index", bundle=bundle.path)
    pipeline = open_pipeline(tmp_path / "index")
    held = premises[7]
    text = f"{held.number} {held.street}, {held.town} {held.postcode}" if held.number > 0 else held.building
    answer = pipeline.match([text])[0]
    pipeline.close()
    assert held.uprn in {candidate.uprn for candidate in answer.candidates}
    assert answer.status in Status


def test_a_calibration_fitted_alone_leaves_the_other_parts_as_they_are(
    bundle: Bundle, tmp_path: Path
) -> None:
    training = BundleTraining(
        seed=4,
        size=REHEARSAL,
        encoder=bundle.encoder_path,
        parser=bundle.parser_path,
        ranker=bundle.ranker_path,
    )
    train_bundle(training, tmp_path / "bundle", progress=lambda _: None)
    again = load_bundle(tmp_path / "bundle")
    differing = {part.split("/")[0] for part in differing_parts(bundle, again)}
    assert {"calibration"} <= differing <= {"calibration", "reference_facts.parquet", "MODEL_CARD.md"}
    card = again.model_card_path.read_text(encoding="utf-8")
    assert "the calibration alone was fitted" in card
    assert "| ranker |" not in card
    assert again.manifest.description.hyper_parameters["ranker_trained_apart"] is True


def test_the_figures_of_a_bundle_are_of_streets_that_nothing_learned_from_and_have_intervals(
    bundle: Bundle,
) -> None:
    figures = {m.name: m for m in bundle.manifest.description.metrics if m.data.startswith("all damage")}
    assert "held-out streets" in figures["matched, of the absent"].data
    assert figures["matched, of the absent"].sample == 50
    for metric in figures.values():
        if metric.low is not None and metric.high is not None:
            assert 0 <= metric.low <= metric.value <= metric.high <= 1
    assert {"best candidate right, of the present", "right, of the matched"} <= figures.keys()


def test_a_bundle_keeps_the_facts_of_its_answers(bundle: Bundle) -> None:
    facts = bundle_facts(bundle)
    assert facts is not None
    assert len(facts) == 150
    assert {"matched", "unmatched"} <= set(facts.column("status").to_pylist())


def test_the_model_card_names_data_folds_reserved_classes_figures_and_seeds(bundle: Bundle) -> None:
    card = bundle.model_card_path.read_text(encoding="utf-8")
    assert bundle.manifest.description.reference.sha256 in card
    for said in ("| ranker | 4, 5 |", "vowels dropped", "95 % interval", "country 3", "## Limits"):
        assert said in card
    trained = card.split("**Reserved**")[0]
    assert not any(noise.name.replace("_", " ") in trained for noise in RESERVED_NOISE)


def card_of(splits: LearnerSplits) -> str:
    return model_card(
        TrainingRecord(seed=5, size=REHEARSAL, splits=splits, reference=learned_from(5, splits))
    )


def test_the_shipped_card_is_the_one_of_the_shipped_manifest() -> None:
    shipped = load_bundle()
    description = shipped.manifest.description
    place = next(iter(SyntheticCountry(1, 100).premises()))
    splits = LearnerSplits(
        parser=(place,) * 120_425,
        ranker=(place,) * 35_386,
        calibration=(place,) * 34_938,
        towns=(),
        look_alikes=(),
        evaluation=(place,) * 100_215,
    )
    training = TrainingRecord(
        name=description.name,
        seed=description.seeds["country"],
        size=TrainingSize(**description.hyper_parameters["size"]),
        splits=splits,
        reference=description.reference,
        encoder_apart=description.hyper_parameters["encoder_trained_apart"],
        parser_apart=description.hyper_parameters.get("parser_trained_apart", False),
        ranker_apart=description.hyper_parameters.get("ranker_trained_apart", False),
        metrics=description.metrics,
    )
    assert model_card(training).encode() == shipped.model_card_path.read_bytes()


def test_the_card_of_a_bundle_that_learned_from_a_users_reference_warns_of_giving_it_away() -> None:
    synthetic = split_country(5, REHEARSAL)
    with_own = synthetic.joined_by(synthetic.ranker[:100])
    card = card_of(with_own)
    assert "and a reference of 100 premises" in card
    assert "give the bundle to nobody who may not see the reference" in card
    assert "No real address." in card_of(synthetic)


def test_labels_leave_their_count_and_hash_in_card_and_manifest() -> None:
    labels = [
        EvaluationQuery("1 MILL LANE", frozenset({"2", "1"})),
        EvaluationQuery("9 MILL LANE", frozenset()),
    ]
    splits = split_country(5, REHEARSAL)
    training = TrainingRecord(
        seed=5,
        size=REHEARSAL,
        splits=splits,
        reference=learned_from(5, splits),
        labels=learned_queries(labels),
    )
    assert training.labels == learned_queries(labels[::-1])
    assert training.labels is not None
    assert training.labels.sha256 in model_card(training)
    described = describe(training, parser_fingerprint="p", encoder_fingerprint="e")
    assert described.hyper_parameters["labels"] == {"count": 2, "sha256": training.labels.sha256}
    assert learned_queries([]) is None


def test_a_bundle_says_by_which_code_and_libraries_it_was_made(bundle: Bundle) -> None:
    description = bundle.manifest.description
    assert description.code_version.startswith("0.1.0+src.")
    assert {"python", "numpy", "torch", "scikit-learn"} <= description.libraries.keys()


def test_another_process_makes_the_same_bytes_again(bundle: Bundle, tmp_path: Path) -> None:
    """Its sets of strings have another order than ours."""
    environment = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "1"}
    subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, str(tmp_path / "again")],
        env=os.environ | environment,
        timeout=300,
        check=True,
    )
    again = load_bundle(tmp_path / "again")
    assert differing_parts(bundle, again) == []
    assert bundle.manifest.description.reference == again.manifest.description.reference

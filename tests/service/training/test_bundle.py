from dataclasses import replace
from pathlib import Path

import pytest

from models.bundle import Bundle, load_bundle
from models.synthesis.folds import (
    CALIBRATION_FOLDS,
    ENCODER_FOLDS,
    EVALUATION_FOLDS,
    RANKER_FOLDS,
    street_fold,
)
from models.synthesis.noise.table import RESERVED_NOISE
from models.synthesis.query_classes import NOISY_WITHOUT_POSTCODE
from models.synthesis.reference import write_reference
from models.synthesis.world import World
from service.matching.answer import Status
from service.training.bundle import train_bundle
from service.training.country import QUERY_CLASSES, noisy_queries, share_out
from service.training.size import TrainingSize
from service.wiring import build, open_pipeline

TINY = TrainingSize(
    premises=4_000,
    reading_premises=4_800,
    parser_texts=1_500,
    encoder_pairs=1_800,
    ranker_queries=500,
    calibration_queries=500,
    parser_iterations=30,
    encoder_steps=20,
)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    out = tmp_path_factory.mktemp("trained") / "bundle"
    train_bundle(out, seed=3, size=TINY, progress=lambda _: None)
    return load_bundle(out)


def test_a_trained_bundle_is_sealed_and_says_how_it_was_made(bundle: Bundle) -> None:
    description = bundle.manifest.description
    assert description.seeds["country"] == 3
    assert description.hyper_parameters["size"]["premises"] == 4_000
    assert "made-up country" in bundle.model_card_path.read_text(encoding="utf-8")


def test_a_trained_bundle_matches_addresses_of_another_country(bundle: Bundle, tmp_path: Path) -> None:
    premises = [p for p in World(99, 600).premises() if p.kind == "house"]
    write_reference(premises, tmp_path / "reference.csv")
    build(tmp_path / "reference.csv", tmp_path / "index", bundle=bundle.path)
    pipeline = open_pipeline(tmp_path / "index")
    held = premises[7]
    text = f"{held.number} {held.street}, {held.town} {held.postcode}" if held.number > 0 else held.building
    answer = pipeline.match([text])[0]
    pipeline.close()
    assert held.uprn in {candidate.uprn for candidate in answer.candidates}
    assert answer.status in Status


def test_no_two_learners_see_one_street() -> None:
    streets = share_out(5, TINY)
    seen = [
        {street_fold(p) for p in share} for share in (streets.reading, streets.ranker, streets.calibration)
    ]
    assert seen[0] <= ENCODER_FOLDS
    assert seen[1] <= RANKER_FOLDS
    assert seen[2] <= CALIBRATION_FOLDS
    assert not EVALUATION_FOLDS & set().union(*seen)


def test_reserved_noise_is_never_trained_on() -> None:
    reserved = {noise.name for noise in RESERVED_NOISE}
    assert not reserved & set(QUERY_CLASSES)
    queries = noisy_queries(share_out(5, TINY).ranker, 300, 5)
    assert not reserved & {query.noise_class for query in queries}


def test_a_quarter_of_the_training_queries_ask_for_an_absent_premises() -> None:
    queries = noisy_queries(share_out(5, TINY).ranker, 400, 5)
    assert sum(query.absent for query in queries) / len(queries) == pytest.approx(0.25, abs=0.03)


def test_some_training_queries_are_told_from_a_namesake_by_their_town_alone() -> None:
    queries = noisy_queries(share_out(5, replace(TINY, premises=60_000)).ranker, 400, 5)
    assert sum(query.noise_class == NOISY_WITHOUT_POSTCODE for query in queries) == pytest.approx(80, abs=8)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_parts(bundle: Bundle, tmp_path: Path) -> None:
    train_bundle(tmp_path / "again", seed=3, size=TINY, progress=lambda _: None)
    assert load_bundle(tmp_path / "again").manifest.parts == bundle.manifest.parts

"""Encoders trained apart, as parts of bundles; the transformer is a tiny one with weights drawn at random."""

import os
from pathlib import Path
from shutil import copytree

import pytest

from address_match.models.bundle import SHIPPED_DIRECTORY, load_bundle
from address_match.models.encoder.transformer.encoder import TransformerEncoder
from address_match.models.errors import BundleError, EncoderError
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.reference import write_reference
from address_match.service.build import build
from address_match.service.training.adopted_encoder import adopt_encoder
from address_match.service.training.bundle import BundleTraining, train_bundle
from address_match.service.wiring import open_pipeline
from tests.models.encoder.transformer.tiny import DIMENSIONS, save_tiny_transformer
from tests.service.training.rehearsal import REHEARSAL

SHIPPED_ENCODER = SHIPPED_DIRECTORY / "encoder"
TEXTS = ["FLAT 2, 14 ACLAND ROAD, EXETER", "12A HIGH STREET"]


@pytest.mark.slow
def test_a_copy_gives_the_vectors_of_its_source_and_leaves_pickles_behind(tmp_path: Path) -> None:
    source = save_tiny_transformer(tmp_path / "source")
    (source / "pytorch_model.bin").write_bytes(b"a pickle")
    taken = adopt_encoder(source, tmp_path / "taken", device="cpu")
    assert not (tmp_path / "taken" / "pytorch_model.bin").exists()
    assert taken.fingerprint == TransformerEncoder.load(source, device="cpu").fingerprint
    assert (taken.encode(TEXTS) == TransformerEncoder.load(source, device="cpu").encode(TEXTS)).all()


def test_what_a_link_points_to_is_copied(tmp_path: Path) -> None:
    source = copytree(SHIPPED_ENCODER, tmp_path / "source")
    weights = source / "model.safetensors"
    weights.rename(tmp_path / "weights")
    weights.symlink_to(tmp_path / "weights")
    adopt_encoder(source, tmp_path / "taken", device="cpu")
    assert not (tmp_path / "taken" / "model.safetensors").is_symlink()


def test_a_folder_without_an_encoder_is_refused_before_it_is_copied(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    with pytest.raises(EncoderError, match="holds no encoder, or half of one"):
        adopt_encoder(tmp_path / "source", tmp_path / "taken", device="cpu")
    assert not (tmp_path / "taken").exists()


def test_weights_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    source = copytree(SHIPPED_ENCODER, tmp_path / "source")
    os.truncate(source / "model.safetensors", 1_000)
    with pytest.raises(BundleError, match="is no safetensors file"):
        adopt_encoder(source, tmp_path / "taken", device="cpu")


@pytest.mark.slow
def test_a_bundle_with_a_transformer_is_trained_sealed_and_matches(tmp_path: Path) -> None:
    source = save_tiny_transformer(tmp_path / "tiny")
    out = tmp_path / "bundle"
    train_bundle(BundleTraining(seed=3, size=REHEARSAL, encoder=source), out, progress=lambda _: None)
    bundle = load_bundle(out)
    encoder = TransformerEncoder.load(source, device="cpu")
    assert bundle.encoder_fingerprint == encoder.fingerprint
    assert bundle.manifest.description.hyper_parameters["encoder_trained_apart"] is True
    assert "The encoder was trained apart" in bundle.model_card_path.read_text(encoding="utf-8")

    premises = [
        place for place in SyntheticCountry(99, 600).premises() if place.kind == "house" and place.number > 0
    ]
    write_reference(premises, tmp_path / "reference.csv")
    build(tmp_path / "reference.csv", tmp_path / "index", bundle=out)
    pipeline = open_pipeline(tmp_path / "index")
    held = premises[7]
    answer = pipeline.match([f"{held.number} {held.street}, {held.town} {held.postcode}"])[0]
    pipeline.close()
    assert encoder.dimensions == DIMENSIONS
    assert held.uprn in {candidate.uprn for candidate in answer.candidates}

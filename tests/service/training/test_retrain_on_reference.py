"""A scope names what is learned anew on a reference; the rest is that of the bundle before."""

from dataclasses import replace
from pathlib import Path

import pytest

from address_match.models.bundle import Bundle, load_bundle
from address_match.models.bundle.compare import differing_parts
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.parser.labelled_text import render
from address_match.service.errors import UsageError
from address_match.service.lifecycle.labels.label_set import TrueAddress
from address_match.service.lifecycle.labels.true_addresses import LearnedLabels
from address_match.service.lifecycle.model_runs.scope import Scope
from address_match.service.training.retrain_on_reference import (
    ReferenceRetraining,
    refuse_other_encoder,
    retrain_on_reference,
)
from tests.service.training.rehearsal import REHEARSAL

SMALL = replace(REHEARSAL, premises=2_000, reading_premises=2_400, own_queries=200)


@pytest.fixture(scope="module")
def of_the_ranker(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    own = tuple(SyntheticCountry(21, 300).premises())
    labels = tuple(TrueAddress(render(one.texts[0].pieces).text, one.uprn, 1.0) for one in own[:60])
    asked = ReferenceRetraining(
        Scope.RANKER, load_bundle(), LearnedLabels(labels, "2026-11-29T12:00:00+00:00"), own, (), seed=3
    )
    out = tmp_path_factory.mktemp("retrained") / "ranked"
    retrain_on_reference(asked, out, size=SMALL, progress=lambda _: None)
    return load_bundle(out)


def test_the_scope_ranker_keeps_parser_and_encoder(of_the_ranker: Bundle) -> None:
    assert {part.split("/")[0] for part in differing_parts(load_bundle(), of_the_ranker)} == {
        "MODEL_CARD.md",
        "calibration",
        "ranker",
        "reference_facts.parquet",
    }


def test_manifest_and_card_name_scope_base_and_labels(of_the_ranker: Bundle) -> None:
    said = of_the_ranker.manifest.description.hyper_parameters
    assert said["retrained"]["scope"] == "ranker"
    assert said["retrained"]["base_fingerprint"] == load_bundle().fingerprint
    assert said["retrained"]["labels_last"] == "2026-11-29T12:00:00+00:00"
    assert said["labels"]["count"] == 60
    assert said["parser_trained_apart"] is True
    card = of_the_ranker.model_card_path.read_text(encoding="utf-8")
    assert "learned anew with the scope ranker" in card
    assert "The parser was taken in as it was" in card
    assert said["labels"]["sha256"] in card


def test_a_static_encoder_does_not_take_the_place_of_a_transformer(tmp_path: Path) -> None:
    (tmp_path / "encoder").mkdir()
    (tmp_path / "encoder" / "modules.json").write_text(
        '[{"type": "sentence_transformers.models.Transformer"}]'
    )
    base = Bundle(tmp_path, load_bundle().manifest)
    refuse_other_encoder(Scope.RANKER, base)
    with pytest.raises(UsageError, match="train encoder REFERENCE --family transformer"):
        refuse_other_encoder(Scope.ALL, base)

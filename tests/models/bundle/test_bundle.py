import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.bundle import BundleDescription, Metric, TrainingReference, load_bundle, write_manifest
from models.errors import BundleError

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
        (directory / part).write_text(part)
    (directory / "MODEL_CARD.md").write_text("# small\n")
    return directory


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    write_manifest(unsealed(tmp_path / "bundle"), DESCRIPTION, created=MOMENT)
    return tmp_path / "bundle"


def test_a_sealed_bundle_is_loaded_with_its_description(sealed: Path) -> None:
    bundle = load_bundle(sealed)
    assert bundle.manifest.description == DESCRIPTION
    assert bundle.manifest.created == "2030-01-02T03:04:05+00:00"
    assert (bundle.name, bundle.version, bundle.encoder_fingerprint) == ("small", "1", "e1")


def test_the_paths_of_a_bundle_lead_to_its_parts(sealed: Path) -> None:
    bundle = load_bundle(str(sealed))
    assert bundle.parser_path.read_text() == "parser/model.crfsuite"
    assert (bundle.encoder_path / "config.json").is_file()
    assert (bundle.ranker_path / "trees.json").is_file()
    assert (bundle.calibration_path / "map.json").is_file()
    assert bundle.model_card_path.read_text() == "# small\n"


def test_every_part_stands_in_the_manifest_with_hash_and_size(sealed: Path) -> None:
    parts = json.loads((sealed / "manifest.json").read_text())["parts"]
    assert [part["path"] for part in parts] == [
        "MODEL_CARD.md",
        "calibration/map.json",
        "encoder/config.json",
        "parser/model.crfsuite",
        "ranker/trees.json",
    ]
    assert parts[0]["size"] == 8
    assert parts[0]["sha256"] == "d65210df3b1894ffbe7637ac7fbcdc20b61fd432cc15506381e4ac03376a1ff2"


@pytest.mark.parametrize("part", ["parser/model.crfsuite", "encoder/config.json", "MODEL_CARD.md"])
def test_a_flipped_bit_in_any_part_is_refused(sealed: Path, part: str) -> None:
    content = bytearray((sealed / part).read_bytes())
    content[-1] ^= 1
    (sealed / part).write_bytes(content)
    with pytest.raises(BundleError, match=f"{part} was altered"):
        load_bundle(sealed)


def test_a_truncated_part_is_refused(sealed: Path) -> None:
    (sealed / "ranker/trees.json").write_text("rank")
    with pytest.raises(BundleError, match=r"and 4 bytes instead of .* and 17"):
        load_bundle(sealed)


def test_a_missing_part_is_refused(sealed: Path) -> None:
    (sealed / "calibration/map.json").unlink()
    with pytest.raises(BundleError, match=r"lacks calibration/map\.json"):
        load_bundle(sealed)


def test_a_file_that_the_manifest_does_not_name_is_refused(sealed: Path) -> None:
    (sealed / "encoder/extra.bin").write_text("x")
    with pytest.raises(BundleError, match=r"encoder/extra\.bin, which its manifest does not name"):
        load_bundle(sealed)


def test_a_manifest_cannot_point_outside_of_its_bundle(sealed: Path) -> None:
    path = sealed / "manifest.json"
    path.write_text(path.read_text().replace('"ranker/trees.json"', '"../ranker/trees.json"'))
    with pytest.raises(BundleError, match="outside of it"):
        load_bundle(sealed)


def test_a_manifest_of_another_format_is_refused(sealed: Path) -> None:
    path = sealed / "manifest.json"
    path.write_text(path.read_text().replace('"format_version": 1', '"format_version": 99'))
    with pytest.raises(BundleError, match="format version 99, this release reads 1"):
        load_bundle(sealed)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format_version": 1}', '{"format_version": 1, "parts": 3}']
)
def test_a_broken_manifest_is_refused(sealed: Path, content: str) -> None:
    (sealed / "manifest.json").write_text(content)
    with pytest.raises(BundleError, match=r"manifest\.json"):
        load_bundle(sealed)


def test_a_directory_without_a_manifest_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="is no bundle"):
        load_bundle(tmp_path / "nowhere")


def test_a_directory_without_a_parser_cannot_be_sealed(tmp_path: Path) -> None:
    directory = unsealed(tmp_path)
    (directory / "parser/model.crfsuite").unlink()
    with pytest.raises(BundleError, match=r"lacks parser/model\.crfsuite"):
        write_manifest(directory, DESCRIPTION)
    assert not (directory / "manifest.json").exists()


def test_a_bundle_is_sealed_once(sealed: Path) -> None:
    with pytest.raises(BundleError, match="sealed already"):
        write_manifest(sealed, DESCRIPTION)


def test_remaking_a_bundle_changes_nothing_but_when_it_was_created(tmp_path: Path) -> None:
    first = write_manifest(unsealed(tmp_path / "a"), DESCRIPTION)
    second = write_manifest(unsealed(tmp_path / "b"), DESCRIPTION, created=MOMENT)
    assert replace(first.manifest, created="") == replace(second.manifest, created="")
    assert first.fingerprint == second.fingerprint


def test_another_ranker_changes_the_fingerprint_and_a_reworded_model_card_does_not(tmp_path: Path) -> None:
    (unsealed(tmp_path / "card") / "MODEL_CARD.md").write_text("# other\n")
    (unsealed(tmp_path / "ranker") / "ranker/trees.json").write_text("other")
    plain = write_manifest(unsealed(tmp_path / "plain"), DESCRIPTION)
    assert write_manifest(tmp_path / "card", DESCRIPTION).fingerprint == plain.fingerprint
    assert write_manifest(tmp_path / "ranker", DESCRIPTION).fingerprint != plain.fingerprint

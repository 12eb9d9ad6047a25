import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from address_match.models.bundle import Manifest, load_bundle, write_manifest
from address_match.models.bundle.parts import part_paths, weigh
from address_match.models.errors import BundleError
from tests.models.bundle.factories import DESCRIPTION, MOMENT, unsealed


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    write_manifest(unsealed(tmp_path / "bundle"), DESCRIPTION, created=MOMENT)
    return tmp_path / "bundle"


def test_a_sealed_bundle_is_loaded_with_its_description(sealed: Path) -> None:
    bundle = load_bundle(sealed)
    assert bundle.manifest.description == DESCRIPTION
    assert bundle.manifest.created == "2030-01-02T03:04:05+00:00"
    assert (bundle.name, bundle.version, bundle.encoder_fingerprint) == ("small", "1", "e1")


def test_a_seal_that_the_disk_does_not_hold_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = unsealed(tmp_path / "bundle")
    before = sorted(directory.rglob("*"))

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("address_match.drafts.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_manifest(directory, DESCRIPTION, created=MOMENT)
    assert sorted(directory.rglob("*")) == before


def test_the_paths_of_a_bundle_lead_to_its_parts(sealed: Path) -> None:
    bundle = load_bundle(str(sealed))
    assert bundle.parser_path.read_text() == '"parser/model.crfsuite"'
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


@pytest.mark.parametrize(
    "part",
    [
        "parser/model.crfsuite",
        "encoder/config.json",
        "ranker/trees.json",
        "calibration/map.json",
        "MODEL_CARD.md",
    ],
)
def test_a_flipped_bit_in_any_part_is_refused(sealed: Path, part: str) -> None:
    content = bytearray((sealed / part).read_bytes())
    content[-1] ^= 1
    (sealed / part).write_bytes(content)
    with pytest.raises(BundleError, match=f"{part} was altered"):
        load_bundle(sealed)


def test_a_truncated_part_is_refused(sealed: Path) -> None:
    (sealed / "ranker/trees.json").write_text("rank")
    with pytest.raises(BundleError, match=r"and 4 bytes instead of .* and 19"):
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
    (unsealed(tmp_path / "ranker") / "ranker/trees.json").write_text('"other"')
    plain = write_manifest(unsealed(tmp_path / "plain"), DESCRIPTION)
    assert write_manifest(tmp_path / "card", DESCRIPTION).fingerprint == plain.fingerprint
    assert write_manifest(tmp_path / "ranker", DESCRIPTION).fingerprint != plain.fingerprint


def test_a_half_copied_bundle_is_refused_with_all_that_it_lacks(sealed: Path) -> None:
    for part in ("parser/model.crfsuite", "ranker/trees.json"):
        (sealed / part).unlink()
    with pytest.raises(BundleError, match=r"lacks parser/model\.crfsuite, ranker/trees\.json"):
        load_bundle(sealed)


def test_a_part_that_is_a_link_is_refused(sealed: Path, tmp_path: Path) -> None:
    (sealed / "encoder/config.json").rename(tmp_path / "elsewhere.json")
    (sealed / "encoder/config.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(BundleError, match=r"encoder/config\.json is a link"):
        load_bundle(sealed)


def test_a_folder_that_is_a_link_is_refused(sealed: Path, tmp_path: Path) -> None:
    (sealed / "encoder").rename(tmp_path / "elsewhere")
    (sealed / "encoder").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BundleError, match="encoder is a link"):
        load_bundle(sealed)


def test_a_part_that_is_no_file_is_refused_and_not_waited_for(sealed: Path) -> None:
    os.mkfifo(sealed / "encoder/pipe.json")
    with pytest.raises(BundleError, match="is no plain file"):
        load_bundle(sealed)


@pytest.mark.parametrize("name", ["model.pkl", "model.pt", "pytorch_model.bin", "code.py", "model.joblib"])
def test_a_format_that_could_run_code_cannot_be_sealed(tmp_path: Path, name: str) -> None:
    (unsealed(tmp_path) / "encoder" / name).write_text("x")
    with pytest.raises(BundleError, match=f"{name} is of a format that a bundle must not hold"):
        write_manifest(tmp_path, DESCRIPTION)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_weights_that_hold_nan_cannot_be_sealed(tmp_path: Path, kind: type[np.floating]) -> None:
    weights = np.zeros((4, 3), kind)
    weights[3, 1] = np.nan
    tensors = {"good": np.ones((4, 3), kind), "bad": weights}
    save_file(tensors, unsealed(tmp_path) / "encoder/model.safetensors")
    with pytest.raises(BundleError, match="'bad' hold NaN"):
        write_manifest(tmp_path, DESCRIPTION)


def test_weights_that_hold_nan_are_refused_whatever_the_manifest_says_of_them(sealed: Path) -> None:
    save_file({"w": np.array([np.nan], np.float32)}, sealed / "encoder/model.safetensors")
    parts = tuple(weigh(sealed, path) for path in part_paths(sealed))
    (sealed / "manifest.json").write_text(Manifest(DESCRIPTION, "", parts).to_json())
    with pytest.raises(BundleError, match="'w' hold NaN"):
        load_bundle(sealed)


def test_weights_in_bfloat16_that_hold_nan_cannot_be_sealed(tmp_path: Path) -> None:
    header = b'{"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}'
    path = unsealed(tmp_path) / "encoder/model.safetensors"
    start = len(header).to_bytes(8, "little") + header
    path.write_bytes(start + bytes.fromhex("807f 803f"))  # infinity and 1
    write_manifest(tmp_path, DESCRIPTION)
    (tmp_path / "manifest.json").unlink()
    path.write_bytes(start + bytes.fromhex("c07f 803f"))  # NaN and 1
    with pytest.raises(BundleError, match="'w' hold NaN"):
        write_manifest(tmp_path, DESCRIPTION)


@pytest.mark.parametrize(
    ("content", "says"),
    [("[1, NaN]", "holds the number NaN"), ("[-Infinity]", "-Infinity"), ("[1", "is no JSON")],
)
def test_json_that_is_none_or_holds_no_number_cannot_be_sealed(
    tmp_path: Path, content: str, says: str
) -> None:
    (unsealed(tmp_path) / "calibration/map.json").write_text(content)
    with pytest.raises(BundleError, match=says):
        write_manifest(tmp_path, DESCRIPTION)


def test_weights_that_are_no_safetensors_file_cannot_be_sealed(tmp_path: Path) -> None:
    (unsealed(tmp_path) / "encoder/model.safetensors").write_bytes(b"\x80\x04K\x01.")
    with pytest.raises(BundleError, match="is no safetensors file"):
        write_manifest(tmp_path, DESCRIPTION)


def test_a_bundle_may_be_reached_by_a_link(sealed: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(sealed)
    assert load_bundle(tmp_path / "current").name == "small"

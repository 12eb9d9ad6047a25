"""The commands that keep bundles by name and name the deployment to serve, as a user runs them."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from address_match.indexer.manifest import read_manifest
from address_match.models.bundle import load_bundle
from address_match.models.bundle.parts import part_paths
from tests.integration.bundles import of_another_dimension, of_another_encoder, of_another_ranker
from tests.integration.conftest import REFERENCE, Command


@pytest.fixture(autouse=True)
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of the test's own."""
    monkeypatch.setenv("ADDRESS_MATCH_REGISTRY", str(tmp_path / "registry"))
    return tmp_path / "registry"


def test_the_registry_stands_in_the_users_data_folder_unless_named(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADDRESS_MATCH_REGISTRY")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    told = json.loads(command("model", "list", "--json").out)
    assert told["registry"] == str(tmp_path / "data/address-match/registry")
    told = json.loads(command("model", "list", "--json", "--registry", "own").out)
    assert told["registry"] == "own"
    assert not (tmp_path / "data").exists()


def test_a_bundle_goes_out_as_one_file_and_comes_in_under_a_name(command: Command) -> None:
    assert command("model", "export", "default", "default.tar").code == 0
    said = command("model", "import", "default.tar", "--name", "may")
    assert (said.code, said.err) == (0, "")
    told = json.loads(command("model", "list", "--json").out)
    assert [bundle["name"] for bundle in told["bundles"]] == ["default", "may"]
    assert told["bundles"][1]["fingerprint"] == load_bundle().fingerprint
    assert command("model", "verify").code == 0


def test_an_archive_is_not_written_over_another_file_unasked(command: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.tar").write_text("mine")
    refused = command("model", "export", "default", "mine.tar")
    assert (refused.code, (tmp_path / "mine.tar").read_text()) == (2, "mine")
    assert command("model", "export", "default", "mine.tar", "--force").code == 0
    assert command("model", "export", "default", "no/such/folder.tar").code == 2


def test_a_flipped_byte_in_any_part_of_a_bundle_is_found_by_every_command(
    command: Command, tmp_path: Path, village_index: Path
) -> None:
    bundle = Path(shutil.copytree(load_bundle().path, tmp_path / "bundle"))
    for part in part_paths(bundle):
        whole = (bundle / part).read_bytes()
        middle = len(whole) // 2
        (bundle / part).write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        for arguments in (
            ("model", "verify", bundle),
            ("find", "1 thornbeck row", "--index", village_index, "--bundle", bundle),
        ):
            said = command(*arguments)
            assert (said.code, f"{part} was altered" in said.err) == (1, True)
        (bundle / part).write_bytes(whole)
    assert command("model", "verify", bundle).code == 0


def test_a_bundle_is_named_by_the_registry_in_every_command(
    command: Command, tmp_path: Path, village_index: Path
) -> None:
    assert command("model", "import", of_another_ranker(tmp_path / "source")).code == 0
    (tmp_path / "reference.csv").write_text(REFERENCE)
    (tmp_path / "queries.csv").write_text("address,uprn\n1 thornbeck row ze1 4qt,100\n")
    assert command("index", "build", "reference.csv", "--out", "index", "--bundle", "other").code == 0
    assert read_manifest(Path("index")).bundle.path.endswith("registry/bundles/other")
    for arguments in (
        ("find", "1 thornbeck row ze1 4qt", "--index", village_index),
        ("explain", "1 thornbeck row ze1 4qt", "--index", village_index),
        ("match", "queries.csv", "--out", "answers.csv", "--index", village_index),
        ("evaluate", "--queries", "queries.csv", "--index", village_index),
        ("parse", "1 thornbeck row ze1 4qt"),
    ):
        said = command(*arguments, "--bundle", "othre")
        assert (said.code, "which has default, other" in said.err) == (1, True)
        assert command(*arguments, "--bundle", "other").code == 0


def test_promoting_and_rolling_back_is_told_by_the_list(
    command: Command, tmp_path: Path, village_index: Path
) -> None:
    command("model", "import", of_another_ranker(tmp_path / "source"))
    assert command("model", "promote", "default", village_index).code == 0
    assert "promoted: bundle other" in command("model", "promote", "other", village_index).out
    assert json.loads(command("model", "list", "--json").out)["promoted"]["bundle"] == "other"
    assert "promoted: bundle default" in command("model", "rollback").out
    told = json.loads(command("model", "list", "--json").out)
    assert told["promoted"]["index"] == str(village_index.resolve())
    assert [event["act"] for event in told["history"]] == ["promote", "promote", "rollback"]
    said = command("model", "rollback")
    assert (said.code, "no deployment was promoted" in said.err) == (1, True)


@pytest.mark.parametrize("other", [of_another_encoder, of_another_dimension])
def test_an_index_of_another_encoder_is_not_promoted_and_the_deployment_before_stays(
    command: Command, tmp_path: Path, village_index: Path, other: Callable[[Path], Path]
) -> None:
    command("model", "promote", "default", village_index)
    said = command("model", "promote", other(tmp_path / "other"), village_index)
    assert (said.code, "was built with the encoder" in said.err) == (1, True)
    assert f"address-match index build REFERENCE --out {village_index} --force" in said.err
    assert json.loads(command("model", "list", "--json").out)["promoted"]["bundle"] == "default"


def test_a_bundle_that_changed_since_it_was_promoted_is_not_rolled_back_to(
    command: Command, tmp_path: Path, village_index: Path
) -> None:
    bundle = of_another_ranker(tmp_path / "mine")
    command("model", "promote", bundle, village_index)
    command("model", "promote", "default", village_index)
    shutil.rmtree(bundle)
    shutil.copytree(load_bundle().path, bundle)
    said = command("model", "rollback")
    assert (said.code, "is another bundle" in said.err) == (1, True)
    assert json.loads(command("model", "list", "--json").out)["promoted"]["bundle"] == "default"


@pytest.mark.parametrize(
    ("bundle", "index", "says"),
    [
        ("nowhere", "index", "'nowhere' is no folder and no bundle"),
        ("default", "nowhere", "No index at nowhere"),
        (".", "index", ". is no bundle"),
    ],
)
def test_what_cannot_be_opened_is_not_promoted(
    command: Command, village_index: Path, bundle: str, index: str, says: str
) -> None:
    Path("index").symlink_to(village_index)
    said = command("model", "promote", bundle, index)
    assert (said.code, says in said.err) == (1, True)
    assert json.loads(command("model", "list", "--json").out)["history"] == []


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("nowhere", None, "nowhere does not exist"),
        ("x.tar", b"", "is no archive of a bundle"),
        ("x.tar", b"PK\x03\x04" * 1000, "is no archive of a bundle"),
    ],
)
def test_what_is_no_archive_is_not_imported(
    command: Command, tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    said = command("model", "import", name)
    assert (said.code, says in said.err) == (1, True)
    assert len(json.loads(command("model", "list", "--json").out)["bundles"]) == 1


def test_compare_shows_what_differs_and_fails_only_when_exactness_is_asked_for(
    command: Command, tmp_path: Path
) -> None:
    other = of_another_ranker(tmp_path / "other")
    lines = json.loads(command("model", "compare", "default", other, "--json").out)
    assert [line["name"] for line in lines if not line["same"] and line["kind"] == "part"] == [
        "ranker/ranker.json"
    ]
    assert "≠" in command("model", "compare", "default", other).out
    said = command("model", "compare", "default", other, "--exact")
    assert (said.code, "other parts: ranker/ranker.json" in said.err) == (1, True)
    assert command("model", "compare", "default", load_bundle().path, "--exact").code == 0


def test_show_prints_the_description_the_card_or_the_manifest(command: Command) -> None:
    assert "intended use" in command("model", "show", "default").out
    assert command("model", "show", "default", "--card").out.startswith("# Model card")
    assert json.loads(command("model", "show", "default", "--json").out)["name"] == "default"


def test_a_bundle_of_another_release_is_named_by_verify(command: Command, tmp_path: Path) -> None:
    bundle = Path(shutil.copytree(load_bundle().path, tmp_path / "bundle"))
    text = (bundle / "manifest.json").read_text()
    (bundle / "manifest.json").write_text(text.replace(load_bundle().encoder_fingerprint, "e" * 64))
    said = command("model", "verify", bundle, "--json")
    assert (said.code, "the manifest says eeeeeeeeeeee…" in said.err) == (1, True)


def test_serve_without_anything_to_serve_says_how_to_go_on(command: Command, village_index: Path) -> None:
    said = command("serve")
    assert (said.code, "address-match model promote BUNDLE INDEX" in said.err) == (1, True)
    said = command("serve", "--bundle", "default")
    assert (said.code, "--bundle goes with --index" in said.err) == (2, True)

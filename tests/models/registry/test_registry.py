from pathlib import Path

import pytest

from address_match.models.bundle import SHIPPED_DIRECTORY, load_bundle
from address_match.models.bundle.archive import write_archive
from address_match.models.errors import BundleError, RegistryError
from address_match.models.registry import Registry
from tests.models.bundle.factories import small_bundle


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "registry")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return small_bundle(tmp_path / "source").path


def test_a_new_registry_has_the_shipped_bundle_and_makes_no_folder(registry: Registry) -> None:
    assert registry.names() == ["default"]
    assert registry.directory("default") == SHIPPED_DIRECTORY
    assert not registry.folder.exists()


def test_a_bundle_is_added_under_its_own_name(registry: Registry, source: Path) -> None:
    entry = registry.add(source)
    assert (entry.name, registry.names()) == ("small", ["default", "small"])
    assert registry.load("small").fingerprint == load_bundle(source).fingerprint


def test_an_archive_is_added_under_another_name(registry: Registry, source: Path, tmp_path: Path) -> None:
    write_archive(load_bundle(source), tmp_path / "small.tar")
    registry.add(tmp_path / "small.tar", name="may-2030")
    assert registry.load("may-2030").name == "small"


def test_a_taken_name_is_refused_and_the_bundle_stays(
    registry: Registry, source: Path, tmp_path: Path
) -> None:
    registry.add(source)
    before = registry.load("small").fingerprint
    with pytest.raises(RegistryError, match="has a bundle 'small' already"):
        registry.add(small_bundle(tmp_path / "other", ranker="other").path)
    assert registry.load("small").fingerprint == before


@pytest.mark.parametrize("name", ["default", "", ".hidden", "a/b", "../a", "-x", "a b", "x" * 65])
def test_a_name_that_is_none_is_refused(registry: Registry, source: Path, name: str) -> None:
    with pytest.raises(RegistryError, match=r"is no name of a bundle|already"):
        registry.add(source, name=name)
    assert registry.names() == ["default"]


def test_a_bundle_that_is_not_whole_is_not_added(registry: Registry, source: Path) -> None:
    (source / "ranker/trees.json").write_text('"tampered"')
    with pytest.raises(BundleError, match="was altered"):
        registry.add(source)
    assert registry.names() == ["default"]
    assert list((registry.folder / "bundles").iterdir()) == []


def test_a_source_that_is_missing_is_named(registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="nowhere does not exist"):
        registry.add(tmp_path / "nowhere")


def test_an_added_bundle_cannot_be_written_by_mistake(registry: Registry, source: Path) -> None:
    folder = registry.add(source).path
    assert {path.stat().st_mode & 0o222 for path in folder.rglob("*") if path.is_file()} == {0}


def test_a_name_comes_before_a_folder_and_a_dot_asks_for_the_folder(
    registry: Registry, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    registry.add(source)
    (tmp_path / "small").mkdir()
    assert registry.directory("small") == registry.folder / "bundles/small"
    assert registry.directory("./small") == Path("small")
    assert registry.directory(source) == source


def test_what_is_neither_a_name_nor_a_folder_is_refused_with_the_names(
    registry: Registry, source: Path
) -> None:
    registry.add(source)
    with pytest.raises(RegistryError, match=r"'smal' is no folder and no bundle .* default, small"):
        registry.directory("smal")


def test_a_broken_bundle_is_listed_with_what_is_wrong(registry: Registry, source: Path) -> None:
    folder = registry.add(source).path
    (folder / "manifest.json").unlink()
    broken = registry.entries()[1]
    assert (broken.name, broken.bundle) == ("small", None)
    assert "is no bundle" in broken.problem


def test_a_bundle_of_the_registry_is_referred_to_by_name_and_another_by_place(
    registry: Registry, source: Path
) -> None:
    registry.add(source)
    assert registry.reference_to(registry.folder / "bundles/small") == "small"
    assert registry.reference_to(SHIPPED_DIRECTORY) == "default"
    assert registry.reference_to(source) == str(source.resolve())

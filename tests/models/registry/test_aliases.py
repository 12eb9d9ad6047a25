"""A name stands for a bundle until it stands for another."""

from pathlib import Path

import pytest

from address_match.models.bundle import SHIPPED_DIRECTORY
from address_match.models.errors import RegistryError
from address_match.models.registry import Deployment, Registry
from address_match.models.registry.aliases import ALIASES_FILE
from tests.models.bundle.factories import small_bundle


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """A registry with a bundle `small`."""
    registry = Registry(tmp_path / "registry")
    registry.add(small_bundle(tmp_path / "source").path)
    return registry


def test_an_alias_names_a_bundle_wherever_one_is_named(registry: Registry) -> None:
    registry.aliases.set("challenger", "small")
    assert registry.directory("@challenger") == registry.directory("small")
    registry.aliases.set("challenger", "default")
    assert registry.directory("@challenger") == SHIPPED_DIRECTORY


def test_the_champion_is_what_is_promoted_and_nobody_sets_it(registry: Registry) -> None:
    with pytest.raises(RegistryError, match="there is no @champion"):
        registry.directory("@champion")
    with pytest.raises(RegistryError, match="@champion is the bundle that is promoted"):
        registry.aliases.set("champion", "small")
    registry.promotions.promote(Deployment("small", "1", "b" * 64, "e" * 64, "p" * 64, "/srv/index", "g1"))
    assert registry.directory("@champion") == registry.directory("small")
    assert registry.alias_names() == {"champion": "small"}


def test_an_alias_that_is_removed_is_none(registry: Registry) -> None:
    registry.aliases.set("challenger", "small")
    registry.aliases.remove("challenger")
    with pytest.raises(RegistryError, match="there is no @challenger"):
        registry.directory("@challenger")
    with pytest.raises(RegistryError, match="there is no alias @challenger; there are none"):
        registry.aliases.remove("challenger")


@pytest.mark.parametrize("alias", ["", "Big", "a b", "@a", "../x", "a" * 65])
def test_a_name_that_is_none_is_refused(registry: Registry, alias: str) -> None:
    with pytest.raises(RegistryError, match="is no alias"):
        registry.aliases.set(alias, "small")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format_version": 1, "aliases": 3}', '{"format_version": 2, "aliases": {}}']
)
def test_a_damaged_file_is_refused_and_named(registry: Registry, content: str) -> None:
    (registry.folder / ALIASES_FILE).write_text(content)
    with pytest.raises(RegistryError, match=ALIASES_FILE):
        registry.directory("@challenger")


def test_a_folder_whose_name_begins_so_is_named_by_its_place(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "@mine").mkdir()
    assert registry.directory("./@mine") == Path("./@mine")

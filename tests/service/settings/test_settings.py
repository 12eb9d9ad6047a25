import sys
from pathlib import Path

import pytest

from address_match.service.settings.lifecycle_settings import RegistrySettings

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="folders of Linux")


@linux
def test_the_registry_lies_among_the_data_of_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ADDRESS_MATCH_REGISTRY", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert RegistrySettings().registry == tmp_path / ".local" / "share" / "address-match" / "registry"


@linux
@pytest.mark.parametrize(("named", "below"), [("data", "data"), ("", ".local/share")])
def test_the_folder_of_xdg_is_honoured_where_it_names_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str, below: str
) -> None:
    monkeypatch.delenv("ADDRESS_MATCH_REGISTRY", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / named) if named else "")
    assert RegistrySettings().registry == tmp_path / below / "address-match" / "registry"


@linux
def test_a_relative_folder_of_xdg_is_not_followed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ADDRESS_MATCH_REGISTRY", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    assert RegistrySettings().registry == tmp_path / ".local" / "share" / "address-match" / "registry"


def test_a_registry_that_is_named_goes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ADDRESS_MATCH_REGISTRY", str(tmp_path))
    assert RegistrySettings().registry == tmp_path

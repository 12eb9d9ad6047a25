"""The unit for systemd starts the service as it is, with settings that it knows; no machine is booted for it here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from address_match.service.cli.program.command_line import command_line
from address_match.service.settings.unknown_variables import known_variables
from tests.docs.example_index import ROOT
from tests.images.dockerfile import DOCKER

UNIT = DOCKER / "systemd" / "address-match.service"
STATE = "/var/lib/address-match"
_STARTS = "ExecStart="


def started() -> str:
    """The command line that the unit runs."""
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    (command,) = (line.removeprefix(_STARTS) for line in lines if line.startswith(_STARTS))
    return command


def settings() -> dict[str, str]:
    lines = (DOCKER / "systemd" / "address-match.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_unit_starts_the_service_in_words_that_it_takes() -> None:
    program, *arguments = started().split()
    assert Path(program).name == "address-match"
    assert command_line().parse_args(arguments).index is None


def test_every_setting_is_known_and_every_path_is_one_that_the_unit_may_write_to() -> None:
    assert set(settings()) <= set(known_variables())
    paths = [value for value in settings().values() if value.startswith("/")]
    assert paths
    assert all(path.startswith(f"{STATE}/") for path in paths)


def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    if (program := shutil.which("systemd-analyze")) is None:
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text(encoding="utf-8").replace(started(), sys.executable), encoding="utf-8")
    done = subprocess.run([program, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert UNIT.name not in done.stderr


def test_with_these_settings_a_promoted_index_is_all_that_is_missing(tmp_path: Path) -> None:
    """Exit code 1, upon which systemd tries again; a setting that cannot be would be 2."""
    told = {name: value.replace(STATE, str(tmp_path)) for name, value in settings().items()}
    environment = {**os.environ, "OMP_NUM_THREADS": "1", **told}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "address_match.service.cli", *arguments]
        return subprocess.run(
            command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
        )

    assert run("serve").returncode == 2
    assert run("keys", "add", "census").returncode == 0
    done = run("serve")
    assert (done.returncode, "no deployment is promoted" in done.stderr) == (1, True), done.stderr

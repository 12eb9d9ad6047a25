"""A small synthetic country, its index by the shipped bundle, and the commands run as a user runs them."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from address_match.service.build import build
from address_match.service.cli import main
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.wiring import open_deployment
from tests.built_index import built_index

ROOT = Path(__file__).parents[2]

REFERENCE = """uprn,address,postcode
100,"1 THORNBECK ROW, MARLOW FOLD",ZE1 4QT
0200,"2 THORNBECK ROW, MARLOW FOLD",ZE1 4QT
300,"14A THORNBECK ROW, MARLOW FOLD",ZE1 4QT
400,"FLAT 3, OSIER COURT, QUERN STREET, MARLOW FOLD",ZE1 7BD
500,"QUERNSTONE FARM, NETHER LANE, OSTWICK",ZE2 9AX
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command came to."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Run a command in this process, in an empty folder; nothing that it says may be a traceback."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Said:
        capfd.readouterr()
        code = main([str(a) for a in arguments])
        shown = capfd.readouterr()
        assert "Traceback" not in shown.err
        return Said(code, shown.out, shown.err)

    return run


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reference.csv and queries.csv: 2,000 premises, and 200 noisy addresses of them."""
    folder = tmp_path_factory.mktemp("country")
    assert main(["synth", "--size", "2000", "--queries", "200", "--seed", "11", "--out", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def country_index(country: Path) -> Path:
    """The index of the country."""
    build(country / "reference.csv", country / "index")
    return country / "index"


@pytest.fixture(scope="session")
def village_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of five made-up premises; tests that harm it copy it first."""
    return built_index(tmp_path_factory.mktemp("village"), REFERENCE)


def active_deployment(index: Path) -> ActiveDeployment:
    """Open an index for the HTTP service, which closes it."""
    opened = open_deployment(index)
    return ActiveDeployment(LeasedDeployment(opened.deployment, opened.pipeline, opened.reference))


def python(*arguments: str) -> Sequence[str]:
    """The command line of a Python process that runs our code."""
    return [sys.executable, "-B", *arguments]


def environment() -> dict[str, str]:
    """The environment of such a process."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


def run_python(code: str, *arguments: object, cwd: Path) -> Said:
    """Run a few lines in a process of their own."""
    done = subprocess.run(
        [*python("-c", code), *map(str, arguments)],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.built_index import built_index

Run = Callable[..., subprocess.CompletedProcess[str]]

REFERENCE = """uprn,address,postcode
100,"1 THORNBECK ROW, MARLOW FOLD",ZE1 4QT
0200,"2 THORNBECK ROW, MARLOW FOLD",ZE1 4QT
300,"14A THORNBECK ROW, MARLOW FOLD",ZE1 4QT
400,"FLAT 3, OSIER COURT, QUERN STREET, MARLOW FOLD",ZE1 7BD
500,"QUERNSTONE FARM, NETHER LANE, OSTWICK",ZE2 9AX
"""


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of five made-up premises, built with the shipped bundle."""
    return built_index(tmp_path_factory.mktemp("small"), REFERENCE)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command in a process of its own, as a user does, in an empty folder."""

    def run_command(*arguments: object, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "address_match.service.cli", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "OMP_NUM_THREADS": "1"},
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run_command

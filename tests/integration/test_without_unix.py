"""Nothing of ours needs a module that only Unix has; a Linux that has lost those stands in for Windows."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.reference import write_reference

ROOT = Path(__file__).parents[2]
WITHOUT_UNIX = """
import asyncio  # on Unix the standard library's own event loop, processes and folders take some
import multiprocessing.util
import shutil
import subprocess
import sys
import tarfile

for name in ("crypt", "fcntl", "grp", "nis", "posix", "pwd", "resource", "syslog", "termios", "tty", "pty"):
    sys.modules[name] = None
"""
IMPORT_ALL = """
from importlib import import_module
from pkgutil import walk_packages

import address_match

for module in walk_packages(address_match.__path__, "address_match."):
    if not module.name.endswith("__main__"):
        import_module(module.name)
"""
BUILD_AND_FIND = """
from address_match.service.cli import main

reference, index, registry, address = sys.argv[1:]
codes = (
    main(["index", "build", reference, "--out", index]),
    main(["model", "promote", "default", index, "--registry", registry]),
    main(["find", address, "--index", index, "--json"]),
)
sys.exit(max(codes))
"""
BOUND_CONNECTIONS = """
from address_match.service.http.server import connection_bounds
from address_match.service.settings.server_settings import ServerSettings

settings = ServerSettings(connections=100_000)
print(connection_bounds(settings).connections)
"""


def run(program: str, *arguments: str) -> str:
    # Nothing locks its temporary files without those modules: others, who do, would take them for left behind.
    with TemporaryDirectory() as its_own:
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT_UNIX + program, *arguments],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": its_own},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_every_module_can_be_imported() -> None:
    run(IMPORT_ALL)


def test_an_index_is_built_promoted_and_searched(tmp_path: Path) -> None:
    premises = [p for p in SyntheticCountry(99, 300).premises() if p.kind == "house" and p.number > 0]
    write_reference(premises, tmp_path / "reference.csv")
    held = premises[7]
    address = f"{held.number} {held.street}, {held.town} {held.postcode}"
    places = (tmp_path / "reference.csv", tmp_path / "index", tmp_path / "registry")
    assert held.uprn in run(BUILD_AND_FIND, *map(str, places), address)


def test_a_service_takes_connections_where_no_bound_of_files_is_known() -> None:
    assert run(BOUND_CONNECTIONS) == "8064\n"

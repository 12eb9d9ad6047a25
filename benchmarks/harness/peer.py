"""The strongest open matcher of UK addresses, uk-address-matcher, in a virtual environment of its own below
`benchmarks/cache/`.
"""

import csv
import json
import math
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.cost import ONE_THREAD, CommandCost, run_command
from benchmarks.harness.matchers import Best, MatchedFile
from benchmarks.harness.synthetic import WORK

REQUIREMENT = "uk-address-matcher==1.5.3"
ENVIRONMENT = WORK / "peer"
_WORKER = Path(__file__).with_name("peer_worker.py")
_STAMP = "installed.json"


class PeerUnavailableError(Exception):
    """The peer cannot be installed; the message holds what the installer said last."""


@dataclass(frozen=True, slots=True)
class UkAddressMatcher:
    """The peer with the settings that it ships: exact matches, then its Splink model."""

    python: Path
    """Of the environment in which it is installed."""
    name: str = REQUIREMENT
    states_probability: bool = False

    @classmethod
    def installed(cls, environment: Path = ENVIRONMENT) -> "UkAddressMatcher":
        """Install it unless this version stands there; raises PeerUnavailableError."""
        python = environment / "bin" / "python"
        stamp = environment / _STAMP
        if not stamp.exists() or json.loads(stamp.read_text(encoding="utf-8")) != REQUIREMENT:
            shutil.rmtree(environment, ignore_errors=True)
            venv.create(environment, with_pip=True)
            _install(python)
            stamp.write_text(json.dumps(REQUIREMENT), encoding="utf-8")
        return cls(python)

    def prepare(self, reference: Path, folder: Path) -> CommandCost:
        """Let it clean the reference and write its folder of Parquet files."""
        return self._run("prepare", reference, folder / "canonical", log=folder / "prepare.log")

    def match(self, queries: Path, folder: Path) -> MatchedFile:
        """Match in a process that loads the prepared folder."""
        answers = folder / "answers.csv"
        cost = self._run("match", folder / "canonical", queries, answers, log=folder / "match.log")
        with answers.open(encoding="utf-8", newline="") as rows:
            return MatchedFile([_best_of(row) for row in csv.DictReader(rows)], cost)

    def _run(self, *arguments: str | Path, log: Path) -> CommandCost:
        command = [str(self.python), str(_WORKER), *map(str, arguments)]
        return run_command(command, log=log, environment=ONE_THREAD)


def _install(python: Path) -> None:
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", REQUIREMENT],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()[-3:]
        raise PeerUnavailableError(f"{REQUIREMENT} cannot be installed for {sys.platform}: {' '.join(said)}")


def _best_of(row: dict[str, str]) -> Best:
    """Read a row of the worker; an exact match has neither weight nor margin, and is surer than any weight."""
    return Best(
        uprn=row["uprn"],
        accepted=bool(row["uprn"]),
        score=float(row["weight"]) if row["weight"] else (math.inf if row["uprn"] else -math.inf),
        margin=float(row["margin"]) if row["margin"] else math.inf,
    )

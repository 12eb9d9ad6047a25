"""What chaos is let loose on: two small references, an index of each, and what a command answers from the one and the
other.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from address_match.drafts import draft_file
from address_match.indexer.manifest import MANIFEST_NAME
from benchmarks.chaos.forked import command, fork

ROWS = 150
_STREETS = ("THORNBECK ROAD", "QUERN STREET", "HESTER CLOSE", "OSIER COURT", "FELLGATE LANE")


@dataclass(frozen=True, slots=True)
class Arena:
    """Files below one folder."""

    folder: Path

    @property
    def index(self) -> Path:
        """An index with two generations, of the one reference and of the other; the later is in force."""
        return self.folder / "index"

    @property
    def queries(self) -> Path:
        """Addresses that both references hold, under other UPRNs."""
        return self.folder / "queries.csv"

    def reference(self, number: int) -> Path:
        """Return the reference of a generation, 1 or 2."""
        return self.folder / f"reference{number}.csv"

    def manifest(self, number: int) -> bytes:
        """Return the manifest of a generation, 1 or 2."""
        return (self.folder / f"manifest{number}.json").read_bytes()

    def answers(self, number: int) -> bytes:
        """Return what `match` answers to the queries from a generation, 1 or 2."""
        return (self.folder / f"answers{number}.csv").read_bytes()

    def put_in_force(self, number: int) -> None:
        """Make the manifest name a generation, 1 or 2, as a build does."""
        with draft_file(self.index) as draft:
            draft.write_bytes(self.manifest(number))
            draft.replace(self.index / MANIFEST_NAME)

    def match(self, out: Path | str, *more: object) -> Callable[[], int]:
        """Return the command that matches the queries against the index in force; what stands at `out` is replaced."""
        return command(
            "match",
            self.queries,
            "--index",
            self.index,
            "--columns",
            "address",
            "--out",
            out,
            "--force",
            *more,
        )

    def copy(self, name: str) -> Path:
        """Copy the index, to be harmed."""
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.index, target)
        for file in target.rglob("*"):
            file.chmod(0o755 if file.is_dir() else 0o644)
        return target


def make_arena(folder: Path) -> Arena:
    """Write the references, build both generations and match against each."""
    arena = Arena(folder)
    _write(arena.queries, [("q", each) for _, each in _rows(1)[::3]])
    for number in (1, 2):
        _write(arena.reference(number), _rows(number))
        _run(arena, command("index", "build", arena.reference(number), "--out", arena.index, "--force"))
        shutil.copy(arena.index / MANIFEST_NAME, folder / f"manifest{number}.json")
        _run(arena, arena.match(folder / f"answers{number}.csv"))
    if arena.answers(1) == arena.answers(2):
        raise RuntimeError("the two generations answer alike, so that no mixture of them would be seen")
    return arena


def _run(arena: Arena, run: Callable[[], int]) -> None:
    begun = fork(run, arena.folder)
    if begun.wait() != 0:
        raise RuntimeError(f"the arena could not be made: {begun.said.read_text()}")


def _rows(number: int) -> list[tuple[str, str]]:
    """Return the rows of a reference; each has streets and UPRNs that the other has not."""
    own = f"{'FIRST' if number == 1 else 'SECOND'} GENERATION ROW"
    streets = (*_STREETS, own)
    return [
        (
            f"{number}{row:05d}",
            f"{row // len(streets) + 1} {streets[row % len(streets)]}, MARLOW FOLD, OTLEY, LS21 4QT",
        )
        for row in range(ROWS)
    ]


def _write(file: Path, rows: list[tuple[str, str]]) -> None:
    file.write_text("".join(["uprn,address\n", *(f'{uprn},"{address}"\n' for uprn, address in rows)]))

"""Made-up references, and indexes of them."""

import csv
import random
from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.local.open_index import open_index
from address_match.indexer.local.search.retriever import LocalRetriever
from address_match.indexer.local.writing.build import BuildReport, build_index
from address_match.indexer.manifest import read_manifest
from address_match.indexer.ports import SearchOver
from address_match.indexer.reference.reference_source import open_reference
from tests.indexer.models import MODELS

ADDRESSES: tuple[tuple[str, str], ...] = (
    ("001", "12 ALDERMOOR STREET, ANYTOWN, AB1 2CD"),
    ("002", "14 ALDERMOOR STREET, ANYTOWN, AB1 2CD"),
    ("003", "FLAT 1, 16 ALDERMOOR STREET, ANYTOWN, AB1 2CD"),
    ("004", "FLAT 2, 16 ALDERMOOR STREET, ANYTOWN, AB1 2CD"),
    ("005", "1 PELLOW ROAD, ANYTOWN, AB1 3EF"),
    ("006", "3 PELLOW ROAD, ANYTOWN, AB1 3EF"),
    ("007", "12 CORN MILL LANE, OTHERTON, XY9 8ZZ"),
    ("007", "THE OLD GRANARY, 12 CORN MILL LANE, OTHERTON, XY9 8ZZ"),
    ("008", "ROSE COTTAGE, OTHERTON"),
)


def write_csv(
    path: Path, rows: Sequence[tuple[str, ...]], header: tuple[str, ...] = ("uprn", "address")
) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def build(folder: Path, rows: Sequence[tuple[str, ...]] = ADDRESSES, *, name: str = "index") -> BuildReport:
    reference = write_csv(folder / "reference.csv", rows)
    return build_index(open_reference(reference), folder / name, MODELS)


def built(folder: Path, rows: Sequence[tuple[str, ...]] = ADDRESSES) -> LocalRetriever:
    build(folder, rows)
    return opened(folder / "index")


def opened(index: Path, search_with: SearchOver | None = None, *, verified: bool = False) -> LocalRetriever:
    """Open the generation that is in force, its files taken as `verified` where a test harmed them."""
    return open_index(index, read_manifest(index), search_with=search_with, verified=verified)


OF_ONE_RUN = {"postings", "records"}
"""Folders of a generation that hold names of their own, or the order in which records came."""


def files_of(index: Path) -> dict[str, bytes]:
    """Read the files of the generation in force that are the same whenever a reference is."""
    generation = index / read_manifest(index).generation
    files = (file for file in generation.rglob("*") if file.is_file())
    return {
        name: file.read_bytes()
        for file in files
        if (name := str(file.relative_to(generation))).partition("/")[0] not in OF_ONE_RUN
    }


def overwrite(file: Path, content: bytes) -> None:
    """Change a file of an index, which is read-only."""
    file.chmod(0o644)
    file.write_bytes(content)


def synthetic(size: int, seed: int = 1) -> list[tuple[str, str]]:
    """Houses and flats of invented streets, towns and postcodes, spread over the country."""
    dice = random.Random(seed)
    onsets, rimes = (
        [
            "B",
            "BR",
            "C",
            "CL",
            "D",
            "DR",
            "F",
            "G",
            "GR",
            "H",
            "K",
            "L",
            "M",
            "N",
            "P",
            "R",
            "S",
            "ST",
            "T",
            "TH",
            "W",
        ],
        ["A", "E", "I", "O", "U", "EA", "OO", "AR", "ER", "IL", "ON"],
    )
    codas = ["N", "M", "LL", "CK", "RD", "ST", "SH", "TON", "LEY", "HAM", "WICK", "FORD"]

    def word() -> str:
        return "".join(dice.choice(onsets) + dice.choice(rimes) for _ in range(2)) + dice.choice(codas)

    towns = [
        (word(), f"{dice.choice('ABCDEFGH')}{dice.choice('ABCDEFGH')}{n % 30 + 1}")
        for n in range(size // 2000 + 5)
    ]
    kinds = ["STREET", "ROAD", "LANE", "AVENUE", "CLOSE", "DRIVE"]
    names = [word() for _ in range(size // 40 + 20)]
    rows: list[tuple[str, str]] = []
    while len(rows) < size:
        town, outcode = dice.choice(towns)
        street = f"{dice.choice(names)} {dice.choice(kinds)}"
        for block in range(dice.randint(1, 4)):
            inward = f"{dice.randint(0, 9)}{dice.choice('ABDEFGHJL')}{dice.choice('ABDEFGHJL')}"
            for number in range(block * 20 + 1, block * 20 + dice.randint(3, 20)):
                flats = dice.randint(2, 6) if dice.random() < 0.1 else 0
                for flat in range(flats + 1):
                    front = f"FLAT {flat}, " if flat else ""
                    rows.append((f"{len(rows):08d}", f"{front}{number} {street}, {town}, {outcode} {inward}"))
    return rows[:size]

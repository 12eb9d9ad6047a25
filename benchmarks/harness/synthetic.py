"""The made-up countries that the benchmarks measure on, and their indexes, kept between runs in `benchmarks/cache/`."""

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.noise.table import RESERVED_NOISE
from address_match.models.synthesis.queries import NoisyQuery, make_queries, standard_mix, write_queries
from address_match.models.synthesis.reference import is_left_out, write_reference
from address_match.models.synthesis.splits import EVALUATION_SPLITS, SPLITS, street_key, street_split
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from benchmarks.harness.cost import CommandCost, run_address_match

WORK = Path(__file__).resolve().parents[1] / "cache"
OVERSAMPLING = 1.25 * SPLITS / len(EVALUATION_SPLITS)
"""Queries made for each that is kept: the streets of the evaluation, and a quarter more for luck."""
_ROOT = Path(__file__).resolve().parents[2]
RESERVED = frozenset(noise.name for noise in RESERVED_NOISE)
"""Names of the classes of noise that no training shows."""
_PACKAGES = ("parser", "indexer", "models", "service")


@dataclass(frozen=True, slots=True)
class Country:
    """A synthetic country; some of its premises are left out of the reference, their neighbours staying."""

    seed: int
    premises: int
    left_out: float
    """Share of the premises, in [0, 1)."""
    streets_left_out: float = 0.0
    """Share of the streets of which no premises is held, in [0, 1)."""

    @property
    def folder(self) -> Path:
        """Where its files are kept."""
        lacking = f"{self.left_out}-{self.streets_left_out}" if self.streets_left_out else self.left_out
        return WORK / f"country-{self.premises}-{self.seed}-{lacking}"

    @property
    def world(self) -> SyntheticCountry:
        """All its premises, made anew at each walk instead of kept in memory."""
        return SyntheticCountry(self.seed, self.premises)

    def is_left_out(self, uprn: str) -> bool:
        """Return whether the reference does not hold a premises."""
        return is_left_out(uprn, seed=self.seed, rate=self.left_out) or uprn in _on_streets_left_out(self)


@lru_cache(maxsize=2)
def _on_streets_left_out(country: Country) -> frozenset[str]:
    """Return the UPRNs of the premises on the streets of which the reference holds nothing."""
    rate = country.streets_left_out
    if not rate:
        return frozenset()
    return frozenset(
        place.uprn for place in country.world if is_left_out(street_key(place), seed=country.seed, rate=rate)
    )


def reference_of(country: Country, *, reuse: bool = False) -> Path:
    """Write the reference of a country, unless it stands there already, written by the same code.

    `reuse` takes one that stands there whatever wrote it.
    """
    path = country.folder / "reference.csv"
    if not (_stands(path, fingerprint := code_fingerprint()) or (reuse and path.exists())):
        country.folder.mkdir(parents=True, exist_ok=True)
        write_reference((p for p in country.world if not country.is_left_out(p.uprn)), path)
        _stamp(path, fingerprint)
    return path


def build_anew(country: Country, bundle: Path | None = None, *, jobs: int = 0) -> CommandCost:
    """Build the index of a country with the `index build` command, and measure that; the reference is made first.

    `jobs` 0 takes as many processes as there are cores.
    """
    reference, index = reference_of(country), index_path(country)
    shutil.rmtree(index, ignore_errors=True)
    with_bundle = ["--bundle", str(bundle)] if bundle else []
    cost = run_address_match(
        *("index", "build", str(reference), "--out", str(index)),
        *("--jobs", str(jobs or os.cpu_count() or 1), *with_bundle),
        log=country.folder / "build.log",
    )
    _stamp(index, _made_by(bundle))
    return cost


def index_of(country: Country, *, bundle: Path | None = None, reuse: bool = False) -> Path:
    """Give the index of a country: the one that the same code and models built before, or else a new one.

    `reuse` takes one that stands there whatever built it.
    """
    index = index_path(country)
    if not (_stands(index, _made_by(bundle)) or (reuse and index.exists())):
        build_anew(country, bundle)
    return index


def index_path(country: Country) -> Path:
    """Name the directory of the index of a country."""
    return country.folder / "index"


def evaluation_queries(country: Country, count: int, absent_rate: float) -> list[NoisyQuery]:
    """Make queries of every class, reserved ones too, for premises on streets that no learner has seen.

    They are picked out of queries for the whole country, so that a text that fits a premises on any other street as
    well is known to do so. Fewer come only where the country is too small.
    """
    unseen = {place.uprn for place in country.world if street_split(place) in EVALUATION_SPLITS}
    queries = make_queries(
        country.world,
        count=round(count * OVERSAMPLING),
        seed=country.seed,
        absent_rate=absent_rate,
        left_out=country.is_left_out,
    )
    return list(islice((query for query in queries if query.uprn in unseen), count))


def evaluation_queries_of(country: Country, count: int, absent_rate: float, *, reuse: bool = False) -> Path:
    """Write the queries of `evaluation_queries` as CSV, unless they stand there already."""
    path = country.folder / f"evaluation-{count}-{absent_rate}.csv"
    if not (_stands(path, fingerprint := code_fingerprint()) or (reuse and path.exists())):
        country.folder.mkdir(parents=True, exist_ok=True)
        write_queries(evaluation_queries(country, count, absent_rate), path)
        _stamp(path, fingerprint)
    return path


def standard_mix_of(country: Country, count: int, *, reuse: bool = False) -> Path:
    """Write the mix of the bulk figure for a country as CSV, unless it stands there already."""
    path = country.folder / f"standard-mix-{count}.csv"
    if not (_stands(path, fingerprint := code_fingerprint()) or (reuse and path.exists())):
        country.folder.mkdir(parents=True, exist_ok=True)
        write_queries(
            standard_mix(country.world, count=count, seed=country.seed, left_out=country.is_left_out), path
        )
        _stamp(path, fingerprint)
    return path


def with_truth(queries: Sequence[NoisyQuery]) -> list[EvaluationQuery]:
    """State queries as the evaluation wants them."""
    return [
        EvaluationQuery(
            query.text,
            frozenset() if query.absent else frozenset({query.uprn, *query.accept_uprns}),
            query.noise_class,
        )
        for query in queries
    ]


def rows_of(table: Path) -> int:
    """Count the rows of a CSV file below its header."""
    with table.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.reader(lines)) - 1


def addresses_of(table: Path) -> list[str]:
    """Read the column `address` of a CSV file."""
    with table.open(encoding="utf-8", newline="") as lines:
        return [row["address"] for row in csv.DictReader(lines)]


def code_fingerprint() -> str:
    """Name the code and the shipped models: what was made by one fingerprint is made alike by it again."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for path in sorted((_ROOT / package).rglob("*")):
            if path.is_file() and path.suffix in {".py", ".json", ".tsv", ".txt"}:
                digest.update(path.relative_to(_ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _made_by(bundle: Path | None) -> str:
    manifest = (bundle / "manifest.json").read_text(encoding="utf-8") if bundle else ""
    return hashlib.sha256((code_fingerprint() + manifest).encode()).hexdigest()


def _stamp_of(path: Path) -> Path:
    return path.with_name(path.name + ".made-by.json")


def _stamp(path: Path, fingerprint: str) -> None:
    _stamp_of(path).write_text(json.dumps({"code": fingerprint}), encoding="utf-8")


def _stands(path: Path, fingerprint: str) -> bool:
    stamp = _stamp_of(path)
    if not path.exists() or not stamp.exists():
        return False
    return bool(json.loads(stamp.read_text(encoding="utf-8"))["code"] == fingerprint)

"""The reference file of a synthetic country: one row per text, as CSV or Parquet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from address_match.models.synthesis.country.country import SyntheticCountry, district_premises
from address_match.models.synthesis.country.districts import District
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.reference_files import Row, encoder_for, open_reference
from address_match.parser.labelled_text import render
from address_match.worker_processes import done_in_order

_BATCH = 10_000
"""Premises that are encoded at a time."""


def is_left_out(uprn: str, *, seed: int, rate: float) -> bool:
    """Return whether a premises is left out of the reference, as `rate` of all are; the same on every machine."""
    digest = blake2b(f"{seed}|{uprn}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") < rate * 2**64


def rows_of(premises: Premises) -> Iterator[Row]:
    """Yield the rows of a premises in the order of `COLUMNS`, one a text."""
    for text in premises.texts:
        yield (
            premises.uprn,
            render(text.pieces).text,
            premises.postcode,
            text.kind,
            text.language,
            text.valid_from,
            text.valid_to,
            premises.parent_uprn,
            premises.classification,
            premises.country,
            premises.status,
            premises.latitude,
            premises.longitude,
            premises.easting,
            premises.northing,
        )


def kept(premises: Iterable[Premises], *, seed: int, rate: float) -> Iterator[Premises]:
    """Return the premises that are not left out; neighbours, parents and children of those that are stay."""
    return (p for p in premises if rate <= 0 or not is_left_out(p.uprn, seed=seed, rate=rate))


def _rows(premises: Iterable[Premises]) -> list[Row]:
    return [row for place in premises for row in rows_of(place)]


def write_reference(premises: Iterable[Premises], path: Path) -> int:
    """Write a reference, as Parquet or CSV by the suffix of its path, and return its number of rows."""
    encode = encoder_for(path)
    stream, count = iter(premises), 0
    with open_reference(path) as reference:
        while batch := list(islice(stream, _BATCH)):
            rows = _rows(batch)
            reference.write(encode(rows))
            count += len(rows)
    return count


@dataclass(frozen=True, slots=True)
class _DistrictTask:
    """What one process needs to write one district."""

    seed: int
    place: int
    district: District
    count: int
    path: Path
    leave_out_seed: int
    leave_out_rate: float


def _encoded_district(task: _DistrictTask) -> tuple[int, bytes]:
    premises = district_premises(task.seed, task.place, task.district, task.count)
    rows = _rows(kept(premises, seed=task.leave_out_seed, rate=task.leave_out_rate))
    return len(rows), encoder_for(task.path)(rows)


def write_country(
    country: SyntheticCountry,
    path: Path,
    *,
    jobs: int = 1,
    leave_out_seed: int = 0,
    leave_out_rate: float = 0.0,
) -> int:
    """Write the reference of a whole country by `jobs` processes and return its number of rows.

    The bytes of the file do not depend on `jobs`.
    """
    tasks = [
        _DistrictTask(country.seed, place, district, count, path, leave_out_seed, leave_out_rate)
        for place, district, count in country.districts()
    ]
    rows = 0
    with open_reference(path) as reference:
        for count, encoded in _encoded(tasks, jobs):
            reference.write(encoded)
            rows += count
    return rows


def _encoded(tasks: list[_DistrictTask], jobs: int) -> Iterator[tuple[int, bytes]]:
    if jobs <= 1:
        yield from map(_encoded_district, tasks)
        return
    for _, written in done_in_order(_encoded_district, ((None, task) for task in tasks), processes=jobs):
        yield written

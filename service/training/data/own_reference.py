"""A user's own reference as premises that encoder, ranker and calibration learn from."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

from address_match.indexer.reference.reference_source import ReferenceSource, open_reference
from address_match.models.synthesis.premises import Premises
from address_match.parser.address_parser import AddressParser
from address_match.service.errors import UsageError
from address_match.service.training.data.premises_of_texts import HeldText, premises_of

MOST_PREMISES = 200_000
"""Premises of a reference that are learned from; of a larger one, whole neighbourhoods are."""
BATCH_ROWS = 10_000
_COLUMNS = tuple(HeldText.__dataclass_fields__)
_WHOLE = 1 << 32


def read_premises(
    path: Path, parser: AddressParser, *, mapping: Path | None = None, at_most: int = MOST_PREMISES
) -> tuple[Premises, ...]:
    """Read a reference file; each premises has all its texts, and the fields that the parser finds in them.

    Of a reference of more than `at_most` premises, some postcode sectors are taken with all that stands in them, so
    that the neighbours stay together. `address_match.models.synthesis.splits.street_split` says which learner sees a
    premises. Raises SourceError for a file that cannot be read and UsageError for one without a usable row.
    """
    premises = _held_texts(open_reference(path, mapping=mapping), at_most)
    if not premises:
        raise UsageError(f"{path} holds no usable row, so nothing can be learned from it")
    return tuple(_stated(premises, parser))


def _held_texts(source: ReferenceSource, at_most: int) -> list[list[HeldText]]:
    """Collect the rows of each premises, in the order of the file; of neighbourhoods that a hash chooses."""
    kept: dict[str, list[HeldText]] = {}
    below = _WHOLE
    for batch in source.batches(BATCH_ROWS):
        for values in zip(*(batch.column(name).to_pylist() for name in _COLUMNS), strict=True):
            row = HeldText(*values)
            if row.uprn in kept:
                kept[row.uprn].append(row)
            elif below == _WHOLE or _chance(row) < below:
                kept[row.uprn] = [row]
        while len(kept) > at_most:
            below //= 2
            kept = {uprn: rows for uprn, rows in kept.items() if _chance(rows[0]) < below}
    return list(kept.values())


def _chance(row: HeldText) -> int:
    """Return the place of the neighbourhood of a row in [0, 2**32): that of its postcode sector, or of its last words."""
    return crc32((row.postcode[:-2] or row.address.rpartition(",")[2]).encode())


def _stated(premises: Sequence[Sequence[HeldText]], parser: AddressParser) -> Iterator[Premises]:
    for start in range(0, len(premises), BATCH_ROWS):
        part = premises[start : start + BATCH_ROWS]
        parses = iter(parser.parse_batch([row.address for rows in part for row in rows]))
        for rows in part:
            yield premises_of(rows, [next(parses) for _ in rows])

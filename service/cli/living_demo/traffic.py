"""Made-up addresses of a source, as it sends them usually, and after its form has changed."""

import csv
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.queries import NoisyQuery, make_queries
from address_match.models.synthesis.query_classes import MIXED, NOISY_WITHOUT_POSTCODE
from address_match.models.synthesis.reference import is_left_out
from address_match.service.cli.synth import ABSENT_SHARE

PREMISES, SEED = 3_000, 2026
_OF_SOURCE_ABSENT = 0.02
"""Share of the source's addresses that the reference does not hold: far fewer than of other sources."""


def usual(count: int) -> list[NoisyQuery]:
    """Return addresses as the source sends them usually."""
    return _made_up(count, SEED, None)


def without_postcode(count: int, seed: int) -> list[NoisyQuery]:
    """Return addresses of the source after its form has stopped to ask for the postcode."""
    return _made_up(count, SEED + seed, (NOISY_WITHOUT_POSTCODE, MIXED))


def _made_up(count: int, seed: int, classes: Sequence[str] | None) -> list[NoisyQuery]:
    country = SyntheticCountry(SEED, round(PREMISES / (1 - ABSENT_SHARE)))
    left_out = partial(is_left_out, seed=SEED, rate=ABSENT_SHARE)
    asked = make_queries(
        country, count=count, seed=seed, absent_rate=_OF_SOURCE_ABSENT, classes=classes, left_out=left_out
    )
    return list(asked)


def write_file(queries: Sequence[NoisyQuery], path: Path) -> None:
    """Write the addresses as the source would send them as a file: a number, and the text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("row", "address"), *((i, one.text) for i, one in enumerate(queries))])


def label(path: Path, truth: Sequence[NoisyQuery]) -> None:
    """Fill in a file of `label draw` as a coder does who knows the truth of every row."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        true = truth[int(row["row"])]
        if true.absent:
            row["label_verdict"] = "not in the reference"
        else:
            named = row["match_uprn"] in true.accept_uprns
            row["label_uprn"] = row["match_uprn"] if named else true.uprn
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)

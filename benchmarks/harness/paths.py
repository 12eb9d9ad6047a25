"""What is asked of a service for a measurement: addresses, what somebody types of them, and postcodes, of a made-up
country.
"""

import csv
import random
from collections.abc import Sequence
from urllib.parse import quote

from benchmarks.harness.synthetic import Country, reference_of

SHORTEST_TYPED, LONGEST_TYPED = 3, 25
"""Characters that somebody has typed of an address."""


def address_paths(texts: Sequence[str]) -> list[str]:
    """Ask for the premises of addresses."""
    return [f"/v1/addresses?input={quote(text)}" for text in texts]


def typed_paths(country: Country, count: int) -> list[str]:
    """Ask for what goes on from the beginnings of registered addresses, of any length that somebody types."""
    dice = random.Random(country.seed)
    addresses = _drawn(country, "address", count, dice)
    lengths = (dice.randint(SHORTEST_TYPED, LONGEST_TYPED) for _ in addresses)
    return [f"/v1/suggest?q={quote(text[:end])}" for text, end in zip(addresses, lengths, strict=True)]


def postcode_paths(country: Country, count: int) -> list[str]:
    """Ask for the premises of registered postcodes."""
    postcodes = _drawn(country, "postcode", count, random.Random(country.seed))
    return [f"/v1/postcodes/{quote(postcode)}" for postcode in postcodes]


def _drawn(country: Country, column: str, count: int, dice: random.Random) -> list[str]:
    with reference_of(country, reuse=True).open(encoding="utf-8", newline="") as file:
        values = [row[column] for row in csv.DictReader(file) if row[column]]
    return dice.choices(values, k=count)

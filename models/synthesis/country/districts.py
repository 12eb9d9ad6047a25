"""The postcode districts of the synthetic country: real towns and outcodes, on which invented streets are laid."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

COUNTRIES = "EWSNML"
"""England, Wales, Scotland, Northern Ireland, Isle of Man, Channel Islands."""

_SHARE = {"E": 0.715, "W": 0.085, "S": 0.12, "N": 0.06, "M": 0.01, "L": 0.01}
"""Wales, Scotland and Northern Ireland have more than their share of homes, so that their forms are learned."""

_FULL_DISTRICT = 1000
_SMALL_DISTRICT = 120
_VARIETY = 48
"""A small country still shows about this many districts, of fewer premises each."""


@dataclass(frozen=True, slots=True)
class District:
    """A postcode district: its outcode, its post town and what lies in it."""

    country: str
    """A letter of `COUNTRIES`."""
    outcode: str
    town: str
    town_welsh: str
    """Empty where the town has one name."""
    county: str
    """The former postal county; empty in London."""
    authority: str
    latitude: float
    longitude: float
    localities: tuple[str, ...]
    """Villages and suburbs, from the nearest outwards; may be empty."""


@cache
def all_districts() -> tuple[District, ...]:
    """Read every district that the country can have."""
    text = (
        files("address_match.models.synthesis").joinpath("data", "districts.tsv").read_text(encoding="utf-8")
    )
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return tuple(
        District(
            country=row[0],
            outcode=row[1],
            town=row[2],
            town_welsh=row[3],
            county=row[4],
            authority=row[5],
            latitude=float(row[6]),
            longitude=float(row[7]),
            localities=tuple(name for name in row[8].split(";") if name),
        )
        for row in rows[1:]
    )


def chosen_districts(premises: int, shuffled: list[District]) -> list[tuple[District, int]]:
    """Choose districts for a country of this many premises, and how many premises stand in each.

    `shuffled` holds every district in the order in which they are taken within their country. The counts sum to
    `premises`, and each country has at least one district where there are enough of them.
    """
    wanted = max(premises // _FULL_DISTRICT, min(_VARIETY, premises // _SMALL_DISTRICT), 1)
    queues = {country: [d for d in shuffled if d.country == country] for country in COUNTRIES}
    chosen: list[District] = []
    for country in COUNTRIES:
        share = max(1, round(wanted * _SHARE[country])) if wanted >= len(COUNTRIES) else int(country == "E")
        chosen.extend(queues[country][:share])
    base, rest = divmod(premises, len(chosen))
    return [(district, base + (place < rest)) for place, district in enumerate(chosen)]

"""The synthetic country: a stream of premises, district by district, the same for the same seed."""

from collections.abc import Callable, Iterator
from itertools import islice
from random import Random

from address_match.models.synthesis.country.blocks import block_of_flats, caravan_park, student_hall
from address_match.models.synthesis.country.commerce import estate_of_units, public_place, shopping_street
from address_match.models.synthesis.country.complexes import (
    health_centre,
    hospital,
    market,
    parade,
    shopping_centre,
)
from address_match.models.synthesis.country.countryside import farm_estate, hamlet, townland
from address_match.models.synthesis.country.district_builder import DistrictBuilder
from address_match.models.synthesis.country.districts import District, all_districts, chosen_districts
from address_match.models.synthesis.country.dwellings import street_of_houses
from address_match.models.synthesis.country.land import (
    building_plots,
    garages,
    plant_beside_a_house,
    po_boxes,
    street_record,
)
from address_match.models.synthesis.country.postcodes import PostcodeRound
from address_match.models.synthesis.country.streets import StreetNames
from address_match.models.synthesis.country.terraces import row_of_homes
from address_match.models.synthesis.country.uprns import UprnSeries
from address_match.models.synthesis.country.vocabulary import vocabulary
from address_match.models.synthesis.premises import Premises

Development = Callable[[DistrictBuilder], Iterator[Premises]]

_RURAL_SHARE = 0.3
"""Districts where most streets are in villages."""
_INNER_SHARE = 0.35
"""Districts of divided houses, blocks and shops, of those that are not rural."""
_VILLAGE_STREETS, _TOWN_STREETS = 0.75, 0.12
"""Share of the developments that lie in villages, in a rural district and in another one."""
_COUNTY_SHARE = 0.35
"""Districts of England and Wales whose gazetteer writes the county for the authority."""
_LONDON_BOROUGH_BELOW, _PLAIN_AUTHORITY_FROM = 0.3, 0.2
"""Chances below which an authority of London, and up to which another one, is written with its rank."""


class SyntheticCountry:
    """A synthetic country; equal arguments give an equal country, premises for premises."""

    __slots__ = ("seed", "size")

    def __init__(self, seed: int, premises: int) -> None:
        self.seed = seed
        self.size = premises

    def districts(self) -> list[tuple[int, District, int]]:
        """Return which districts the country has: their number, the district, and its count of premises."""
        shuffled = list(all_districts())
        Random(f"{self.seed}|districts").shuffle(shuffled)
        chosen = chosen_districts(self.size, shuffled)
        return [(place, district, count) for place, (district, count) in enumerate(chosen)]

    def __iter__(self) -> Iterator[Premises]:
        """Walk the premises, made anew at each walk, so that none is kept in memory."""
        return self.premises()

    def premises(self) -> Iterator[Premises]:
        """Stream exactly `size` premises; parents come before their children."""
        for place, district, count in self.districts():
            yield from district_premises(self.seed, place, district, count)


def district_premises(seed: int, place: int, district: District, count: int) -> Iterator[Premises]:
    """Yield `count` premises of one district, the same whatever stands in the others."""
    rng = Random(f"{seed}|{district.outcode}|{place}")
    builder = _builder_of(place, district, rng)
    developments, weights = _developments(builder)

    def built() -> Iterator[Premises]:
        while True:
            for development in rng.choices(developments, weights, k=64):
                yield from development(builder)

    return islice(built(), count)


def _builder_of(place: int, district: District, rng: Random) -> DistrictBuilder:
    words = vocabulary()
    # A locality with the name of the post town would be the town written twice, with two labels.
    villages = tuple(name for name in district.localities[:10] if name != district.town)
    coined = [words.village(district.country, rng) for _ in range(3)]
    if district.town == "LONDON":
        suburbs = villages or (district.authority,)
        villages = ()
    else:
        suburbs = tuple(dict.fromkeys([words.pick("wards", rng), *coined, *villages[:1], ""]))
        villages = villages or tuple(coined)
    shire = district.county and rng.random() < _COUNTY_SHARE and district.country in "EW"
    authority = district.county if shire else district.authority
    if not shire:
        authority = _council(authority, rng, london=district.town == "LONDON")
    authority = authority.replace(",", "")
    return DistrictBuilder(
        district=district,
        rng=rng,
        vocabulary=words,
        names=StreetNames(district.country, words, rng),
        postcodes=PostcodeRound(district.outcode, rng),
        uprns=UprnSeries(place, rng),
        villages=villages,
        suburbs=suburbs,
        wards=tuple(
            name
            for name in (*suburbs, *villages[:2], *(words.village(district.country, rng) for _ in range(2)))
            if name
        ),
        authority_words=authority,
    )


def _council(authority: str, rng: Random, *, london: bool) -> str:
    """Return an authority as its own register writes it; a city or a borough often as such, now and then twice."""
    chance = rng.random()
    if london:
        return f"LONDON BOROUGH OF {authority}" if chance < _LONDON_BOROUGH_BELOW else authority
    if authority.startswith("CITY OF") or authority.endswith("CITY") or chance > _PLAIN_AUTHORITY_FROM:
        return authority
    forms = ("{} COUNCIL", "{} CITY", "CITY OF {}", "BOROUGH OF {}", "{} DISTRICT", "{} BOROUGH COUNCIL")
    return rng.choice(forms).format(authority)


def _developments(builder: DistrictBuilder) -> tuple[list[Development], list[float]]:
    """Choose what the district is built of: weights are chances of a development, not of a premises."""
    rng = builder.rng
    village = (
        0.0 if not builder.villages else _VILLAGE_STREETS if rng.random() < _RURAL_SHARE else _TOWN_STREETS
    )
    inner = village < _VILLAGE_STREETS and (builder.district.town == "LONDON" or rng.random() < _INNER_SHARE)

    def here() -> bool:
        return rng.random() < village

    table: list[tuple[Development, float]] = [
        (lambda g: street_of_houses(g, village=here(), inner=inner), 46.0),
        (lambda g: block_of_flats(g, village=here()), 12.0 if inner else 5.0),
        (lambda g: shopping_street(g, village=here()), 5.0),
        (lambda g: estate_of_units(g, village=here()), 2.5),
        (lambda g: public_place(g, village=here()), 10.0),
        (hamlet, 40.0 * village),
        (farm_estate, 40.0 * village),
        (townland, 25.0 if builder.district.country == "N" else 0.0),
        (lambda g: row_of_homes(g, village=here()), 6.0),
        (lambda g: parade(g, village=here()), 1.6),
        (lambda g: health_centre(g, village=here()), 2.0),
        (shopping_centre, 0.7),
        (market, 0.3),
        (hospital, 0.7),
        (student_hall, 1.2 if inner else 0.25),
        (caravan_park, 1.2 * village),
        (garages, 1.8),
        (plant_beside_a_house, 3.0),
        (street_record, 4.0),
        (po_boxes, 1.0),
        (building_plots, 0.8),
    ]
    return [development for development, _ in table], [weight for _, weight in table]

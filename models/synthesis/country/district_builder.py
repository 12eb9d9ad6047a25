"""Builds one district: opens its streets, hands out postcodes and UPRNs, and lays premises."""

from dataclasses import dataclass, field, replace
from math import cos, radians
from random import Random

from address_match.models.synthesis.country.districts import District
from address_match.models.synthesis.country.grid import grid_reference
from address_match.models.synthesis.country.postcodes import PREMISES_A_POSTCODE, PostcodeRound
from address_match.models.synthesis.country.streets import StreetName, StreetNames
from address_match.models.synthesis.country.uprns import UprnSeries
from address_match.models.synthesis.country.vocabulary import Vocabulary
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.shares import Shares
from address_match.models.synthesis.texts.register_texts import Setting, texts_of

_METRES_A_DEGREE = 111_200.0
_SPREAD = {True: 0.035, False: 0.012}
"""Standard deviation of the latitude of the sites of a district, degrees, in villages and in its town."""
_EAST_OF_NORTH = 1.6
"""Degrees of longitude that are as long as one of latitude."""
_METRES_A_NUMBER = 8.0
"""Along a street."""
_NORTHWARD, _EASTWARD = 0.6, 0.8
"""Direction of every street, of length one."""
_HISTORICAL_FROM = 0.994
"""Chance above which a premises is historical."""
_SIDED_SHARE = 0.3
_OTHER_WARD_SHARE = 0.25
"""Streets for which the gazetteer names another locality than people do."""
_SHARED = {True: 0.5, False: 0.3}
"""How often a new street shares its first postcode with the one before, in a village and in a town."""


_HOUSE_NAMES = Shares(
    {
        "{house_whole}": 0.3,
        "{house_heads} {house_tails}": 0.4,
        "{coined} {house_tails}": 0.18,
        "{coined}": 0.07,
        "{surname} {house_tails}": 0.05,
    }
)
"""Forms of the names of houses (`Vocabulary.fill`)."""


@dataclass(slots=True)
class Site:
    """A stretch of one street, or a place without a street, on which premises are laid."""

    name: StreetName
    locality: str
    setting: Setting
    latitude: float
    longitude: float
    easting: float
    northing: float
    postcodes: PostcodeRound
    sided: bool
    """Whether the two sides of the street have different postcodes."""
    dependent_street: str = ""
    used: dict[int, str] = field(default_factory=dict)
    """The postcode of each block of numbers that has one."""
    names: set[str] = field(default_factory=set)
    """Names of houses that the street has."""

    def postcode(self, number: int) -> str:
        """Return the postcode of a number on this site."""
        place = max(number, 0)
        block = place // (2 * PREMISES_A_POSTCODE) * 2 + (place % 2 if self.sided else 0)
        code = self.used.get(block)
        if code is None:
            code = self.used[block] = self.postcodes.next()
        return code


@dataclass(slots=True)
class DistrictBuilder:
    """Opens the sites of one district and lays premises on them."""

    district: District
    rng: Random
    vocabulary: Vocabulary
    names: StreetNames
    postcodes: PostcodeRound
    uprns: UprnSeries
    villages: tuple[str, ...]
    suburbs: tuple[str, ...]
    """Wards and neighbourhoods of the post town; an empty one stands for the town itself."""
    wards: tuple[str, ...]
    """Wards and parishes that the gazetteer alone knows."""
    authority_words: str
    last: Site | None = None
    """The site opened last."""

    def site(self, *, village: bool, street: StreetName | None = None, shops: bool = False) -> Site:
        """Open a new street; `street` names it, an empty name makes a place without a street."""
        rng, district = self.rng, self.district
        locality = rng.choice(self.villages) if village and self.villages else rng.choice(self.suburbs)
        neighbour = self.last
        shared = (
            neighbour is not None and neighbour.setting.village == village and rng.random() < _SHARED[village]
        )
        if neighbour is not None and shared:
            locality = neighbour.locality
        name = self.names.next(locality, shops=shops) if street is None else street
        spread = _SPREAD[village]
        latitude = district.latitude + rng.gauss(0.0, spread)
        longitude = district.longitude + rng.gauss(0.0, spread * _EAST_OF_NORTH)
        easting, northing = grid_reference(latitude, longitude)
        if not shared:
            self.postcodes.move()
        site = Site(
            name=name,
            locality=locality,
            setting=Setting(village=village, authority_words=self.authority_words, ward=self._ward(locality)),
            latitude=latitude,
            longitude=longitude,
            easting=easting,
            northing=northing,
            postcodes=self.postcodes,
            sided=rng.random() < _SIDED_SHARE,
        )
        if neighbour is not None and shared and neighbour.used:
            site.used[0] = next(iter(neighbour.used.values()))
        self.last = site
        return site

    def _ward(self, locality: str) -> str:
        """Name the ward or parish that the gazetteer writes for a street, empty where it writes the locality."""
        if self.rng.random() >= _OTHER_WARD_SHARE:
            return ""
        ward = self.rng.choice(self.wards)
        return "" if ward == locality else ward

    def fill(self, form: str, **given: str | tuple[str, ...]) -> str:
        """Fill a form of names in the manner of the country (`Vocabulary.fill`)."""
        return self.vocabulary.fill(form, self.district.country, self.rng, **given)

    def house_name(self, site: Site) -> str:
        """Name a house as no other on the street is named."""
        name = ""
        for _ in range(6):
            name = self.fill(_HOUSE_NAMES.draw(self.rng))
            if name not in site.names:
                break
        site.names.add(name)
        return name

    def lay(
        self,
        site: Site,
        kind: str,
        classification: str,
        *,
        parent: str = "",
        organisation: str = "",
        department: str = "",
        flat_word: str = "",
        flat: str = "",
        floor: str = "",
        building: str = "",
        number: int = -1,
        number_end: int = -1,
        suffix: str = "",
        postcode: str = "",
        former: str = "",
        status: str = "",
    ) -> Premises:
        """Lay one premises on a site, with its texts; `former` is a name that it had."""
        rng, district = self.rng, self.district
        chance = rng.random()
        along = _METRES_A_NUMBER * max(number, 0)
        north, east = along * _NORTHWARD + 4 * chance, along * _EASTWARD
        premises = Premises(
            uprn=self.uprns.next(),
            parent_uprn=parent,
            kind=kind,
            country=district.country,
            classification=classification,
            status=status or ("historical" if chance > _HISTORICAL_FROM else "approved"),
            organisation=organisation,
            department=department,
            flat_word=flat_word,
            flat=flat,
            floor=floor,
            building=building,
            number=number,
            number_end=number_end,
            suffix=suffix,
            dependent_street=site.dependent_street,
            street=site.name.english,
            street_welsh=site.name.welsh,
            locality=site.locality,
            town=district.town,
            town_welsh=district.town_welsh,
            county=district.county,
            authority=district.authority,
            postcode=postcode or site.postcode(number),
            latitude=round(site.latitude + north / _METRES_A_DEGREE, 6),
            longitude=round(site.longitude + east / (_METRES_A_DEGREE * cos(radians(site.latitude))), 6),
            easting=round(site.easting + east, 1),
            northing=round(site.northing + north, 1),
        )
        return replace(premises, texts=texts_of(premises, site.setting, rng, former))

"""Villages without streets: named houses, farms with their cottages, Northern Irish townlands."""

from collections.abc import Iterator

from address_match.models.synthesis.country.district_builder import DistrictBuilder
from address_match.models.synthesis.country.streets import StreetName
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.shares import Shares

_ON_LANE_SHARE = 0.6
"""Hamlets whose houses stand on a lane with a name."""
_DESCRIBED_LANE_SHARE = 0.12
"""Lanes that have no name and are described by what they join."""
_FORMER_NAME_SHARE = 0.05
_FARM_ON_LANE_SHARE = 0.6
_FARM_STEMS = Shares({"{coined}": 0.5, "{surname}": 0.2, "{before} {coined}": 0.15, "{trees} {land}": 0.15})
"""Forms of the names of farms, without FARM (`Vocabulary.fill`)."""
_BEFORE = ("UPPER", "LOWER", "HIGHER", "GREAT", "LITTLE", "OLD", "NEW", "HOME", "MANOR")
_NAMED_BY_STEM_SHARE = 0.5
"""Parts of a farm that have its name without FARM: ALDER BARN."""
_LETTERED_SHARE, _NAMED_SHARE = 0.08, 0.05
"""Houses of a townland with a letter behind their number, and with a name."""


def hamlet(builder: DistrictBuilder) -> Iterator[Premises]:
    """Build named houses, with a lane or with nothing but their village."""
    rng = builder.rng
    named = rng.random() < _ON_LANE_SHARE
    lane = None if named else StreetName("")
    if named and rng.random() < _DESCRIBED_LANE_SHARE:
        locality = rng.choice(builder.villages) if builder.villages else builder.suburbs[0]
        lane = StreetName(_described(builder, locality))
    site = builder.site(village=True, street=lane)
    for _ in range(2 + int(rng.random() * 9)):
        former = builder.house_name(site) if rng.random() < _FORMER_NAME_SHARE else ""
        yield builder.lay(site, "house", "RD02", building=builder.house_name(site), former=former)


def _described(builder: DistrictBuilder, locality: str) -> str:
    """Describe a road that has no name, as the gazetteers of rural councils do."""
    rng = builder.rng
    there = builder.vocabulary.coin(builder.district.country, rng)
    road = f"{rng.choice('BC')}{1000 + int(rng.random() * 900)}"
    return rng.choice(
        (
            f"ROAD FROM {there} TO {locality}",
            f"ROAD FROM CATTLE GRID TO {there}",
            f"{there} JUNCTION TO {locality}",
            f"FROM THE {road} TO {there}",
            f"{there} TO {locality}",
            f"ROAD LEADING TO {there}",
            f"TRACK FROM {there} FARM TO {locality}",
            f"{road} FROM {there} JUNCTION TO COUNTY BOUNDARY",
        )
    )


def farm_estate(builder: DistrictBuilder) -> Iterator[Premises]:
    """Build a farm with its farmhouse, cottages, annexe, lodge and barns."""
    rng, vocabulary = builder.rng, builder.vocabulary
    site = builder.site(village=True, street=None if rng.random() < _FARM_ON_LANE_SHARE else StreetName(""))
    stem = builder.fill(_FARM_STEMS.draw(rng), before=_BEFORE)
    whole = builder.lay(site, "farm", "CA01", building=f"{stem} {vocabulary.pick('farm_tails', rng)}")
    yield whole
    parts = list(dict.fromkeys(vocabulary.pick("estate_parts", rng) for _ in range(int(rng.random() * 6))))
    for part in parts:
        if f"{stem} {part}" == whole.building:
            continue
        head = stem if rng.random() < _NAMED_BY_STEM_SHARE else f"{stem} FARM"
        if part == "COTTAGES":
            for number in range(1, 2 + int(rng.random() * 4)):
                yield builder.lay(site, "house", "RD04", flat=str(number), building=f"{head} COTTAGES")
        elif part == "ANNEXE":
            yield builder.lay(
                site, "flat", "RD06", parent=whole.uprn, floor="THE ANNEXE", building=whole.building
            )
        else:
            yield builder.lay(site, "farm", "RD02", building=f"{head} {part}")


def townland(builder: DistrictBuilder) -> Iterator[Premises]:
    """Number the houses along a road of a Northern Irish townland; the townland is the locality."""
    rng = builder.rng
    site = builder.site(village=True)
    site.locality = builder.vocabulary.coin("N", rng)
    number = 1 + int(rng.random() * 60)
    for _ in range(6 + int(rng.random() * 20)):
        number += 1 + int(rng.random() * 4)
        suffix = "AB"[int(rng.random() * 2)] if rng.random() < _LETTERED_SHARE else ""
        name = builder.house_name(site) if rng.random() < _NAMED_SHARE else ""
        yield builder.lay(site, "house", "RD02", building=name, number=number, suffix=suffix)

"""Homes on an ordinary street: houses, suffixes, ranges, named houses, houses divided into flats."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from random import Random

from address_match.models.synthesis.country.district_builder import DistrictBuilder, Site
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.shares import Shares

_FLOORS = ("BASEMENT", "GROUND FLOOR", "FIRST FLOOR", "SECOND FLOOR", "TOP FLOOR")
_FLOOR_FLATS = ("GARDEN FLAT", "LOWER GROUND FLOOR FLAT", "REAR FLAT", "UPPER FLAT", "LOWER FLAT", "THE FLAT")
_SCOTTISH_FLOORS = ("GROUND LEFT", "GROUND RIGHT", "FIRST LEFT", "FIRST RIGHT", "SECOND LEFT", "TOP RIGHT")
_TYPES = ("RD02", "RD03", "RD03", "RD04", "RD04")


_DEPENDENT_STREET_SHARE = 0.012
"""Streets off another one, with a name of their own: BRIAR MEWS, MILL ROAD."""
_DIVIDED_INNER, _DIVIDED_ELSEWHERE = (0.0, 0.04, 0.15, 0.4), (0.0, 0.0, 0.02)
_NAMED_IN_VILLAGE, _NAMED_IN_TOWN = (0.05, 0.3), (0.0, 0.02, 0.08)
_ONLY_NAMED_IN_VILLAGE, _ONLY_NAMED_IN_TOWN = (0.1, 0.4), 0.005
"""What `StreetHabit` may be, evenly drawn where there are several."""
_JOINED_INNER, _JOINED_ELSEWHERE = 0.02, 0.006
"""Houses joined with the next one, which has no number then."""
_JOINED_HOUSE_SHARE = 0.6
"""Joined houses that are one home; the others are divided."""

_NUMBERS_OF_A_STREET = (2.95, 0.85)
"""Mean and standard deviation of the logarithm of how many there are."""
_FROM_ONE_SHARE, _FROM_TWO_SHARE = 0.72, 0.3
"""Streets that begin at 1, and of the others those that begin at 2."""
_ONE_SIDED_SHARE = 0.25
"""Streets of every second number."""
_GAP_SHARE, _NO_THIRTEEN_SHARE = 0.025, 0.4

_FORMER_NAME_SHARE = 0.08
_LETTERS_BESIDE_FROM, _LETTER_ALONE_FROM = 0.988, 0.982
"""Chances above which houses 12A and 12B stand beside 12, and above which 12A stands alone, but not in Scotland."""
_PARENT_SHARE = 0.5
"""Divided houses that are premises of the register themselves."""


class _Division(Enum):
    """How the flats of a house are designated."""

    LETTERS = auto()
    NUMBERS = auto()
    FLOORS = auto()
    ONE_FLAT = auto()
    """The house and one flat: GARDEN FLAT."""


_DIVISIONS = Shares(
    {
        _Division.LETTERS: 0.6,
        _Division.NUMBERS: 0.18,
        _Division.FLOORS: 0.16,
        _Division.ONE_FLAT: 0.06,
    }
)
_FLAT_BEFORE_SLASH_SHARE = 0.5
"""Flats of a tenement, 1/2, that have the word before them."""


@dataclass(frozen=True, slots=True)
class StreetHabit:
    """How a street is numbered and built, in shares of its numbers."""

    divided: float
    """Houses divided into flats."""
    named: float
    """Houses that have a name beside their number."""
    only_named: float
    """Houses that have a name and no number."""


def street_of_houses(builder: DistrictBuilder, *, village: bool, inner: bool) -> Iterator[Premises]:
    """Build one residential street."""
    rng = builder.rng
    site = builder.site(village=village)
    if rng.random() < _DEPENDENT_STREET_SHARE:
        kind = rng.choice(("MEWS", "CLOSE", "GARDENS"))
        site.dependent_street = f"{builder.vocabulary.coin(builder.district.country, rng)} {kind}"
    habit = StreetHabit(
        divided=rng.choice(_DIVIDED_INNER if inner else _DIVIDED_ELSEWHERE),
        named=rng.choice(_NAMED_IN_VILLAGE if village else _NAMED_IN_TOWN),
        only_named=rng.choice(_ONLY_NAMED_IN_VILLAGE) if village else _ONLY_NAMED_IN_TOWN,
    )
    kind = _TYPES[int(rng.random() * len(_TYPES))]
    taken = -1
    for number in _numbers(builder):
        if number == taken:
            continue
        joined = rng.random() < (_JOINED_INNER if inner else _JOINED_ELSEWHERE)
        taken = number + 2 if joined else -1
        if joined and rng.random() < _JOINED_HOUSE_SHARE:
            yield builder.lay(site, "house", kind, number=number, number_end=taken)
        elif joined and builder.district.country != "S":
            yield from divided_house(builder, site, number, number_end=taken)
        else:
            yield from _plot(builder, site, habit, kind, number)


def _numbers(builder: DistrictBuilder) -> Iterator[int]:
    """Number the plots of a street, with the gaps that streets have; 13 is often missing, a side too."""
    rng = builder.rng
    count = max(3, min(int(rng.lognormvariate(*_NUMBERS_OF_A_STREET)), 400))
    if rng.random() < _FROM_ONE_SHARE:
        start = 1
    else:
        start = 2 if rng.random() < _FROM_TWO_SHARE else int(rng.random() ** 2 * 400) + 2
    step = 2 if rng.random() < _ONE_SIDED_SHARE else 1
    for number in range(start, start + count * step, step):
        if rng.random() < _GAP_SHARE or (number == 13 and rng.random() < _NO_THIRTEEN_SHARE):
            continue
        yield number


def _plot(
    builder: DistrictBuilder, site: Site, habit: StreetHabit, kind: str, number: int
) -> Iterator[Premises]:
    rng = builder.rng
    chance = rng.random()
    if chance < habit.divided:
        yield from divided_house(builder, site, number)
        return
    chance = rng.random()
    if chance < habit.only_named:
        yield builder.lay(site, "house", kind, building=builder.house_name(site))
    elif chance < habit.only_named + habit.named:
        former = builder.house_name(site) if rng.random() < _FORMER_NAME_SHARE else ""
        yield builder.lay(
            site, "house", kind, building=builder.house_name(site), number=number, former=former
        )
    elif chance > _LETTERS_BESIDE_FROM:
        yield builder.lay(site, "house", kind, number=number)
        for suffix in "ABC"[: 1 + int(rng.random() * 1.6)]:
            yield builder.lay(site, "house", kind, number=number, suffix=suffix)
    elif chance > _LETTER_ALONE_FROM and builder.district.country != "S":
        yield builder.lay(site, "house", kind, number=number, suffix="A")
    else:
        yield builder.lay(site, "house", kind, number=number)


def divided_house(
    builder: DistrictBuilder, site: Site, number: int, *, number_end: int = -1
) -> Iterator[Premises]:
    """Divide one house into flats, in the notation of its country; half of them have a parent on the register."""
    rng = builder.rng
    if builder.district.country == "S":
        yield from tenement(builder, site, number)
        return
    parent = ""
    if rng.random() < _PARENT_SHARE:
        whole = builder.lay(site, "block", "PP", number=number, number_end=number_end)
        parent = whole.uprn
        yield whole
    for word, floor, flat in _parts_of_a_house(rng):
        yield builder.lay(
            site,
            "flat",
            "RD06",
            parent=parent,
            flat_word=word,
            floor=floor,
            flat=flat,
            number=number,
            number_end=number_end,
        )


def _parts_of_a_house(rng: Random) -> list[tuple[str, str, str]]:
    """Choose a notation, and name the flats in it: the word, the floor and the letter or number of each."""
    division = _DIVISIONS.draw(rng)
    count = 2 + int(rng.random() * 4)
    if division is _Division.LETTERS:
        return [("FLAT", "", letter) for letter in "ABCDEFGH"[:count]]
    if division is _Division.NUMBERS:
        return [("FLAT", "", str(flat)) for flat in range(1, count + 1)]
    if division is _Division.FLOORS:
        return [("FLAT", floor, "") for floor in _FLOORS[int(rng.random() * 2) :][:count]]
    return [("", rng.choice(_FLOOR_FLATS), "")]


def tenement(builder: DistrictBuilder, site: Site, number: int) -> Iterator[Premises]:
    """Build a Scottish tenement: 2F1, PF2, 1/2, 3/1, GROUND LEFT or plain flat numbers behind a common door."""
    rng = builder.rng
    notation = rng.choice(("2F1", "1/2", "1/2", "left", "plain", "word"))
    storeys, doors = 3 + int(rng.random() * 2), 2 + int(rng.random() * 2)
    if notation == "left":
        for floor in _SCOTTISH_FLOORS[: storeys + 2]:
            yield builder.lay(site, "flat", "RD06", flat=floor, number=number)
        return
    count = 0
    for storey in range(storeys):
        for door in range(1, doors + 1):
            count += 1
            if notation == "2F1":
                flat, word = f"{storey}F{door}" if storey else f"PF{door}", ""
            elif notation == "1/2":
                flat, word = f"{storey}/{door}", "FLAT" if rng.random() < _FLAT_BEFORE_SLASH_SHARE else ""
            else:
                flat, word = str(count), "FLAT"
            yield builder.lay(site, "flat", "RD06", flat_word=word, flat=flat, number=number)

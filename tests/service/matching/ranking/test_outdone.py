from dataclasses import replace

import numpy as np
import pytest

from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.table import compare
from address_match.service.matching.ranking.outdone import outdone
from tests.service.matching.factories import Held, pairs_of

ASKED = ParsedFields(number=5, street="MILL LANE", town="OTLEY")


def house(street: str, number: int = 5, town: str = "OTLEY", postcode: str = "", unit: str = "") -> Held:
    fields = ParsedFields(
        number=number, street=street, town=town, postcode=postcode, unit=unit, unit_kind="FLAT" * bool(unit)
    )
    flat = f"FLAT {unit}, " if unit else ""
    return Held(f"{flat}{number} {street}, {town}", fields)


ONLY_FLAT = house("MILL LANE", unit="2")


def outdone_beside(asked: ParsedFields, *held: Held) -> list[bool]:
    """Return which of these are outdone, candidates of one query."""
    words = " ".join(map(str, (asked.number, asked.building, asked.street, asked.town)))
    pairs = pairs_of(asked, held, words, streets={"MILL LANE": ["OTLEY"]})
    return [bool(one) for one in outdone(compare(pairs), np.zeros(len(held), dtype=np.int64))]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(house("ALDER WAY"), id="another street"),
        pytest.param(house("MILL ROAD"), id="a street of a like name"),
        pytest.param(house("", number=5), id="no street"),
        pytest.param(house("MILL LANE", number=7), id="another number"),
        pytest.param(house("MILL LANE", number=3, unit="5"), id="a flat of that number in another house"),
        pytest.param(house("MILL LANE", town="SHILDON"), id="that street in another town"),
    ],
)
def test_what_is_not_the_house_is_outdone_by_the_only_flat_of_it(other: Held) -> None:
    assert outdone_beside(ASKED, ONLY_FLAT, other) == [False, True]


@pytest.mark.parametrize("street", ["ALDER WAY", "MILL ROAD", "MILLS LANE"])
def test_another_street_is_outdone_by_the_asked_one_though_that_lacks_the_number(street: str) -> None:
    neighbour = house("MILL LANE", number=7)
    assert outdone_beside(ASKED, neighbour, house(street)) == [False, True]


def test_the_asked_number_and_postcode_on_a_street_of_a_like_name_are_left_to_a_clerk() -> None:
    asked = replace(ASKED, postcode="LS214QT")
    other = house("MILL ROAD", postcode="LS214QT")
    assert outdone_beside(asked, house("MILL LANE", number=7), other) == [False, False]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(house("MILLLANE"), id="a spelling of the asked street"),
        pytest.param(house(""), id="no street"),
    ],
)
def test_what_may_be_the_asked_street_is_not_outdone_where_that_lacks_the_number(other: Held) -> None:
    assert outdone_beside(ASKED, house("MILL LANE", number=7), other) == [False, False]


def test_another_street_is_not_outdone_by_the_asked_one_of_another_town() -> None:
    far = house("MILL LANE", number=7, town="SHILDON")
    assert outdone_beside(ASKED, far, house("ALDER WAY")) == [False, False]


def test_a_building_of_the_asked_name_is_not_outdone_by_the_asked_street() -> None:
    asked = ParsedFields(number=5, street="MILL LANE", town="OTLEY", building="ROWAN COURT")
    named = Held("ROWAN COURT, ALDER WAY", ParsedFields(building="ROWAN COURT", street="ALDER WAY"))
    assert outdone_beside(asked, house("MILL LANE", number=7), named) == [False, False]


def test_another_street_of_the_asked_postcode_is_not_outdone() -> None:
    asked = ParsedFields(number=5, street="MILL LANE", town="OTLEY", postcode="LS214QT")
    assert outdone_beside(asked, ONLY_FLAT, house("ALDER WAY", postcode="LS214QT")) == [False, False]


def test_a_building_of_the_asked_name_is_not_outdone_by_a_number() -> None:
    asked = ParsedFields(number=5, street="MILL LANE", town="OTLEY", building="ROWAN COURT")
    named = Held("ROWAN COURT, ALDER WAY", ParsedFields(building="ROWAN COURT", street="ALDER WAY"))
    assert outdone_beside(asked, ONLY_FLAT, named) == [False, False]


@pytest.mark.parametrize("name", ["ROWAN HOUSE CLINIC", "ROWAN HOUSE COTTAGE"])
def test_a_longer_name_is_outdone_by_the_asked_one_of_its_street(name: str) -> None:
    asked = ParsedFields(building="ROWAN HOUSE", street="MILL LANE", town="OTLEY")
    held = [
        Held(
            f"{building}, MILL LANE, OTLEY", ParsedFields(building=building, street="MILL LANE", town="OTLEY")
        )
        for building in ("ROWAN HOUSE", name)
    ]
    assert outdone_beside(asked, *held) == [False, True]
    assert outdone_beside(asked, held[1]) == [False]


def test_a_longer_name_in_the_asked_postcode_is_outdone_by_the_asked_one_there_alone() -> None:
    asked = ParsedFields(building="ROWAN HOUSE", street="MILL LANE", town="OTLEY", postcode="LS213AA")
    longer = Held(
        "ROWAN HOUSE COTTAGE, MILL LANE, OTLEY, LS21 3AA", replace(asked, building="ROWAN HOUSE COTTAGE")
    )
    there = Held("ROWAN HOUSE, MILL LANE, OTLEY, LS21 3AA", asked)
    elsewhere = Held("ROWAN HOUSE, MILL LANE, OTLEY, LS21 3BB", replace(asked, postcode="LS213BB"))
    assert outdone_beside(asked, longer, there) == [True, False]
    assert outdone_beside(asked, longer, elsewhere) == [False, False]


def test_a_part_by_another_word_is_outdone_by_the_one_that_is_called_as_asked() -> None:
    def part(kind: str) -> Held:
        fields = ParsedFields(unit="6", unit_kind=kind, number=5, street="MILL LANE", town="OTLEY")
        return Held(f"{kind} 6, 5 MILL LANE, OTLEY", fields)

    asked = ParsedFields(unit="6", unit_kind="FLAT", number=5, street="MILL LANE", town="OTLEY")
    assert outdone_beside(asked, part("FLAT"), part("STUDIO")) == [False, True]
    assert outdone_beside(asked, part("STUDIO")) == [False]


def test_a_former_text_is_outdone_by_a_current_one_that_says_the_same() -> None:
    former = replace(house("MILL LANE"), uprn="9", text_kind="historical")
    assert outdone_beside(ASKED, house("MILL LANE"), former) == [False, True]


@pytest.mark.parametrize(
    "current",
    [
        pytest.param(house("MILL LANE", number=7), id="another number"),
        pytest.param(ONLY_FLAT, id="a flat of it"),
        pytest.param(replace(house("MILL LANE"), text_kind="provisional"), id="a planned one"),
    ],
)
def test_a_former_text_is_not_outdone_by_one_that_says_less_or_is_not_current(current: Held) -> None:
    former = replace(house("MILL LANE"), uprn="9", text_kind="historical")
    assert not outdone_beside(ASKED, former, current)[0]

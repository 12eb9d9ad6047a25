from address_match.parser.parsed_fields import ParsedFields
from address_match.service.evaluation.damage import Damage, damage

HELD = ParsedFields(number=12, suffix="A", street="MILL LANE", town="MARLOW FOLD", postcode="ZE14QT")


def test_a_text_that_says_all_as_the_reference_does_is_not_damaged() -> None:
    assert damage(HELD, [HELD]) == {}


def test_a_field_is_left_out_or_said_otherwise() -> None:
    asked = ParsedFields(number=12, street="MIL LANE", postcode="ZE14QT")
    assert damage(asked, [HELD]) == {
        "number": Damage.OTHERWISE,
        "street": Damage.OTHERWISE,
        "town": Damage.LEFT_OUT,
    }


def test_what_the_reference_does_not_say_cannot_be_damaged() -> None:
    asked = ParsedFields(organisation="OSIER BAKERY", number=12, street="MILL LANE")
    assert damage(asked, [ParsedFields(number=12, street="MILL LANE")]) == {}


def test_of_several_texts_the_nearest_counts() -> None:
    welsh = ParsedFields(number=12, suffix="A", street="LON Y FELIN", town="MARLOW FOLD", postcode="ZE14QT")
    assert damage(welsh, [HELD, welsh]) == {}

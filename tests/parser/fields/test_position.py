"""Which phrases before a number point at another place than the one that has it, and which name the premises itself."""

import pytest

from address_match.parser.fields.position import find_pointer
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon, shipped_lexicon
from address_match.parser.tokens import Words, words_of


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


def _position(text: str, lexicon: Lexicon) -> str:
    words: Words = words_of(text)
    labels = [Label.NUMBER if word[0].isdigit() else Label.BUILDING for word in words.texts]
    return find_pointer(words.texts, labels, words.breaks, lexicon).position


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Outside 12 Elm Road", "ADJACENT"),
        ("Next door to 12 Elm Road", "ADJACENT"),
        ("Land lying to the north of 12 Elm Road", "ADJACENT"),
        ("Land off 12 Elm Road", "LAND"),
        ("Part of garden of 12 Elm Road", "GARDEN"),
        ("Land forming part of 12 Elm Road", "LAND"),
        ("Garage at 12 Elm Road", "GARAGE"),
        ("Detached garage, 12 Elm Road", "GARAGE"),
        ("Bin store, 12 Elm Road", "STORE"),
        ("Barn at 12 Elm Road", "BUILDING"),
        ("Roof space above 12 Elm Road", "ROOF"),
        ("Electricity substation, 12 Elm Road", "SUBSTATION"),
        ("Telephone kiosk outside 12 Elm Road", "KIOSK"),
        ("Proposed dwelling adj. 12 Elm Road", "ADJACENT"),
        ("Rooms above 12 Elm Road", "ABOVE"),
        ("Gyferbyn â 12 Stryd y Bont", "OPPOSITE"),
        ("Tu ôl i 12 Stryd y Bont", "REAR"),
    ],
)
def test_a_relation_or_a_thing_before_a_number_points_at_another_place(
    text: str, position: str, lexicon: Lexicon
) -> None:
    assert _position(text, lexicon) == position


@pytest.mark.parametrize(
    "text",
    [
        "Rooms at 12 Elm Road",
        "Flat above 12 Elm Road",
        "Flat 2 above 12 Elm Road",
        "Elm Garage, 12 Elm Road",
        "Garage 2, Elm Mews",
        "Garage No 2, Elm Mews",
        "Car port 2, Elm Mews",
        "12 Above Bar Street",
        "The Gardens 12",
        "House, 12 Elm Road",
    ],
)
def test_a_part_a_name_and_a_street_point_nowhere(text: str, lexicon: Lexicon) -> None:
    assert _position(text, lexicon) == ""

"""Which phrases before a number point at another place than the one that has it, and which name the premises itself."""

import pytest

from address_match.parser.fields.position.position import find_pointer, read_position
from address_match.parser.fields.position.words_meant import words_meant
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
        ("Round the corner from 12 Elm Road", "ADJACENT"),
        ("Just past 12 Elm Road", "ADJACENT"),
        ("Lamp post no. 12 Elm Road", "STREET FURNITURE"),
        ("Street light 12, Elm Road", "STREET FURNITURE"),
        ("The house after 12 Elm Road", "ADJACENT"),
        ("Two doors down from 12 Elm Road", "ADJACENT"),
        ("Car park, 12 Elm Road", "PARKING"),
        ("Roadway at 12 Elm Road", "WAY"),
        ("Tree at 12 Elm Road", "LAND"),
        ("Close to 12 Elm Road", "ADJACENT"),
        ("By 12 Elm Road", "ADJACENT"),
        ("Junction box by 12 Elm Road", "ADJACENT"),
        ("Ditch bounding 12 Elm Road", "ADJACENT"),
        ("Neighbour of 12 Elm Road", "ADJACENT"),
        ("New dwelling, 12 Elm Road", "LAND"),
        ("Mobile home at 12 Elm Road", "BUILDING"),
        ("Formerly 12 Elm Road", "ADJACENT"),
        ("Foot of 12 Elm Road", "PART"),
        ("Across the road from 12 Elm Road", "ADJACENT"),
        ("Within the grounds of 12 Elm Road", "LAND"),
        ("Btwn 12 Elm Road", "ADJACENT"),
        ("Rear 12 Elm Road", "REAR"),
        ("EV charge point at 12 Elm Road", "STREET FURNITURE"),
        ("Proposed house at 12 Elm Road", "LAND"),
        ("Modurdy yn 12 Stryd y Bont", "GARAGE"),
        ("Maes parcio, 12 Stryd y Bont", "PARKING"),
        ("Balcony of Flat 2, Elm Court", "EXTENSION"),
        ("Tool shed, 12 Elm Road", "OUTBUILDING"),
        ("Roof terrace, 12 Elm Road", "ROOF"),
        ("Oak Terrace, 12 Elm Road", ""),
        ("Gas governor, 12 Elm Road", "SUBSTATION"),
        ("Acer tree at 12 Elm Road", "LAND"),
        ("Acer Tree, 12 Elm Road", ""),
        ("Boundary wall of 12 Elm Road", "LAND"),
        ("Rear yard, 12 Elm Road", "LAND"),
        ("Next Store, 12 Elm Road", ""),
        ("Lean-to at 12 Elm Road", "OUTBUILDING"),
        ("100 yards from 12 Elm Road", "ADJACENT"),
        ("Elm Yards, 12 Elm Road", ""),
        ("Not far from 12 Elm Road", "ADJACENT"),
        ("Uwch ben 12 Stryd y Bont", "ABOVE"),
        ("Rhan o ardd 12 Stryd y Bont", "GARDEN"),
        ("Land associated with 12 Elm Road", "LAND"),
        ("Wrth ymyl 12 Stryd y Bont", "ADJACENT"),
        ("O flaen 12 Stryd y Bont", "ADJACENT"),
        ("Flat above Unit 3, Elm Court", ""),
        ("Garden Flat 2, Elm Court", ""),
        ("Rear, 12 Elm Road", ""),
        ("Summer house at 12 Elm Road", "OUTBUILDING"),
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
        "After 6pm 12 Elm Road",
        "Flat above 12 Elm Road",
        "Flat 2 above 12 Elm Road",
        "Elm Garage, 12 Elm Road",
        "Garage 2, Elm Mews",
        "Garage No 2, Elm Mews",
        "Car port 2, Elm Mews",
        "Car park 2, Elm Mews",
        "Mobile home 2, Elm Mews",
        "Tree House, 12 Elm Road",
        "12 Above Bar Street",
        "The Gardens 12",
        "House, 12 Elm Road",
    ],
)
def test_a_part_a_name_and_a_street_point_nowhere(text: str, lexicon: Lexicon) -> None:
    assert _position(text, lexicon) == ""


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("12 Elm Road (garage), Leeds", "GARAGE"),
        ("12 Elm Road (land to rear), Leeds", "REAR"),
        ("12 Elm Road - rear garden, Leeds", "GARDEN"),
        ("12 Elm Road, bin store, Leeds", "STORE"),
        ("12 Elm Road North, Leeds", ""),
        ("12 Elm Garden, Leeds", ""),
        ("12 Elm Road and garage, Leeds", ""),
        ("12 Elm Road Garage 2, Leeds", ""),
        ("12 Elm Road, Rear, Leeds", "REAR"),
        ("12 Elm Road (rear), Leeds", "REAR"),
        ("12 Elm Road, Front, Leeds", ""),
        ("12 Elm Road, South Side, Leeds", ""),
        ("12 Elm Road South Side, Leeds", ""),
        ("12 Elm Road, land on the south side, Leeds", "LAND"),
    ],
)
def test_a_thing_behind_a_numbered_street_is_meant_and_not_the_house(
    text: str, position: str, lexicon: Lexicon
) -> None:
    words = words_of(text)
    labels = [Label.TOWN if word == "LEEDS" else Label.STREET for word in words.texts]
    labels[0] = Label.NUMBER
    assert find_pointer(words.texts, labels, words.breaks, lexicon).position == position


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Car park of The Red Lion", "PARKING"),
        ("Beer garden, Red Lion", "GARDEN"),
        ("Electricity substation, Elm Cottage", "SUBSTATION"),
        ("Bin store, Elm Court", "STORE"),
        ("Hoarding at The Red Lion", "ADVERTISEMENT"),
        ("Rooms above The Red Lion", "ABOVE"),
        ("Cash machine outside Elm Bank", "ADJACENT"),
        ("East Over Farm", ""),
        ("The Red Lion", ""),
        ("Garden House", ""),
    ],
)
def test_a_thing_of_a_named_building_is_not_the_building(text: str, position: str) -> None:
    words = words_of(text)
    assert read_position(words.texts, [Label.BUILDING] * len(words.texts), words.breaks) == position


@pytest.mark.parametrize(("text", "position"), [("Plot 7 Elm Caravan Park", ""), ("Plot 7 Elm Park", "PLOT")])
def test_a_plot_of_a_park_is_where_a_home_stands(text: str, position: str) -> None:
    words = words_of(text)
    assert read_position(words.texts, [Label.BUILDING] * len(words.texts), words.breaks) == position


def test_what_is_of_a_named_business_is_not_the_business() -> None:
    words = words_of("Rear of The Red Lion")
    assert read_position(words.texts, [Label.ORGANISATION] * 5, words.breaks) == "REAR"


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("12 Elm Road, opposite the church, Leeds", ""),
        ("12 Elm Road next to the Oak Bakery, Leeds", ""),
        ("12 Elm Road, adjacent, Leeds", "ADJACENT"),
        ("12 Elm Road, opposite no 14, Leeds", "OPPOSITE"),
    ],
)
def test_a_way_to_a_numbered_street_is_no_other_place(text: str, position: str) -> None:
    words = words_of(text)
    labels = [Label.NUMBER, Label.STREET, Label.STREET, *[Label.OTHER] * (len(words.texts) - 4), Label.TOWN]
    assert read_position(words.texts, labels, words.breaks) == position


def test_a_person_of_a_number_lives_there(lexicon: Lexicon) -> None:
    words = words_of("J Elmwood of 12 Elm Road")
    labels = [Label.ORGANISATION, Label.ORGANISATION, Label.OTHER, Label.NUMBER, Label.STREET, Label.STREET]
    assert find_pointer(words.texts, labels, words.breaks, lexicon).position == ""


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("12 Elm Road, Leeds (rear of)", "REAR"),
        ("12 Elm Road, Leeds, land to rear", "REAR"),
        ("12 Elm Road, Leeds adjacent", "ADJACENT"),
        ("12 Elm Road, Leeds Over", ""),
        ("12 Elm Road, Leeds South Side", ""),
    ],
)
def test_what_stands_behind_the_places_may_point_beside_the_house(
    text: str, position: str, lexicon: Lexicon
) -> None:
    words = words_of(text)
    labels = [Label.NUMBER, Label.STREET, Label.STREET, *[Label.TOWN] * (len(words.texts) - 3)]
    assert find_pointer(words.texts, labels, words.breaks, lexicon).position == position


def test_a_way_behind_the_town_is_no_other_place() -> None:
    words = words_of("12 Elm Road, Leeds (opposite the church)")
    labels = [Label.NUMBER, Label.STREET, Label.STREET, Label.TOWN, *[Label.OTHER] * 3]
    assert read_position(words.texts, labels, words.breaks) == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Opposit 12 Elm Road", "OPPOSITE 12 ELM ROAD"),
        ("Adjcaent to 12 Elm Road", "ADJACENT TO 12 ELM ROAD"),
        ("Nxt dor to 12 Elm Road", "NXT DOR TO 12 ELM ROAD"),
        ("Nextt dor to 12 Elm Road", "NEXT DOOR TO 12 ELM ROAD"),
        ("Land at raer of 12 Elm Road", "LAND AT REAR OF 12 ELM ROAD"),
        ("In fornt of 12 Elm Road", "IN FRONT OF 12 ELM ROAD"),
        ("Rose Cottage, oppsite 12 Elm Road", "ROSE COTTAGE OPPOSITE 12 ELM ROAD"),
        ("Oposite Rose Cottage, Elm Road", "OPPOSITE ROSE COTTAGE ELM ROAD"),
        ("Elm Behine 12 Oak Road", "ELM BEHINE 12 OAK ROAD"),
        ("Garge rear of 12 Elm Road", "GARAGE REAR OF 12 ELM ROAD"),
        ("Racing 12 Elm Road", "RACING 12 ELM ROAD"),
        ("Bellow 12 Elm Road", "BELOW 12 ELM ROAD"),
        ("Beck House, 12 Elm Road", "BECK HOUSE 12 ELM ROAD"),
    ],
)
def test_a_slip_of_a_word_that_points_elsewhere_is_that_word_where_a_phrase_may_begin(
    text: str, meant: str, lexicon: Lexicon
) -> None:
    words = words_of(text)
    assert " ".join(words_meant(words.texts, words.breaks, lexicon)) == meant


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Gyferbyn a Bryn Teg, Heol y Felin", "OPPOSITE"),
        ("Ger Capel Seion, Heol y Felin", "ADJACENT"),
        ("Ger y Nant, Heol y Felin", ""),
        ("Drws nesaf i Bryn Teg, Heol y Felin", "ADJACENT"),
    ],
)
def test_welsh_words_before_a_name_point_at_another_place_but_for_a_house_that_is_called_so(
    text: str, position: str
) -> None:
    words = words_of(text)
    assert read_position(words.texts, [Label.BUILDING] * len(words.texts), words.breaks) == position

import pytest

from address_match.models.bundle import load_bundle
from address_match.parser.address_parser import AddressParser
from address_match.parser.crf.towns_of_the_area import TownsOfTheArea
from address_match.parser.gazetteer.build import build_gazetteer
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.recognisers.postcode import postcode_area, postcode_areas
from address_match.parser.tokens import Words


def _words(text: str) -> Words:
    texts = text.split()
    return Words(texts, [False] * len(texts))


def _named(text: str, label: Label) -> list[str]:
    parse = AddressParser.load(load_bundle().parser_path).parse(text)
    return [text[c.start : c.end] for c in parse.components if c.label is label]


@pytest.fixture
def towns() -> TownsOfTheArea:
    return TownsOfTheArea(shipped_lexicon(), None)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("29 Hare Wynd Hippenhaam SN15 8SA", "Hippenhaam"),
        ("SN15 8SA 29 Hare Wynd Hippenhaam Wiltshire", "Hippenhaam"),
    ],
)
def test_a_name_that_is_like_a_town_of_the_postcodes_area_is_the_town(text: str, town: str) -> None:
    assert _named(text, Label.TOWN) == [town]


@pytest.mark.parametrize("text", ["5 torrance ct, Wroxford, dy4 6qx", "5 torrance ct, Wexcombe, dy4 6qx"])
def test_a_name_that_is_no_town_of_the_area_is_a_locality(text: str) -> None:
    assert _named(text, Label.TOWN) == []
    assert _named(text, Label.LOCALITY) == [text.split()[3].rstrip(",")]


def test_what_was_written_stays(towns: TownsOfTheArea) -> None:
    assert towns.words_meant(_words("4 ELM ROAD VARNSSLEY S72 8AA")).texts == [
        "4",
        "ELM",
        "ROAD",
        "BARNSLEY",
        "S72",
        "8AA",
    ]
    (parsed,) = AddressParser.load(load_bundle().parser_path).parse_addresses(
        ["4 Elm Road Varnssley S72 8AA"]
    )
    assert "BARNSLEY" not in parsed.words


@pytest.mark.parametrize(
    "text", ["4 ELM ROAD VARNSSLEY", "UNIT B2 VARNSSLEY", "4 ELM ROAD VARNSSLEY SN15 8SA"]
)
def test_without_a_postcode_of_its_area_no_town_is_meant(towns: TownsOfTheArea, text: str) -> None:
    assert towns.words_meant(_words(text)).texts == text.split()


def test_a_name_of_the_reference_is_what_it_is() -> None:
    lexicon = shipped_lexicon()
    names = build_gazetteer({NameField.STREET: {"BARNSLAY": 3}}, lexicon)
    known = TownsOfTheArea(lexicon, names)
    assert known.words_meant(_words("4 BARNSLAY S72 8AA")).texts == ["4", "BARNSLAY", "S72", "8AA"]


def test_evidence_speaks_for_the_town_and_against_another_name(towns: TownsOfTheArea) -> None:
    words = _words("4 ELM ROAD HALES BECCLES NR34 9AA")
    taken = [text == "HALES" for text in words.texts]
    evidence = towns.evidence(words, taken)
    assert evidence[4] > 0 > evidence[3]
    assert set(evidence) == {3, 4}


def test_a_post_town_of_another_area_is_not_spoken_against(towns: TownsOfTheArea) -> None:
    words = _words("4 ELM ROAD MILTON KEYNES S72 8AA")
    assert towns.evidence(words, [text in {"MILTON", "KEYNES"} for text in words.texts]) == {}


def test_every_area_has_a_town_and_every_town_an_area() -> None:
    towns = shipped_lexicon().area_towns
    assert len(postcode_areas()) == 124
    for area in postcode_areas():
        assert postcode_area(["4", "ELM", "ROAD", f"{area}1", "1AA"]) == area
        assert not towns.may_name_one(["QQQQQQQQ"], area)

import pytest

from address_match.models.bundle import load_bundle
from address_match.parser.address_parser import AddressParser
from address_match.parser.crf.second_look import MOST_WORDS
from address_match.parser.gazetteer.build import build_gazetteer
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import shipped_lexicon

_SPOILT = "4 Quarry Bank Eskley Chistorfeild Darbishyre S41 7QX"
_SCANNED = "4 QU4RRY 84NK ESKLEY CH3STERFI3LD S41 7QX"
_CLEAN = "9 Elm Road, Chesterfield, S41 7QX"


@pytest.fixture(scope="module")
def parser() -> AddressParser:
    names = {
        NameField.STREET: {"QUARRY BANK": 3, "ELM ROAD": 9},
        NameField.LOCALITY: {"ESKLEY": 4},
        NameField.TOWN: {"CHESTERFIELD": 50},
    }
    return AddressParser.load(load_bundle().parser_path, build_gazetteer(names, shipped_lexicon()))


def _components(parser: AddressParser, text: str) -> list[tuple[Label, str]]:
    return [(c.label, text[c.start : c.end]) for c in parser.parse(text).components]


def test_names_that_are_several_letters_off_are_labelled_as_those_they_are_like(
    parser: AddressParser,
) -> None:
    assert _components(parser, _SPOILT) == [
        (Label.NUMBER, "4"),
        (Label.STREET, "Quarry Bank"),
        (Label.LOCALITY, "Eskley"),
        (Label.TOWN, "Chistorfeild"),
        (Label.COUNTY, "Darbishyre"),
        (Label.POSTCODE, "S41 7QX"),
    ]


def test_digits_that_a_scanner_took_for_letters_leave_words_what_they_are(parser: AddressParser) -> None:
    assert _components(parser, _SCANNED) == [
        (Label.NUMBER, "4"),
        (Label.STREET, "QU4RRY 84NK"),
        (Label.LOCALITY, "ESKLEY"),
        (Label.TOWN, "CH3STERFI3LD"),
        (Label.POSTCODE, "S41 7QX"),
    ]


def test_what_a_text_is_read_as_does_not_depend_on_its_neighbours_nor_on_who_asks(
    parser: AddressParser,
) -> None:
    texts = [_CLEAN, _SPOILT, _SCANNED, _SPOILT + ", " + _CLEAN]
    together = [parse.fields for parse in parser.parse_batch(texts)]
    assert together == [parser.parse(text).fields for text in texts]
    assert together == parser.parse_fields(texts)
    assert together == [address.fields for address in parser.parse_addresses(texts)]


def test_the_words_stay_as_they_were_written(parser: AddressParser) -> None:
    (read,) = parser.parse_addresses([_SPOILT])
    assert (read.words[4:6], read.fields.town) == (["CHISTORFEILD", "DARBISHYRE"], "CHISTORFEILD")


def test_a_text_too_long_to_be_an_address_is_read_once(parser: AddressParser) -> None:
    looked_at, too_long = (_SPOILT + " x" * more for more in (0, MOST_WORDS))
    assert Label.COUNTY in {label for label, _ in _components(parser, looked_at)}
    assert Label.COUNTY not in {label for label, _ in _components(parser, too_long)}

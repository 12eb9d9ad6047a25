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
_ANY_ORDER = "Flat 3 Chesterfield Quarry Bank S41 7QX 9 Eskley"


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


def test_fields_in_another_order_are_labelled_as_in_the_usual_one(parser: AddressParser) -> None:
    assert _components(parser, _ANY_ORDER) == [
        (Label.SUB_BUILDING, "Flat 3"),
        (Label.TOWN, "Chesterfield"),
        (Label.STREET, "Quarry Bank"),
        (Label.POSTCODE, "S41 7QX"),
        (Label.NUMBER, "9"),
        (Label.LOCALITY, "Eskley"),
    ]


@pytest.mark.parametrize("text", [_SPOILT, _SCANNED, _CLEAN, _ANY_ORDER])
def test_every_way_to_ask_gives_one_probability_and_no_part_is_surer_than_one(
    parser: AddressParser, text: str
) -> None:
    parse = parser.parse(text, nbest=3)
    (address,) = parser.parse_addresses([text])
    assert parse.probability == pytest.approx(address.probability)
    assert parse.probability == pytest.approx(parse.alternatives[0].probability)
    assert parse.alternatives[0].labels == tuple(token.label for token in parse.tokens)
    parts = [token.probability for token in parse.tokens] + [part.probability for part in parse.components]
    assert all(0 <= probability <= 1 for probability in parts)


def test_a_text_that_is_read_otherwise_than_written_is_less_sure_than_one_that_says_so(
    parser: AddressParser,
) -> None:
    usual = "Flat 3 9 Quarry Bank Eskley Chesterfield S41 7QX"
    assert parser.parse(_ANY_ORDER).probability < parser.parse(usual).probability


def test_what_a_text_is_read_as_does_not_depend_on_its_neighbours_nor_on_who_asks(
    parser: AddressParser,
) -> None:
    texts = [_CLEAN, _SPOILT, _SCANNED, _ANY_ORDER, _SPOILT + ", " + _CLEAN]
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

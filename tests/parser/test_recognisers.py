import pytest

from address_match.parser.crf.conventions import with_conventional_places
from address_match.parser.labelled_text import Piece, render
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.recognisers.postcode import postcode_readings, read_postcode
from address_match.parser.recognisers.shape import word_class
from address_match.parser.tokens import tokenise


@pytest.mark.parametrize(
    ("tokens", "postcode"),
    [
        ("SW1A 1AA", "SW1A1AA"),
        ("SW1A1AA", "SW1A1AA"),
        ("SW 1A 1AA", "SW1A1AA"),
        ("SWIA IAA", "SW1A1AA"),
        ("LS1 OAB", "LS10AB"),
        ("LS1", "LS1"),
        ("1AB", "1AB"),
        ("LS1 2AB LS1 2AB", "LS12AB"),
    ],
)
def test_a_postcode_is_read_however_it_is_written(tokens: str, postcode: str) -> None:
    assert read_postcode(tokens.split()) == postcode


def test_a_valid_postcode_is_never_repaired() -> None:
    assert [(r.text, r.repaired) for r in postcode_readings("LS12AB")] == [("LS12AB", False)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("12", "NUMBER"),
        ("12A", "NUMBER_LETTER"),
        ("12-14", "RANGE"),
        ("1/2", "FRACTION"),
        ("2F1", "FLOOR_FLAT"),
        ("LS1", "OUTCODE"),
        ("2AB", "INCODE"),
        ("7TH", "ORDINAL_OR_INCODE"),
        ("FLAT", "UNIT_WORD"),
        ("RD", "STREET_TYPE_SHORT"),
        ("HEOL", "STREET_PREFIX"),
        ("COURT", "STREET_OR_BUILDING"),
        ("STREAT", "NEAR_KEY_WORD"),
        ("LEEDS", "TOWN"),
        ("HANTS", "COUNTY"),
        ("ST", "SAINT_OR_STREET"),
        ("QUORNDEL", "WORD"),
    ],
)
def test_a_token_has_the_class_of_what_it_looks_like(text: str, name: str) -> None:
    assert word_class(text, shipped_lexicon().flags_of(text)).name == name


def test_the_town_is_called_town_where_the_register_says_it_twice() -> None:
    text = render(
        [Piece("HULL", Label.LOCALITY), Piece("HULL", Label.TOWN), Piece("YORKSHIRE", Label.COUNTY)]
    )
    settled = with_conventional_places(text, shipped_lexicon())
    assert [span.label for span in settled.spans] == [Label.TOWN, Label.TOWN, Label.COUNTY]


def test_a_break_before_a_token_is_seen_through_spaces() -> None:
    assert [(w[0], w[3]) for w in tokenise("12 ,\n Elm  Rd . x")] == [
        ("12", False),
        ("ELM", True),
        ("RD", False),
        ("X", False),
    ]


def test_an_authority_that_is_a_post_town_is_the_town_where_a_suburb_was_called_so() -> None:
    text = render([Piece("QUORNDEL", Label.TOWN), Piece("HULL", Label.COUNTY)])
    settled = with_conventional_places(text, shipped_lexicon())
    assert [span.label for span in settled.spans] == [Label.LOCALITY, Label.TOWN]

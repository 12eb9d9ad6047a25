import pytest

from address_match.parser.crf.conventions import with_conventional_labels
from address_match.parser.labelled_text import Piece, render
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon, shipped_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


def _labels(lexicon: Lexicon, *pieces: Piece) -> list[Label]:
    return [span.label for span in with_conventional_labels(render(pieces), lexicon).spans]


def test_a_unit_before_a_street_is_a_building_name(lexicon: Lexicon) -> None:
    unit, street = Piece("UNIT 2", Label.SUB_BUILDING), Piece("ELM WAY", Label.STREET)
    assert _labels(lexicon, unit, street) == [Label.BUILDING, Label.STREET]
    numbered = (unit, Piece("14", Label.NUMBER), street)
    assert _labels(lexicon, *numbered) == [Label.SUB_BUILDING, Label.NUMBER, Label.STREET]
    flat = Piece("FLAT 2", Label.SUB_BUILDING)
    assert _labels(lexicon, flat, street) == [Label.SUB_BUILDING, Label.STREET]


def test_a_numbered_name_without_a_street_is_read_as_one(lexicon: Lexicon) -> None:
    town = Piece("LEEDS", Label.TOWN)
    named = Piece("3 ELM COURT", Label.BUILDING)
    assert _labels(lexicon, named, town) == [Label.NUMBER, Label.STREET, Label.TOWN]
    lettered = Piece("3A ELM COURT", Label.BUILDING)
    assert _labels(lexicon, lettered, town) == [Label.BUILDING, Label.STREET, Label.TOWN]
    unnumbered = Piece("ELM COURT", Label.BUILDING)
    assert _labels(lexicon, unnumbered, town) == [Label.BUILDING, Label.TOWN]
    on_a_street = Piece("OAK ROAD", Label.STREET)
    assert _labels(lexicon, named, on_a_street, town) == [Label.BUILDING, Label.STREET, Label.TOWN]


def test_a_misspelt_post_town_stays_the_town_beside_an_authority_with_the_name_of_another(
    lexicon: Lexicon,
) -> None:
    pieces = (Piece("CHESINGTON", Label.TOWN), Piece("KINGSTON UPON THAMES", Label.COUNTY))
    assert _labels(lexicon, *pieces) == [Label.TOWN, Label.COUNTY]

"""What two gazetteers read otherwise."""

import numpy as np
import pytest

from address_match.parser.gazetteer.build import build_gazetteer
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.gazetteer_change import GazetteerChange
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.gazetteer.name_key import name_key
from address_match.parser.lexicon.lexicon import Lexicon, shipped_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


def _gazetteer(lexicon: Lexicon, **streets: int) -> Gazetteer:
    counts = {name.replace("_", " "): count for name, count in streets.items()}
    return build_gazetteer({NameField.STREET: counts}, lexicon)


def _otherwise(change: GazetteerChange, text: str, lexicon: Lexicon) -> bool:
    return change.look_up(text, lexicon, bool)[0]


def test_the_same_names_read_nothing_otherwise(lexicon: Lexicon) -> None:
    known = _gazetteer(lexicon, QUORNDEL_ROAD=12, OSIER_LANE=3)
    change = GazetteerChange.between(known, _gazetteer(lexicon, QUORNDEL_ROAD=12, OSIER_LANE=3))
    assert (len(change.words), len(change.names)) == (0, 0)
    assert not _otherwise(change, "QUORNDEL", lexicon)


def test_a_new_name_is_read_otherwise_and_so_is_its_slip(lexicon: Lexicon) -> None:
    change = GazetteerChange.between(
        _gazetteer(lexicon, OSIER_LANE=3), _gazetteer(lexicon, OSIER_LANE=3, QUORNDEL_LANE=1)
    )
    assert _otherwise(change, "QUORNDEL", lexicon)
    assert _otherwise(change, "QUORNDLE", lexicon)
    assert not _otherwise(change, "OSIER", lexicon)
    assert np.uint64(name_key(["QUORNDEL", "LANE"], lexicon).hash) in change.names


def test_a_word_of_a_hyphenated_token_counts(lexicon: Lexicon) -> None:
    change = GazetteerChange.between(None, _gazetteer(lexicon, QUORNDEL_ROAD=1))
    assert _otherwise(change, "MILL-QUORNDEL", lexicon)


def test_a_word_that_is_so_much_more_frequent_is_read_otherwise(lexicon: Lexicon) -> None:
    change = GazetteerChange.between(_gazetteer(lexicon, OSIER_LANE=9), _gazetteer(lexicon, OSIER_LANE=10))
    assert _otherwise(change, "OSIER", lexicon)


def test_a_slip_has_its_part_in_a_name_as_the_word_that_it_stands_for(lexicon: Lexicon) -> None:
    names = _gazetteer(lexicon, QUORNDEL_LANE=3)
    change = GazetteerChange.between(names, names)
    assert change.look_up("QUORNDLE", lexicon, bool) == (False, name_key(["QUORNDEL"], lexicon))
    assert change.look_up("MILL-QUORNDLE", lexicon, bool)[1] == name_key(["MILL", "QUORNDEL"], lexicon)

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.parser.errors import GazetteerFileError
from address_match.parser.gazetteer.build import build_gazetteer
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.known_word import known_word
from address_match.parser.gazetteer.name_field import NameField
from address_match.parser.gazetteer.name_key import name_key
from address_match.parser.gazetteer.near_names import NearNames
from address_match.parser.gazetteer.storage import open_gazetteer, save_gazetteer
from address_match.parser.gazetteer.word_list import WordList
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon, shipped_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


@pytest.fixture(scope="module")
def gazetteer(lexicon: Lexicon) -> Gazetteer:
    return build_gazetteer(
        {
            NameField.STREET: {"QUORNDEL ROAD": 12, "SAINT JOHNS STREET": 3},
            NameField.LOCALITY: {"ESKLEY VALE": 5, "ESKLEY": 90},
            NameField.TOWN: {"STOKE ON TRENT": 200},
        },
        lexicon,
    )


def test_a_word_is_known_by_what_it_names_mostly(gazetteer: Gazetteer) -> None:
    evidence = gazetteer.evidence("ESKLEY")
    assert evidence is not None
    assert evidence.shares == (0, 3, 0, 0, 0)
    assert evidence.size == 2
    assert evidence.exact


def test_a_slip_keeps_the_evidence_of_the_word(gazetteer: Gazetteer) -> None:
    for slip in ("QUORDEL", "QUORNDLE", "QUORNSEL", "QUORNDELL"):
        evidence = gazetteer.evidence(slip)
        assert evidence is not None
        assert evidence.word == "QUORNDEL"
        assert not evidence.exact


_WORDS = st.sets(st.text("ABEIR", min_size=1, max_size=8), max_size=6)


@given(before=_WORDS, now=_WORDS)
def test_what_is_near_to_words_is_found_anew_of_new_words_alone_and_is_the_same(
    before: set[str], now: set[str]
) -> None:
    words, held = WordList.of(sorted(now)), WordList.of(sorted(before))
    changed, anew = NearNames.of(held).of_changed(held, words), NearNames.of(words)
    assert changed.keys.tolist() == anew.keys.tolist()
    assert changed.places.tolist() == anew.places.tolist()


def test_two_slips_and_short_words_are_not_guessed(gazetteer: Gazetteer) -> None:
    assert gazetteer.evidence("QUONDLE") is None
    assert gazetteer.evidence("JOHN") is None


def test_an_abbreviated_hyphenated_or_misspelt_name_is_found(gazetteer: Gazetteer, lexicon: Lexicon) -> None:
    def fields(*words: str) -> int:
        key = name_key([], lexicon)
        for word in words:
            key = key.then(known_word(word, lexicon.flags_of(word), lexicon, gazetteer).key)
        return int(gazetteer.fields_of(np.array([key.hash], dtype=np.uint64))[0])

    assert fields("QUORNDEL", "RD") == 1 << NameField.STREET
    assert fields("THE", "QUORNDLE", "ROAD") == 1 << NameField.STREET
    assert fields("ST", "JOHNS", "ST") == 1 << NameField.STREET
    assert fields("STOKE-ON-TRENT") == 1 << NameField.TOWN
    assert fields("ESKLEY", "ROAD") == 0


def test_a_name_seldom_read_as_another_field_is_not_of_that_field(lexicon: Lexicon) -> None:
    known = build_gazetteer({NameField.LOCALITY: {"ESKLEY": 99}, NameField.STREET: {"ESKLEY": 1}}, lexicon)
    key = np.array([name_key(["ESKLEY"], lexicon).hash], dtype=np.uint64)
    assert known.fields_of(key).tolist() == [1 << NameField.LOCALITY]


def test_a_word_of_the_shipped_lists_is_never_taken_for_a_slip(lexicon: Lexicon) -> None:
    known = build_gazetteer({NameField.STREET: {"CLOISE": 4}}, lexicon)
    assert known_word("CLOSE", Flag.STREET_TYPE, lexicon, known).evidence is None


def test_a_saved_gazetteer_knows_the_same(gazetteer: Gazetteer, tmp_path: Path) -> None:
    save_gazetteer(gazetteer, tmp_path / "names")
    opened = open_gazetteer(tmp_path / "names")
    assert list(opened.words) == list(gazetteer.words)
    for word in ("ESKLEY", "QUORDEL", "UNHEARD"):
        assert opened.evidence(word) == gazetteer.evidence(word)
    assert opened.fields_of(gazetteer.name_hashes).tolist() == gazetteer.name_fields.tolist()


def test_a_missing_or_damaged_file_is_named(gazetteer: Gazetteer, tmp_path: Path) -> None:
    save_gazetteer(gazetteer, tmp_path)
    (tmp_path / "shares.npy").write_bytes(b"no array")
    with pytest.raises(GazetteerFileError, match="Build its index anew"):
        open_gazetteer(tmp_path)


def test_a_gazetteer_of_nothing_knows_nothing(lexicon: Lexicon, tmp_path: Path) -> None:
    save_gazetteer(build_gazetteer({}, lexicon), tmp_path)
    empty = open_gazetteer(tmp_path)
    assert empty.evidence("QUORNDEL") is None
    assert empty.fields_of(np.array([5], dtype=np.uint64)).tolist() == [0]


@given(st.lists(st.text(st.characters(categories=["Lu", "Nd"]), min_size=1), min_size=1))
def test_every_listed_word_is_found_where_it_stands(words: list[str]) -> None:
    listed = WordList.of(words)
    assert [listed.find(word) for word in listed] == list(range(len(set(words))))
    assert listed.find("".join(words) + "X") == -1

import pytest

from address_match.models.encoder.static.words import WordKind, read_postcode, read_token, without_vowels


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("ROAD", WordKind.WORD),
        ("12", WordKind.NUMBER),
        ("12A", WordKind.NUMBER),
        ("A", WordKind.LETTER),
        ("2F1", WordKind.CODE),
        ("FLT", WordKind.UNIT),
        ("AB1", WordKind.OUTCODE),
        ("2CD", WordKind.INCODE),
        ("AB12CD", WordKind.POSTCODE),
    ],
)
def test_a_word_is_known_by_its_letters(token: str, kind: WordKind) -> None:
    assert read_token(token)[0].kind is kind


@pytest.mark.parametrize(
    ("short", "long"), [("RD", "ROAD"), ("APT", "APARTMENT"), ("1ST", "FIRST"), ("&", "AND")]
)
def test_an_abbreviation_is_read_as_what_it_stands_for(short: str, long: str) -> None:
    assert read_token(short) == read_token(long)


def test_st_is_left_alone_because_it_is_street_and_saint() -> None:
    assert read_token("ST") != read_token("STREET")


def test_leading_noughts_do_not_change_a_number() -> None:
    assert read_token("012A")[0].number == read_token("12A")[0].number


def test_a_number_with_a_letter_shares_its_digits_with_the_number_alone() -> None:
    plain, lettered = read_token("12")[0], read_token("12A")[0]
    assert plain.number == lettered.number
    assert plain.suffix != lettered.suffix


def test_hyphens_and_slashes_part_words() -> None:
    assert [word.text for word in read_token("12-14/3")] == ["12", "14", "3"]


def test_a_glued_postcode_is_the_split_one() -> None:
    assert read_token("AB12CD") == (read_postcode("AB1", "2CD"),)


def test_neighbouring_postcodes_share_area_outcode_and_sector() -> None:
    first, second = read_postcode("AB1", "2CD"), read_postcode("AB1", "2CE")
    assert first.rows[:3] == second.rows[:3]
    assert first.rows[3] != second.rows[3]


@pytest.mark.parametrize("written", ["BROADMEAD", "BRDMD", "BROADMEEAD"])
def test_a_word_keeps_its_sound_without_vowels(written: str) -> None:
    assert without_vowels(written) == "BRDMD"


def test_a_word_of_vowels_keeps_its_first() -> None:
    assert without_vowels("EAU") == "E"

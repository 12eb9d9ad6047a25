import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from address_match.indexer.lexical.analysis import normal_postcode, query_of, term_id, terms, trigrams
from address_match.parser.parsed_address import ParsedAddress
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.repair.repair import is_suspect_word
from address_match.parser.tokens import words_of


def read_of(text: str, postcode: str = "") -> ParsedAddress:
    return ParsedAddress(words_of(text).texts, ParsedFields(postcode=postcode), 1.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 High St", "12 HIGH STREET"),
        ("Saint John's Rd", "st johns road"),
        ("Aldermoor-under-Pell", "Aldermoor under Pell"),
        ("AB12CD", "ab1 2cd"),
        ("Fox & Hounds", "fox and hounds"),
        ("First Avenue", "1st Ave"),
    ],
)
def test_two_spellings_give_the_same_words(one: str, other: str) -> None:
    assert terms(one) == terms(other)


def test_a_number_with_a_letter_stands_whole_and_split() -> None:
    assert terms("12A") == ("12A", "12", "A")


def test_a_range_is_split() -> None:
    assert terms("10-12") == ("10", "12")


def test_a_postcode_stands_as_its_two_parts() -> None:
    assert terms("EC1A1BB") == ("EC1A", "1BB")


def test_term_ids_never_change() -> None:
    assert term_id("STREET") == 1782611174248147088


def test_trigrams_mark_the_margins() -> None:
    assert trigrams("MILL") == ("^MI", "MIL", "ILL", "LL$")


@given(st.text(max_size=80))
@example("\uff08")
@example("2/14HOLLINS")
@example("¼AAA")
@example("=\x1f0")
@example("\x80ÐØ")
@example("%0À")
@example("0)~0")
@example("0{@\r1")
@example("0 \uff20 1")
@example("0=/0")
@example("0=@")
def test_terms_are_distinct_and_stable(text: str) -> None:
    words = terms(text)
    assert len(set(words)) == len(words)
    assume(not any(map(is_suspect_word, words)))  # U¼ is U1 and 4, and U1 by itself a unit
    assert terms(" ".join(words)) == words


@pytest.mark.parametrize("text", ["AB1", "1 2CD", "", "ABC1 2CD", "12345"])
def test_what_is_no_postcode_has_no_normal_form(text: str) -> None:
    assert normal_postcode(text) == ""


def test_a_query_looks_first_in_the_postcode_that_was_read() -> None:
    assert query_of(read_of("1 High St XY9 8ZZ AB1 2CD", "AB12CD")).postcodes == ("AB12CD", "XY98ZZ")


def test_a_query_mends_digits_taken_for_letters() -> None:
    assert query_of(read_of("1 High St AB1 2H5")).postcodes == ("AB12HS",)


def test_a_query_without_postcode_looks_in_none() -> None:
    assert query_of(read_of("12 Pellow Road Anytown")).postcodes == ()


def test_a_text_without_words_asks_for_nothing() -> None:
    assert (query_of(read_of(" , ")).terms, query_of(read_of(" , ")).postcodes) == ((), ())

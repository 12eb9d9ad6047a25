"""Which texts name two premises, and which one premises in many words."""

import pytest

from address_match.parser.fields.second_address import names_second_address
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.tokens import words_of


@pytest.mark.parametrize(
    "text",
    [
        "6 Elm Lane and 3 Oak Row, Leeds",
        "6 Elm Lane or 3 Oak St",
        "6 or 8 Elm Lane",
        "6 Elm Lane, Leeds LS1 9XA, formerly 3 Oak Row",
        "6 Elm Lane, Leeds (previously at 3 Oak Row)",
        "Flat 2, 6 Elm Lane & Flat Mill and 3 Oak Row",
    ],
)
def test_a_text_with_two_numbered_streets_names_two_premises(text: str) -> None:
    assert names_second_address(words_of(text).texts, shipped_lexicon())


@pytest.mark.parametrize(
    "text",
    [
        "6 and 8 Elm Lane, Leeds",
        "Elm and Oak Ltd, 6 Elm Lane, Leeds",
        "6 Elm Lane, Leeds, and garage",
        "6 Elm Lane and Oak Row",
        "6 Elm Lane, also known as 3 Oak Row",
        "3 Oak Cottages, 6 Elm Lane",
    ],
)
def test_a_text_with_one_numbered_street_names_one_premises(text: str) -> None:
    assert not names_second_address(words_of(text).texts, shipped_lexicon())


def test_a_text_of_numbers_and_words_that_join_them_is_looked_at_once() -> None:
    assert not names_second_address(["12", "AND"] * 5_000, shipped_lexicon())

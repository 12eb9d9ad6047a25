import pytest

from address_match.parser.errors import TextTooLongError
from address_match.parser.text_length import length_problem, refuse_long


def test_a_text_of_ten_thousand_characters_is_no_problem() -> None:
    assert not length_problem("x" * 10_000)
    refuse_long("x" * 10_000)


def test_a_longer_one_is_refused_by_its_length_and_not_quoted() -> None:
    with pytest.raises(TextTooLongError) as refused:
        refuse_long("7 Secret Lane " * 1_000)
    assert str(refused.value) == "the address has 14,000 characters; at most 10,000 are read"

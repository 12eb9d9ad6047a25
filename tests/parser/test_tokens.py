from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from address_match.parser.tokens import tokenise


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_every_letter_and_digit_lies_in_a_token(text: str) -> None:
    tokens = tokenise(text)
    covered = {place for token in tokens for place in range(token.start, token.end)}
    lost = [character for place, character in enumerate(text) if character.isalnum() and place not in covered]
    assert lost == []
    assert all(token.text for token in tokens)
    assert all(left.end <= right.start for left, right in pairwise(tokens))

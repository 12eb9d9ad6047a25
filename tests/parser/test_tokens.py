from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from address_match.parser.tokens import dropped_spans, tokenise


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_every_letter_and_digit_lies_in_a_token_or_is_said_to_be_dropped(text: str) -> None:
    tokens = tokenise(text)
    spans = [*((token.start, token.end) for token in tokens), *dropped_spans(text)]
    covered = {place for start, end in spans for place in range(start, end)}
    lost = [character for place, character in enumerate(text) if character.isalnum() and place not in covered]
    assert lost == []
    assert all(token.text for token in tokens)
    assert all(left.end <= right.start for left, right in pairwise(tokens))

"""What becomes of each character that Unicode has."""

import sys
import unicodedata

import pytest

from address_match.parser.tokens import tokenise

_SEPARATORS = set('\t\r\n\v\f,;|"()[]{}<>:_~ \u00a0\u2028\u2029')


@pytest.mark.slow
def test_no_letter_or_digit_is_dropped_and_no_other_character_parts_a_word() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        words = tokenise(f"A{character}B")
        if character in _SEPARATORS:
            assert len(words) == 2, hex(code)
        else:
            assert [(w.start, w.end) for w in words] == [(0, 3)], hex(code)
        if unicodedata.category(character)[0] in "LN":
            assert tokenise(character), hex(code)

import pytest

from parser.labelling_table import HardCase, hard_cases
from parser.lexicon.lexicon import Lexicon, shipped_lexicon
from parser.reader.reader import AddressReader
from parser.reading import READING_FIELDS
from parser.tokens import tokenise


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


@pytest.mark.parametrize("case", list(hard_cases()), ids=lambda case: case.text)
def test_a_hard_case_is_tokenised_and_read_as_the_table_says(case: HardCase, lexicon: Lexicon) -> None:
    tokens = tokenise(case.text)
    assert tuple(token.text for token in tokens) == case.words()
    reading = AddressReader(lexicon).read(case.words(), case.labels(), [t.after_break for t in tokens])
    assert {name: getattr(reading, name) for name in READING_FIELDS if _said(getattr(reading, name))} == dict(
        case.reading
    )


def _said(value: str | int) -> bool:
    return value not in {"", -1}

import pytest

from address_match.models.bundle import load_bundle
from address_match.parser.address_parser import AddressParser
from address_match.parser.fields.field_reader import FieldReader
from address_match.parser.lexicon.lexicon import Lexicon, shipped_lexicon
from address_match.parser.parsed_fields import PARSED_FIELDS
from address_match.parser.tokens import tokenise
from tests.parser.labelling_table import HardCase, hard_cases


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


@pytest.mark.parametrize("case", list(hard_cases()), ids=lambda case: case.text)
def test_a_hard_case_is_tokenised_and_read_as_the_table_says(case: HardCase, lexicon: Lexicon) -> None:
    tokens = tokenise(case.text)
    assert tuple(token.text for token in tokens) == case.words()
    reading = FieldReader(lexicon).read(case.words(), case.labels(), [t.after_break for t in tokens])
    assert {name: getattr(reading, name) for name in PARSED_FIELDS if _said(getattr(reading, name))} == dict(
        case.fields
    )


def _said(value: str | int) -> bool:
    return value not in {"", -1}


_NOT_YET = {
    "UNITS 9 AND 10, ELM WAY": "several units and no building",
    "UNIT 2 ELM WAY": "a unit and no building",
    "FLAT 3, 14 ALDER CT, ELM ROAD": "a number of the building, not of the street",
    "14 ALDER COURT, ELM ROAD": "a building that may be a street; it is read by rules as the table says",
    "YEW TREE COTTAGES 1, UPTON": "a number behind the name of a row",
    "8 THE MOAT & MEADOW WAY": "a sign that mostly joins numbers",
}
"""Rows that the shipped model does not label as the table says, and what is hard about them."""


@pytest.fixture(scope="module")
def shipped_parser() -> AddressParser:
    return AddressParser.load(load_bundle().parser_path)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            marks=[pytest.mark.xfail(reason=_NOT_YET[case.text], strict=True)]
            if case.text in _NOT_YET
            else [],
        )
        for case in hard_cases()
    ],
    ids=lambda case: case.text,
)
def test_the_shipped_model_labels_a_hard_case_as_the_table_says(
    case: HardCase, shipped_parser: AddressParser
) -> None:
    assert tuple(token.label for token in shipped_parser.parse(case.text).tokens) == case.labels()

"""Two ways of writing an address are one canonical text, two addresses are two."""

import pytest

from address_match.indexer.lexical.canonical_text import canonical_text

TEXT = "FLAT 2, 12 ST JOHNS ROAD, ANYTOWN, AB1 2CD"


@pytest.mark.parametrize(
    "written",
    [
        "flat 2 12 St. John's Rd anytown ab12cd",
        "Flt 2; 12 Saint Johns Road; Anytown; AB1 2CD.",
        "FLAT 2,\n12 ST JOHNS ROAD\tANYTOWN  AB12CD",
    ],
)
def test_case_punctuation_abbreviation_and_spaces_do_not_matter(written: str) -> None:
    assert canonical_text(written) == canonical_text(TEXT)


@pytest.mark.parametrize(
    "other",
    [
        "FLAT 2/12, ST JOHNS ROAD, ANYTOWN, AB1 2CD",
        "FLAT 2-12 ST JOHNS ROAD, ANYTOWN, AB1 2CD",
        "FLAT 12, 2 ST JOHNS ROAD, ANYTOWN, AB1 2CD",
        "FLAT 2A, 12 ST JOHNS ROAD, ANYTOWN, AB1 2CD",
        "FLAT 2, 12 ST JOHNS ROAD, AB1 2CD",
    ],
)
def test_numbers_order_and_words_matter(other: str) -> None:
    assert canonical_text(other) != canonical_text(TEXT)


def test_a_canonical_text_is_its_own() -> None:
    assert canonical_text(canonical_text(TEXT)) == canonical_text(TEXT)

"""Pairs of identifiers for one place are counted once each, whichever of them a row meets first."""

from address_match.service.batch import found_duplicates
from address_match.service.batch.found_duplicates import FoundDuplicates

PAIR = ["1", "2", "same_text"]


def test_rows_and_pairs_are_counted_apart() -> None:
    found = FoundDuplicates()
    found.add([None, [PAIR], [PAIR, ["1", "3", "same_parts"]]])
    found.add([[PAIR]])
    assert (found.rows, found.lines()) == (3, [("1", "2", "same_text", 3), ("1", "3", "same_parts", 1)])


def test_a_file_of_ever_other_pairs_does_not_fill_the_memory() -> None:
    found = FoundDuplicates()
    found.add([[str(row), "x", "same_text"]] for row in range(found_duplicates.KEPT + 10))
    assert (found.rows, len(found.pairs)) == (found_duplicates.KEPT + 10, found_duplicates.KEPT)

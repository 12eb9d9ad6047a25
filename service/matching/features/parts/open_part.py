"""Whether a number or a part of one side stays open beside the other's, where the rest of them agrees."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.coded_strings import Coded
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.parts.crossed_notation import query_designators, text_designators
from address_match.service.matching.features.parts.designator import designator_of


def open_part(pairs: Pairs) -> NDArray[np.int64]:
    """Return 1 where one side has a number or a part that the other has not.

    FLAT 1, 4 THE BUILDINGS beside 1 THE BUILDINGS, FLAT 2, 150A beside 150A; not FLAT B, 28 beside what a register
    writes as 28 B 28, nor 7 BLOCK B beside FLAT 7, BLOCK B.
    """
    asked = pairs.of_query("unit").said_by_row()[pairs.query]
    held = pairs.of_text("unit").said_by_row()[pairs.text]
    if not (asked | held).any():
        return np.zeros(len(pairs), dtype=np.int64)
    numbers = pairs.query_numbers("number"), pairs.text_numbers("number")
    one_of_two = (numbers[0] >= 0) & asked & ~((numbers[1] >= 0) & held)
    alike = ((asked | held) & (numbers[0] == numbers[1])).nonzero()[0]
    one_of_two[alike] |= _of_each(pairs, alike, numbers[1], _open_words)
    in_one_chain = (one_of_two & held & (numbers[1] < 0)).nonzero()[0]
    one_of_two[in_one_chain] = _of_each(pairs, in_one_chain, numbers[0], _is_another_chain)
    return one_of_two.astype(np.int64)


def _of_each(
    pairs: Pairs,
    rows: NDArray[np.int64],
    numbers: NDArray[np.int64],
    holds: Callable[[list[str], list[str], str], bool],
) -> NDArray[np.bool_]:
    """Ask of each row, by the words that designate its query's part and its candidate's, and by a number."""
    q_words = _words(query_designators(pairs), pairs.query[rows])
    c_words = _words(text_designators(pairs), pairs.text[rows])
    found = map(holds, q_words, c_words, map(str, numbers[rows].tolist()))
    return np.fromiter(found, dtype=bool, count=len(rows))


def _words(designators: Coded, rows: NDArray[np.int64]) -> list[list[str]]:
    words = [designator_of(written).unit.split() for written in designators.values]
    return [words[code] for code in designators.codes[rows].tolist()]


def _is_another_chain(q_words: list[str], c_words: list[str], number: str) -> bool:
    """Return whether a query's number and part are not, in this order, the chain of a candidate without a number."""
    return [number, *q_words] != c_words


def _open_words(q_words: list[str], c_words: list[str], number: str) -> bool:
    return bool(q_words and c_words and (set(q_words) ^ set(c_words)) - {number})


OPEN_PART = Feature(name="open_part", field=Field.NUMBER, compute=open_part, ranked=False)

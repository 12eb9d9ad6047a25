"""Which changed texts rows may mean: those that share with them what says which premises it is and what says where, and
contradict no number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.texts.distinct_numbers import distinct
from address_match.ragged import bounds_of, places_in_ranges, places_in_rows, row_of_each
from address_match.service.batch.since.changed_texts import WIDTH, ChangedTexts, bits_of
from address_match.service.batch.since.word_table import RowWords, WordTable, is_among

LEAST_WEIGHT = 1e-9
"""So that nothing is divided by 0 where a row has no known word."""


@dataclass(frozen=True, slots=True)
class AlikeTexts:
    """Rows and the changed texts that they may mean, pair by pair."""

    row: NDArray[np.int64]
    text: NDArray[np.int64]
    shared: NDArray[np.float64]
    """The share of the weight of the row's words that the text holds; guessed words count as well, so that it may be
    more than 1.
    """
    held: NDArray[np.float64]
    """The share of the weight of the text's words that the row holds."""
    in_postcode: NDArray[np.bool_]
    """Whether the row says the full postcode of the text."""


def alike_texts(
    words: RowWords,
    heard: Sequence[RowWords],
    contested: NDArray[np.bool_],
    table: WordTable,
    changed: ChangedTexts,
) -> AlikeTexts:
    """Return which changed texts the rows may mean; `heard` are words that their own ones may stand for.

    Of rows that are not `contested`, shape (rows,), a text of a premises that changed in nothing that they say is left out.
    """
    said = _said(words, table)
    may_say = distinct(np.concatenate([said, *(_said(each, table) for each in heard)]))
    pairs = _sharing_a_pair(may_say, changed)
    pairs = pairs[_may_count(pairs, may_say, contested, changed)]
    pairs = pairs[~_contradict(pairs, may_say, words, table, changed)]
    pairs = pairs[_count(pairs, may_say, contested, changed)]
    row, text = np.divmod(pairs, WIDTH)
    places, bounds = places_in_rows(changed.bounds, text)
    shared = changed.words[places]
    pair = row_of_each(bounds)
    held = is_among(row[pair] * WIDTH + shared, may_say)
    weight = np.bincount(pair, held * changed.rarity[shared], minlength=len(pairs))
    whole = np.bincount(pair, changed.rarity[shared], minlength=len(pairs))
    of_row = np.maximum(weight_of(words, table), LEAST_WEIGHT)[row]
    in_postcode = np.ones(len(pairs), dtype=np.bool_)
    for is_half in (table.is_outcode, table.is_incode):
        half = _said(words, table, is_half)
        in_postcode &= np.bincount(pair, is_among(row[pair] * WIDTH + shared, half), minlength=len(pairs)) > 0
    return AlikeTexts(row, text, weight / of_row, weight / np.maximum(whole, LEAST_WEIGHT), in_postcode)


def _may_count(
    pairs: NDArray[np.int64], may_say: NDArray[np.int64], contested: NDArray[np.bool_], changed: ChangedTexts
) -> NDArray[np.bool_]:
    """Return for each pair what `_count` says of it, or that it counts: of its words one bit of 64 each is compared."""
    row, text = np.divmod(pairs, WIDTH)
    row_of_word, word = np.divmod(may_say, WIDTH)
    said = np.zeros(len(contested), dtype=np.uint64)
    rows, first = np.unique(row_of_word, return_index=True)
    if len(rows):
        said[rows] = np.bitwise_or.reduceat(bits_of(word), first)
    may_say_change = said[row] & changed.telling_bits[text] != 0
    counts: NDArray[np.bool_] = contested[row] | ~changed.may_be_as_before[text] | may_say_change
    return counts


def _count(
    pairs: NDArray[np.int64], may_say: NDArray[np.int64], contested: NDArray[np.bool_], changed: ChangedTexts
) -> NDArray[np.bool_]:
    """Return for each pair whether the row is contested, or says a word by which the texts of the premises of before and
    of now are told apart, or the text is of one side alone.
    """
    row, text = np.divmod(pairs, WIDTH)
    places, bounds = places_in_rows(changed.telling_bounds, text)
    pair = row_of_each(bounds)
    said = is_among(row[pair] * WIDTH + changed.telling[places], may_say)
    says_change = np.bincount(pair, said, minlength=len(pairs)) > 0
    counts: NDArray[np.bool_] = contested[row] | ~changed.may_be_as_before[text] | says_change
    return counts


def weight_of(words: RowWords, table: WordTable) -> NDArray[np.float64]:
    """Return the sum of the rarities of the distinct words of each row, shape (rows,)."""
    return _weight(distinct(_codes(words)), len(words), table)


def shared_weight(words: RowWords, others: RowWords, table: WordTable) -> NDArray[np.float64]:
    """Return the sum of the rarities of the distinct words of each row that the other of the same row has too, shape
    (rows,).
    """
    own = distinct(_codes(words))
    return _weight(own[is_among(own, distinct(_codes(others)))], len(words), table)


def is_shared(words: RowWords, others: RowWords) -> NDArray[np.bool_]:
    """Return for each word of each row whether the other of the same row has it too."""
    return is_among(_codes(words), distinct(_codes(others)))


def _codes(words: RowWords) -> NDArray[np.int64]:
    """Return row and word as one number, of each word of each row."""
    return words.row_of_each * WIDTH + words.words


def _weight(codes: NDArray[np.int64], rows: int, table: WordTable) -> NDArray[np.float64]:
    """Return the sum of the rarities of the words of each row, which are given by their `_codes`."""
    row, word = np.divmod(codes, WIDTH)
    found: NDArray[np.float64] = np.bincount(row, table.rarity[word], minlength=rows).astype(np.float64)
    return found


def _said(words: RowWords, table: WordTable, are_asked: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """Return row and word as one number, ascending, of the words that changed texts hold, or those of them that
    `are_asked`; a word by its place among theirs.
    """
    places = table.place[words.words]
    held = places >= 0
    if are_asked is not None:
        held &= are_asked[words.words]
    return distinct(words.row_of_each[held] * WIDTH + places[held])


def _sharing_a_pair(said: NDArray[np.int64], changed: ChangedTexts) -> NDArray[np.int64]:
    """Return row and text as one number, ascending, of the texts of which a row says both words of a pair."""
    row, word = np.divmod(said, WIDTH)
    anchors = changed.is_anchor[word]
    row_of_anchor, anchor = row[anchors], word[anchors]
    row, word = row[changed.is_door[word]], word[changed.is_door[word]]
    starts = np.searchsorted(row_of_anchor, row)
    ends = np.searchsorted(row_of_anchor, row, side="right")
    seconds, each = places_in_ranges(starts, ends)
    first = row_of_each(each)
    keys = word[first] * WIDTH + anchor[seconds]
    found = np.flatnonzero(is_among(keys, changed.pairs))
    of_pair, lengths = places_in_rows(changed.pair_bounds, np.searchsorted(changed.pairs, keys[found]))
    rows = np.repeat(row[first[found]], np.diff(lengths))
    return distinct(rows * WIDTH + changed.pair_texts[of_pair])


def _contradict(
    pairs: NDArray[np.int64],
    may_say: NDArray[np.int64],
    words: RowWords,
    table: WordTable,
    changed: ChangedTexts,
) -> NDArray[np.bool_]:
    """Return for each pair whether the row says a number which the text has not, while it lacks one that the text has."""
    row, text = np.divmod(pairs, WIDTH)
    asked_text, asked = np.divmod(changed.numbers, WIDTH)
    by_text = np.searchsorted(asked_text, np.stack([text, text + 1]))
    places, bounds = places_in_ranges(by_text[0], by_text[1])
    pair = row_of_each(bounds)
    lacks = np.bincount(pair, ~is_among(row[pair] * WIDTH + asked[places], may_say), minlength=len(pairs)) > 0

    numbers, number_bounds = _numbers_of_rows(words, table)
    places, bounds = places_in_rows(number_bounds, row)
    pair = row_of_each(bounds)
    other = ~is_among(text[pair] * WIDTH + table.place[numbers[places]], changed.allowed)
    contradicts: NDArray[np.bool_] = lacks & (np.bincount(pair, other, minlength=len(pairs)) > 0)
    return contradicts


def _numbers_of_rows(words: RowWords, table: WordTable) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the words of rows that may be numbers of a house or a flat, a ragged array; halves of a postcode are none."""
    row = words.row_of_each
    is_outcode, is_incode = table.is_outcode[words.words], table.is_incode[words.words]
    begins = is_outcode[:-1] & is_incode[1:] & (row[:-1] == row[1:])
    of_postcode = np.append(begins, False) | np.insert(begins, 0, False) if len(row) else is_outcode
    is_number = table.is_number[words.words] & ~of_postcode
    return words.words[is_number], bounds_of(np.bincount(row[is_number], minlength=len(words)))

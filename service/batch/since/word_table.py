"""The words of many rows at once, as numbers: each distinct word is looked up once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.ascending import HashesAmong, places_among
from address_match.indexer.lexical.analysis import term_id, terms_of_word
from address_match.indexer.local.compared.changed_reference import ChangedReference
from address_match.parser.gazetteer.name_key import NO_WORDS, WordKey
from address_match.parser.gazetteer.near_names import SlipsOf
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.lexicon.scanner_errors import words_meant
from address_match.parser.recognisers.postcode import is_incode, is_outcode
from address_match.parser.tokens import words_of
from address_match.ragged import bounds_of, places_in_rows, row_of_each

_GAPS = r"[\s,;|\"()\[\]{}<>:_]+"
"""What parts tokens, roughly: what is left together in one is parted by the analysis."""
_NUMBER = re.compile("[A-Z]?[0-9]{1,5}[A-Z]?")
"""A number of a house or a flat: `12`, `12A`, `B13`; not a telephone's, nor half of a postcode."""
_LONGEST_NAME = 6
"""Words of the longest name that the parser looks for."""
_LEAST_OF_TWO = 3
"""Letters of each of two words that are written as one."""
_AS_DIGITS = str.maketrans("OIQLZSGB", "01012568")
"""Letters that a scanner takes digits for."""


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words of rows, as numbers of a `WordTable`, a ragged array in the order of the texts."""

    words: NDArray[np.int64]
    bounds: NDArray[np.int64]
    read_otherwise: NDArray[np.bool_]
    """Shape (rows,): whether the gazetteers of the two generations know a word or a name of it as different things."""
    placed: NDArray[np.int64]
    """Shape (names, 2): rows, and which of the `PlacedNames` each says."""

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def of_row(self, row: int) -> NDArray[np.int64]:
        """Return the words of a row."""
        return self.words[self.bounds[row] : self.bounds[row + 1]]

    def where(self, rows: NDArray[np.bool_]) -> "RowWords":
        """Return the words of some rows, shape (rows,); the others have none."""
        kept = rows[self.row_of_each]
        return replace(self, words=self.words[kept], bounds=bounds_of(np.diff(self.bounds) * rows))

    @property
    def row_of_each(self) -> NDArray[np.int64]:
        """The row in which each word stands."""
        return row_of_each(self.bounds)


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Tokens by their numbers: their words, a ragged array, whether the gazetteers read them otherwise, and their parts
    in the hash of a name.
    """

    words: NDArray[np.int64]
    bounds: NDArray[np.int64]
    read_otherwise: NDArray[np.bool_]
    hashes: NDArray[np.uint64]
    factors: NDArray[np.uint64]

    @classmethod
    def of(
        cls, words: Sequence[Sequence[int]], read_otherwise: Sequence[bool], keys: Sequence[WordKey]
    ) -> "_Tokens":
        """Lay tokens out."""
        lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        return cls(
            np.fromiter((word for each in words for word in each), dtype=np.int64),
            bounds_of(lengths),
            np.array(read_otherwise, dtype=np.bool_),
            np.fromiter((key.hash for key in keys), dtype=np.uint64, count=len(keys)),
            np.fromiter((key.factor for key in keys), dtype=np.uint64, count=len(keys)),
        )

    def then(self, more: "_Tokens") -> "_Tokens":
        """Return these tokens and more behind them."""
        return _Tokens(
            np.concatenate([self.words, more.words]),
            np.concatenate([self.bounds, more.bounds[1:] + self.bounds[-1]]),
            np.concatenate([self.read_otherwise, more.read_otherwise]),
            np.concatenate([self.hashes, more.hashes]),
            np.concatenate([self.factors, more.factors]),
        )


class WordTable:
    """Numbers words in the order in which they are met, and knows of each what tells a premises from another."""

    def __init__(
        self, changed: ChangedReference, places: Mapping[str, int], placed: NDArray[np.uint64]
    ) -> None:
        """`places` are those of the words of changed texts, `placed` the hashes of `PlacedNames`."""
        self._placed, self._renamed = HashesAmong(placed), HashesAmong(changed.names.names)
        self._changed, self._places = changed, places
        self._lexicon = shipped_lexicon()
        self._names = changed.names
        self._slips = SlipsOf(places)
        self._token_numbers: dict[str, int] = {}
        self._tokens = _Tokens.of((), (), ())
        self._words: dict[str, tuple[list[int], bool, WordKey]] = {}
        """What is known of each folded word: tokens that differ by case or a comma hold the same."""
        self._numbers: dict[str, int] = {}
        self._spelled: list[str] = []
        self.rarity = np.empty(0, dtype=np.float64)
        """How much a word says, by how few texts hold it; 0 for one that neither generation holds."""
        self.place = np.empty(0, dtype=np.int64)
        """Of a word of changed texts its place among these, else -1."""
        self.is_known, self.is_of_one, self.is_number, self.is_outcode, self.is_incode = (
            np.empty(0, dtype=np.bool_) for _ in range(5)
        )
        """Whether either generation holds a word; whether only one of them does; whether it may be a number of a house
        or a flat, or half of a postcode.
        """

    def __len__(self) -> int:
        return len(self._token_numbers)

    def words_of(self, texts: Sequence[str]) -> RowWords:
        """Return the words of texts."""
        split = pc.split_pattern_regex(pa.array(texts, pa.large_string()), _GAPS)
        coded = split.values.dictionary_encode()
        of_row = self._numbers_of(coded.dictionary.to_pylist())[coded.indices.to_numpy()]
        bounds, tokens = split.offsets.to_numpy(), self._tokens
        places, word_bounds = places_in_rows(tokens.bounds, of_row)
        row = row_of_each(bounds)
        otherwise = tokens.read_otherwise[of_row]
        otherwise[self._names_among(of_row, self._renamed)[:, 0]] = True
        rows_otherwise = np.bincount(row, otherwise, minlength=len(texts)) > 0
        placed = self._names_among(of_row, self._placed)
        placed[:, 0] = row[placed[:, 0]]
        return RowWords(tokens.words[places], word_bounds[bounds], rows_otherwise, placed)

    def spelled(self, words: NDArray[np.int64]) -> frozenset[str]:
        """Return words as they are written."""
        return frozenset(self._spelled[word] for word in words.tolist())

    def guesses(self, words: Sequence[int]) -> list[str]:
        """Return the words of changed texts that words may stand for which neither generation holds."""
        spelled = [self._spelled[word] for word in words]
        return [guess for word in spelled for guess in self._guesses(word)]

    def _numbers_of(self, tokens: Sequence[str]) -> NDArray[np.int64]:
        """Return the numbers of tokens; those that are met for the first time are looked up."""
        new = [token for token in tokens if token not in self._token_numbers]
        if new:
            self._token_numbers.update(zip(new, range(len(self), len(self) + len(new)), strict=True))
            words, read_otherwise, keys = zip(*map(self._looked_up, new), strict=True)
            self._tokens = self._tokens.then(_Tokens.of(words, read_otherwise, keys))
            self._describe()
        return np.fromiter(map(self._token_numbers.__getitem__, tokens), dtype=np.int64, count=len(tokens))

    def _looked_up(self, token: str) -> tuple[list[int], bool, WordKey]:
        """Return the words of a token, whether the gazetteers read it otherwise, and its part in the hash of a name."""
        words: list[int] = []
        key, otherwise = NO_WORDS, False
        for word in _words_of_token(token):
            known = self._words.get(word)
            if known is None:
                numbers = [self._number(term) for term in terms_of_word(word)]
                known = numbers, *self._names.look_up(word, self._lexicon, self._slips.meant)
                self._words[word] = known
            of_word, is_other, part = known
            words += of_word
            key, otherwise = key.then(part), otherwise or is_other
        return words, otherwise, key

    def _number(self, term: str) -> int:
        number = self._numbers.get(term)
        if number is None:
            number = self._numbers[term] = len(self._spelled)
            self._spelled.append(term)
        return number

    def _guesses(self, word: str) -> list[str]:
        meant = [self._slips.meant(word), *words_meant(word)]
        if any(map(str.isdigit, word)):
            meant.append(word.translate(_AS_DIGITS))
        return [guess for guess in (*meant, *self._written_as_one(word)) if guess]

    def _written_as_one(self, word: str) -> tuple[str, ...]:
        """Return two words of changed texts that one may be, none where it is not: PEARTREE."""
        splits = range(_LEAST_OF_TWO, len(word) - _LEAST_OF_TWO + 1)
        pairs = ((word[:place], word[place:]) for place in splits)
        return next((pair for pair in pairs if pair[0] in self._places and pair[1] in self._places), ())

    def _names_among(self, tokens: NDArray[np.int64], names: HashesAmong) -> NDArray[np.int64]:
        """Return the tokens with which some names begin, and which of these, shape (found, 2); that a name may reach into the
        next row does no harm.
        """
        hashes, factors = self._tokens.hashes[tokens], self._tokens.factors[tokens]
        found = [np.empty((0, 2), dtype=np.int64)]
        key = hashes
        for size in range(1, _LONGEST_NAME + 1):
            if size > 1:
                key = key[:-1] * factors[size - 1 :] + hashes[size - 1 :]
            found.append(np.stack(names.find(key), axis=1))
        return np.concatenate(found)

    def _describe(self) -> None:
        """Look up the words that were met since the last time."""
        new = self._spelled[len(self.rarity) :]
        if not new:
            return
        in_old, in_new, rarity = self._changed.look_up(
            np.fromiter(map(term_id, new), dtype=np.int64, count=len(new))
        )
        self.rarity = np.append(self.rarity, rarity)
        self.place = np.append(self.place, [self._places.get(word, -1) for word in new])
        self.is_known = np.append(self.is_known, in_old | in_new)
        self.is_of_one = np.append(self.is_of_one, in_old != in_new)
        self.is_number = np.append(self.is_number, [_NUMBER.fullmatch(word) is not None for word in new])
        self.is_outcode = np.append(self.is_outcode, list(map(is_outcode, new)))
        self.is_incode = np.append(self.is_incode, list(map(is_incode, new)))


def _words_of_token(written: str) -> Sequence[str]:
    """Return the words of a token; one of plain letters, or of digits, is one, which is the quickest to tell."""
    if written.isascii() and (written.isalpha() or written.isdigit()):
        return (written.upper(),)
    return words_of(written).texts


def is_among(values: NDArray[Any], ascending: NDArray[Any]) -> NDArray[np.bool_]:
    """Return for each value whether it is one of others, which ascend.

    >>> is_among(np.array([3, 4]), np.array([1, 3])).tolist()
    [True, False]
    """
    return places_among(values, ascending)[1]

"""The port through which matching asks an engine for candidates, and what passes through it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntFlag
from typing import NamedTuple, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.directory import Directory
from address_match.indexer.manifest import BundleIdentity, IndexManifest
from address_match.indexer.texts.candidate_texts import CandidateTexts
from address_match.indexer.texts.extent import Extent
from address_match.indexer.texts.schemas import EQUAL_TEXT_SCHEMA
from address_match.indexer.texts.text_columns import TextColumns
from address_match.parser.gazetteer.gazetteer import Gazetteer

MOST_LISTED = 10_000
"""Texts of a list at most: what a cluster gives in one answer unless it is set otherwise."""


class Channel(IntFlag):
    """How a candidate was found; a candidate may be found in several ways."""

    BLOCK = 1
    """It stands in the postcode that the query names, or names the same number of a street (`Quotas.street_numbers`)."""
    LEXICAL = 2
    """BM25 over words and, for words that the reference does not know, trigrams."""
    DENSE = 4
    """Nearest neighbours of the query's vector."""


@dataclass(frozen=True, slots=True)
class Quotas:
    """How many texts each channel may propose for a query; 0 leaves the channel out."""

    block: int = 12
    lexical: int = 8
    dense: int = 8
    street_numbers: bool = False
    """Whether the block channel also looks among the texts that name the same number of a street
    (`Query.street_numbers`).
    """

    def times(self, factor: int) -> "Quotas":
        """Return quotas of `factor` times as many texts."""
        return Quotas(factor * self.block, factor * self.lexical, factor * self.dense, self.street_numbers)


NO_NUMBER = -2
"""The number of a query that names none; that of a text without one is -1."""


class StreetNumber(NamedTuple):
    """A number of a street, as an address names it."""

    street: str
    number: int
    place: str
    """The town or the locality."""


@dataclass(frozen=True, slots=True)
class Query:
    """What one address asks of an index."""

    terms: tuple[str, ...]
    """Words as `address_match.indexer.lexical.analysis.terms` gives them, without repetition."""
    postcodes: tuple[str, ...]
    """Full postcodes to look in, without a space, the likeliest first; empty when none was read."""
    street_numbers: tuple[StreetNumber, ...] = ()
    """The number of its street that it names, by each name of its place; empty where it names no number, no street or
    no place.
    """

    @property
    def number(self) -> int:
        """Return the number of its street that it names, `NO_NUMBER` where `street_numbers` are empty."""
        return self.street_numbers[0].number if self.street_numbers else NO_NUMBER


@dataclass(frozen=True, slots=True)
class QueryBatch:
    """Queries and their vectors, row by row."""

    queries: Sequence[Query]
    vectors: NDArray[np.float32]
    """Shape (queries, dimensions)."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of a query and a text of the reference, ordered by query; no pair stands twice."""

    query: NDArray[np.int32]
    """Shape (pairs,): position in the batch, ascending."""
    text: NDArray[np.int32]
    """Shape (pairs,): position in `texts`."""
    channels: NDArray[np.uint8]
    """Shape (pairs,): the `Channel` flags that found the pair."""
    texts: CandidateTexts
    """The distinct texts."""
    vectors: NDArray[np.int8]
    """Shape (texts, dimensions): unit vectors times 127, rounded."""

    def where(self, pairs: NDArray[np.bool_]) -> "Candidates":
        """Return some of the pairs, shape (pairs,); the texts stay as they are."""
        return Candidates(self.query[pairs], self.text[pairs], self.channels[pairs], self.texts, self.vectors)


@dataclass(frozen=True, slots=True)
class EqualTexts:
    """Addresses that equal a text of exactly one premises, except for case, punctuation and abbreviation."""

    query: NDArray[np.int64]
    """Shape (texts,): position among the addresses, ascending."""
    texts: pa.Table
    """Of each its text, in columns of `address_match.indexer.texts.schemas.EQUAL_TEXT_SCHEMA`."""


NO_EQUAL_TEXTS = EqualTexts(np.empty(0, dtype=np.int64), EQUAL_TEXT_SCHEMA.empty_table())


class TermStatistics(Protocol):
    """How often words stand in the texts of a reference."""

    @property
    def texts(self) -> int:
        """Number of texts in the reference."""
        ...

    def frequencies(self, term_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each term, as `address_match.indexer.lexical.analysis.term_id` names it, the number of texts that
        hold it.
        """
        ...


class StreetStatistics(Protocol):
    """Where the streets of a reference stand, by the keys of
    `address_match.indexer.reference.streets.street_places.street_key`.
    """

    def hold(self, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return whether a street stands in a town or postcode sector, or a locality in a town, by its `locality_key`."""
        ...

    def towns(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in how many towns a street stands, of all towns or of one postcode area; 0 where it is not held.

        The same of a business, by its `business_key`; and by `ALL_TOWNS` how many towns there are.
        """
        ...


class ReferenceStatistics(TermStatistics, Protocol):
    """Counts over a whole reference."""

    @property
    def streets(self) -> StreetStatistics:
        """Where its streets stand."""
        ...


class PremisesLookup(Protocol):
    """Looks premises up: texts have the columns of `LISTED_SCHEMA`, ascend by row, and are at most `MOST_LISTED`.

    Values that recur may be coded (`address_match.indexer.texts.dictionary_columns`).
    """

    def lookup_all(self, uprns: Sequence[str]) -> pa.Table:
        """Return all texts of some premises; one that is not held has none."""
        ...


class PremisesLists(PremisesLookup, Protocol):
    """What an engine lists beside what it finds, each as `PremisesLookup` gives it."""

    @property
    def directory(self) -> Directory:
        """The streets and postcodes by name; raises `IndexUnusableError` for an index of a release without such lists."""
        ...

    def in_postcode(self, postcode: str) -> pa.Table:
        """Return the texts of a full postcode, without a space."""
        ...

    def columns_in_postcode(self, postcode: str) -> TextColumns:
        """Return the same texts, of which columns are read where they are asked for."""
        ...

    def on_street(self, name: str, place: str) -> pa.Table:
        """Return the texts of a street of the directory, by any name of its place; none for a street without a name."""
        ...

    def columns_on_street(self, name: str, place: str) -> TextColumns:
        """Return the same texts, for reading few of their columns."""
        ...

    def lying_in(self, extent: Extent) -> pa.Table:
        """Return the texts of premises that lie in a rectangle.

        Raises `IndexUnusableError` for an index that cannot search by place.
        """
        ...

    def random_uprns(self, count: int, seed: int) -> list[str]:
        """Return at most `count` premises drawn at random, the same for the same seed."""
        ...


class Retriever(PremisesLists, Protocol):
    """An engine: proposes candidates for queries, looks premises up and lists them."""

    @property
    def statistics(self) -> ReferenceStatistics:
        """Counts over the whole reference."""
        ...

    def retrieve(self, batch: QueryBatch, quotas: Quotas, as_at: date | None = None) -> Candidates:
        """Propose candidates, leaving out those that were not valid on the day `as_at`.

        The answer for a query does not depend on the others of its batch.
        """
        ...

    @property
    def finds_street_numbers(self) -> bool:
        """Return whether the engine and its index find texts by the number of a street (`Quotas.street_numbers`)."""
        ...

    def equal_texts(self, addresses: Sequence[str]) -> EqualTexts:
        """Return which addresses equal a text of one premises; none where the engine or index cannot tell."""
        ...

    def lookup(self, uprn: str) -> pa.Table:
        """Return all texts of one premises (columns of `TEXT_SCHEMA`), none when it is not held."""
        ...

    def ping(self) -> None:
        """Raise `address_match.indexer.errors.EngineUnavailableError` unless the engine can answer."""
        ...

    def close(self) -> None:
        """Release what was opened; the engine cannot be used after that."""
        ...


class IndexRetriever(Retriever, Protocol):
    """An engine over one generation of an index, which knows what that was built from."""

    manifest: IndexManifest

    def gazetteer(self) -> Gazetteer | None:
        """Open the names of the reference, with which queries are parsed; None for an index built without them."""
        ...

    def check_bundle(self, bundle: BundleIdentity) -> None:
        """Raise `address_match.indexer.errors.IndexMismatchError` unless the index was built with the models of a
        bundle.
        """
        ...

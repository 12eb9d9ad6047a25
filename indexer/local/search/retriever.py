"""The embedded engine: one directory, memory-mapped, no server."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.errors import EngineUnavailableError
from address_match.indexer.lexical.analysis import ANALYSIS_FINGERPRINT
from address_match.indexer.lexical.query_terms import TermWeighting
from address_match.indexer.lexical.spellings import Spellings
from address_match.indexer.lexical.vocabulary import Vocabulary
from address_match.indexer.local.search.block_search import BlockSearch
from address_match.indexer.local.search.lexical_search import LexicalSearch
from address_match.indexer.local.search.zone_map import ZoneMap
from address_match.indexer.local.stored.blocks import Blocks
from address_match.indexer.local.stored.equal_texts import TextsByWriting
from address_match.indexer.local.stored.postings import Postings
from address_match.indexer.local.stored.street_numbers import StreetNumbers
from address_match.indexer.local.stored.texts import TextStore
from address_match.indexer.local.stored.vectors import VectorStore
from address_match.indexer.manifest import BundleIdentity, IndexManifest, check_models, rebuild_command
from address_match.indexer.ports import SearchOver, VectorSearch
from address_match.indexer.reference.counted_reference import CountedReference
from address_match.indexer.reference.gazetteer_file import open_index_gazetteer
from address_match.indexer.reference.streets.street_directory import StreetDirectory, directory_or_refusal
from address_match.indexer.reference.streets.street_places import StreetPlaces
from address_match.indexer.retrieval import (
    MOST_LISTED,
    NO_EQUAL_TEXTS,
    Candidates,
    Channel,
    EqualTexts,
    QueryBatch,
    Quotas,
    ReferenceStatistics,
)
from address_match.indexer.search.channel_merge import Proposal, merge_channels
from address_match.indexer.search.quantisation import quantise
from address_match.indexer.texts.dictionary_columns import written_out
from address_match.indexer.texts.extent import Extent, Grid
from address_match.indexer.texts.text_columns import TableColumns, TextColumns
from address_match.indexer.texts.validity import DATES, valid_at
from address_match.parser.gazetteer.gazetteer import Gazetteer


class LocalRetriever:
    """Proposes candidates from an index directory; safe to share between threads."""

    def __init__(
        self,
        path: Path,
        manifest: IndexManifest,
        search_with: SearchOver | None = None,
    ) -> None:
        self.manifest = manifest
        self._path = path
        folder = path / manifest.generation
        with ThreadPoolExecutor(1, thread_name_prefix="open-vectors") as beside:
            # The lists of neighbours are read into memory while all else is mapped.
            vectors = beside.submit(VectorStore, folder)
            self._texts = TextStore(folder)
            self._vocabulary = Vocabulary(folder, self._texts.rows)
            self._term_weighting = TermWeighting(self._vocabulary, Spellings(folder, self._vocabulary))
            self._words = LexicalSearch(self._texts, self._term_weighting, Postings(folder))
            self._statistics = CountedReference(self._vocabulary, StreetPlaces(folder))
            self._blocks = Blocks(folder)
            self._directory = StreetDirectory.open(folder)
            self._by_writing = TextsByWriting.open(folder)
            self._street_numbers = StreetNumbers.open(folder)
            self._vectors = vectors.result()
        self._nearest: VectorSearch = search_with(self._vectors.vectors) if search_with else self._vectors
        self._in_blocks = BlockSearch(
            self._blocks, self._street_numbers, self._texts, self._term_weighting, self._vectors
        )
        self._zones: dict[Grid, ZoneMap] = {}
        self._open = True

    @property
    def statistics(self) -> ReferenceStatistics:
        """Counts over the whole reference."""
        return self._statistics

    def retrieve(self, batch: QueryBatch, quotas: Quotas, as_at: date | None = None) -> Candidates:
        """Propose candidates; the answer for a query does not depend on the others of its batch."""
        self.ping()
        proposals: list[Proposal] = []
        known = self._term_weighting.known_words(batch.queries)
        if quotas.block:
            vectors = quantise(batch.vectors).astype(np.float32)
            in_blocks = self._in_blocks.search(
                batch.queries, known, vectors, quotas.block, by_street_number=quotas.street_numbers
            )
            proposals.extend(Proposal(Channel.BLOCK, position, rows) for position, rows in in_blocks.items())
        if quotas.lexical:
            terms = self._term_weighting.with_guesses_of_each(batch.queries, known)
            sharing = self._words.search(terms, quotas.lexical)
            proposals.extend(
                Proposal(Channel.LEXICAL, position, rows) for position, rows in enumerate(sharing)
            )
        if quotas.dense:
            _, nearest = self._nearest.search(batch.vectors, quotas.dense)
            proposals.extend(
                Proposal(Channel.DENSE, position, rows[rows >= 0]) for position, rows in enumerate(nearest)
            )
        return self._candidates(proposals, as_at)

    @property
    def finds_street_numbers(self) -> bool:
        """Return whether texts are found by the number of their street: not of an index that was built before it kept
        these.
        """
        return self._street_numbers is not None

    def equal_texts(self, addresses: Sequence[str]) -> EqualTexts:
        """Return which addresses are texts of one premises; none of an index that was built before it could tell."""
        self.ping()
        return self._by_writing.equal_texts(addresses, self._texts) if self._by_writing else NO_EQUAL_TEXTS

    def lookup(self, uprn: str) -> pa.Table:
        """Return all texts of one premises, none when it is not held."""
        self.ping()
        texts = self._texts.whole(self._blocks.rows_of([uprn]))
        return texts.filter(pc.equal(texts.column("uprn"), uprn))

    @property
    def directory(self) -> StreetDirectory:
        """The streets and postcodes by name; raises IndexUnusableError for an index that was built before there were
        such lists.
        """
        if self._directory is None:
            return directory_or_refusal(None, rebuild_command(self._path))
        return self._directory

    def lookup_all(self, uprns: Sequence[str]) -> pa.Table:
        """Return all texts of some premises; one that is not held has none."""
        self.ping()
        texts = self._texts.listed_at(self._blocks.rows_of(uprns))
        if not set(texts.column("uprn").to_pylist()) <= set(uprns):  # another hashed alike
            texts = texts.filter(pc.is_in(texts.column("uprn"), pa.array(uprns, pa.string())))
        return texts.slice(0, MOST_LISTED)

    def in_postcode(self, postcode: str) -> pa.Table:
        """Return the texts of a full postcode, without a space."""
        self.ping()
        return self._texts.listed(self._blocks.ranges_in_postcode(postcode)).slice(0, MOST_LISTED)

    def columns_in_postcode(self, postcode: str) -> TextColumns:
        """Return the same texts, of which columns are read where they are asked for."""
        self.ping()
        return self._texts.columns_at(self._blocks.ranges_in_postcode(postcode), MOST_LISTED)

    def on_street(self, name: str, place: str) -> pa.Table:
        """Return the texts of a street of the directory, by any name of its place."""
        self.ping()
        ranges = self.directory.ranges_on(name, place) if name else []
        if self.directory.has_postcodes(name, place):
            return self._texts.listed(ranges).slice(0, MOST_LISTED)
        texts = self._texts.listed(ranges)
        places = self.directory.places_of(name, place)
        # Texts without a postcode stand among those of streets of the same name elsewhere.
        town = written_out(texts.column("town"))
        has_postcode = pc.or_(
            *(pc.not_equal(written_out(texts.column(name)), "") for name in ("postcode", "reading_postcode"))
        )
        is_here = pc.or_(
            pc.is_in(town, pa.array(places, pa.string())), pc.and_(pc.equal(town, ""), has_postcode)
        )
        return texts.filter(pc.and_(pc.equal(written_out(texts.column("street")), name), is_here)).slice(
            0, MOST_LISTED
        )

    def columns_on_street(self, name: str, place: str) -> TextColumns:
        """Return the same texts, of which few columns are to be read."""
        self.ping()
        if not name or not self.directory.has_postcodes(name, place):
            return TableColumns(self.on_street(name, place))
        return self._texts.columns_at(self.directory.ranges_on(name, place), MOST_LISTED)

    def lying_in(self, extent: Extent) -> pa.Table:
        """Return the texts of premises that lie in a rectangle."""
        self.ping()
        if extent.grid not in self._zones:  # two threads may both look, and find the same
            self._zones[extent.grid] = ZoneMap.of(self._texts.listed_all(), extent.grid)
        return self._texts.listed_at(self._zones[extent.grid].rows_in(extent)[:MOST_LISTED])

    def random_uprns(self, count: int, seed: int) -> list[str]:
        """Return at most `count` premises drawn at random, the same for the same seed."""
        self.ping()
        drawn = np.random.default_rng(seed).integers(0, self._texts.rows, count) if self._texts.rows else ()
        rows = np.unique(np.array(drawn, dtype=np.int64))
        return self._texts.compared(rows).strings("uprn").values

    def ping(self) -> None:
        """Raise EngineUnavailableError once the index is closed."""
        if not self._open:
            raise EngineUnavailableError("This index was closed; open it again")

    def close(self) -> None:
        """Give the memory maps back."""
        if self._open:
            self._open = False
            self._zones.clear()
            self._vocabulary.close()
            self._texts.close()

    def gazetteer(self) -> Gazetteer | None:
        """Open the names of the reference, with which queries are parsed; None of an index that was built without."""
        return open_index_gazetteer(self._path, self.manifest)

    def check_bundle(self, bundle: BundleIdentity) -> None:
        """Raise IndexMismatchError unless the index was built with the encoder, parser and analysis of a bundle."""
        check_models(self._path, self.manifest, bundle, ANALYSIS_FINGERPRINT)

    def _candidates(self, proposals: Sequence[Proposal], as_at: date | None) -> Candidates:
        """Merge what the channels propose into pairs, and read each text once."""
        pairs = merge_channels(proposals)
        found = Candidates(
            query=pairs.query,
            text=pairs.text,
            channels=pairs.channels,
            texts=self._texts.compared(pairs.distinct),
            vectors=np.ascontiguousarray(self._vectors.vectors[pairs.distinct]),
        )
        if as_at is None:
            return found
        return found.where(valid_at(found.texts.coded(DATES), as_at)[found.text])

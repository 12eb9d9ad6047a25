"""The engine of a cluster: three channels in one request, batches in few requests."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.search.queries import (
    TextQuery,
    any_text,
    channels_of,
    search,
    some_texts,
    texts_in,
    texts_lying_in,
    texts_of,
    texts_on,
)
from address_match.indexer.elastic.search.searcher import Hit, Searcher
from address_match.indexer.elastic.search.top_k import ChannelTopK
from address_match.indexer.elastic.stored.documents import place_of
from address_match.indexer.elastic.stored.generations import Generation, rebuild_command
from address_match.indexer.elastic.stored.mapping import RECORD
from address_match.indexer.elastic.stored.records import Records, read_records, unpack_record
from address_match.indexer.errors import EngineUnavailableError, IndexUnusableError
from address_match.indexer.lexical.analysis import ANALYSIS_FINGERPRINT
from address_match.indexer.lexical.query_terms import QueryTerms, TermWeighting
from address_match.indexer.lexical.spellings import Spellings
from address_match.indexer.lexical.vocabulary import Vocabulary
from address_match.indexer.manifest import BundleIdentity, IndexManifest, check_models
from address_match.indexer.reference.counted_reference import CountedReference
from address_match.indexer.reference.gazetteer_file import read_gazetteer
from address_match.indexer.reference.streets.street_directory import StreetDirectory, directory_or_refusal
from address_match.indexer.reference.streets.street_places import StreetPlaces
from address_match.indexer.retrieval import (
    MOST_LISTED,
    NO_EQUAL_TEXTS,
    Candidates,
    Channel,
    EqualTexts,
    Query,
    QueryBatch,
    Quotas,
    ReferenceStatistics,
)
from address_match.indexer.search.channel_merge import Proposal, merge_channels
from address_match.indexer.search.quantisation import quantise
from address_match.indexer.texts.candidate_texts import CandidateTexts
from address_match.indexer.texts.extent import Extent
from address_match.indexer.texts.schemas import LISTED_COLUMNS
from address_match.indexer.texts.text_columns import TableColumns
from address_match.indexer.texts.validity import DATES, valid_at
from address_match.parser.gazetteer.gazetteer import Gazetteer

_CHANNELS = (Channel.BLOCK, Channel.LEXICAL, Channel.DENSE)


class ElasticRetriever:
    """Proposes candidates from an index of a cluster; safe to share between threads.

    It stays on the index that the alias named when it was opened, whatever the alias names later: the statistics of the
    reference belong to that index.
    """

    def __init__(
        self,
        client: RetryingClient,
        generation: Generation,
        statistics: Path,
        *,
        owned: ExitStack | None = None,
    ) -> None:
        """Search through a client, with the statistics files of the index in a folder; `owned` is closed with this."""
        manifest = generation.manifest
        self.generation = generation
        self.manifest: IndexManifest = manifest
        self._statistics_folder = statistics
        self._owned = owned or ExitStack()
        self._searcher = Searcher(client, manifest.generation)
        self._vocabulary = Vocabulary(statistics, manifest.texts)
        self._term_weighting = TermWeighting(self._vocabulary, Spellings(statistics, self._vocabulary))
        self._statistics = CountedReference(self._vocabulary, StreetPlaces(statistics))
        self._directory = StreetDirectory.open(statistics)
        self._open = True

    @property
    def statistics(self) -> ReferenceStatistics:
        """Counts over the whole reference."""
        return self._statistics

    def retrieve(self, batch: QueryBatch, quotas: Quotas, as_at: date | None = None) -> Candidates:
        """Propose candidates; the answer for a query does not depend on the others of its batch."""
        self._refuse_when_closed()
        vectors = quantise(batch.vectors)
        plain, guessed = self._weighted(batch, quotas)
        bodies = self._bodies(batch, guessed, quotas)
        searched = [position for position, body in enumerate(bodies) if body is not None]
        answers = self._searcher.search([body for body in bodies if body is not None])
        hits, records = self._read(answers)
        top_k = ChannelTopK(records, self._vocabulary, self._term_weighting, self.generation.terms_a_text)
        proposals: list[Proposal] = []
        for position, (texts, channels) in zip(searched, hits, strict=True):
            block, sharing, near = (texts[channels & channel != 0] for channel in _CHANNELS)
            number = batch.queries[position].number
            block = top_k.in_block(plain[position], vectors[position], number, block, quotas.block)
            sharing = top_k.sharing_words(guessed[position], sharing, quotas.lexical)
            proposals.append(Proposal(Channel.BLOCK, position, block))
            proposals.append(Proposal(Channel.LEXICAL, position, sharing))
            proposals.append(Proposal(Channel.DENSE, position, near))
        found = _candidates(proposals, records)
        return found if as_at is None else found.where(valid_at(found.texts.coded(DATES), as_at)[found.text])

    def bodies(self, batch: QueryBatch, quotas: Quotas) -> list[dict[str, Any] | None]:
        """Return the request for each query; None where there is nothing to ask."""
        return self._bodies(batch, self._weighted(batch, quotas)[1], quotas)

    @property
    def finds_street_numbers(self) -> bool:
        """Return False: a cluster is asked for postcodes, words and vectors alone."""
        return False

    def equal_texts(self, addresses: Sequence[str]) -> EqualTexts:  # noqa: ARG002 - the port's
        """Return none: an index of a cluster is searched for every address."""
        return NO_EQUAL_TEXTS

    def lookup(self, uprn: str) -> pa.Table:
        """Return all texts of one premises, none when it is not held."""
        self._refuse_when_closed()
        return self._read(self._searcher.search([texts_of(uprn)]))[1].texts

    @property
    def directory(self) -> StreetDirectory:
        """The streets and postcodes by name; raises IndexUnusableError for an index that was built before there were
        such lists.
        """
        return directory_or_refusal(self._directory, rebuild_command(self.generation.alias))

    def lookup_all(self, uprns: Sequence[str]) -> pa.Table:
        """Return all texts of some premises; one that is not held has none."""
        self._refuse_when_closed()
        asked = [texts_of(uprn) for uprn in dict.fromkeys(uprns)]
        return self._listed(asked).slice(0, MOST_LISTED)

    def in_postcode(self, postcode: str) -> pa.Table:
        """Return the texts of a full postcode, without a space."""
        self._refuse_when_closed()
        return self._listed([texts_in(postcode)])

    def columns_in_postcode(self, postcode: str) -> TableColumns:
        """Return the same texts; a document comes whole."""
        return TableColumns(self.in_postcode(postcode))

    def on_street(self, name: str, place: str) -> pa.Table:
        """Return the texts of a street of the directory, by any name of its place."""
        self._refuse_when_closed()
        streets = [place_of(name, town, "") for town in self.directory.places_of(name, place) if name]
        return self._listed([texts_on(streets)])

    def columns_on_street(self, name: str, place: str) -> TableColumns:
        """Return the same texts; a document comes whole."""
        return TableColumns(self.on_street(name, place))

    def lying_in(self, extent: Extent) -> pa.Table:
        """Return the texts of premises that lie in a rectangle; raises IndexUnusableError for an index that was built
        before there were such lists.
        """
        self._refuse_when_closed()
        if not self.generation.has_places:
            raise IndexUnusableError(
                f"The index was built before places were listed. Build it anew: {rebuild_command(self.generation.alias)}"
            )
        return self._listed([texts_lying_in(extent)])

    def random_uprns(self, count: int, seed: int) -> list[str]:
        """Return at most `count` premises drawn at random, the same for the same seed."""
        self._refuse_when_closed()
        texts = self._read(self._searcher.search([some_texts(count, seed)]))[1].texts
        return list(dict.fromkeys(texts.column("uprn").to_pylist()))

    def any_texts(self, count: int) -> Records:
        """Return some texts, chosen at random but the same at each call, to look whether they are found."""
        self._refuse_when_closed()
        return self._read(self._searcher.search([some_texts(count)]))[1]

    def ping(self) -> None:
        """Raise EngineUnavailableError unless a search reaches every shard of the index."""
        self._refuse_when_closed()
        self._searcher.search([any_text()])

    def close(self) -> None:
        """Let go of the threads, the statistics and whatever else is owned."""
        if self._open:
            self._open = False
            self._searcher.close()
            self._vocabulary.close()
            self._owned.close()

    def gazetteer(self) -> Gazetteer | None:
        """Open the names of the reference, with which queries are parsed; None of an index that was built without."""
        return read_gazetteer(self._statistics_folder)

    def check_bundle(self, bundle: BundleIdentity) -> None:
        """Raise IndexMismatchError unless the index was built with the encoder, parser and analysis of a bundle."""
        alias = self.generation.alias
        check_models(
            f"alias {alias}", self.manifest, bundle, ANALYSIS_FINGERPRINT, rebuild=rebuild_command(alias)
        )

    def _listed(self, bodies: Sequence[dict[str, Any]]) -> pa.Table:
        return self._read(self._searcher.search(bodies))[1].texts.select(LISTED_COLUMNS)

    def _refuse_when_closed(self) -> None:
        if not self._open:
            raise EngineUnavailableError("This index was closed; open it again")

    def _weighted(self, batch: QueryBatch, quotas: Quotas) -> tuple[list[QueryTerms], list[QueryTerms]]:
        """Weigh the words of each query: those that the reference knows, and with guesses for those that it does not."""
        weighting = self._term_weighting
        known = weighting.known_words(batch.queries)
        plain = [weighting.weighted(*each) for each in zip(batch.queries, known, strict=True)]
        if not quotas.lexical:
            return plain, plain
        return plain, weighting.with_guesses_of_each(batch.queries, known)

    def _bodies(
        self, batch: QueryBatch, words: Sequence[QueryTerms], quotas: Quotas
    ) -> list[dict[str, Any] | None]:
        vectors = quantise(batch.vectors)
        return [
            search(self._text_query(query, terms, vector), quotas)
            for query, terms, vector in zip(batch.queries, words, vectors, strict=True)
        ]

    def _text_query(self, query: Query, words: QueryTerms, vector: NDArray[np.int8]) -> TextQuery:
        proposing = self._term_weighting.essential(words)
        ordering = np.setdiff1d(np.arange(len(words.words)), proposing)
        rarest_first = ordering[np.argsort(-words.weights[ordering], kind="stable")]
        return TextQuery(
            vector,
            query.postcodes,
            self._term_weighting.factors(words, proposing),
            self._term_weighting.factors(words, rarest_first),
        )

    def _read(
        self, answers: Sequence[Sequence[Hit]]
    ) -> tuple[list[tuple[NDArray[np.int64], NDArray[np.uint8]]], Records]:
        """Return for each answer the texts as positions in the records, and their channels; and the records."""
        contents: dict[int, bytes] = {}
        rows: list[tuple[NDArray[np.int64], NDArray[np.uint8]]] = []
        for hits in answers:
            unpacked = [unpack_record(hit["fields"][RECORD][0]) for hit in hits]
            contents.update(unpacked)
            rows.append(
                (
                    np.array([row for row, _ in unpacked], dtype=np.int64),
                    np.array([channels_of(hit) for hit in hits], dtype=np.uint8),
                )
            )
        ascending = sorted(contents)
        of_all = [contents[row] for row in ascending]
        records = read_records(of_all, self.manifest.dimensions, self.manifest.lacks)
        held = np.array(ascending, dtype=np.int64)
        return [(np.searchsorted(held, found), channels) for found, channels in rows], records


def _candidates(proposals: Sequence[Proposal], records: Records) -> Candidates:
    pairs = merge_channels(proposals)
    return Candidates(
        query=pairs.query,
        text=pairs.text,
        channels=pairs.channels,
        texts=CandidateTexts.of_table(records.texts).take(pairs.distinct),
        vectors=np.ascontiguousarray(records.vectors[pairs.distinct]),
    )

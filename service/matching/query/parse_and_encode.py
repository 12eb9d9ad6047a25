"""The first stage: what each text of a batch says, and what it asks of an engine."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from address_match.indexer.lexical.analysis import query_of
from address_match.indexer.ports import Encoder, EncoderOfWords
from address_match.indexer.retrieval import QueryBatch
from address_match.parser.address_parser import AddressParser
from address_match.parser.parsed_address import ParsedAddress
from address_match.service.matching.features.columns.pairs import QueryColumns, fields_table
from address_match.service.matching.ranking.score import NBEST_POLICY, alternative_parses


@dataclass(frozen=True, slots=True)
class ParsedBatch:
    """Parsed and encoded texts, row by row."""

    texts: tuple[ParsedAddress, ...]
    columns: QueryColumns
    queries: QueryBatch

    def part(self, rows: Sequence[int]) -> "ParsedBatch":
        """Return some of the rows, in the order given."""
        if len(rows) == len(self.texts) and list(rows) == list(range(len(rows))):
            return self
        chosen = np.asarray(rows, dtype=np.int64)
        columns = QueryColumns(
            self.columns.fields.take(chosen),
            tuple(self.columns.terms[i] for i in rows),
            self.columns.vectors[chosen],
            self.columns.parse_probability[chosen],
            self.columns.others.of_rows(chosen),
        )
        queries = tuple(self.queries.queries[i] for i in rows)
        return ParsedBatch(tuple(self.texts[i] for i in rows), columns, QueryBatch(queries, columns.vectors))


def parse_and_encode(texts: Sequence[str], parser: AddressParser, encoder: Encoder) -> ParsedBatch:
    """Read and encode texts; none may be longer than `address_match.parser.text_length` allows."""
    parsed = tuple(parser.parse_addresses(texts, policy=NBEST_POLICY))
    vectors = (
        encoder.encode_words([text.words for text in parsed])
        if isinstance(encoder, EncoderOfWords)
        else encoder.encode(texts)
    )
    queries = tuple(query_of(text) for text in parsed)
    columns = QueryColumns(
        fields_table([text.fields for text in parsed]),
        tuple(query.terms for query in queries),
        vectors,
        np.array([text.probability for text in parsed], dtype=np.float64),
        alternative_parses(parsed),
    )
    return ParsedBatch(parsed, columns, QueryBatch(queries, vectors))

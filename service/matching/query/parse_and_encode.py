"""The first stage: what each text of a batch says, and what it asks of an engine."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from address_match.indexer.lexical.analysis import query_of
from address_match.indexer.ports import Encoder, reads_words
from address_match.indexer.retrieval import QueryBatch
from address_match.parser.address_parser import AddressParser
from address_match.parser.parsed_address import ParsedAddress
from address_match.service.matching.query.alternatives import alternative_parses
from address_match.service.matching.query.parse_texts import ParsedTexts, parse_texts
from address_match.service.matching.query.query_columns import FieldColumns, QueryColumns


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
        columns = self.columns.of_rows(np.asarray(rows, dtype=np.int64))
        queries = tuple(self.queries.queries[i] for i in rows)
        return ParsedBatch(tuple(self.texts[i] for i in rows), columns, QueryBatch(queries, columns.vectors))


def parse_and_encode(texts: Sequence[str], parser: AddressParser, encoder: Encoder) -> ParsedBatch:
    """Parse and encode texts; none may be longer than `address_match.parser.text_length` allows."""
    return encode(parse_texts(texts, parser), encoder)


def encode(asked: ParsedTexts, encoder: Encoder) -> ParsedBatch:
    """Encode texts that were parsed."""
    parsed = asked.addresses
    vectors = (
        encoder.encode_words([text.words for text in parsed])
        if reads_words(encoder)
        else encoder.encode(asked.texts)
    )
    queries = tuple(query_of(text) for text in parsed)
    columns = QueryColumns(
        FieldColumns([text.fields for text in parsed]),
        tuple(query.terms for query in queries),
        vectors,
        np.array([text.probability for text in parsed], dtype=np.float64),
        alternative_parses(parsed),
    )
    return ParsedBatch(tuple(parsed), columns, QueryBatch(queries, vectors))

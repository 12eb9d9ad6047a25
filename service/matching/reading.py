"""The first stage: what each text of a batch says, and what it asks of an engine."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.analysis import query_of
from indexer.ports import Encoder, EncoderOfWords
from indexer.retrieval import QueryBatch
from parser.address_parser import AddressParser
from parser.read_text import ReadText
from service.matching.alternatives import DOUBT, other_readings
from service.matching.comparison.columns import QueryColumns, readings_table


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """Parsed and encoded texts, row by row."""

    texts: tuple[ReadText, ...]
    columns: QueryColumns
    queries: QueryBatch

    def part(self, rows: Sequence[int]) -> "ReadBatch":
        """Return some of the rows, in the order given."""
        if len(rows) == len(self.texts) and list(rows) == list(range(len(rows))):
            return self
        chosen = np.asarray(rows, dtype=np.int64)
        columns = QueryColumns(
            self.columns.readings.take(chosen),
            tuple(self.columns.terms[i] for i in rows),
            self.columns.vectors[chosen],
            self.columns.parse_probability[chosen],
            self.columns.others.of_rows(chosen),
        )
        queries = tuple(self.queries.queries[i] for i in rows)
        return ReadBatch(tuple(self.texts[i] for i in rows), columns, QueryBatch(queries, columns.vectors))


def read(texts: Sequence[str], parser: AddressParser, encoder: Encoder) -> ReadBatch:
    """Read and encode texts; none may be longer than `parser.text_length` allows."""
    read_texts = tuple(parser.read_batch(texts, doubt=DOUBT))
    vectors = (
        encoder.encode_words([text.words for text in read_texts])
        if isinstance(encoder, EncoderOfWords)
        else encoder.encode(texts)
    )
    queries = tuple(query_of(text) for text in read_texts)
    columns = QueryColumns(
        readings_table([text.reading for text in read_texts]),
        tuple(query.terms for query in queries),
        vectors,
        np.array([text.probability for text in read_texts], dtype=np.float64),
        other_readings(read_texts),
    )
    return ReadBatch(read_texts, columns, QueryBatch(queries, vectors))

"""The texts of a reference as documents of an index."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import orjson
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.elastic.stored.mapping import (
    ADDRESS,
    LIES_AT,
    PLACE,
    POSTCODE,
    RECORD,
    ROW,
    UPRN,
    VECTOR,
    WORDS,
)
from address_match.indexer.elastic.stored.records import pack_record
from address_match.indexer.reference.sorted_reference import SortedReference
from address_match.indexer.texts.dictionary_columns import values_in
from address_match.indexer.texts.schemas import STORED_SCHEMA


@dataclass(frozen=True, slots=True)
class TextDocument:
    """One text, ready to be sent."""

    name: str
    """UPRN and the number of the text among those of its premises; the same in every build."""
    line: int
    """Of the reference, by which a refusal is reported."""
    content: bytes
    """JSON."""


def document_name(uprn: str, number: int) -> str:
    """Name the document of a text; `number` counts the texts of one premises from 0."""
    return f"{uprn}#{number}"


def numbers_of_texts(uprns: Sequence[str]) -> list[int]:
    """Number the texts of each premises from 0, in their order."""
    seen: Counter[str] = Counter()
    numbers = []
    for uprn in uprns:
        numbers.append(seen[uprn])
        seen[uprn] += 1
    return numbers


@dataclass(frozen=True, slots=True)
class TextColumns:
    """Texts to be written, row by row."""

    stored: pa.Table
    """Columns of `STORED_SCHEMA`."""
    postcodes: Sequence[str]
    """Without spaces, empty where none is known."""
    vectors: NDArray[np.int8]
    words: Sequence[Sequence[str]]
    """The distinct words of each text."""
    term_ids: Sequence[NDArray[np.int64]]
    """Their names, in the same order."""
    rows: Sequence[int]
    """Of each text, which tells it apart within the index."""
    numbers: Sequence[int]
    """Of each text among those of its premises."""
    lines: Sequence[int]


def documents(columns: TextColumns) -> Iterator[TextDocument]:
    """Write each text as a document."""
    parts = zip(
        columns.stored.to_pylist(),
        columns.postcodes,
        columns.vectors,
        columns.words,
        columns.term_ids,
        columns.rows,
        columns.numbers,
        columns.lines,
        strict=True,
    )
    for stored, postcode, vector, words, term_ids, row, number, line in parts:
        content = {
            UPRN: stored["uprn"],
            ADDRESS: stored["address"],
            WORDS: " ".join(words),
            VECTOR: vector.tobytes().hex(),
            ROW: row,
            RECORD: pack_record(row, term_ids, vector, stored),
            **{name: stored[name] for name in LIES_AT if stored[name] is not None},
        }
        if postcode:
            content[POSTCODE] = postcode
        if place := place_of(stored["street"], stored["town"], postcode):
            content[PLACE] = place
        yield TextDocument(document_name(stored["uprn"], number), line, orjson.dumps(content))


def place_of(street: str, town: str, postcode: str) -> str:
    """Name a street of a town, of an outcode where there is no town; empty without a street."""
    return f"{street}|{town or postcode[:-3]}" if street else ""


class SortedTexts:
    """The texts of a sorted reference, some at a time."""

    def __init__(self, sorted_reference: SortedReference) -> None:
        self._reference = sorted_reference
        self._numbers = numbers_of_texts(sorted_reference.texts.column("uprn").to_pylist())
        self._ends = np.cumsum(sorted_reference.lengths)

    def __len__(self) -> int:
        return int(self._reference.texts.num_rows)

    def at(self, rows: NDArray[np.int64], first_row: int = 0) -> TextColumns:
        """Return the texts of some rows; they are known as these rows, counted from `first_row`."""
        whole = self._reference
        ends = self._ends[rows]
        held = [
            whole.text_terms[start:end] for start, end in zip(ends - whole.lengths[rows], ends, strict=True)
        ]
        return TextColumns(
            stored=whole.texts.select(STORED_SCHEMA.names).take(pa.array(rows)),
            postcodes=values_in(whole.postcodes.take(pa.array(rows))),
            vectors=whole.vectors[rows],
            words=[[whole.words[position] for position in positions] for positions in held],
            term_ids=[whole.term_ids[positions] for positions in held],
            rows=(rows + first_row).tolist(),
            numbers=[self._numbers[row] for row in rows],
            lines=whole.lines[rows].tolist(),
        )

"""Write changed premises, some at a time, and count the words that come and go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import orjson
import pyarrow as pa

from address_match.indexer.elastic.connection.retrying_client import RetryingClient
from address_match.indexer.elastic.stored.documents import (
    SortedTexts,
    TextColumns,
    TextDocument,
    document_name,
    documents,
    place_of,
)
from address_match.indexer.elastic.stored.mapping import GONE
from address_match.indexer.elastic.writing.bulk_writer import BulkWriter
from address_match.indexer.elastic.writing.held_premises import HeldPremises, HeldPremisesReader
from address_match.indexer.elastic.writing.word_counts import WordCounts
from address_match.indexer.sources.table_batch import RowError


@dataclass(slots=True)
class UpdateCounts:
    """What was changed so far."""

    written: int = 0
    """Premises that are new or written otherwise now."""
    deleted: int = 0
    """Premises that were held and are gone."""
    left_alone: int = 0
    """Premises of which the index holds this version already, or a later one."""
    more_premises: int = 0
    refused: list[RowError] = field(default_factory=list)


class PremisesUpdater:
    """Changes premises of one index to one version."""

    def __init__(
        self,
        client: RetryingClient,
        index: str,
        held: HeldPremisesReader,
        counts: WordCounts,
        *,
        version: int,
        first_row: int,
    ) -> None:
        self._client = client
        self._index = index
        self._held = held
        self._counts = counts
        self._writer = BulkWriter(client, index)
        self._version = version
        self._first_row = first_row
        self.update_counts = UpdateCounts()

    def put(self, texts: SortedTexts, rows_of: Mapping[str, Sequence[int]]) -> None:
        """Give premises the texts of some rows, and no others."""
        older = self._older(list(rows_of))
        rows = [row for uprn in older for row in rows_of[uprn]]
        if not rows:
            return
        columns = self._placed(texts.at(np.array(rows, dtype=np.int64), self._first_row), older)
        surplus = [
            _gone(uprn, number)
            for uprn, before in older.items()
            for number in range(len(rows_of[uprn]), before.documents)
        ]
        refused = self._write([*documents(columns), *surplus])
        lost = {error.row for error in refused}
        for words, line in zip(columns.words, columns.lines, strict=True):
            if line not in lost:
                self._counts.add(words)
        for before in older.values():
            self._counts.subtract(before.term_ids)
            self.update_counts.more_premises += before.texts == 0
        self.update_counts.written += len(older)

    def delete(self, uprns: Sequence[str]) -> None:
        """Delete premises; one that is not held is remembered as gone."""
        older = self._older(uprns)
        self._write(
            [
                _gone(uprn, number)
                for uprn, before in older.items()
                for number in range(max(before.documents, 1))
            ]
        )
        for before in older.values():
            self._counts.subtract(before.term_ids)
            self.update_counts.more_premises -= before.texts > 0
            self.update_counts.deleted += before.texts > 0

    def _older(self, uprns: Sequence[str]) -> dict[str, HeldPremises]:
        """Return what is held of those premises that the index knows in an older version or not at all."""
        found = zip(uprns, self._held.of(uprns), strict=True)
        older = {uprn: held for uprn, held in found if held.version < self._version}
        self.update_counts.left_alone += len(uprns) - len(older)
        return older

    def _write(self, changed: Sequence[TextDocument]) -> tuple[RowError, ...]:
        refused = self._writer.write(changed, self._version).refused if changed else ()
        self.update_counts.refused += refused
        self._client.ask(lambda es: es.indices.refresh(index=self._index))
        return refused

    def _placed(self, columns: TextColumns, older: Mapping[str, HeldPremises]) -> TextColumns:
        """Return new texts with their street size and the names of their sector, counted among their neighbours in the
        index.
        """
        stored = columns.stored
        uprns, streets, towns = (stored.column(name).to_pylist() for name in ("uprn", "street", "town"))
        places = [place_of(*parts) for parts in zip(streets, towns, columns.postcodes, strict=True)]
        street_sizes = self._street_sizes(uprns, places, older)
        sectors = [code[:-2] for code in columns.postcodes]
        names = self._held.place_names(sorted({sector for sector in sectors if sector}))
        own = stored.column("place_names").to_pylist()
        named = [names.get(sector, name) for sector, name in zip(sectors, own, strict=True)]
        return replace(
            columns,
            stored=_with(
                _with(stored, "street_premises", [street_sizes.get(place, 0) for place in places]),
                "place_names",
                named,
            ),
        )

    def _street_sizes(
        self, uprns: Sequence[str], places: Sequence[str], older: Mapping[str, HeldPremises]
    ) -> dict[str, int]:
        """Count the premises of each street, those that come to it among them."""
        counted = self._held.street_sizes(sorted({place for place in places if place}))
        coming = {pair for pair in zip(uprns, places, strict=True) if pair[1] not in older[pair[0]].places}
        for _, place in coming:
            if place:
                counted[place] += 1
        return counted


def rows_by_uprn(uprns: Sequence[str]) -> dict[str, list[int]]:
    """Return the rows of each UPRN, in order."""
    rows: dict[str, list[int]] = {}
    for row, uprn in enumerate(uprns):
        rows.setdefault(uprn, []).append(row)
    return rows


def _gone(uprn: str, number: int) -> TextDocument:
    return TextDocument(document_name(uprn, number), 0, orjson.dumps({GONE: uprn}))


def _with(table: pa.Table, name: str, values: Sequence[object]) -> pa.Table:
    position = table.schema.get_field_index(name)
    column = table.schema.field(position)
    return table.set_column(position, column, pa.array(values, column.type))

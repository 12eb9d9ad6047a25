"""Writes facts to a store; a part of a day grows by being replaced whole, until it is large enough."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from address_match.drafts import replaced
from address_match.service.facts.fact import Fact, fact_table
from address_match.service.facts.store import FactStore

PART_ROWS = 5_000
"""Facts from which a part is followed by another: so much is kept in memory, and written anew at most when facts come."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that still grows."""

    day: date
    number: int
    table: pa.Table


def today() -> date:
    """Return the day, UTC."""
    return datetime.now(UTC).date()


class FactWriter:
    """Adds facts to a store under names that no other writer has, and forgets those that are too old."""

    def __init__(self, store: FactStore, keep_days: int, day: Callable[[], date] = today) -> None:
        self._store = store
        self._keep_days = keep_days
        self._day = day
        self._name = uuid4().hex[:12]
        self._parts: dict[str, _Part] = {}
        self._numbers = 0
        self._swept: date | None = None

    def write(self, channel: str, facts: Sequence[Fact]) -> None:
        """Add facts to a channel's part of today; raises OSError where they are not in the store afterwards."""
        day, table = self._day(), fact_table(facts)
        self._forget(day)
        part = self._parts.get(channel)
        if part is None or part.day != day or len(part.table) >= PART_ROWS:
            self._numbers += 1
            part = _Part(day, self._numbers, table)
        else:
            part = _Part(day, part.number, pa.concat_tables([part.table, table]))
        with replaced(self._store.part(day, channel, self._name, part.number)) as draft:
            pq.write_table(part.table.combine_chunks(), draft, compression="zstd", write_statistics=False)
        self._parts[channel] = part

    def _forget(self, day: date) -> None:
        """Forget what is too old, once a day."""
        if self._swept != day:
            self._swept = day
            self._store.forget_before(day, self._keep_days)

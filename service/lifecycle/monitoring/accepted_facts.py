"""Facts that an owner has accepted as usual: the reference of a channel, kept beside the store's days, with who said so
and why.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from address_match.drafts import replaced
from address_match.service.errors import UsageError
from address_match.service.facts.fact import FINGERPRINT_DIGITS
from address_match.service.facts.store import FactStore
from address_match.service.lifecycle.monitoring.dated_ahead import until_now
from address_match.service.lifecycle.monitoring.expected_precision import COLUMNS as EXPECTED_COLUMNS
from address_match.service.lifecycle.monitoring.latency import COLUMNS as LATENCY_COLUMNS
from address_match.service.lifecycle.monitoring.watched_values import COLUMNS
from address_match.timestamp import timestamp

WINDOWS = (1_000, 4_000)
"""Facts of a window: a small one to see a large change soon, and a large one to see a small change at all."""
LEAST_FACTS = 10 * WINDOWS[0]
"""Of a reference; fewer say too little of how quiet windows stray."""
READ = tuple(dict.fromkeys(("moment", "bundle", "generation", *COLUMNS, *EXPECTED_COLUMNS, *LATENCY_COLUMNS)))
"""Columns of the facts that are read."""
ACCEPTED_FOLDER = "accepted"
"""Folder within a store: references, and what was acknowledged."""
_KEY = b"address_match_accepted"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepted a stretch of a channel as usual."""

    channel: str
    by: str
    reason: str
    moment: str
    """When, UTC."""
    target_precision: float | None
    """Least share of the matched that shall be right; None where the owner names none."""


@dataclass(frozen=True, slots=True)
class AcceptedFacts:
    """The reference of a channel."""

    table: pa.Table
    """Columns `READ`, in the order of their writing."""
    acceptance: Acceptance


def accept(
    store: FactStore,
    channel: str,
    *,
    first: date | None,
    last: date | None,
    by: str,
    reason: str,
    target_precision: float | None,
    bundle: str = "",
) -> AcceptedFacts:
    """Keep the facts of a channel, of some days, as its reference; raises UsageError where they are too few. Those
    dated ahead are left out.

    `bundle` is the fingerprint of the one whose answers are meant; empty for all.
    """
    table, _ = until_now(store.read(channel, READ, since=first, until=last).table)
    if bundle:
        table = table.filter(pc.equal(table.column("bundle").cast(pa.string()), bundle[:FINGERPRINT_DIGITS]))
    if len(table) < LEAST_FACTS:
        of_bundle = f" of the bundle {bundle[:FINGERPRINT_DIGITS]}" if bundle else ""
        raise UsageError(
            f"channel {channel!r} has {len(table):,} facts{of_bundle} in these days, and a reference needs {LEAST_FACTS:,}; take more days, "
            f"or wait. Channels with facts: {', '.join(store.channels()) or 'none'}"
        )
    accepted = AcceptedFacts(table, Acceptance(channel, by, reason, timestamp(), target_precision))
    path = _place(store.folder, channel)
    path.parent.mkdir(exist_ok=True)
    metadata = {_KEY: json.dumps(asdict(accepted.acceptance), ensure_ascii=False).encode()}
    with replaced(path) as draft:
        pq.write_table(table.replace_schema_metadata(metadata), draft, compression="zstd")
    return accepted


def accepted_facts(folder: Path, channel: str) -> AcceptedFacts | None:
    """Return the reference of a channel in a store, None where none was accepted; raises UsageError for a damaged one."""
    path = _place(folder, channel)
    if not path.exists():
        return None
    try:
        table = pq.read_table(path)
        acceptance = Acceptance(**json.loads(table.schema.metadata[_KEY]))
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path} is damaged: accept a quiet stretch of the channel anew, address-match monitor accept"
        ) from error
    return AcceptedFacts(table.replace_schema_metadata(None), acceptance)


def _place(folder: Path, channel: str) -> Path:
    return folder / ACCEPTED_FOLDER / f"{channel}.parquet"

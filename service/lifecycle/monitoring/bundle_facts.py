"""How a bundle answered where it was trained: what a channel is compared with as long as nobody has accepted facts of
it.
"""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from address_match.models.bundle import Bundle
from address_match.service.errors import UsageError
from address_match.service.facts.fact import FINGERPRINT_DIGITS, Fact, fact_table
from address_match.service.lifecycle.monitoring.watched_values import COLUMNS, SUMS


def write_bundle_facts(facts: Sequence[Fact], path: Path) -> None:
    """Write what is watched of some facts, and neither times nor names, so that the same facts give the same bytes."""
    table = fact_table(facts).select(COLUMNS).replace_schema_metadata(None)
    pq.write_table(table, path, compression="zstd")


def bundle_facts(bundle: Bundle) -> pa.Table | None:
    """Return the facts of a bundle with its name in the column `bundle`, None where it has none.

    Raises UsageError where they cannot be read, or lack what is watched.
    """
    path = bundle.reference_facts_path
    if path is None:
        return None
    try:
        table = pq.ParquetFile(path).read(columns=list(COLUMNS))
        table = table.select([name for name in COLUMNS if name in table.column_names or name not in SUMS])
    except (pa.ArrowException, OSError, KeyError) as error:
        raise UsageError(
            f"{path} is not read by this release: name another bundle, or accept facts, address-match monitor accept"
        ) from error
    return table.append_column("bundle", pa.array([bundle.fingerprint[:FINGERPRINT_DIGITS]] * len(table)))

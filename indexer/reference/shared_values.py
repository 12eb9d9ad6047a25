"""References whose rows are not told apart: most of them share an identifier, or a text."""

from collections import Counter
from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.errors import SourceError

_FEWEST_TEXTS = 20
"""Fewer may well be the texts of one premises."""
_PROBES = 64
"""A value that most rows hold is the commonest of so many rows spread over them, except for one time in millions."""


def refuse_shared_values(texts: pa.Table, named: Collection[str], name: str) -> None:
    """Raise SourceError where more than half of the texts of a reference share one identifier or one address.

    `named` are the fields whose columns a mapping names: these are taken at its word.
    """
    for field, what in (("uprn", "one identifier"), ("address", "one text")):
        if field in named or texts.num_rows < _FEWEST_TEXTS:
            continue
        shared = _shared_by(texts.column(field))
        if shared * 2 > texts.num_rows:
            raise SourceError(
                f"{name} has {shared:,} of {texts.num_rows:,} usable rows that share {what}, so that no premises could "
                f"be told from the next. Name the right columns in a mapping, or those that were taken, to go on all the same: "
                f"[columns] {field} = ..."
            )


def _shared_by(column: pa.ChunkedArray) -> int:
    """Return how many rows hold the value that most hold, if most do."""
    step = max(1, len(column) // _PROBES)
    (commonest, _), *_ = Counter(column[row].as_py() for row in range(0, len(column), step)).most_common(1)
    return int(pc.sum(pc.equal(column, commonest)).as_py())

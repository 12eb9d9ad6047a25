"""What tells the texts of a generation apart, by numbers that take long to find: an update takes over those of texts
that stay.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.local.stored.blocks import premises_ids
from address_match.indexer.local.stored.equal_texts import writings_of
from address_match.indexer.local.stored.neighbours import Lists


@dataclass(frozen=True, slots=True)
class TextCodes:
    """Numbers of all texts in their order."""

    premises: NDArray[np.int64]
    """`premises_ids` of the UPRN of each."""
    writings: NDArray[np.uint64]
    """`writings_of` each."""
    lists: Lists | None = None
    """Into which lists they were divided before changes; None where they were not."""
    before: Path | None = None
    """The generation before changes, None of texts that were built."""

    @classmethod
    def of(cls, texts: pa.Table) -> "TextCodes":
        """Find those of texts, columns of `STORED_SCHEMA`."""
        return cls(premises_ids(texts.column("uprn")), writings_of(texts.column("address")))

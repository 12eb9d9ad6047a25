import io
from collections.abc import Iterator
from itertools import islice
from typing import IO

import pyarrow as pa

from address_match.service.batch.row_batch import RowBatch


def read_lines(stream: IO[bytes], rows: int) -> Iterator[RowBatch]:
    """Read a text a line in UTF-8, at most `rows` at once, in order; a byte that is none becomes U+FFFD, with a note."""
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="\n")
    first_row = 1
    while some := [line.rstrip("\r\n") for line in islice(lines, rows)]:
        texts = [line.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for line in some]
        notes = {
            place: f"row {first_row + place}: broken UTF-8"
            for place, (line, text) in enumerate(zip(some, texts, strict=True))
            if line != text
        }
        yield RowBatch(pa.RecordBatch.from_pydict({"address": texts}), texts, notes=notes)
        first_row += len(some)
    lines.detach()

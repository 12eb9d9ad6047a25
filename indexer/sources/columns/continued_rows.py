"""Whether the rows of a table are lines of addresses that go on over several of them, as printed lists have it."""

from collections.abc import Collection, Sequence

from address_match.indexer.sources.columns.written_address import without_postcode
from address_match.indexer.sources.table_batch import TableBatch

_LEAST_CONTINUED = 0.3
_LEAST_TOGETHER = 0.8


def are_continued(rows: TableBatch, texts: Sequence[str], used: Collection[int]) -> bool:
    """Return whether many rows hold nothing but a part of an address, and make one with the row above them: of each such
    run of rows one alone says a postcode. `used` are the columns of the address.
    """
    others = [place for place in range(rows.data.num_columns) if place not in used]
    if not others:
        return False
    begins = [
        any(map(str.strip, row)) for row in zip(*(rows.strings(p).to_pylist() for p in others), strict=True)
    ]
    continued = [not begin and bool(text.strip()) for begin, text in zip(begins, texts, strict=True)]
    if sum(continued) < _LEAST_CONTINUED * len(texts):
        return False
    codes: list[int] = []
    is_longer: list[bool] = []
    for begin, more, text in zip(begins, continued, texts, strict=True):
        if begin:
            codes.append(0)
            is_longer.append(False)
        if codes:
            codes[-1] += without_postcode(text.upper()) != text.upper()
            is_longer[-1] |= more
    of_runs = [count for count, longer in zip(codes, is_longer, strict=True) if longer]
    return bool(of_runs) and of_runs.count(1) >= _LEAST_TOGETHER * len(of_runs)

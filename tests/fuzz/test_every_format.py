"""Whatever a file holds, `match` gives a row for each of its rows, and an index takes or reports each; or both say what
is wrong.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from address_match.indexer.errors import SourceError
from address_match.indexer.reference.reference_source import open_reference
from address_match.indexer.sources.table import open_table
from address_match.service.errors import UsageError
from tests.fuzz.damage import damages
from tests.fuzz.files import MadeFile, delimited, json_array, json_lines, packed, parquet, workbooks
from tests.fuzz.rounds import hold, rounds
from tests.service.batch.arrangements import match_file

CSV, TSV, JSON = delimited(".csv", ","), delimited(".tsv", "\t"), json_lines()
FORMATS = {
    "csv": CSV,
    "tsv": TSV,
    "ndjson": JSON,
    "json": json_array(),
    "parquet": parquet(),
    "xlsx": workbooks(),
    "csv.gz": packed(CSV),
    "ndjson.gz": packed(JSON),
}
OUTPUTS = (".csv", ".tsv", ".ndjson", ".parquet", ".xlsx")
TRIES = rounds(25, 600)
"""Files of each format."""

each_format = pytest.mark.parametrize("files", FORMATS.values(), ids=FORMATS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@TRIES
@each_format
def test_every_row_of_a_whole_file_comes_back(
    folder: Path, files: st.SearchStrategy[MadeFile], tries: int
) -> None:
    def check(made: MadeFile, output: str) -> None:
        assert _matched(folder, made.suffix, made.content, output) == made.rows

    hold(tries, check, made=files, output=st.sampled_from(OUTPUTS))


@TRIES
@each_format
def test_every_row_that_is_read_of_a_damaged_file_comes_back(
    folder: Path, files: st.SearchStrategy[MadeFile], tries: int
) -> None:
    def check(made: MadeFile, damage: Callable[[bytes], bytes], output: str) -> None:
        try:
            rows = _matched(folder, made.suffix, damage(made.content), output)
        except (SourceError, UsageError):
            return
        with open_table(folder / f"in{made.suffix}") as table:
            assert rows == sum(batch.data.num_rows for batch in table.rows(100))

    hold(tries, check, made=files, damage=damages(), output=st.sampled_from(OUTPUTS))


@TRIES
@each_format
def test_every_row_of_a_damaged_reference_is_taken_or_reported(
    folder: Path, files: st.SearchStrategy[MadeFile], tries: int
) -> None:
    def check(made: MadeFile, damage: Callable[[bytes], bytes]) -> None:
        path = folder / f"reference{made.suffix}"
        path.write_bytes(damage(made.content))
        try:
            source = open_reference(path)
            taken = {row for batch in source.batches(5) for row in batch.column(0).to_pylist()}
        except SourceError:
            return
        reported = {problem.row for problem in source.problems.first}
        with open_table(path) as table:
            assert taken | reported >= {
                batch.first_row + place for batch in table.rows(5) for place in range(batch.data.num_rows)
            }

    hold(tries, check, made=files, damage=damages())


def _matched(folder: Path, suffix: str, content: bytes, output: str) -> int:
    """Match a file of these bytes and return the rows of what is written."""
    source, out = folder / f"in{suffix}", folder / f"out{output}"
    source.write_bytes(content)
    out.unlink(missing_ok=True)
    match_file(source, out, batch=5)
    with open_table(out) as table:
        batches = list(table.rows(100))
    assert not any(batch.errors for batch in batches)
    return sum(batch.data.num_rows for batch in batches)

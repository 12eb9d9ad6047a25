"""Frames of Spark, matched where their partitions lie. pyspark is whoever's who calls this; nothing else here needs it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from address_match.service.batch.input.input_addresses import refuse_match_columns
from address_match.service.batch.matcher import MatchOptions
from address_match.service.batch.output.answer_columns import match_columns
from address_match.service.batch.output.held_columns import refuse_unknown_fields
from address_match.service.frames.frame_addresses import find_frame_address, named_columns
from address_match.service.frames.matcher import Matcher, MatcherOpener, opener
from address_match.service.frames.typed_answers import answers_schema
from address_match.service.opening.found_index import FoundFolder

if TYPE_CHECKING:
    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.service.matching.policy import DecisionPolicy


def match(
    frame: Any,
    index: "str | Path | ElasticIndex",
    columns: str | Sequence[str] | None = None,
    *,
    bundle: str | Path | None = None,
    device: str = "cpu",
    top: int | None = None,
    thorough: bool = False,
    explain: bool = False,
    fields: Sequence[str] = (),
    policy: "DecisionPolicy | None" = None,
) -> Any:
    """Return a frame of Spark with the columns that `Matcher.match` adds, its categories as texts; nothing is matched
    before Spark asks.

    `index` is a folder, or an alias in Elasticsearch. It is found and verified by the driver, so that all workers
    answer from one generation, and opened once by every Python worker: at the same path, or else in a folder of its
    name among what was added to the context, as `SparkContext.addArchive("packed.zip#my-index")` leaves one. `bundle`
    too is a path that the workers have; they need address-match as the driver has it. n rows of m columns become n rows
    of those m and of the added ones behind; which row is answered by which worker does not matter.

    Raises UsageError as `Matcher.match` does, and the errors of `address_match.open`; where a worker cannot open the
    index its task fails with the error's message.

    >>> from address_match import spark
    >>> spark.match(frame, "/shared/my-index", columns="address").write.parquet("answers")  # doctest: +SKIP
    """
    refuse_match_columns(frame.columns)
    find_frame_address(frame.columns, named_columns(columns))
    place = Path(index).absolute() if isinstance(index, str | Path) else index
    opens = opener(place, bundle, device=device, policy=policy)
    is_dated = policy is not None and policy.as_at is not None
    options = MatchOptions(top, thorough, explain, refuse_unknown_fields(fields), is_dated)
    added = _plain(answers_schema(match_columns(options)))
    work = partial(
        _matched, opens, columns, top=top, thorough=thorough, explain=explain, fields=options.fields
    )
    return frame.mapInArrow(work, _with_fields(frame, added))


def _matched(
    opens: MatcherOpener,
    columns: str | Sequence[str] | None,
    batches: Iterable[pa.RecordBatch],
    **options: Any,
) -> Iterator[pa.RecordBatch]:
    """Match a partition in a worker."""
    matcher = _opened_here(opens)
    for batch in batches:
        answered = matcher.match(batch, columns, **options)
        arrays = [_decoded(column) for column in answered.columns]
        yield pa.RecordBatch.from_arrays(arrays, schema=_plain(answered.schema))


_open: list[tuple[MatcherOpener, Matcher]] = []
"""What this worker has open, which is kept for its next task."""


def _opened_here(opens: MatcherOpener) -> Matcher:
    if not _open or _open[0][0] != opens:
        while _open:
            _open.pop()[1].close()
        _open.append((opens, _on_this_machine(opens)()))
    return _open[0][1]


def _on_this_machine(opens: MatcherOpener) -> MatcherOpener:
    found = opens.index
    if not isinstance(found, FoundFolder) or found.path.exists():
        return opens
    from pyspark import SparkFiles

    return replace(opens, index=replace(found, path=Path(SparkFiles.get(found.path.name)), verified=False))


def _with_fields(frame: Any, added: pa.Schema) -> Any:
    """Return the schema of a frame and of what is added to it, as Spark has it."""
    from pyspark.sql.types import StructType

    ddl = ", ".join(f"{field.name} {_spark_type(field.type)}" for field in added)
    return StructType([*frame.schema.fields, *frame.sparkSession.createDataFrame([], ddl).schema.fields])


def _spark_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"array<{_spark_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        fields = (kind.field(place) for place in range(kind.num_fields))
        return f"struct<{', '.join(f'{field.name}: {_spark_type(field.type)}' for field in fields)}>"
    return "double" if pa.types.is_floating(kind) else "string"


def _plain(schema: pa.Schema) -> pa.Schema:
    """Return a schema without categories, which Spark has not."""
    return pa.schema(
        [
            pa.field(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
            for field in schema
        ]
    )


def _decoded(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column

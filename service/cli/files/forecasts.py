"""What a command will take, said before it begins; what will not fit is refused."""

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from address_match.service.cli.files.inputs import estimated_rows
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.indexer.elastic.stored.mapping import IndexLayout
    from address_match.service.forecast.forecast import Forecast

_SECONDS_WORTH_A_WORD = 60
_GB = 1e9


def refuse_large_build(references: Sequence[Path], out: Path, processes: int, *, force: bool) -> None:
    """Say what the build of an index will take, beyond a minute; raise `UsageError` where that is not there, unless forced.

    References of which the rows are not known beforehand, as those of Parquet and workbooks, count for nothing.
    """
    from address_match.service.forecast.forecast import build_forecast
    from address_match.service.forecast.machine_room import free_disk

    rows, joined = _size_of(references)
    forecast = build_forecast(rows, processes, joined_bytes=joined)
    _judge(forecast, f"at {out}", partial(free_disk, out), force=force)


def refuse_large_elastic_build(
    references: Sequence[Path], index: "ElasticIndex", layout: "IndexLayout", processes: int, *, force: bool
) -> None:
    """Say and refuse as `refuse_large_build` does, for the disks of a cluster; these count for nothing where it may not be asked for them."""
    from address_match.indexer.elastic.cluster_room import free_in_cluster
    from address_match.service.forecast.forecast import elastic_forecast

    rows, joined = _size_of(references)
    copies = 1 + layout.replicas
    forecast = elastic_forecast(rows, processes, copies=copies, joined_bytes=joined)
    free = partial(free_in_cluster, index, layout.shards * copies)
    _judge(forecast, f"in the cluster at {index.cluster.place}", free, force=force)


def _size_of(references: Sequence[Path]) -> tuple[int, int]:
    """Return the texts that references will give, and the bytes of those among them that are joined, unpacked."""
    from address_match.service.forecast.forecast import supply_size

    rows = joined = 0
    for path in references:
        if path.is_dir() or path.suffix.lower() == ".zip":
            texts, size = supply_size(path)
            rows, joined = rows + texts, joined + size
        else:
            rows += estimated_rows(path) or 0
    return rows, joined


def refuse_large_match(
    rows: int | None, source: Path | str, out: Path, processes: int, *, thorough: bool, force: bool
) -> None:
    """Say what a run of `match` will take, beyond a minute; raise `UsageError` where that is not there, unless forced."""
    from address_match.service.forecast.forecast import match_forecast
    from address_match.service.forecast.machine_room import free_disk

    if rows:
        size = Path(source).stat().st_size if Path(source).is_file() else 0
        forecast = match_forecast(rows, size, processes, thorough=thorough)
        _judge(forecast, f"at {out}", partial(free_disk, out), force=force)


def _judge(forecast: "Forecast", place: str, room: Callable[[], int | None], *, force: bool) -> None:
    """Say a forecast and refuse what does not fit; `room` gives the disk that is free at the place of what is written."""
    from address_match.service.forecast.machine_room import free_disk, free_memory

    if forecast.seconds < _SECONDS_WORTH_A_WORD:
        return
    print(_in_words(forecast), file=sys.stderr)
    needs = (
        ("disk", place, forecast.disk, room()),
        ("disk", f"at {gettempdir()} (TMPDIR)", forecast.temporary_disk, free_disk(Path(gettempdir()))),
        ("memory", "here", forecast.memory, free_memory()),
    )
    for what, where, needed, free in needs:
        if free is not None and needed > free and not force:
            raise UsageError(
                f"some {forecast.rows:,} rows need about {needed / _GB:,.1f} GB of {what}, and {free / _GB:,.1f} GB are free {where}; "
                "free some, or give --force to go on all the same"
            )


def _in_words(forecast: "Forecast") -> str:
    temporary = (
        f", {forecast.temporary_disk / _GB:,.1f} GB for temporary files" if forecast.temporary_disk else ""
    )
    return (
        f"forecast for some {forecast.rows:,} rows: {forecast.seconds / 60:,.0f} minutes, {forecast.disk / _GB:,.1f} GB of disk"
        f"{temporary}, {forecast.memory / _GB:,.1f} GB of memory"
    )

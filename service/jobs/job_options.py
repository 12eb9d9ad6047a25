"""What the owner of a job may choose, and the arguments of commands that say so."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from address_match.service.written_names import written_names


class ResultFormat(StrEnum):
    """In what a result may be had; the value is the suffix of its file."""

    CSV = "csv"
    PACKED_CSV = "csv.gz"
    TSV = "tsv"
    NDJSON = "ndjson"
    PARQUET = "parquet"
    XLSX = "xlsx"


_READ_BEST = (
    ResultFormat.PARQUET,
    ResultFormat.CSV,
    ResultFormat.NDJSON,
    ResultFormat.TSV,
    ResultFormat.PACKED_CSV,
    ResultFormat.XLSX,
)
"""Formats of a result, the quickest to read first."""


def best_read(kinds: Container[str]) -> ResultFormat | None:
    """Return that of some formats which is read the quickest."""
    return next((kind for kind in _READ_BEST if kind in kinds), None)


_READING = ("columns", "layout", "sheet", "delimiter", "encoding")
_NOT_OF_MATCH = {*_READING, "header", "outputs", "spreadsheet", "notify"}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOptions:
    """What the owner of a job chose, in the words of `match`; what is empty is left to that."""

    columns: tuple[str, ...] = ()
    """Those of the file that make the address, in their order."""
    layout: str = ""
    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""
    header: bool = True
    """Whether the file has a line with the names of its columns."""
    precision: float = 0.0
    """Share of the matched that shall be right, in (0, 1)."""
    threshold: str = ""
    """`auto`, `off` or a probability."""
    absence_prior: str = ""
    """`auto` or a share."""
    places: str = ""
    """`auto`, `off` or towns with commas between."""
    fields: tuple[str, ...] = ()
    """What the reference holds that is added to each row."""
    audit: str = ""
    """A column with identifiers that somebody else gave."""
    as_at: str = ""
    """The day as at which is answered, YYYY-MM-DD."""
    top: int = 0
    thorough: bool = False
    explain: bool = False
    estimate_precision: bool = False
    spreadsheet: bool = False
    notify: str = ""
    """URL that is notified of the end; empty for none."""
    outputs: tuple[ResultFormat, ...] = (ResultFormat.CSV,)
    """Formats of the result, the first being the one that is given unless another is asked for."""

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "JobOptions":
        """Read what `as_json` gave."""
        outputs = tuple(ResultFormat(name) for name in written["outputs"])
        names = {name: tuple(written[name]) for name in ("columns", "fields")}
        return cls(**{**written, **names, "outputs": outputs})

    def as_json(self) -> dict[str, Any]:
        """Give them as a JSON object."""
        return asdict(self)

    def of_reading(self) -> list[str]:
        """Return the arguments that say how the file is read."""
        return [*self._named(_READING), *([] if self.header else ["--no-header"])]

    def of_matching(self) -> list[str]:
        """Return the arguments of `match`."""
        names = [each.name for each in fields(self) if each.name not in _NOT_OF_MATCH]
        return [*self.of_reading(), *self._named(names)]

    def _named(self, names: "list[str] | tuple[str, ...]") -> Iterator[str]:
        # A value stands behind an equals sign, so that none is taken for an option.
        for name in names:
            value, option = getattr(self, name), f"--{name.replace('_', '-')}"
            if value is True:
                yield option
            elif value:
                yield f"{option}={written_names(value) if isinstance(value, tuple) else value}"

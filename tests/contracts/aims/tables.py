"""The contract as two tables: what requests are answered by which status and code, and which keys answers have."""

import csv
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """A request, and how AIMS answers it."""

    case: str
    method: str
    request: str
    body: str
    status: int
    code: int
    """Of the first error; 0 where the answer holds none."""
    headers: dict[str, str]
    """Names to values, of which VALID and WRONG stand for others; `none` where nothing is sent of those that are asked
    for.
    """
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key of an answer."""

    endpoint: str
    variant: str
    path: str
    """`response.addresses[].geo.latitude`; a star stands for any key."""
    order: int
    """Among the keys beside it."""
    type: str
    is_optional: bool
    is_sent: bool
    """False where a sample in AIMS's documents has it and its code does not."""

    @property
    def group(self) -> tuple[str, str]:
        """Return the answer that it belongs to."""
        return self.endpoint, self.variant


def error_rows() -> list[ErrorRow]:
    """Read the table of errors."""
    return [
        ErrorRow(
            row["case"],
            row["method"],
            row["request"],
            row["body"],
            int(row["status"]),
            int(row["code"] or 0),
            _headers(row["headers"]),
            frozenset(part for part in row["needs"].split(",") if part),
        )
        for row in _rows("errors.tsv")
    ]


def key_rows() -> list[KeyRow]:
    """Read the table of keys."""
    return [
        KeyRow(
            row["endpoint"],
            row["variant"],
            row["path"],
            int(row["order"]),
            row["type"],
            row["optional"] == "yes",
            row["sent"] == "yes",
        )
        for row in _rows("keys.tsv")
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _headers(written: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in written.split(",") if ":" in part)
    return {name: value for name, value in pairs}  # noqa: C416 - dict() of lists is not typed

"""What a benchmark measured, written as JSON and as a page."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeAlias

from benchmarks.harness.machine import Machine, describe_machine

Setting: TypeAlias = str | int | float | bool
Figure: TypeAlias = float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report; every row has as many cells as there are columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark measured."""

    benchmark: str
    settings: Mapping[str, Setting]
    """Sizes and seeds: the same settings on the same code give the same answers."""
    figures: Mapping[str, Figure]
    """The measured values, by a name that carries the unit."""
    tables: tuple[Table, ...] = ()
    machine: Machine = field(default_factory=describe_machine)
    remarks: tuple[str, ...] = ()
    """What a reader has to know of this run, a sentence each."""
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """95 % intervals of those figures for which there is one."""


def write_result(result: Result, folder: Path) -> Path:
    """Write `NAME.json` and `NAME.md` into a folder, and return the path of the Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(result), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / f"{result.benchmark}.json").write_text(text + "\n", encoding="utf-8")
    page = folder / f"{result.benchmark}.md"
    page.write_text(as_markdown(result), encoding="utf-8")
    return page


def publish(result: Result, folder: Path) -> None:
    """Write a result into a folder and print its page."""
    print(write_result(result, folder).read_text(encoding="utf-8"))


def as_markdown(result: Result) -> str:
    """Lay a result out as one page: figures, tables, then how it was measured."""
    machine = result.machine
    figures = _figures(result)
    settings = Table("Settings", ("setting", "value"), tuple(result.settings.items()))
    where = (
        f"Measured on {machine.processor}, {machine.cores} cores, {machine.memory_gib} GiB, {machine.system}, "
        f"Python {machine.python}, commit {machine.commit or 'unknown'}; "
        + ", ".join(f"{name} {version}" for name, version in machine.versions.items())
        + "."
    )
    parts = [
        f"# {result.benchmark}",
        *result.remarks,
        *(_table(t) for t in (figures, *result.tables, settings)),
        where,
    ]
    return "\n\n".join(parts) + "\n"


def _figures(result: Result) -> Table:
    if not result.intervals:
        return Table("Figures", ("figure", "value"), tuple(result.figures.items()))
    spans = {name: f"{low:.4f} to {high:.4f}" for name, (low, high) in result.intervals.items()}
    rows = tuple((name, value, spans.get(name, "")) for name, value in result.figures.items())
    return Table("Figures", ("figure", "value", "95 % interval"), rows)


def _table(table: Table) -> str:
    head = "| " + " | ".join(table.columns) + " |"
    rule = "|" + "---|" * len(table.columns)
    rows = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in table.rows]
    return "\n".join([f"## {table.title}", "", head, rule, *rows])


def _cell(value: str | float | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool) or not isinstance(value, float):
        return str(value).replace("|", "\\|")
    return f"{value:.4f}" if abs(value) <= 1 else f"{value:,.2f}"


def columns_of(rows: Sequence[Mapping[str, str | float | int | None]], title: str) -> Table:
    """Make a table of rows that share their keys; the keys of the first are its columns."""
    columns = tuple(rows[0]) if rows else ()
    return Table(title, columns, tuple(tuple(row[column] for column in columns) for row in rows))

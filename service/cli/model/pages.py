"""Readable pages for bundles: a list of them, one, and two side by side."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from address_match.models.bundle import Bundle
from address_match.models.bundle.compare import Line
from address_match.models.registry import Deployment, Entry
from address_match.service.cli.terminal.consoles import page_console

SHORT = 12
"""Characters of a hash that are shown."""


def print_entries(
    folder: Path, entries: Sequence[Entry], aliases: Mapping[str, str], promoted: Deployment | None
) -> None:
    """Print the bundles of a registry, what its aliases stand for, and the deployment that is promoted."""
    table = _table("name", "version", "created", "MB", "fingerprint", "trained on")
    for entry in entries:
        table.add_row(*_cells(entry))
    console = page_console()
    console.print(Text(f"registry {folder}"), table)
    for alias, bundle in aliases.items():
        console.print(Text(f"@{alias}: {bundle}"), soft_wrap=True)
    served = "nothing" if promoted is None else f"{promoted.bundle} with {promoted.index}"
    console.print(Text(f"promoted: {served}"), soft_wrap=True)


def print_bundle(bundle: Bundle) -> None:
    """Print what a bundle says of itself."""
    description = bundle.manifest.description
    facts = {
        "bundle": f"{bundle.name} {bundle.version}",
        "folder": str(bundle.path),
        "created": bundle.manifest.created,
        "code version": description.code_version,
        "fingerprint": bundle.fingerprint,
        "encoder": description.encoder_fingerprint,
        "parser": description.parser_fingerprint,
        "trained on": f"{description.reference.description}, {description.reference.size:,} premises",
        "its sha256": description.reference.sha256,
        "seeds": ", ".join(f"{name} {seed}" for name, seed in description.seeds.items()),
        "libraries": ", ".join(f"{name} {version}" for name, version in description.libraries.items()),
        "intended use": description.intended_use,
        "limits": description.limits,
    }
    table = _table("", "")
    for name, value in facts.items():
        table.add_row(name, Text(value))
    parts = _table("part", "sha256", "bytes")
    for part in bundle.manifest.parts:
        parts.add_row(Text(part.path), part.sha256[:SHORT], f"{part.size:,}")
    metrics = _table("metric", "value", "measured on")
    for metric in description.metrics:
        metrics.add_row(metric.name, metric.shown(), Text(metric.data))
    page_console().print(table, parts, metrics)


def print_comparison(left: str, right: str, lines: Sequence[Line]) -> None:
    """Print two bundles side by side; lines that differ are marked."""
    table = _table("", "", left, right)
    for line in lines:
        values = (line.left, line.right)
        if line.kind == "part":
            values = (line.left[:SHORT], line.right[:SHORT])
        table.add_row("=" if line.same else "≠", Text(line.name), *(Text(value or "–") for value in values))
    page_console().print(table)


def _cells(entry: Entry) -> tuple[str | Text, ...]:
    if entry.bundle is None:
        return entry.name, "", "", "", "", Text(entry.problem, "red")
    manifest = entry.bundle.manifest
    megabytes = sum(part.size for part in manifest.parts) / 1e6
    return (
        entry.name,
        entry.bundle.version,
        manifest.created[:10],
        f"{megabytes:.1f}",
        entry.bundle.fingerprint[:SHORT],
        Text(manifest.description.reference.description),
    )


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(Text(column), justify="right" if column in {"MB", "bytes"} else "left")
    return table

"""What an index says of itself, and where its reference contradicts itself, whichever engine keeps it."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.batch.output.destination import STANDARD_STREAM, refuse_unwritable
from address_match.service.cli.files.outputs import write_batches
from address_match.service.cli.index.build_report import columns_taken
from address_match.service.cli.options.command import CommandParser

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from address_match.indexer.manifest import IndexManifest
    from address_match.indexer.reference.conflicts import IndexConflicts


def add_conflicts(parser: CommandParser) -> None:
    """Add where the conflicts of an index are written."""
    parser.add_argument(
        "--conflicts",
        metavar="OUTPUT",
        help="write where the reference contradicts itself about a premises: CSV, TSV, Parquet, NDJSON or XLSX by suffix; - for standard output",
    )
    parser.add_argument("--force", action="store_true", help="replace an existing OUTPUT")


def describe_index(
    arguments: argparse.Namespace,
    manifest: "IndexManifest",
    conflicts: "AbstractContextManager[IndexConflicts]",
    *,
    size_name: str = "size",
    supply_day: str = "",
) -> None:
    """Print what an index says of itself; its `conflicts` are looked for where they were asked for.

    The bytes of its files are printed as `size_name`; `supply_day` is the ISO date of the supply, or of its last changes. Raises `UsageError` as `refuse_unwritable`.
    """
    counts = None if arguments.conflicts is None else _write_conflicts(arguments, conflicts)
    if arguments.conflicts == STANDARD_STREAM:
        return
    if arguments.json:
        found = {} if counts is None else {"conflicts": counts}
        said = {**asdict(manifest), "supply_day": supply_day, **found}
        print(json.dumps(said, indent=2, ensure_ascii=False))
        return
    _print_manifest(manifest, size_name, supply_day)
    if counts is not None:
        print(f"{'conflicts':<22}{_counted(counts)}")


def _write_conflicts(
    arguments: argparse.Namespace, conflicts: "AbstractContextManager[IndexConflicts]"
) -> dict[str, int]:
    """Write the conflicts to OUTPUT, and return how many premises have which."""
    from address_match.indexer.reference.conflicts import CONFLICTS_SCHEMA

    if arguments.conflicts != STANDARD_STREAM:
        refuse_unwritable(Path(arguments.conflicts), force=arguments.force)
    with conflicts as found:
        write_batches(arguments.conflicts, CONFLICTS_SCHEMA, found.batches(), force=arguments.force)
        return found.counts


def _counted(counts: Mapping[str, int]) -> str:
    """Write the counts as a line for a person."""
    return ", ".join(f"{count:,} × {name}" for name, count in counts.items() if count) or "none"


def _print_manifest(manifest: "IndexManifest", size_name: str, supply_day: str) -> None:
    problems = ", ".join(f"{count:,} × {what}" for what, count in manifest.problems.items())
    facts = {
        "reference": manifest.reference,
        **({"supply of": supply_day} if supply_day else {}),
        **columns_taken(manifest),
        **{f"texts of {name}": f"{texts:,}" for name, texts in manifest.sources.items()},
        "texts": f"{manifest.texts:,}",
        "premises": f"{manifest.premises:,}",
        "words": f"{manifest.terms:,}",
        "bundle": f"{manifest.bundle.name} {manifest.bundle.version} ({manifest.bundle.path})",
        "built": manifest.created,
        "generation": manifest.generation,
        "format": _format_of(manifest),
        size_name: f"{manifest.bytes / 1e6:,.1f} MB",
        "left out or mended": problems or "nothing",
    }
    for name, value in facts.items():
        print(f"{name:<21} {value}")


def _format_of(manifest: "IndexManifest") -> str:
    lacking = (
        f", which lacks {', '.join(manifest.lacks)}; build it anew to have them" if manifest.lacks else ""
    )
    return f"{manifest.format_version}{lacking}"

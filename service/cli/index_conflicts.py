"""Where a reference contradicts itself, as `index info --conflicts` lists it."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from address_match.service.batch.destination import STANDARD_STREAM, refuse_unwritable
from address_match.service.cli.outputs import write_batches


def write_conflicts(arguments: argparse.Namespace) -> dict[str, int]:
    """Write the conflicts of an index to OUTPUT, and return how many premises have which; raises `UsageError` as `refuse_unwritable`."""
    from address_match.indexer.local.conflicts import CONFLICTS_SCHEMA, index_conflicts

    if arguments.conflicts != STANDARD_STREAM:
        refuse_unwritable(Path(arguments.conflicts), force=arguments.force)
    with index_conflicts(arguments.index) as conflicts:
        write_batches(arguments.conflicts, CONFLICTS_SCHEMA, conflicts.batches(), force=arguments.force)
        return conflicts.counts


def counted_conflicts(counts: Mapping[str, int]) -> str:
    """Write the counts as a line for a person."""
    return ", ".join(f"{count:,} × {name}" for name, count in counts.items() if count) or "none"

"""Update an index: the next generation, from the changes that lead to it."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from address_match.indexer.errors import BuildError
from address_match.indexer.lexical.analysis import ANALYSIS_FINGERPRINT
from address_match.indexer.local.stored.generation_files import verify_files
from address_match.indexer.local.writing.build import RECORDS, BuildReport, build_index
from address_match.indexer.local.writing.held_texts import HeldTexts
from address_match.indexer.manifest import check_models, read_manifest, rebuild_command, refuse_changes
from address_match.indexer.ports import ModelSource
from address_match.indexer.reference.changes.found_changes import find_changes
from address_match.indexer.reference.load import Progress
from address_match.indexer.reference.reference_source import product_source
from address_match.indexer.sources.columns.column_names import names_read

_BEHIND = " + "
"""Stands in the manifest between what an index was built from and the changes that were applied last."""


def update_index(
    changes: Sequence[Path],
    out: Path,
    models: ModelSource,
    *,
    mapping: Path | Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Apply changes to the records that the index at `out` keeps, and put in force what a build of the later reference
    gives.

    The premises that the changes touch are joined anew; texts of theirs that are written as before are not parsed and
    encoded again, and all other texts are taken over. Raises BuildError where the index keeps no records,
    IndexMismatchError where its models are others, and SourceError where the changes do not follow on it.
    """
    loaded = models.load()
    manifest = read_manifest(out)
    refuse_changes(out, manifest, rebuild_command(out))
    verify_files(out, manifest)
    check_models(out, manifest, loaded.bundle, ANALYSIS_FINGERPRINT)
    generation = out / manifest.generation
    names = names_read(generation / RECORDS)
    if names is None:
        raise BuildError(
            f"The index at {out} keeps no records that changes could be applied to: it was built from {manifest.reference} by an "
            f"earlier version of this program. Build it anew: {rebuild_command(out)}"
        )
    first, _, _ = manifest.reference.partition(_BEHIND)
    name = Path(f"{first}{_BEHIND}{changes[0].name}")
    source = product_source(find_changes(changes, generation / RECORDS, mapping), name)
    source.add_to_names(names)
    with closing(HeldTexts(generation)) as held:
        return build_index(source, out, loaded, held=held, progress=progress)

"""Build an index: read, enrich, sort, write, put in force."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from address_match.cycle_search import without_search_for_cycles
from address_match.drafts import draft_folder, sweep
from address_match.indexer.errors import BuildError
from address_match.indexer.local.stored.blocks import write_blocks
from address_match.indexer.local.stored.equal_texts import write_equal_texts
from address_match.indexer.local.stored.generation_files import verify_files
from address_match.indexer.local.stored.postings import write_postings
from address_match.indexer.local.stored.street_numbers import write_street_numbers
from address_match.indexer.local.stored.texts import write_text_terms, write_texts
from address_match.indexer.local.stored.vectors import write_vectors
from address_match.indexer.local.writing.generations import (
    generation_in_force,
    gone_unless_in_force,
    keep_manifest,
    next_generation,
    only_build_at,
    remove_generations,
)
from address_match.indexer.local.writing.held_texts import HeldTexts
from address_match.indexer.local.writing.merged_reference import merged_reference
from address_match.indexer.local.writing.text_codes import TextCodes
from address_match.indexer.manifest import IndexManifest, write_manifest
from address_match.indexer.ports import ModelSource
from address_match.indexer.reference.load import Progress, load_reference, nothing_usable, silent, timed
from address_match.indexer.reference.precedence import write_overruled
from address_match.indexer.reference.reference import Reference
from address_match.indexer.reference.shared_values import refuse_shared_values
from address_match.indexer.reference.sorted_reference import SortedReference, manifest_of
from address_match.indexer.reference.statistics_files import write_statistics
from address_match.indexer.sources.columns.column_names import write_names_read
from address_match.indexer.sources.problems import Problems
from address_match.indexer.storage.checksums import FileChecksum, checksums_below

RECORDS = "records"
"""Folder of a generation that holds the records of a product, to which later changes are applied."""
_READ_ONLY = 0o444
"""So that nothing is copied over a file that is mapped, which would end its readers by SIGBUS."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built, and how long each stage took."""

    manifest: IndexManifest
    problems: Problems
    seconds: dict[str, float]
    """Wall-clock, by stage: enrich, arrange, write."""
    samples: tuple[str, ...] = ()
    """The first addresses as they were composed."""

    @property
    def bytes(self) -> int:
        """Size of the generation on disk."""
        return self.manifest.bytes


def build_index(
    source: Reference,
    out: Path,
    models: ModelSource,
    *,
    processes: int = 1,
    held: HeldTexts | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build a generation from a reference and put it in force; the one before stays for its readers.

    Where the generation in force is `held`, what its models made of texts that are written alike is taken from it.
    Raises BuildError when nothing can be indexed, another build runs or the disk is full, and SourceError when the reference
    breaks off; whatever stood at `out` is then still in force.
    """
    progress = progress or silent
    seconds: dict[str, float] = {}
    loaded = models.load()
    with without_search_for_cycles(), _translated(out), only_build_at(out), draft_folder(out) as drafts:
        current = generation_in_force(out)
        if held is not None and held.folder.name != current:
            raise BuildError(f"The index at {out} was built anew meanwhile; run the command again")
        sweep(out)
        records = drafts / RECORDS
        source.keep_records_at(records)
        sorted_reference, codes = _sorted_texts(
            source,
            models if processes > 1 else loaded,
            held,
            processes=processes,
            progress=progress,
            seconds=seconds,
        )
        progress("write", 0, None)
        generation = next_generation(out, current)
        remove_generations(out, keep=(current,))
        with timed(seconds, "write"), gone_unless_in_force(out / generation):
            manifest = manifest_of(
                sorted_reference,
                generation=generation,
                reference=source.path.name,
                bundle=loaded.bundle,
                problems=dict(source.problems.counts),
                files=_write_generation(
                    out / generation, sorted_reference, records, source.names_read, codes
                ),
                columns=source.columns_taken,
            )
            verify_files(out, manifest)
            keep_manifest(out, current)
            write_manifest(out, manifest)
        remove_generations(out, keep=(current, generation))
    return BuildReport(manifest, source.problems, seconds, tuple(source.samples))


def _sorted_texts(
    source: Reference,
    models: ModelSource,
    held: HeldTexts | None,
    *,
    processes: int,
    progress: Progress,
    seconds: dict[str, float],
) -> tuple[SortedReference, TextCodes | None]:
    """Load a reference, and put what changed among the texts that are held; return the codes of its texts where they are known."""
    sorted_reference = load_reference(
        source, models, processes=processes, held=held, progress=progress, seconds=seconds
    )
    codes = None
    if held is not None and source.replaced is not None:
        with timed(seconds, "merge"):
            sorted_reference, codes = merged_reference(held, source.replaced.premises, sorted_reference)
        if not sorted_reference.texts.num_rows:
            raise nothing_usable(source)
    pa.default_memory_pool().release_unused()
    refuse_shared_values(sorted_reference.texts, source.named, str(source.path))
    return sorted_reference, codes


def _write_generation(
    folder: Path,
    sorted_reference: SortedReference,
    records: Path,
    names_read: pa.Table,
    codes: TextCodes | None,
) -> dict[str, FileChecksum]:
    """Write all files, which can only be read from then on, and return their checksums.

    `records` are moved there if they are, with how the names in them were read. `codes` are those of the texts, where they are known.
    """
    folder.mkdir()
    if records.is_dir():
        write_names_read(records, names_read)
        records.rename(folder / RECORDS)
    write_overruled(folder, sorted_reference.overruled)
    texts = sorted_reference.texts
    if codes is None:
        codes = TextCodes.of(texts)
    write_texts(folder, texts)
    write_vectors(folder, sorted_reference.vectors, codes.writings, codes.lists)
    write_postings(folder, sorted_reference.words, sorted_reference.text_terms, sorted_reference.lengths)
    write_text_terms(folder, sorted_reference.text_terms, sorted_reference.lengths)
    write_equal_texts(folder, codes.writings, codes.premises)
    write_street_numbers(folder, texts)
    write_statistics(folder, sorted_reference, codes.before)
    write_blocks(folder, sorted_reference.postcodes, codes.premises)
    checksums = checksums_below(folder)
    for name in checksums:
        _seal(folder / name)
    return checksums


def _seal(file: Path) -> None:
    """Make a file last, as what the disk holds of it and not the memory: it is read from there when it is verified."""
    file.chmod(_READ_ONLY)
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


@contextmanager
def _translated(out: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise BuildError(
            f"The index at {out} could not be written: {error}. What was in force there still is; "
            "free some disk (about 1 KB an address) or build elsewhere"
        ) from error

"""Build an index: read, enrich, sort, write, put in force."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from filelock import FileLock, Timeout

from address_match.indexer.errors import BuildError, IndexUnusableError
from address_match.indexer.local.blocks import write_blocks
from address_match.indexer.local.postings import write_postings
from address_match.indexer.local.texts import write_text_terms, write_texts
from address_match.indexer.local.vectors import write_vectors
from address_match.indexer.manifest import (
    MANIFEST_NAME,
    IndexManifest,
    read_manifest,
    sync_folder,
    write_manifest,
)
from address_match.indexer.ports import ModelSource
from address_match.indexer.reference.load import Progress, load_reference, silent, timed
from address_match.indexer.reference.sorted_reference import SortedReference, manifest_of
from address_match.indexer.reference.statistics_files import write_statistics
from address_match.indexer.sources.problems import Problems
from address_match.indexer.sources.reference_source import ReferenceSource


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built, and how long each stage took."""

    manifest: IndexManifest
    problems: Problems
    seconds: dict[str, float]
    """Wall-clock, by stage: enrich, arrange, write."""
    bytes: int
    """Of the generation, on disk."""


def build_index(
    source: ReferenceSource,
    out: Path,
    models: ModelSource,
    *,
    processes: int = 1,
    progress: Progress | None = None,
) -> BuildReport:
    """Build a generation from a reference and put it in force; the one before stays for its readers.

    Raises BuildError when nothing can be indexed, another build runs or the disk is full, and SourceError when the reference
    breaks off; whatever stood at `out` is then still in force.
    """
    progress = progress or silent
    seconds: dict[str, float] = {}
    loaded = models.load()
    with _translated(out), _only_build_at(out):
        current = _generation_in_force(out)
        _sweep(out, keep=(current,))
        sorted_reference = load_reference(
            source,
            models if processes > 1 else loaded,
            processes=processes,
            progress=progress,
            seconds=seconds,
        )
        progress("write", 0, None)
        generation = _next_generation(out)
        with timed(seconds, "write"):
            files = _write_generation(out / generation, sorted_reference)
        manifest = manifest_of(
            sorted_reference,
            generation=generation,
            reference=source.path.name,
            bundle=loaded.bundle,
            problems=dict(source.problems.counts),
            files=files,
        )
        write_manifest(out, manifest)
        _sweep(out, keep=(current, generation))
    return BuildReport(manifest, source.problems, seconds, sum(files.values()))


def _write_generation(folder: Path, sorted_reference: SortedReference) -> dict[str, int]:
    """Write all files and return their sizes; nothing is left when that fails."""
    try:
        folder.mkdir()
        write_texts(folder, sorted_reference.texts)
        write_vectors(folder, sorted_reference.vectors)
        write_postings(folder, sorted_reference.words, sorted_reference.text_terms, sorted_reference.lengths)
        write_text_terms(folder, sorted_reference.text_terms, sorted_reference.lengths)
        write_statistics(folder, sorted_reference)
        write_blocks(folder, sorted_reference.postcodes, sorted_reference.texts.column("uprn").to_pylist())
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        return {file.relative_to(folder).as_posix(): _synced_size(file) for file in files}
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _synced_size(file: Path) -> int:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return file.stat().st_size


def _generation_in_force(out: Path) -> str:
    if not (out / MANIFEST_NAME).exists():
        return ""
    try:
        return read_manifest(out).generation
    except IndexUnusableError:
        return ""  # of another format or damaged: this build replaces it


def _next_generation(out: Path) -> str:
    numbers = [int(folder.name[1:]) for folder in _generations(out)]
    return f"g{max(numbers, default=0) + 1:06d}"


def _generations(out: Path) -> list[Path]:
    return [f for f in out.iterdir() if f.is_dir() and f.name[:1] == "g" and f.name[1:].isdigit()]


def _sweep(out: Path, keep: tuple[str, ...]) -> None:
    """Remove what killed builds left behind, and generations that are two or more back."""
    if not keep[-1]:
        return
    for folder in _generations(out):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _only_build_at(out: Path) -> Iterator[None]:
    out.mkdir(parents=True, exist_ok=True)
    try:
        lock = FileLock(out / ".building", timeout=0).acquire()
    except Timeout as error:
        raise BuildError(f"Another build writes to {out}; wait for it or build elsewhere") from error
    with lock:
        yield
    sync_folder(out)


@contextmanager
def _translated(out: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise BuildError(
            f"The index at {out} could not be written: {error}. What was in force there still is; "
            "free some disk (about 1 KB an address) or build elsewhere"
        ) from error

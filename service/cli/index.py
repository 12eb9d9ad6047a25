import argparse
import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.registry_options import chosen_bundle
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from address_match.indexer.manifest import IndexManifest
    from address_match.indexer.sources.problems import Problems


def index_build(arguments: argparse.Namespace) -> int:
    """Build an index of a reference file.

    The columns are found by their names (uprn or id; address, or several address columns; postcode; …) or named
    by --mapping. Several rows with one UPRN are several texts of one premises. An index changes by a rebuild only.
    """
    from address_match.indexer.manifest import MANIFEST_NAME
    from address_match.service.batch.interruption import interruptible
    from address_match.service.build import build

    refuse_reference(arguments.reference, arguments.mapping)
    if (arguments.out / MANIFEST_NAME).exists() and not arguments.force:
        raise UsageError(
            f"an index stands at {arguments.out}; name another folder or give --force to replace it"
        )
    if arguments.out.exists() and not arguments.out.is_dir():
        raise UsageError(f"{arguments.out} is not a folder; an index is one")
    with interruptible(), build_progress() as progress:
        report = build(
            arguments.reference,
            arguments.out,
            bundle=chosen_bundle(arguments),
            mapping=arguments.mapping,
            device=arguments.device,
            processes=arguments.jobs,
            progress=progress,
        )
    seconds = {stage: round(s, 2) for stage, s in report.seconds.items()}
    if arguments.json:
        print(json.dumps({**asdict(report.manifest), "seconds": seconds}, indent=2, ensure_ascii=False))
        return 0
    manifest = report.manifest
    print(
        f"{manifest.texts:,} texts of {manifest.premises:,} premises in {sum(report.seconds.values()):.1f} s, "
        f"{report.bytes / 1e6:,.0f} MB at {arguments.out}"
    )
    print_problems(report.problems)
    return 0


def print_problems(problems: "Problems") -> None:
    """Say on standard error which rows were left out or mended, the first of each kind."""
    for what, count in problems.counts.items():
        rows = [str(p.row) for p in problems.first if p.what == what][:5]
        print(
            f"  {count:,} × {what}: row {', '.join(rows)}{' …' if count > len(rows) else ''}", file=sys.stderr
        )


def refuse_reference(reference: Path, mapping: Path | None) -> None:
    """Raise `UsageError` for what is no file, or has a suffix that says nothing and no mapping to say more."""
    from address_match.indexer.errors import SourceError
    from address_match.indexer.sources.table import table_format

    for name, path in (("reference", reference), ("mapping", mapping)):
        if path is not None and not path.is_file():
            raise UsageError(f"the {name} {path} {'is not a file' if path.exists() else 'does not exist'}")
    try:
        table_format(reference)
    except SourceError as error:
        if mapping is None:  # it may name the format
            raise UsageError(str(error)) from error


def index_info(arguments: argparse.Namespace) -> int:
    """Describe the index in force in a folder."""
    from address_match.indexer.manifest import check_files, read_manifest

    manifest = read_manifest(arguments.index)
    check_files(arguments.index, manifest)
    if arguments.json:
        print(json.dumps(asdict(manifest), indent=2, ensure_ascii=False))
    else:
        _print_manifest(manifest)
    return 0


def _print_manifest(manifest: "IndexManifest") -> None:
    problems = ", ".join(f"{count:,} × {what}" for what, count in manifest.problems.items())
    facts = {
        "reference": manifest.reference,
        "texts": f"{manifest.texts:,}",
        "premises": f"{manifest.premises:,}",
        "words": f"{manifest.terms:,}",
        "bundle": f"{manifest.bundle.name} {manifest.bundle.version} ({manifest.bundle.path})",
        "built": manifest.created,
        "generation": manifest.generation,
        "format": str(manifest.format_version),
        "size": f"{sum(manifest.files.values()) / 1e6:,.1f} MB",
        "left out or mended": problems or "nothing",
    }
    for name, value in facts.items():
        print(f"{name:<20}{value}")


@contextmanager
def build_progress() -> "Iterator[Callable[[str, int, int | None], None] | None]":
    """Show how far a build has come; None unless standard error is a terminal."""
    from address_match.service.cli.consoles import progress_bar

    with progress_bar() as bar:
        if bar is None:
            yield None
            return
        task = bar.add_task("read", total=None, rate="")
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)

"""The commands about an index in a folder."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.files.forecasts import refuse_large_build
from address_match.service.cli.index.build_report import (
    add_mapping,
    add_reference,
    build_progress,
    mapping_of,
    print_columns,
    print_problems,
    print_samples,
    refuse_references,
)
from address_match.service.cli.index.diff import add_index_diff
from address_match.service.cli.index.info import add_conflicts, describe_index
from address_match.service.cli.index.rollback import add_index_rollback
from address_match.service.cli.options.argument_types import positive
from address_match.service.cli.options.command import Commands, add_command, add_group
from address_match.service.cli.options.models import add_bundle, add_device, chosen_bundle
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.indexer.local.writing.build import BuildReport


def add_index(commands: Commands) -> None:
    """Add the commands that build an index in a folder and describe it."""
    of_index = add_group(commands, "index", "Build an index of a reference, or describe one.")
    build = add_command(of_index, "build", index_build)
    add_reference(build)
    build.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the index")
    add_bundle(build)
    build.add_argument(
        "--jobs", type=positive, default=1, metavar="N", help="processes that read the reference (1)"
    )
    add_device(build)
    build.add_argument(
        "--force",
        action="store_true",
        help="replace the index that stands at DIR, and build what may not fit",
    )
    build.add_argument("--json", action="store_true", help="print the report as JSON")
    update = add_command(of_index, "update", index_update)
    update.add_argument("index", type=Path, metavar="DIR", help="folder of the index")
    update.add_argument(
        "changes",
        type=Path,
        nargs="+",
        metavar="CHANGES",
        help="a reference with a column change: insert, update, delete; or the folder, zip or files of a "
        "change-only supply of AddressBase Premium or OS NGD Address",
    )
    add_mapping(update)
    add_bundle(update)
    add_device(update)
    update.add_argument("--json", action="store_true", help="print the report as JSON")
    verify = add_command(of_index, "verify", index_verify)
    verify.add_argument("index", type=Path, metavar="DIR", help="folder of the index")
    add_index_diff(of_index)
    add_index_rollback(of_index)
    layouts = add_command(of_index, "layouts", index_layouts)
    layouts.add_argument("--json", action="store_true", help="print JSON, with the columns of each")
    info = add_command(of_index, "info", index_info)
    info.add_argument("index", type=Path, metavar="DIR", help="folder of the index")
    add_conflicts(info)
    info.add_argument("--json", action="store_true", help="print JSON")


def index_build(arguments: argparse.Namespace) -> int:
    """Build an index of a reference.

    AddressBase Premium and OS NGD Address are read as they are delivered. Of a file of rows, the columns are found by their names (uprn or id; address, or several address columns; postcode; …) or named
    by --mapping. Several rows with one UPRN are several texts of one premises.
    """
    from address_match.indexer.manifest import MANIFEST_NAME
    from address_match.service.batch.interruption import interruptible
    from address_match.service.build import build

    refuse_references(arguments.reference, arguments.mapping)
    if (arguments.out / MANIFEST_NAME).exists() and not arguments.force:
        raise UsageError(
            f"an index stands at {arguments.out}; name another folder or give --force to replace it"
        )
    if arguments.out.exists() and not arguments.out.is_dir():
        raise UsageError(f"{arguments.out} is not a folder; an index is one")
    refuse_large_build(arguments.reference, arguments.out, arguments.jobs, force=arguments.force)
    with interruptible(), build_progress(*arguments.reference) as progress:
        report = build(
            arguments.reference,
            arguments.out,
            bundle=chosen_bundle(arguments),
            mapping=mapping_of(arguments),
            precedence=arguments.precedence,
            device=arguments.device,
            processes=arguments.jobs,
            progress=progress,
        )
    _print_report(report, arguments.out, as_json=arguments.json, show_sample=arguments.show_sample)
    return 0


def index_update(arguments: argparse.Namespace) -> int:
    """Apply changes to an index: a file of premises inserted, updated or deleted by UPRN, or the changes of AddressBase Premium or OS NGD Address.

    The new generation is what a build of the changed reference gives, and comes into force in one step; until then the old
    one is searched. Texts that are written as before are not read again. All rows of a file that have one UPRN are the
    texts of that premises from now on.
    """
    from address_match.service.batch.interruption import interruptible
    from address_match.service.build import update

    for path in arguments.changes:
        if not path.exists():
            raise UsageError(f"the changes {path} do not exist")
    with interruptible(), build_progress(arguments.changes[0]) as progress:
        report = update(
            arguments.changes,
            arguments.index,
            bundle=chosen_bundle(arguments),
            mapping=mapping_of(arguments),
            device=arguments.device,
            progress=progress,
        )
    _print_report(report, arguments.index, as_json=arguments.json, show_sample=arguments.show_sample)
    return 0


def _print_report(report: "BuildReport", out: Path, *, as_json: bool, show_sample: bool) -> None:
    seconds = {stage: round(s, 2) for stage, s in report.seconds.items()}
    manifest = report.manifest
    if as_json:
        samples = {"samples": list(report.samples)} if show_sample else {}
        print(json.dumps({**asdict(manifest), "seconds": seconds, **samples}, indent=2, ensure_ascii=False))
        return
    print(
        f"{manifest.texts:,} texts of {manifest.premises:,} premises in {sum(report.seconds.values()):.1f} s, "
        f"{report.bytes / 1e6:,.0f} MB at {out}"
    )
    print_columns(manifest)
    if show_sample:
        print_samples(report.samples)
    print_problems(report.problems, manifest.sources)


def index_verify(arguments: argparse.Namespace) -> int:
    """Read every file of the index in force and compare it with its checksum; exit 1 names the file that was altered.

    Every command and service does so when it opens an index.
    """
    import time

    from address_match.indexer.local.stored.generation_files import verify_files
    from address_match.indexer.manifest import read_manifest

    started = time.perf_counter()
    manifest = read_manifest(arguments.index)
    verify_files(arguments.index, manifest)
    print(
        f"{manifest.generation}: {len(manifest.files)} files of {manifest.bytes / 1e6:,.1f} MB are as they were written "
        f"({time.perf_counter() - started:.2f} s)"
    )
    return 0


def index_layouts(arguments: argparse.Namespace) -> int:
    """List the layouts of files that are known by their columns, or named with --layout."""
    from address_match.indexer.sources.layouts.layout import shipped_layouts

    known = shipped_layouts()
    if arguments.json:
        found = {name: {"title": each.title, "columns": dict(each.columns)} for name, each in known.items()}
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return 0
    for name, layout in known.items():
        print(f"{name:<28}{layout.title}")
    return 0


def index_info(arguments: argparse.Namespace) -> int:
    """Describe the index in force in a folder.

    --conflicts lists premises whose texts disagree about parent, classification, country, status, coordinates or postcode, and
    those whose parent is not held or comes back to them.
    """
    from address_match.indexer.local.compared.conflicts import index_conflicts
    from address_match.indexer.local.stored.generation_files import check_files
    from address_match.indexer.manifest import read_manifest
    from address_match.indexer.products.stored_supply import supply_day

    manifest = read_manifest(arguments.index)
    check_files(arguments.index, manifest)
    day = supply_day(arguments.index / manifest.generation)
    describe_index(arguments, manifest, index_conflicts(arguments.index), supply_day=day)
    return 0

"""The commands about indices in Elasticsearch."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.files.forecasts import refuse_large_elastic_build
from address_match.service.cli.index.build_report import (
    add_mapping,
    add_reference,
    build_progress,
    mapping_of,
    print_columns,
    print_problems,
    print_samples,
    refuse_reference,
    refuse_references,
)
from address_match.service.cli.index.info import add_conflicts, describe_index
from address_match.service.cli.options.argument_types import natural, positive, version
from address_match.service.cli.options.command import CommandParser, Commands, add_command, add_group
from address_match.service.cli.options.index import add_cluster, elastic_index
from address_match.service.cli.options.models import add_bundle, add_device, chosen_bundle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from address_match.indexer.elastic.administration import ListedIndex
    from address_match.indexer.elastic.writing.build import ElasticBuildReport
    from address_match.indexer.elastic.writing.update import ElasticUpdateReport


def add_es(commands: Commands) -> None:
    """Add the commands that build and keep indices in Elasticsearch."""
    of_es = add_group(commands, "es", "Build, update and keep indices in Elasticsearch.")
    build = add_command(of_es, "build", es_build)
    _add_build(build)
    update = add_command(of_es, "update", es_update)
    _add_update(update)
    listing = add_command(of_es, "list", es_list)
    info = add_command(of_es, "info", es_info)
    add_conflicts(info)
    check = add_command(of_es, "check", es_check)
    rollback = add_command(of_es, "rollback", es_rollback)
    drop = add_command(of_es, "drop", es_drop)
    drop.add_argument("index", metavar="INDEX", help="one that `es list` names")
    for parser in (build, update, listing, info, check, rollback, drop):
        add_cluster(parser)
        parser.add_argument("--json", action="store_true", help="print JSON")


def _add_build(parser: CommandParser) -> None:
    add_reference(parser)
    add_bundle(parser)
    add_device(parser)
    parser.add_argument(
        "--version",
        type=version,
        default=1,
        metavar="N|DATE",
        help="of the reference; updates have later ones (1)",
    )
    parser.add_argument("--shards", type=positive, default=1, metavar="N", help="of the index (1)")
    parser.add_argument(
        "--replicas", type=natural, default=0, metavar="N", help="of each shard, once it is built (0)"
    )
    parser.add_argument(
        "--jobs", type=positive, default=1, metavar="N", help="processes that read the reference (1)"
    )
    parser.add_argument("--force", action="store_true", help="build what may not fit")


def _add_update(parser: CommandParser) -> None:
    parser.add_argument(
        "changes",
        type=Path,
        metavar="CHANGES",
        help="a reference with a column change: insert, update, delete",
    )
    add_mapping(parser)
    add_bundle(parser)
    add_device(parser)
    parser.add_argument(
        "--version", type=version, required=True, metavar="N|DATE", help="of the changes; later ones win"
    )


def es_build(arguments: argparse.Namespace) -> int:
    """Build an index of a reference in Elasticsearch and make the alias name it.

    The alias goes on naming the index before until the new one was filled, merged and found to answer; that one is kept for
    `es rollback`. A build that was broken off goes on where it stopped when the same command is given again.
    """
    from address_match.indexer.elastic.connection.retrying_client import BULK
    from address_match.indexer.elastic.stored.mapping import IndexLayout
    from address_match.service.batch.interruption import interruptible
    from address_match.service.build import build_elastic

    refuse_references(arguments.reference, arguments.mapping)
    index = elastic_index(arguments, BULK)
    layout = IndexLayout(shards=arguments.shards, replicas=arguments.replicas)
    refuse_large_elastic_build(arguments.reference, index, layout, arguments.jobs, force=arguments.force)
    with interruptible(), build_progress(*arguments.reference) as progress:
        report = build_elastic(
            arguments.reference,
            index,
            layout,
            version=arguments.version,
            bundle=chosen_bundle(arguments),
            mapping=mapping_of(arguments),
            precedence=arguments.precedence,
            device=arguments.device,
            processes=arguments.jobs,
            progress=progress,
        )
    _print_build(report, index.alias, as_json=arguments.json, show_sample=arguments.show_sample)
    return 0


def _print_build(report: "ElasticBuildReport", alias: str, *, as_json: bool, show_sample: bool) -> None:
    seconds = {stage: round(s, 2) for stage, s in report.seconds.items()}
    manifest = report.generation.manifest
    if as_json:
        facts = {"previous": report.previous, "resumed_from": report.resumed_from, "bytes": report.bytes}
        print(json.dumps({**asdict(manifest), **facts, "seconds": seconds}, indent=2, ensure_ascii=False))
        return
    resumed = f", {report.resumed_from:,} of them by an earlier build" if report.resumed_from else ""
    print(
        f"{manifest.texts:,} texts of {manifest.premises:,} premises in {sum(report.seconds.values()):.1f} s{resumed}, "
        f"{report.bytes / 1e6:,.0f} MB: {alias} names {report.generation.index}"
    )
    print_columns(manifest)
    if show_sample:
        print_samples(report.samples)
    print_problems(report.problems, manifest.sources)


def es_update(arguments: argparse.Namespace) -> int:
    """Apply a file of changes to the index in force: premises inserted, updated or deleted by their UPRN.

    The file has the columns of a reference and `change`. All its rows of one UPRN together are the texts of that premises from
    now on. A premises of which the index knows --version or a later one is left alone, so a file may be given twice.
    """
    from address_match.indexer.elastic.connection.retrying_client import BULK
    from address_match.service.batch.interruption import interruptible
    from address_match.service.build import update_elastic

    refuse_reference(arguments.changes, arguments.mapping)
    index = elastic_index(arguments, BULK)
    with interruptible(), build_progress(arguments.changes) as progress:
        report = update_elastic(
            arguments.changes,
            index,
            version=arguments.version,
            bundle=chosen_bundle(arguments),
            mapping=mapping_of(arguments),
            device=arguments.device,
            progress=progress,
        )
    _print_update(report, as_json=arguments.json)
    return 0


def _print_update(report: "ElasticUpdateReport", *, as_json: bool) -> None:
    counts = report.update_counts
    if as_json:
        facts = {
            "index": report.generation.index,
            "version": report.version,
            "problems": dict(report.problems.counts),
        }
        done = {
            "written": counts.written,
            "deleted": counts.deleted,
            "left_alone": counts.left_alone,
        }
        print(json.dumps({**facts, **done}, indent=2, ensure_ascii=False))
        return
    print(
        f"{counts.written:,} premises written, {counts.deleted:,} deleted, {counts.left_alone:,} known in this version "
        f"or a later one; {report.generation.index} holds {report.generation.manifest.texts:,} texts"
    )
    print_problems(report.problems)


def es_list(arguments: argparse.Namespace) -> int:
    """List the indices of an alias, and which of them is in force."""
    from address_match.indexer.elastic.administration import list_indices
    from address_match.indexer.elastic.connection.retrying_client import AT_A_SCREEN

    indices = list_indices(elastic_index(arguments, AT_A_SCREEN))
    if arguments.json:
        print(json.dumps([asdict(each) for each in indices], indent=2))
    else:
        _print_indices(indices)
    return 0


def _print_indices(indices: "Sequence[ListedIndex]") -> None:
    from rich.table import Table

    from address_match.service.cli.terminal.consoles import page_console

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("index", "", "texts", "size", "built", "reference", "bundle"):
        table.add_column(column, justify="right" if column in {"texts", "size"} else "left")
    for each in indices:
        state = "in force" if each.in_force else each.state
        size = f"{each.bytes / 1e6:,.0f} MB"
        table.add_row(each.index, state, f"{each.texts:,}", size, each.created, each.reference, each.bundle)
    page_console().print(table)


def es_info(arguments: argparse.Namespace) -> int:
    """Describe the index in force.

    --conflicts lists premises as `index info` does: those about which texts or references disagree, and those whose parent is
    not held or comes back to them. All texts are read for it.
    """
    from address_match.indexer.elastic.conflicts import elastic_conflicts
    from address_match.indexer.elastic.connection.retrying_client import AT_A_SCREEN
    from address_match.indexer.elastic.elastic_index import read_generation

    index = elastic_index(arguments, AT_A_SCREEN)
    generation = read_generation(index)
    conflicts = elastic_conflicts(index, generation)
    describe_index(arguments, generation.manifest, conflicts, size_name="statistics")
    return 0


def es_check(arguments: argparse.Namespace) -> int:
    """Check that the index in force can be opened, holds what it says and finds its own texts."""
    from address_match.indexer.elastic.administration import check_index
    from address_match.indexer.elastic.connection.retrying_client import AT_A_SCREEN

    report = check_index(elastic_index(arguments, AT_A_SCREEN))
    if arguments.json:
        print(json.dumps(asdict(report), indent=2))
    else:
        print(
            f"{report.index} holds {report.texts:,} texts; {report.sampled} of them were looked for and found"
        )
    return 0


def es_rollback(arguments: argparse.Namespace) -> int:
    """Make the alias name the index before the one in force again."""
    from address_match.indexer.elastic.administration import roll_back
    from address_match.indexer.elastic.connection.retrying_client import AT_A_SCREEN

    index = elastic_index(arguments, AT_A_SCREEN)
    name = roll_back(index)
    print(json.dumps({"index": name}) if arguments.json else f"{index.alias} names {name} again")
    return 0


def es_drop(arguments: argparse.Namespace) -> int:
    """Remove an index of the alias that is not in force."""
    from address_match.indexer.elastic.administration import drop_index
    from address_match.indexer.elastic.connection.retrying_client import AT_A_SCREEN

    drop_index(elastic_index(arguments, AT_A_SCREEN), arguments.index)
    print(json.dumps({"dropped": arguments.index}) if arguments.json else f"{arguments.index} is gone")
    return 0

"""The commands about bundles of models, and about the deployment that is served."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.model.alias import add_alias
from address_match.service.cli.model.comparison import (
    add_comparison,
    compare_on_queries,
    refuse_without_queries,
)
from address_match.service.cli.model.record import add_record
from address_match.service.cli.model.transfer import add_transfer
from address_match.service.cli.options.argument_types import line
from address_match.service.cli.options.command import CommandParser, Commands, add_command, add_group
from address_match.service.cli.options.index import EMBEDDED, add_engine, chosen_index
from address_match.service.cli.options.models import add_one_bundle, add_registry, registry_of
from address_match.service.cli.options.person import add_by
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.models.registry import Deployment, Entry


def add_model(commands: Commands) -> None:
    """Add the commands that keep bundles by name, and choose the one that is served."""
    of_model = add_group(
        commands, "model", "Keep bundles of models by name, and name the bundle and index to serve."
    )
    listing = add_command(of_model, "list", model_list)
    show = add_command(of_model, "show", model_show)
    add_one_bundle(show, "bundle")
    show.add_argument("--card", action="store_true", help="print the model card")
    verify = add_command(of_model, "verify", model_verify)
    verify.add_argument("bundles", nargs="*", metavar="NAME|DIR", help="all of the registry unless named")
    compare = add_command(of_model, "compare", model_compare)
    _add_compare(compare)
    promote = add_command(of_model, "promote", model_promote)
    _add_promote(promote)
    rollback = add_command(of_model, "rollback", model_rollback)
    rollback.add_argument("--reason", type=line, default="", metavar="TEXT", help="why, for the audit")
    for parser in (promote, rollback):
        add_by(parser)
    add_alias(of_model)
    add_record(of_model)
    add_transfer(of_model)
    for parser in (listing, show, verify, compare, promote, rollback):
        add_registry(parser)
    for parser in (listing, show, verify, compare):
        parser.add_argument("--json", action="store_true", help="print JSON")


def _add_compare(compare: CommandParser) -> None:
    add_one_bundle(compare, "left")
    add_one_bundle(compare, "right")
    add_comparison(compare)
    compare.add_argument("--exact", action="store_true", help="fail unless all parts are the same")


def _add_promote(promote: CommandParser) -> None:
    add_one_bundle(promote, "bundle")
    promote.add_argument("index", nargs="?", type=Path, metavar="INDEX", help="folder of the index")
    add_engine(promote)
    promote.add_argument(
        "--override",
        type=line,
        default="",
        metavar="REASON",
        help="promote it although it does not pass the gates, and why",
    )
    promote.add_argument(
        "--decision",
        default="",
        metavar="ID",
        help="approved decision for which it is promoted (see `decide`)",
    )


def model_list(arguments: argparse.Namespace) -> int:
    """List the bundles of the registry, and the deployment that is promoted.

    `default` is the bundle that comes with the program. With --json, every promotion and rollback too.
    """
    from address_match.service.cli.model.pages import print_entries

    registry = registry_of(arguments)
    entries = registry.entries()
    if arguments.json:
        events = [
            asdict(event) | {"deployment": event.deployment.as_object()}
            for event in registry.promotions.events()
        ]
        in_force = registry.promotions.in_force()
        content = {
            "registry": str(registry.folder),
            "bundles": [_as_json(entry) for entry in entries],
            "aliases": registry.alias_names(),
            "promoted": None if in_force is None else in_force.as_object(),
            "history": events,
        }
        print(json.dumps(content, indent=2, ensure_ascii=False))
    else:
        print_entries(registry.folder, entries, registry.alias_names(), registry.promotions.in_force())
    return 0


def model_show(arguments: argparse.Namespace) -> int:
    """Show what a bundle says of itself, or its model card; the parts are verified first."""
    from address_match.service.cli.model.pages import print_bundle

    bundle = registry_of(arguments).load(arguments.bundle)
    if arguments.card:
        print(bundle.model_card_path.read_text(encoding="utf-8"), end="")
    elif arguments.json:
        print(bundle.manifest.to_json(), end="")
    else:
        print_bundle(bundle)
    return 0


def model_verify(arguments: argparse.Namespace) -> int:
    """Verify bundles: every part has the hash that its manifest gives, and every model can be loaded.

    Fails when one of them is not whole.
    """
    from address_match.service.lifecycle.verification import verify

    registry = registry_of(arguments)
    found = [verify(registry, name) for name in arguments.bundles or registry.names()]
    if arguments.json:
        print(json.dumps([asdict(one) for one in found], indent=2, ensure_ascii=False))
    for one in found:
        if not arguments.json and not one.problems:
            print(f"{one.name}: whole, {one.parts} parts, {one.bytes / 1e6:.1f} MB, {one.seconds:.2f} s")
        for problem in one.problems:
            print(f"{one.name}: {problem}", file=sys.stderr)
    return 1 if any(one.problems for one in found) else 0


def model_compare(arguments: argparse.Namespace) -> int:
    """Put two bundles side by side: what they were trained on, the hashes of their parts, their figures.

    With --exact it fails unless every part of one is that of the other, as when a bundle was made again. With --queries, addresses
    whose truth is known are matched with both: how many answers change, what is lost and gained, by class, calibration, absent
    addresses that are matched. LEFT is the champion, and RIGHT has to pass the gates of the registry (gates.toml); it fails where
    RIGHT does not. What comes of it is kept for `model promote`.
    """
    if arguments.queries is not None:
        return compare_on_queries(arguments)
    refuse_without_queries(arguments)
    from address_match.models.bundle.compare import compare, differing_parts
    from address_match.service.cli.model.pages import print_comparison

    registry = registry_of(arguments)
    left, right = registry.load(arguments.left), registry.load(arguments.right)
    lines = compare(left, right)
    if arguments.json:
        print(
            json.dumps([asdict(line) | {"same": line.same} for line in lines], indent=2, ensure_ascii=False)
        )
    else:
        print_comparison(arguments.left, arguments.right, lines)
    differing = differing_parts(left, right)
    if arguments.exact and differing:
        print(f"address-match: other parts: {', '.join(differing)}", file=sys.stderr)
        return 1
    return 0


def model_promote(arguments: argparse.Namespace) -> int:
    """Name the bundle and the index, a folder or an alias in Elasticsearch, that are to be served; a running service follows.

    Both are opened together first: an index that was built with other models is refused. An index that was built anew
    in its place is promoted again. Where the registry has gates (gates.toml), the bundle has to pass them beside the one in force, by
    `model compare`, unless --override says why it need not. Where the registry asks for it (promotion.toml), an approved decision has to
    be named, and somebody else than proposed it promotes.
    """
    from address_match.service.lifecycle.promotion import promote

    if arguments.index is None and arguments.engine == EMBEDDED:
        raise UsageError(
            "name the INDEX that is served with the bundle: its folder, or --engine elastic --alias NAME"
        )
    deployment = promote(
        registry_of(arguments),
        arguments.bundle,
        chosen_index(arguments),
        override=arguments.override,
        by=arguments.by,
        decision=arguments.decision,
    )
    print(_served(deployment))
    return 0


def model_rollback(arguments: argparse.Namespace) -> int:
    """Go back to the deployment that was promoted before the present one; a running service follows."""
    from address_match.service.lifecycle.promotion import roll_back

    print(_served(roll_back(registry_of(arguments), by=arguments.by, reason=arguments.reason)))
    return 0


def _served(deployment: "Deployment") -> str:
    return (
        f"promoted: bundle {deployment.bundle} {deployment.bundle_version} ({deployment.bundle_fingerprint[:12]}) "
        f"and index {deployment.index} ({deployment.generation})"
    )


def _as_json(entry: "Entry") -> dict[str, object]:
    described: dict[str, object] = {"name": entry.name, "path": str(entry.path), "problem": entry.problem}
    if entry.bundle is not None:
        described["fingerprint"] = entry.bundle.fingerprint
        described["manifest"] = json.loads(entry.bundle.manifest.to_json())
    return described

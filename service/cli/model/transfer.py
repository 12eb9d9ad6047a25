"""The commands that carry bundles from one registry to another."""

import argparse
from pathlib import Path

from address_match.service.cli.options.argument_types import line
from address_match.service.cli.options.command import Commands, add_command
from address_match.service.cli.options.models import add_one_bundle, add_registry, registry_of
from address_match.service.cli.options.person import add_by
from address_match.service.errors import UsageError


def add_transfer(of_model: Commands) -> None:
    """Add the commands that write a bundle into one file, take one in, and make the key that signs it."""
    export = add_command(of_model, "export", model_export)
    add_one_bundle(export, "bundle")
    export.add_argument(
        "out", nargs="?", type=Path, metavar="FILE.tar", help="archive to write, where not --mlflow"
    )
    export.add_argument(
        "--sign", type=Path, metavar="KEY", help="sign it with the key in this file (see `model signing-key`)"
    )
    export.add_argument(
        "--mlflow",
        metavar="URI",
        help="log it to the MLflow there, as a pyfunc with its figures and aliases; needs the extra `mlflow`",
    )
    export.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        help="index that the pyfunc of --mlflow matches with (whoever loads it names one)",
    )
    export.add_argument("--force", action="store_true", help="replace a file that stands there")
    taking = add_command(of_model, "import", model_import)
    taking.add_argument("source", type=Path, metavar="FILE.tar|DIR", help="an archive or a bundle's folder")
    taking.add_argument("--name", metavar="NAME", help="name in the registry (the bundle's own)")
    taking.add_argument(
        "--receipt",
        type=Path,
        metavar="FILE",
        help="what came of comparing it in another registry (receipts/ there), where the archive does not enclose it",
    )
    for parser in (export, taking):
        add_by(parser)
        add_registry(parser)
    key = add_command(of_model, "signing-key", model_signing_key)
    key.add_argument("key", type=Path, metavar="FILE", help="file of the private key")
    key.add_argument("--new", action="store_true", help="make the key first, in a file that is not there yet")
    key.add_argument(
        "--owner", type=line, default="NAME", metavar="NAME", help="whose it is, for the line that is printed"
    )


def model_export(arguments: argparse.Namespace) -> int:
    """Write a verified bundle into one file, a tar archive that `model import` reads.

    It encloses what came of comparing the bundle in this registry. With --sign all of it is signed, and the audit says so. With --mlflow it
    is logged to MLflow instead, where the aliases of this registry that stand for it are set, too.
    """
    if (arguments.out is None) == (arguments.mlflow is None):
        raise UsageError("name the archive to write, FILE.tar, or the MLflow to log to, --mlflow URI")
    return _to_archive(arguments) if arguments.mlflow is None else _to_mlflow(arguments)


def _to_mlflow(arguments: argparse.Namespace) -> int:
    from address_match.service.lifecycle.transfer.log_to_mlflow import log_to_mlflow

    if arguments.sign is not None:
        raise UsageError("--sign is for an archive; MLflow keeps no signature")
    registry = registry_of(arguments)
    bundle = registry.load(arguments.bundle)
    name = registry.reference_to(bundle.path)
    aliases = [alias for alias, meant in registry.alias_names().items() if meant == name]
    print(log_to_mlflow(bundle, arguments.mlflow, index=arguments.index, aliases=aliases))
    return 0


def _to_archive(arguments: argparse.Namespace) -> int:
    from address_match.service.lifecycle.transfer.export_bundle import export_bundle
    from address_match.service.lifecycle.transfer.signing_key import read_signing_key

    if arguments.out.exists() and not arguments.force:
        raise UsageError(f"{arguments.out} exists; name another file or give --force to replace it")
    if not arguments.out.parent.is_dir():
        raise UsageError(f"the folder {arguments.out.parent} of the archive does not exist; make it first")
    key = None if arguments.sign is None else read_signing_key(arguments.sign)
    export_bundle(registry_of(arguments), arguments.bundle, arguments.out, key=key, by=arguments.by)
    print(arguments.out)
    return 0


def model_import(arguments: argparse.Namespace) -> int:
    """Take a bundle into the registry, out of an archive or a folder, and verify it; what is there never changes.

    Every part has to have its hash. Where the registry names keys (trusted_keys.toml), one of them has to have signed it as it is. What
    came of comparing it with the bundle in force here comes along, in the archive or by --receipt, and has to pass the gates here.
    """
    from address_match.service.lifecycle.transfer.import_bundle import import_bundle

    imported = import_bundle(
        registry_of(arguments),
        arguments.source,
        arguments.name,
        receipt=arguments.receipt,
        by=arguments.by,
    )
    signed = f", signed by {imported.signer}" if imported.signer else ""
    print(f"{imported.entry.name}: {imported.entry.path}{signed}")
    return 0


def model_signing_key(arguments: argparse.Namespace) -> int:
    """Print the line by which a registry trusts a key, for its trusted_keys.toml; with --new, make the key first.

    The file is its owner's alone: whoever has it signs in his name. Keep it apart from the registries.
    """
    from address_match.service.lifecycle.transfer.signing_key import make_signing_key, read_signing_key
    from address_match.service.lifecycle.transfer.trusted_keys import trusted_line

    key = make_signing_key(arguments.key) if arguments.new else read_signing_key(arguments.key)
    print(trusted_line(arguments.owner, key.public))
    return 0

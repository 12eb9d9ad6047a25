"""The commands about names that stand for a bundle for the time being."""

import argparse

from address_match.service.cli.options.command import Commands, add_command, add_group
from address_match.service.cli.options.models import add_one_bundle, add_registry, registry_of


def add_alias(of_model: Commands) -> None:
    """Add the commands that set, remove and list aliases."""
    of_alias = add_group(of_model, "alias", "Let a name such as @challenger stand for a bundle.")
    setting = add_command(of_alias, "set", alias_set)
    removing = add_command(of_alias, "remove", alias_remove)
    for parser in (setting, removing):
        parser.add_argument(
            "alias", metavar="ALIAS", help="challenger for one; @challenger where it is named"
        )
    add_one_bundle(setting, "bundle")
    for parser in (setting, removing, add_command(of_alias, "list", alias_list)):
        add_registry(parser)


def alias_set(arguments: argparse.Namespace) -> int:
    """Let an alias stand for a bundle, in place of the one before.

    It is named as @ALIAS wherever a bundle is. @champion is always the bundle that is promoted, and not set.
    """
    registry = registry_of(arguments)
    bundle = registry.reference_to(registry.directory(arguments.bundle))
    registry.aliases.set(_bare(arguments.alias), bundle)
    print(f"@{_bare(arguments.alias)}: {bundle}")
    return 0


def alias_remove(arguments: argparse.Namespace) -> int:
    """Take an alias away; the bundle stays."""
    registry_of(arguments).aliases.remove(_bare(arguments.alias))
    return 0


def alias_list(arguments: argparse.Namespace) -> int:
    """List the aliases and what each stands for."""
    for alias, bundle in registry_of(arguments).alias_names().items():
        print(f"@{alias}: {bundle}")
    return 0


def _bare(alias: str) -> str:
    from address_match.models.registry import MARK

    return alias.removeprefix(MARK)

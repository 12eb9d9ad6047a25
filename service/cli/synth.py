import argparse
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.options.argument_types import natural, positive
from address_match.service.cli.options.command import Commands, add_command
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from address_match.models.synthesis.country.country import SyntheticCountry

ABSENT_SHARE = 0.15
"""Share of the premises that the reference leaves out, and of the queries that ask for one of them."""

WORTH_PROCESSES = 100_000
"""Premises from which several processes write a reference sooner than one."""

_PREMIUM = "premium"
PRODUCTS = (_PREMIUM, "ngd")
DEFECTS = (
    "letters-in-uprn",
    "missing-parent",
    "missing-volume",
    "no-date",
    "own-parent",
    "unknown-record",
    "wrong-count",
)
_MOST_ROWS, _LEAST_ROWS, _ROWS_A_PREMISES = 1_000_000, 500, 2
"""A volume has a million rows at most; that of a small country as many as let it have several volumes."""


def add_synth(commands: Commands) -> None:
    """Add the command that makes up a reference and addresses."""
    parser = add_command(commands, "synth", synth)
    parser.add_argument("--size", type=positive, default=20_000, metavar="N", help="premises (20000)")
    parser.add_argument(
        "--queries", type=natural, default=500, metavar="M", help="noisy addresses with their truth (500)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the same seed makes the same bytes (1)"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for reference.csv and queries.csv"
    )
    parser.add_argument(
        "--product",
        choices=PRODUCTS,
        help="write the reference as this product delivers it, not as reference.csv",
    )
    parser.add_argument(
        "--epochs",
        type=positive,
        metavar="N",
        help="epochs of the product, those of premium each with the changes since the one before (1)",
    )
    parser.add_argument(
        "--defect",
        choices=DEFECTS,
        action="append",
        default=[],
        help="plant a fault in the last epoch of premium; may be given several times",
    )


def synth(arguments: argparse.Namespace) -> int:
    """Make up a reference and noisy addresses with their truth.

    Writes reference.csv, for `index build`, and queries.csv, for `match` and `evaluate`; 15 % of the queries ask for
    premises that the reference does not hold. Every name and premises is invented. With --product, the reference is a folder
    epoch-N for each epoch, with Premium changes-N for what changed; the queries ask for premises of the first epoch.
    """
    from address_match.models.synthesis.country.country import SyntheticCountry
    from address_match.models.synthesis.queries import make_queries, write_queries
    from address_match.service.batch.output.destination import replaced_at_the_end

    out, seed = arguments.out, arguments.seed
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is not a folder")
    if arguments.product is None and (arguments.epochs or arguments.defect):
        raise UsageError("--epochs and --defect are of a product; name it with --product")
    if arguments.defect and arguments.product != _PREMIUM:
        raise UsageError(f"--defect is of --product {_PREMIUM} alone")
    out.mkdir(parents=True, exist_ok=True)
    # A little more than named, so that about the size remains when the absent ones are left out.
    country = SyntheticCountry(seed, round(arguments.size / (1 - ABSENT_SHARE)))
    write = _write_reference if arguments.product is None else _write_product
    written, is_absent = write(country, arguments)
    with replaced_at_the_end(out / "queries.csv", force=True) as path:
        queries = write_queries(
            make_queries(
                country, count=arguments.queries, seed=seed, absent_rate=ABSENT_SHARE, left_out=is_absent
            ),
            path,
        )
    print(f"{written}; {out / 'queries.csv'}: {queries:,} addresses with their truth")
    return 0


def _write_reference(
    country: "SyntheticCountry", arguments: argparse.Namespace
) -> tuple[str, "Callable[[str], bool]"]:
    """Write the file; return what was written, and which UPRNs are absent from it."""
    from address_match.models.synthesis.reference import write_country
    from address_match.service.batch.output.destination import replaced_at_the_end

    file = arguments.out / "reference.csv"
    with replaced_at_the_end(file, force=True) as path:
        texts = write_country(
            country,
            path,
            jobs=_jobs(arguments.size),
            leave_out_seed=arguments.seed,
            leave_out_rate=ABSENT_SHARE,
        )
    return f"{file}: {texts:,} texts", _left_out(arguments.seed)


def _write_product(
    country: "SyntheticCountry", arguments: argparse.Namespace
) -> tuple[str, "Callable[[str], bool]"]:
    """Write the folders of all epochs; return what was written, and which UPRNs are absent from the first."""
    from address_match.models.synthesis.products.defects import Defect
    from address_match.models.synthesis.products.epochs import Epochs
    from address_match.models.synthesis.products.ngd_files import write_ngd
    from address_match.models.synthesis.products.premium.supply_files import write_premium
    from address_match.models.synthesis.products.supply import Supply

    supply = Supply(country, Epochs(arguments.seed, arguments.epochs or 1), _left_out(arguments.seed))
    if arguments.product == _PREMIUM:
        folders = write_premium(
            supply,
            arguments.out,
            rows=max(_LEAST_ROWS, min(_MOST_ROWS, _ROWS_A_PREMISES * arguments.size)),
            defects=[Defect(name) for name in arguments.defect],
        )
    else:
        folders = write_ngd(supply, arguments.out)
    return ", ".join(map(str, folders)), supply.is_absent


def _left_out(seed: int) -> "Callable[[str], bool]":
    """Return what says which UPRNs are left out of a reference that a seed makes."""
    from address_match.models.synthesis.reference import is_left_out

    return partial(is_left_out, seed=seed, rate=ABSENT_SHARE)


def _jobs(size: int) -> int:
    """Take a process a core where the country is large enough to be worth their start."""
    return (os.cpu_count() or 1) if size >= WORTH_PROCESSES else 1

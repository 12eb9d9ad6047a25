"""What a command line assumes of the addresses and asks of the answers."""

import argparse
from typing import TYPE_CHECKING

from address_match.service.cli.options.argument_types import day, names
from address_match.service.cli.options.command import Options

if TYPE_CHECKING:
    from address_match.service.matching.policy import DecisionPolicy

AUTO = "auto"
"""What is estimated from the addresses themselves: the prior of absence, the places, the threshold."""
OFF = "off"
"""That no places are assumed, or no threshold but the calibration's."""


def add_policy(options: Options, *, auto: bool) -> None:
    """Add the two options; `auto` where the addresses are at hand to estimate the prior from."""
    options.add_argument(
        "--precision",
        type=_share,
        metavar="P",
        help="share of the matched that shall be right, .9 to .999 ($ADDRESS_MATCH_PRECISION, else 0.99)",
    )
    options.add_argument(
        "--absence-prior",
        type=_share_or_auto if auto else _share,
        metavar="auto|P" if auto else "P",
        help=("auto estimates it from the first rows; " if auto else "")
        + "share of the addresses that the reference is expected not to hold, .01 to .95 ($ADDRESS_MATCH_ABSENCE_PRIOR, else 0.3)",
    )


def add_places(options: Options) -> None:
    """Add in which towns the rows of a file lie."""
    options.add_argument(
        "--places",
        type=_places,
        metavar="auto|off|TOWN,…",
        help="towns in which all rows lie: a row that names a street and no place is answered as if it named the one of them that has "
        "the street; auto, the default, finds them in files of up to 50,000 rows, except with --only",
    )


def add_threshold(options: Options) -> None:
    """Add which probability a match of a file has at least."""
    options.add_argument(
        "--threshold",
        type=_threshold,
        metavar="auto|off|P",
        help="least probability of a match, never below what --precision asks for by the calibration; auto, the default with --precision "
        "except with --only, raises it where a test on some of the rows says that too few of the matched would be right",
    )


def add_as_at(options: Options) -> None:
    """Add for which day answers are."""
    options.add_argument(
        "--as-at",
        type=day,
        metavar="DATE",
        help="answer with what was valid on that day, written YYYY-MM-DD; what the reference gives no dates counts as valid",
    )


def add_thorough(options: Options) -> None:
    """Add whether the search ends where the postcode settles an address."""
    options.add_argument(
        "--thorough", action="store_true", help="search every channel even where the postcode settles it"
    )


def policy_of(arguments: argparse.Namespace) -> "DecisionPolicy":
    """Return what `--absence-prior` and `--precision` say, else the environment, else the defaults; AUTO starts from those."""
    from address_match.service.matching.policy import DecisionPolicy
    from address_match.service.settings.matching_settings import DecisionSettings

    settings = DecisionSettings()
    prior = arguments.absence_prior if isinstance(arguments.absence_prior, float) else settings.absence_prior
    precision = settings.precision if arguments.precision is None else arguments.precision
    return DecisionPolicy(prior, precision, as_at=getattr(arguments, "as_at", None))


def places_of(arguments: argparse.Namespace) -> tuple[str, ...]:
    """Return the towns that `--places` names."""
    return tuple(arguments.places) if isinstance(arguments.places, list) else ()


def threshold_of(arguments: argparse.Namespace) -> float:
    """Return the threshold that `--threshold` names, else 0."""
    return arguments.threshold if isinstance(arguments.threshold, float) else 0.0


def _threshold(text: str) -> str | float:
    return text if text in {AUTO, OFF} else _share(text)


def _places(text: str) -> str | list[str]:
    return text if text in {AUTO, OFF} else names(text)


def _share_or_auto(text: str) -> float | str:
    return AUTO if text == AUTO else _share(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share between 0 and 1, such as 0.3")
    return share

"""What a run of `match` estimates from the file itself: before its rows are answered, and of the answers."""

import argparse
from typing import TYPE_CHECKING

from address_match.service.cli.options.policy import AUTO
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from address_match.service.batch.estimates.file_evidence import FileEvidence
    from address_match.service.batch.estimates.file_precision import FilePrecision
    from address_match.service.batch.estimates.leave_out_test import OpenExcluding
    from address_match.service.batch.file_policy import Estimated
    from address_match.service.batch.matcher import MatchOptions
    from address_match.service.matching.policy import DecisionPolicy


def refuse_estimates_of_some_rows(arguments: argparse.Namespace) -> None:
    """Raise `UsageError` where something is to be estimated of a file of which some rows alone are matched."""
    option = "--only" if arguments.only else "--since" if arguments.since else ""
    for name in ("absence_prior", "places", "threshold"):
        if option and getattr(arguments, name) == AUTO:
            what = name.replace("_", "-")
            raise UsageError(
                f"--{what} auto needs all rows of a file, and {option} matches some; name the {_WORDS[name]} of the first run"
            )
    is_part = arguments.part is not None and arguments.part[1] > 1
    if arguments.estimate_precision and (option or is_part):
        raise UsageError(
            "--estimate-precision speaks of a whole file, and --only, --since and --part match some of its rows"
        )


_WORDS = {"absence_prior": "prior", "places": "places", "threshold": "threshold"}


def estimated(arguments: argparse.Namespace) -> "Estimated":
    """Return what is estimated from the file.

    Places unless they are named, the threshold where a precision is asked for and none is named; of some of its rows neither.
    """
    from address_match.service.batch.file_policy import Estimated

    places = arguments.places == AUTO or (arguments.places is None and not arguments.only)
    asked = arguments.precision is not None and not arguments.only
    threshold = arguments.threshold == AUTO or (arguments.threshold is None and asked)
    return Estimated(prior=arguments.absence_prior == AUTO, places=places, threshold=threshold)


def expected(
    evidence: "FileEvidence",
    open_matcher: "OpenExcluding",
    policy: "DecisionPolicy",
    options: "MatchOptions",
) -> "FilePrecision":
    """Estimate how many of the matched are right, by their probabilities and by a test of some of them."""
    from address_match.service.batch.estimates.file_precision import estimate_file_precision
    from address_match.service.batch.estimates.leave_out_test import leave_out_test

    thorough = options.thorough or options.explain
    left_out = leave_out_test(evidence.matched.kept, open_matcher, thorough=thorough)
    return estimate_file_precision(evidence, left_out, policy.absence_prior)

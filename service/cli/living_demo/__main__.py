"""Goes the whole circle once, for `make living-demo`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from address_match.service.cli.living_demo.circle import run_circle
from address_match.service.cli.living_demo.shell import DemoFailedError


def main(arguments: Sequence[str] | None = None) -> int:
    """Go round in the folder that is named, which must not exist."""
    parser = argparse.ArgumentParser(
        prog="python -m address_match.service.cli.living_demo", description=__doc__
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder to work in; it must not exist")
    folder = parser.parse_args(arguments).folder.resolve()
    folder.mkdir(parents=True)
    try:
        run_circle(folder)
    except DemoFailedError as error:
        print(f"the circle ends here: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

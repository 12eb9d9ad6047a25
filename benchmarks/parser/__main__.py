"""All that is measured of the parser: a labelled file where one is given, the synthetic world, damage that no training
shows, speed and memory.
"""

import sys

from benchmarks.parser import blind, labelled_file, memory, speed, synthetic_country


def main() -> int:
    """Run every program; the only argument is the path of a labelled file, if there is one."""
    for path in sys.argv[1:2]:
        labelled_file.main([path])
    synthetic_country.main([])
    synthetic_country.main(["--names"])
    blind.main([])
    blind.main(["--names"])
    speed.main([])
    memory.main([])
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""All that is measured of the parser: a labelled file where one is given, the made-up world, speed and memory."""

import sys

from benchmarks.parser import labelled_file, made_up_world, memory, speed


def main() -> int:
    """Run every program; the only argument is the path of a labelled file, if there is one."""
    for path in sys.argv[1:2]:
        labelled_file.main([path])
    made_up_world.main([])
    made_up_world.main(["--names"])
    speed.main([])
    memory.main([])
    return 0


if __name__ == "__main__":
    sys.exit(main())

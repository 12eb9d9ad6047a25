import sys

from address_match.service.cli.program.entry import main

if __name__ == "__main__":
    sys.exit(main())

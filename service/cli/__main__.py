import sys

from address_match.service.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())

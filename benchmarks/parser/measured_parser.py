"""Which parser a benchmark measures: the shipped one, that of a bundle, or a model file by itself."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from address_match.parser.address_parser import AddressParser
from address_match.parser.gazetteer.storage import open_gazetteer
from address_match.service.wiring import open_parser
from benchmarks.harness.options import RESULTS


@dataclass(frozen=True, slots=True)
class MeasuredParser:
    """Where the parser comes from."""

    bundle: Path | None = None
    model: Path | None = None
    """A model file; it goes before the bundle."""
    gazetteer: Path | None = None

    def open(self) -> AddressParser:
        """Load the parser anew, with nothing in its caches."""
        if self.model is None and self.gazetteer is None:
            return open_parser(self.bundle)
        names = open_gazetteer(self.gazetteer) if self.gazetteer else None
        return AddressParser.load(self.path, names)

    @property
    def path(self) -> Path:
        """The model file."""
        from address_match.models.bundle import load_bundle

        return self.model or load_bundle(self.bundle).parser_path


def add_parser_options(parser: argparse.ArgumentParser) -> None:
    """Add the options about what is measured and where the result goes."""
    parser.add_argument("--bundle", type=Path, help="models to use instead of the shipped ones")
    parser.add_argument("--model", type=Path, help="a parser's model file by itself")
    parser.add_argument("--gazetteer", type=Path, help="folder of a saved gazetteer (none)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of the result (%(default)s)")


def add_text_options(parser: argparse.ArgumentParser) -> None:
    """Add those options, and those about made-up texts: whether the parser knows their names, and whether faults are
    shown.
    """
    add_parser_options(parser)
    parser.add_argument("--names", action="store_true", help="let the parser know the country's names")
    parser.add_argument("--show", action="store_true", help="print the made-up texts that went wrong")


def measured_parser(options: argparse.Namespace) -> MeasuredParser:
    """Read those options."""
    return MeasuredParser(options.bundle, options.model, options.gazetteer)

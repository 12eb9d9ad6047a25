"""No reading changes in silence: indexes of before are refused by the parser's fingerprint, and hold what was read by it."""

from address_match.models.bundle import load_bundle
from address_match.parser.address_parser import AddressParser
from tests.parser.readings import read, written_down


def test_the_shipped_parser_reads_as_is_written_down() -> None:
    parser = AddressParser.load(load_bundle().parser_path)
    fingerprint, readings = written_down()
    assert parser.fingerprint == fingerprint, (
        "model, lists or RULES_VERSION have changed: write the readings anew by `python -m tests.parser.readings`"
    )
    assert read(parser, readings) == readings, (
        "texts are read otherwise: change RULES_VERSION in parser/address_parser.py, then write the readings anew"
    )

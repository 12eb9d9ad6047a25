"""How the shipped parser reads the queries of the acceptance pages, written down: `python -m tests.parser.readings` writes
`readings.tsv` anew.

What a change of rules, lists or model does to readings is seen in the difference of that file.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from address_match.models.bundle import load_bundle
from address_match.parser.address_parser import AddressParser
from address_match.parser.parsed_fields import PARSED_FIELDS, ParsedFields
from tests.acceptance.page import PAGES, read_page
from tests.parser.labelling_table import hard_cases

FILE = Path(__file__).with_name("readings.tsv")
_UNSAID = ("", -1)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST = 200
"""Characters of a text that is written down."""


def texts() -> Iterator[str]:
    """Yield the texts, each once."""
    asked = [case.query for path in sorted(PAGES.glob("*.md")) for case in read_page(path).cases]
    listed = dict.fromkeys([*asked, *(case.text for case in hard_cases())])
    yield from (
        text for text in listed if text.strip() and len(text) <= _LONGEST and not _CONTROL.search(text)
    )


def read(parser: AddressParser, asked: Iterable[str]) -> dict[str, str]:
    """Return what a parser reads of texts, each field that is said."""
    asked = list(asked)
    return dict(zip(asked, map(_written, parser.parse_fields(asked)), strict=True))


def written_down() -> tuple[str, dict[str, str]]:
    """Return the fingerprint of the parser whose readings are written down, and what it read of each text."""
    first, *lines = FILE.read_text(encoding="utf-8").splitlines()
    return first.removeprefix("# ").split()[-1], dict(line.split("\t") for line in lines)


def main() -> None:
    """Write the file."""
    parser = AddressParser.load(load_bundle().parser_path)
    rows = [f"{text}\t{reading}" for text, reading in read(parser, texts()).items()]
    FILE.write_text("\n".join([f"# read by parser {parser.fingerprint}", *rows, ""]), encoding="utf-8")


def _written(fields: ParsedFields) -> str:
    said = ((name, getattr(fields, name)) for name in PARSED_FIELDS)
    return "; ".join(f"{name}={value}" for name, value in said if value not in _UNSAID)


if __name__ == "__main__":
    main()

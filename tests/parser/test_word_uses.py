"""The account that a parse gives of every word."""

import pytest

from address_match.models.bundle import load_bundle
from address_match.parser.address_parser import AddressParser
from address_match.parser.word_use import WordUse


@pytest.fixture(scope="module")
def shipped_parser() -> AddressParser:
    return AddressParser.load(load_bundle().parser_path)


@pytest.mark.parametrize(
    ("text", "word", "use"),
    [
        ("12 Elm Road, Leeds", "ELM", WordUse.UNDERSTOOD),
        ("Mr J Smith, 12 Elm Road, Leeds", "SMITH", WordUse.PERSON),
        ("Acme Ltd, 12 Elm Road, Leeds", "ACME", WordUse.BUSINESS),
        ("2 Elm Lane, junction with Oak Row, Leeds", "OAK", WordUse.PLACE),
        ("12 Elm Road, Leeds, United Kingdom", "KINGDOM", WordUse.COUNTRY),
        ("12 Elm Road, Leeds, Wielka Brytania", "BRYTANIA", WordUse.COUNTRY),
        ("Crypt 4, Elm Hall, 12 Elm Road, Leeds", "CRYPT", WordUse.UNKNOWN),
        ("01-Mar, Elm Row, Leeds", "01-MAR", WordUse.UNKNOWN),
        ("Land lying to the north of 12 Elm Road, Leeds", "LYING", WordUse.UNDERSTOOD),
    ],
)
def test_every_word_has_its_use(text: str, word: str, use: WordUse, shipped_parser: AddressParser) -> None:
    parse = shipped_parser.parse(text)
    uses = dict(zip((token.token.text for token in parse.tokens), parse.uses, strict=True))
    assert uses[word] is use

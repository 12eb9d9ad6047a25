"""Texts under labels that a test gives them."""

from address_match.parser.fields.field_reader import FieldReader
from address_match.parser.labels import Label
from address_match.parser.parsed_fields import PARSED_FIELDS
from address_match.parser.tokens import tokenise

_LABELS = {
    "U": Label.SUB_BUILDING,
    "B": Label.BUILDING,
    "N": Label.NUMBER,
    "S": Label.STREET,
    "L": Label.LOCALITY,
    "T": Label.TOWN,
    "P": Label.POSTCODE,
    "O": Label.OTHER,
    "C": Label.ORGANISATION,
    "D": Label.DEPARTMENT,
}


def read_labelled(reader: FieldReader, text: str, labels: str) -> dict[str, str | int]:
    """Return what the words of a text say under labels, a letter each, except for what they leave unsaid."""
    tokens = tokenise(text)
    reading = reader.read(
        [token.text for token in tokens],
        [_LABELS[letter] for letter in labels],
        [token.after_break for token in tokens],
    )
    said = {name: getattr(reading, name) for name in PARSED_FIELDS}
    return {name: value for name, value in said.items() if value not in {"", -1}}

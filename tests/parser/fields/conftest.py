import pytest

from address_match.parser.fields.field_reader import FieldReader
from address_match.parser.lexicon.lexicon import shipped_lexicon


@pytest.fixture(scope="module")
def reader() -> FieldReader:
    return FieldReader(shipped_lexicon())

import pytest

from parser.address_parser import AddressParser
from tests.parser.conftest import made_up_addresses


def test_the_probability_of_a_parse_does_not_depend_on_the_other_texts_of_its_batch(
    parser: AddressParser,
) -> None:
    texts = [sample.text for sample in made_up_addresses(60, seed=5)]
    texts += ["OAK BARN, 11 THE PADDOCK, ELM", "unheard of words alone", "x", f"{'far ' * 60}ze1 4qt"]
    for together in parser.parse_batch(texts):
        alone = parser.parse_batch([together.text])[0]
        assert alone.reading == together.reading
        assert alone.probability == pytest.approx(together.probability, abs=1e-12)

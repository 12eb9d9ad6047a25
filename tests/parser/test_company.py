"""What is read out of a text does not depend on the texts that it is read together with."""

import numpy as np
import pytest

from address_match.parser.address_parser import AddressParser
from address_match.parser.features.templates import context_codes, template_bounds
from address_match.parser.features.token_batch import NO_PHRASE, PHRASE_CODES, TokenBatch, mask_of
from address_match.parser.word_class import CLASS_COUNT
from tests.parser.conftest import made_up_addresses


def _cut(batch: TokenBatch, row: int, width: int) -> TokenBatch:
    rows = slice(row, row + 1)
    return TokenBatch(
        batch.classes[rows, :width],
        batch.breaks[rows, :width],
        batch.phrases[rows, :width],
        batch.lengths[rows],
        batch.values[rows, :width],
    )


def test_the_context_of_a_token_does_not_depend_on_the_length_of_other_texts() -> None:
    rng = np.random.default_rng(6)
    lengths = rng.integers(1, 9, size=300)
    mask = mask_of(np.append(lengths, 30))[:-1]
    batch = TokenBatch(
        np.where(mask, rng.integers(1, CLASS_COUNT, size=mask.shape), 0),
        mask & (rng.random(mask.shape) < 0.3),
        np.where(mask, rng.integers(NO_PHRASE, PHRASE_CODES, size=mask.shape), 0),
        lengths,
        np.where(mask, rng.integers(0, 60, size=mask.shape), 0),
    )
    together = context_codes(batch)
    for row, length in enumerate(lengths.tolist()):
        for template, alone in enumerate(context_codes(_cut(batch, row, length))):
            assert alone[0].tolist() == together[template][row, :length].tolist(), template


def test_the_numbers_of_all_templates_are_exact_in_the_floats_that_multiply_them() -> None:
    assert max(template_bounds()) <= 2 ** (np.finfo(np.float32).nmant + 1)


def test_a_parse_does_not_depend_on_the_other_texts_of_its_batch(parser: AddressParser) -> None:
    texts = [sample.text for sample in made_up_addresses(60, seed=5)]
    texts += ["OAK BARN, 11 THE PADDOCK, ELM", "unheard of words alone", "x", f"{'far ' * 60}ze1 4qt"]
    for together in parser.parse_batch(texts):
        alone = parser.parse_batch([together.text])[0]
        assert alone.fields == together.fields
        assert alone.probability == pytest.approx(together.probability, abs=1e-12)

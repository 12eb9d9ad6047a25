import numpy as np
import pytest

from address_match.models.encoder.static import StaticEncoder
from address_match.models.encoder.static.hashing import TABLE_ROWS

pytest.importorskip("sentence_transformers", reason="needs the extra `train`")

from address_match.models.encoder.static.sentence_module import StaticAddressModule
from address_match.models.encoder.training.recall import (
    QuantisationLoss,
    measure_quantisation_loss,
)
from tests.models.encoder.training.factories import some_pairs


def random_rows() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.random.default_rng(5).standard_normal((TABLE_ROWS, 32)).astype(np.float32)


def test_rounding_even_weights_loses_nothing() -> None:
    module = StaticAddressModule(random_rows())
    measured = measure_quantisation_loss(module.vectors, StaticEncoder(module.table()).encode, some_pairs())
    assert measured == QuantisationLoss(recall_in_full=1.0, recall_rounded=1.0)


def test_weights_that_eight_bits_cannot_hold_are_told_by_the_recall_they_lose() -> None:
    rows = random_rows()
    rows[0] = 10_000
    module = StaticAddressModule(rows)
    measured = measure_quantisation_loss(module.vectors, StaticEncoder(module.table()).encode, some_pairs())
    assert not measured.is_affordable
    assert "eight bits lower recall from 1.0000 to" in str(measured)

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.parser.crf.crfsuite_file import as_written, read_crfsuite_file

WEIGHTS = st.floats() | st.integers(-(10**9), 10**9).map(lambda half_steps: (half_steps + 0.5) / 1e6)


@given(st.lists(WEIGHTS))
def test_a_weight_is_the_number_that_its_six_decimals_are_to_the_last_bit(weights: list[float]) -> None:
    digits = np.array([float(f"{weight:f}") for weight in weights], dtype=np.float64)
    read = as_written(np.array(weights, dtype=np.float64))
    assert read.tobytes() == digits.tobytes()


def test_a_name_that_is_said_to_stand_behind_the_end_is_no_model_file() -> None:
    names = struct.pack("<4s5I", b"CQDB", 28, 0, 0, 1, 24) + struct.pack("<I", 4_000_000_000)
    features = struct.pack("<4s2I", b"FEAT", 12, 0)
    header = struct.pack("<4sI4s4I5I", b"lCRF", 48, b"FOMC", 100, 0, 1, 0, 48, 60, 60, 60, 60)
    with pytest.raises(ValueError, match="not a whole model file"):
        read_crfsuite_file(header + features + names)

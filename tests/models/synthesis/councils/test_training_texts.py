import os
import subprocess
import sys

from address_match.models.synthesis.councils.styles import RESERVED_STYLE, STYLES, TRAINING_STYLES
from address_match.models.synthesis.councils.training_texts import council_texts
from address_match.models.synthesis.country.country import SyntheticCountry

_WRITE = """
from hashlib import sha256
from address_match.models.synthesis.councils.training_texts import council_texts
from address_match.models.synthesis.country.country import SyntheticCountry
print(sha256(repr(list(council_texts(list(SyntheticCountry(3, 400)), 1))).encode()).hexdigest())
"""


def test_the_reserved_style_is_not_among_those_of_the_training() -> None:
    assert {*TRAINING_STYLES, RESERVED_STYLE} == {*STYLES}
    assert RESERVED_STYLE not in TRAINING_STYLES


def test_each_premises_is_written_once_at_most() -> None:
    premises = list(SyntheticCountry(3, 400))
    texts = list(council_texts(premises, 1))
    assert len(premises) / 3 < len(texts) <= len(premises)


def test_the_texts_do_not_depend_on_the_hashes_of_a_process() -> None:
    written = {
        subprocess.run(
            [sys.executable, "-c", _WRITE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(written) == 1

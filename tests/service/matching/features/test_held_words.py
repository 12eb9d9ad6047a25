"""The words of a query that a candidate holds weigh the same in every process."""

import os
import subprocess
import sys

WEIGHED = """
import numpy as np
from address_match.service.matching.features.words.held_words import weights_of_names

class Statistics:
    texts = 1_000_003
    def frequencies(self, ids):
        return 1 + np.abs(ids) % 997

print(weights_of_names(["ALDER BIRCH CEDAR ELM FIR HAZEL HORNBEAM LARCH MAPLE OAK ROWAN YEW"], Statistics())[0].hex())
"""


def weighed_in_a_process(hash_seed: int) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
    command = [sys.executable, "-c", WEIGHED]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_the_weight_of_a_name_does_not_depend_on_the_order_in_which_a_set_gives_its_words() -> None:
    """A sum in another order differs in its last digit, and then nothing left over is not told from next to nothing."""
    assert len({weighed_in_a_process(hash_seed) for hash_seed in range(1, 5)}) == 1

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np
import numpy.typing as npt

from address_match.parser.crf.crfsuite_file import read_crfsuite_file
from address_match.parser.errors import ModelFileError
from address_match.parser.labels import Label

FloatArray = npt.NDArray[np.float64]

_LISTS_AT_ONCE = 256
"""Lists of attributes whose weights are gathered together: many share the cost of a call, and the rows stay in the
cache.
"""


@dataclass(frozen=True, slots=True)
class CrfWeights:
    """What a linear-chain CRF has learned, read out of its file once."""

    labels: tuple[Label, ...]
    transitions: FloatArray
    """(labels, labels): from the row's label to the column's."""
    rows: dict[str, int]
    """Attribute to its row of `states`, 1 or more."""
    states: FloatArray
    """(attributes + 1, labels): what each attribute weighs for each label; row 0 weighs nothing."""

    def sums_of(self, attributes: Sequence[Sequence[str]]) -> FloatArray:
        """Add up the weights of each list of attributes, (lists, labels); unknown ones weigh nothing."""
        sums = np.zeros((len(attributes), len(self.labels)))
        for start in range(0, len(attributes), _LISTS_AT_ONCE):
            known = [
                [row for name in names if (row := self.rows.get(name, 0))]
                for names in attributes[start : start + _LISTS_AT_ONCE]
            ]
            # Sums of columns run from the first attribute to the last, however many lists there are.
            columns = np.array(list(zip_longest(*known, fillvalue=0)), dtype=np.int64).reshape(-1, len(known))
            self.states[columns].sum(axis=0, out=sums[start : start + len(known)])
        return sums


def read_weights(path: Path) -> CrfWeights:
    """Read CRFsuite's own model file.

    Raises ModelFileError when the file is missing, is none, or knows labels that are not ours.
    """
    if not path.is_file():
        raise ModelFileError(f"no parser model at {path}: train one or give the path of a model file")
    try:
        file = read_crfsuite_file(path.read_bytes())
    except ValueError as error:
        raise ModelFileError(f"{path} is not a model file of CRFsuite: train the parser again") from error
    if unknown := sorted(set(file.labels) - set(Label)):
        raise ModelFileError(
            f"{path} has the labels {unknown}, which this parser does not know: train it again"
        )
    transitions = np.zeros((len(file.labels), len(file.labels)))
    transitions[file.transitions.source, file.transitions.label] = file.transitions.weight
    states = np.zeros((len(file.attributes) + 1, len(file.labels)))
    states[file.states.source + 1, file.states.label] = file.states.weight
    rows = {name: row for row, name in enumerate(file.attributes, 1)}
    return CrfWeights(tuple(map(Label, file.labels)), transitions, rows, states)

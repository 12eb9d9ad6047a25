import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pycrfsuite

from parser.errors import ModelFileError
from parser.labels import Label

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CrfWeights:
    """What a linear-chain CRF has learned, read out of its file once."""

    labels: tuple[Label, ...]
    transitions: FloatArray
    """(labels, labels): from the row's label to the column's."""
    states: dict[str, FloatArray]
    """Attribute to its weight for each label, (labels,)."""

    def sum_of(self, attributes: list[str]) -> FloatArray:
        """Add up the weights of attributes; unknown ones weigh nothing."""
        total = np.zeros(len(self.labels))
        for name in attributes:
            row = self.states.get(name)
            if row is not None:
                total += row
        return total


def read_weights(path: Path) -> CrfWeights:
    """Read CRFsuite's own model file.

    Raises ModelFileError when the file is missing, is none, or knows labels that are not ours.
    """
    tagger = pycrfsuite.Tagger()
    if not path.is_file():
        raise ModelFileError(f"no parser model at {path}: train one or give the path of a model file")
    try:
        tagger.open(str(path))
    except ValueError as error:
        raise ModelFileError(f"{path} is not a model file of CRFsuite: train the parser again") from error
    try:
        info = tagger.info()
    except (RuntimeError, OSError) as error:
        raise ModelFileError(
            f"{path} could not be read through a file in {tempfile.gettempdir()}, which may be full ({error}): free some "
            "disk there, or name another folder with TMPDIR"
        ) from error
    tagger.close()
    unknown = sorted(set(info.labels) - set(Label))
    if unknown:
        raise ModelFileError(
            f"{path} has the labels {unknown}, which this parser does not know: train it again"
        )
    labels = tuple(Label(name) for name in sorted(info.labels, key=lambda name: int(info.labels[name])))
    place = {label.value: i for i, label in enumerate(labels)}
    transitions = np.zeros((len(labels), len(labels)))
    for (before, after), weight in info.transitions.items():
        transitions[place[before], place[after]] = weight
    states: dict[str, FloatArray] = {}
    for (name, label), weight in info.state_features.items():
        row = states.get(name)
        if row is None:
            row = states[name] = np.zeros(len(labels))
        row[place[label]] = weight
    return CrfWeights(labels, transitions, states)

"""Reading the weights of a model."""

from pathlib import Path

import pycrfsuite
import pytest

from address_match.parser.crf.weights import read_weights
from address_match.parser.errors import ModelFileError


def test_weights_are_those_that_crfsuite_tells_of(model_file: Path) -> None:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model_file))
    told = tagger.info()
    weights = read_weights(model_file)
    labels = [label.value for label in weights.labels]
    assert {name: int(number) for name, number in told.labels.items()} == {n: i for i, n in enumerate(labels)}
    held = {
        (before, after): weights.transitions[i, j]
        for i, before in enumerate(labels)
        for j, after in enumerate(labels)
        if (before, after) in told.transitions
    }
    assert held == told.transitions
    assert (weights.transitions != 0).sum() <= len(told.transitions)
    states = {
        (name, label): weights.states[weights.rows[name], labels.index(label)]
        for name, label in told.state_features
    }
    assert states == told.state_features
    assert (weights.states != 0).sum() <= len(told.state_features)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.99])
def test_a_part_of_a_model_file_is_refused(model_file: Path, tmp_path: Path, share: float) -> None:
    content = model_file.read_bytes()
    (tmp_path / "part").write_bytes(content[: int(share * len(content))])
    with pytest.raises(ModelFileError, match="not a model file"):
        read_weights(tmp_path / "part")

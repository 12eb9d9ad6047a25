from pathlib import Path

import pycrfsuite
import pytest

from address_match.parser.crf.model_text import model_text

_CUT = "LABELS = {\n      0: Other\n}\n\nTRANSITIONS = {\n}\n\nSTATE_FEATURES = {\n  (0) a --> Other: 0.1"


class _TaggerOnAFullDisk:
    def dump(self, file: str) -> None:
        Path(file).write_text(_CUT, encoding="utf-8")


@pytest.fixture
def tagger(tmp_path: Path) -> pycrfsuite.Tagger:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.append([["a --> b: 1.0", "x"], [" } = {"]], ["Other", "Town Name"])
    trainer.train(str(tmp_path / "model"))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(tmp_path / "model"))
    return tagger


def test_the_text_says_what_crfsuite_says_of_its_model(tagger: pycrfsuite.Tagger) -> None:
    model, info = model_text(tagger), tagger.info()
    assert model.labels == list(info.labels)
    assert {(a, b): float(weight) for a, b, weight in model.transitions} == info.transitions
    assert [(a, b, float(w)) for a, b, w in model.states] == [
        (*names, weight) for names, weight in info.state_features.items()
    ]


def test_a_text_that_ends_too_early_is_no_model() -> None:
    with pytest.raises(OSError, match="only 89 characters"):
        model_text(_TaggerOnAFullDisk())

from pathlib import Path
from random import Random

import pycrfsuite

from address_match.parser.crf.training import CorpusSection, train, training_sequences
from address_match.parser.lexicon.lexicon import shipped_lexicon
from tests.parser.conftest import made_up_addresses

PARAMETERS = {
    "c1": 0.3,
    "c2": 0.02,
    "max_iterations": 8,
    "feature.minfreq": 4.0,
    "feature.possible_transitions": True,
    "epsilon": 1e-4,
    "delta": 1e-4,
}


def test_the_model_is_the_one_that_crfsuite_itself_makes(tmp_path: Path) -> None:
    texts = made_up_addresses(60, seed=1)
    report = train([CorpusSection(texts)], tmp_path / "ours", seed=3, max_iterations=8)
    rng = Random(3)
    rng.shuffle(texts)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=PARAMETERS, verbose=False)
    for attributes, labels in training_sequences(texts, shipped_lexicon(), withhold=rng):
        trainer.append(attributes, labels)
    trainer.train(str(tmp_path / "theirs"))
    assert (tmp_path / "ours").read_bytes() == (tmp_path / "theirs").read_bytes()
    assert report.texts == 60
    assert report.features == trainer.logparser.last_iteration["active_features"]

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pycrfsuite
import pytest

from address_match.parser.crf.marginals import messages
from address_match.parser.crf.model import CrfModel
from address_match.parser.crf.training import training_sequences
from address_match.parser.crf.viterbi import best_paths
from address_match.parser.labelled_text import LabelledText
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.tokens import words_of
from tests.parser.conftest import made_up_addresses

_ODD = ["12 elm rd", "x", "LS1 2AB flat 3 99 unheard of street bath", "?? 7 7 7 milton keynes, , elm"]


def test_labels_and_probabilities_of_texts_as_they_are_written_are_those_of_crfsuite(
    model_file: Path,
) -> None:
    texts = [*_ODD, *(sample.text for sample in made_up_addresses(60, seed=2))]
    crf, tagger = CrfModel.load(model_file, shipped_lexicon()), pycrfsuite.Tagger()
    tagger.open(str(model_file))
    sequences = training_sequences([LabelledText(text, ()) for text in texts], shipped_lexicon())
    found = crf.labellings(crf.emissions([words_of(text) for text in texts]))
    for row, (attributes, _) in enumerate(sequences):
        labels = tagger.tag(attributes)
        assert [crf.labels[number].value for number in found.labels[row, 0, : len(labels)]] == labels
        assert found.probabilities[row, 0] == pytest.approx(tagger.probability(labels), abs=1e-4)
        for place, label in enumerate(labels):
            assert found.certainties[row, place] == pytest.approx(tagger.marginal(label, place), abs=1e-4)


def _every_labelling(emissions: np.ndarray, transitions: np.ndarray) -> list[tuple[float, tuple[int, ...]]]:
    length, size = emissions.shape
    score_pairs = []
    for labels in product(range(size), repeat=length):
        score = sum(emissions[i, label] for i, label in enumerate(labels))
        score += sum(transitions[a, b] for a, b in pairwise(labels))
        score_pairs.append((float(score), labels))
    return sorted(score_pairs, reverse=True)


def test_the_n_best_labellings_are_exact_for_texts_of_unequal_length() -> None:
    rng = np.random.default_rng(3)
    emissions, transitions = rng.normal(size=(4, 5, 3)), rng.normal(size=(3, 3))
    lengths = np.array([5, 1, 3, 2])
    paths = best_paths(emissions, transitions, lengths, count=4)
    for row, length in enumerate(lengths):
        expected = _every_labelling(emissions[row, :length], transitions)[:4]
        for place, (score, labels) in enumerate(expected):
            assert paths.scores[row, place] == pytest.approx(score)
            assert tuple(paths.labels[row, place, :length]) == labels


def test_of_labellings_that_score_alike_the_first_labels_come_first() -> None:
    paths = best_paths(np.zeros((1, 2, 2)), np.zeros((2, 2)), np.array([2]), count=4)
    assert paths.labels[0].tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]


def test_marginals_and_the_total_are_those_of_all_labellings() -> None:
    rng = np.random.default_rng(4)
    emissions, transitions = rng.normal(size=(2, 4, 3)) * 5, rng.normal(size=(3, 3)) * 3
    found = messages(emissions, transitions, np.array([4, 2]))
    for row, length in enumerate((4, 2)):
        score_pairs = _every_labelling(emissions[row, :length], transitions)
        total = np.log(sum(np.exp(score) for score, _ in score_pairs))
        assert found.log_total[row] == pytest.approx(total)
        first = sum(np.exp(score - total) for score, labels in score_pairs if labels[0] == 1)
        assert (found.forward * found.backward)[row, 0, 1] == pytest.approx(first)


def test_the_best_labelling_is_the_first_of_the_n_best_whatever_the_length() -> None:
    rng = np.random.default_rng(5)
    emissions, transitions = rng.normal(size=(6, 7, 4)), rng.normal(size=(4, 4))
    lengths = np.array([7, 1, 3, 2, 6, 7])
    single = best_paths(emissions, transitions, lengths, count=1)
    several = best_paths(emissions, transitions, lengths, count=3)
    for row, length in enumerate(lengths):
        assert single.labels[row, 0, :length].tolist() == several.labels[row, 0, :length].tolist()
        assert single.scores[row, 0] == pytest.approx(several.scores[row, 0])


def test_the_probability_of_a_run_is_that_of_all_labellings_with_just_that_run() -> None:
    rng = np.random.default_rng(6)
    emissions, transitions = rng.normal(size=(3, 5, 3)) * 2, rng.normal(size=(3, 3))
    lengths = np.array([5, 1, 3])
    labels = best_paths(emissions, transitions, lengths, count=1).labels[:, 0]
    runs = messages(emissions, transitions, lengths).along(labels).runs
    for text, start, end, probability in zip(*(column.tolist() for column in runs), strict=True):
        length, label = int(lengths[text]), int(labels[text, start])
        score_pairs = _every_labelling(emissions[text, :length], transitions)
        total = sum(np.exp(score) for score, _ in score_pairs)
        alike = sum(np.exp(score) for score, path in score_pairs if _has_run(path, label, start, end))
        assert probability == pytest.approx(alike / total)


def _has_run(path: tuple[int, ...], label: int, start: int, end: int) -> bool:
    beside = [path[place] for place in (start - 1, end + 1) if 0 <= place < len(path)]
    return set(path[start : end + 1]) == {label} and label not in beside


def test_a_very_long_text_keeps_its_probabilities_finite() -> None:
    emissions = np.full((1, 5000, 3), 40.0)
    found = messages(emissions, np.zeros((3, 3)), np.array([5000]))
    assert np.allclose(found.forward * found.backward, 1 / 3)

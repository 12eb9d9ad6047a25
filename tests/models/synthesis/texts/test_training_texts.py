from random import Random

from address_match.models.synthesis.texts.training_texts import text_pair, text_pairs, training_texts
from address_match.parser.labels import Label
from tests.models.synthesis.noise.factories import premises

HOUSE = premises()


def test_each_premises_gives_one_labelled_text() -> None:
    texts = list(training_texts([HOUSE] * 50, Random(1)))
    assert len(texts) == 50
    assert len({one.text for one in texts}) > 30


def test_the_street_is_labelled_in_every_training_text() -> None:
    for one in training_texts([HOUSE] * 200, Random(2)):
        assert Label.STREET in {span.label for span in one.spans}


def test_a_pair_is_two_different_texts() -> None:
    assert all(first != second for first, second in text_pairs([HOUSE] * 200, Random(3)))


def test_a_pair_comes_again_with_the_same_seed() -> None:
    assert text_pair(HOUSE, Random(4)) == text_pair(HOUSE, Random(4))


def test_premises_without_a_text_are_written_from_their_facts() -> None:
    bare = premises(number=31)
    assert "31" in text_pair(bare, Random(0))[0]

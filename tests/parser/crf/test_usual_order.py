from address_match.parser.crf.usual_order import in_order, usual_order
from address_match.parser.labels import Label
from address_match.parser.tokens import Words


def test_runs_stand_in_the_usual_order_and_their_words_together() -> None:
    labels = [Label.TOWN, Label.TOWN, Label.STREET, Label.STREET, Label.NUMBER]
    assert usual_order(labels, [False] * 5) == [4, 2, 3, 0, 1]


def test_a_text_in_the_usual_order_stays_wherever_its_other_words_stand() -> None:
    labels = [Label.NUMBER, Label.STREET, Label.OTHER, Label.POSTCODE, Label.OTHER]
    assert usual_order(labels, [False] * 5) == [0, 1, 2, 3, 4]


def test_a_text_that_says_its_number_twice_stays() -> None:
    labels = [Label.NUMBER, Label.STREET, Label.NUMBER, Label.STREET, Label.TOWN]
    assert usual_order(labels, [False] * 5) == [0, 1, 2, 3, 4]


def test_commas_go_with_the_words_behind_them_and_none_stands_first() -> None:
    words = Words(["LEEDS", "12", "ELM", "ROAD"], [False, True, False, False])
    assert in_order(words, [1, 2, 3, 0]) == Words(["12", "ELM", "ROAD", "LEEDS"], [False, False, False, True])


def test_a_text_without_commas_gets_none() -> None:
    words = Words(["LEEDS", "12", "ELM", "ROAD"], [False] * 4)
    assert in_order(words, [1, 2, 3, 0]).breaks == [False] * 4

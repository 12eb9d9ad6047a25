from random import Random

from address_match.models.synthesis.country.vocabulary import vocabulary


def test_the_words_of_a_form_are_drawn_from_the_left_to_the_right() -> None:
    words, one, other = vocabulary(), Random(5), Random(5)
    filled = words.fill("{surname} {trees} {tail}", "E", one, tail="COURT")
    assert filled == f"{words.surname(other)} {words.pick('trees', other)} COURT"


def test_of_several_given_words_one_is_chosen() -> None:
    filled = {vocabulary().fill("{before}", "E", Random(seed), before=("OLD", "NEW")) for seed in range(20)}
    assert filled == {"OLD", "NEW"}

import pytest

from address_match.service.lookup.classification_words import classification_words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("RD04", "Terraced"),
        ("CR02PO", "Post Office"),
        ("CR08", "Shop / Showroom"),
        ("CR0899", "Shop / Showroom"),
        ("R", "Residential"),
        ("RZ77", "Residential"),
        ("9", ""),
        ("", ""),
    ],
)
def test_a_code_has_the_words_of_the_longest_known_class_that_it_begins_with(code: str, words: str) -> None:
    assert classification_words(code) == words

import pytest

from address_match.service.lookup.typed_text import TypedText


@pytest.mark.parametrize(
    ("text", "words", "prefix", "numbers"),
    [
        ("12 mill la", ("MILL",), "LA", ("12",)),
        ("12 mill lane ", ("MILL", "LANE"), "", ("12",)),
        ("mill lane 1", ("MILL", "LANE"), "", ("1",)),
        ("58 a mill", (), "MILL", ("58A",)),
        ("58 a", (), "A", ("58",)),
        ("flat c 44 mill", (), "MILL", ("C", "44")),
        ("unit a3 mill ", ("MILL",), "", ("A3",)),
        ("131-133 warren", (), "WARREN", ("131",)),
        ("21 the dale ", ("DALE",), "", ("21",)),
        ("the", (), "THE", ()),
        ("flat ", (), "", ()),
        ("1st ave", ("1ST",), "AVE", ()),
        ("lon y fel", ("LON", "Y"), "FEL", ()),
        ("12 mill la ab1", ("MILL",), "LA", ("12",)),
        ("", (), "", ()),
    ],
)
def test_names_are_told_from_numbers(
    text: str, words: tuple[str, ...], prefix: str, numbers: tuple[str, ...]
) -> None:
    typed = TypedText.of(text)
    assert (typed.words, typed.prefix, typed.numbers) == (words, prefix, numbers)


@pytest.mark.parametrize(
    ("text", "postcode"),
    [("ab1", "AB1"), ("mill lane ab1 2c", "AB1 2C"), ("12 ab12cd", "AB1 2CD"), ("mill lane", "")],
)
def test_the_start_of_a_postcode_is_read_at_the_end(text: str, postcode: str) -> None:
    assert TypedText.of(text).postcode == postcode


@pytest.mark.parametrize(
    ("text", "begun"),
    [("mill lane 1", True), ("mill lane 1 ", False), ("1 mill", False), ("mill lane 1 ab1 2cd", False)],
)
def test_a_number_may_go_on_where_it_is_the_last_that_is_typed(text: str, begun: bool) -> None:  # noqa: FBT001 - a table
    assert TypedText.of(text).is_number_begun is begun

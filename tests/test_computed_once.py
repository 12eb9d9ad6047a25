from address_match.computed_once import computed_once


class Counted:
    """Counts how often its value is computed."""

    def __init__(self) -> None:
        self.times = 0

    @computed_once
    def value(self) -> int:
        """A number."""
        self.times += 1
        return 7


def test_a_value_is_computed_when_it_is_first_asked_for_and_kept() -> None:
    counted = Counted()
    assert counted.times == 0
    assert (counted.value, counted.value, counted.times) == (7, 7, 1)


def test_each_instance_has_its_own() -> None:
    first, second = Counted(), Counted()
    assert (first.value, second.value, second.times) == (7, 7, 1)

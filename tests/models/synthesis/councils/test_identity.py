import pytest

from address_match.models.synthesis.councils.identity import names_the_premises

_FLAT = {"subname": "FLAT A", "number": "12"}
_FLOOR = {"subname": "GROUND FLOOR FLAT", "number": "12"}


def _written(sub: str = "", number: str = "", name: str = "") -> dict[str, str]:
    return {"sub": sub, "number": number, "name": name}


@pytest.mark.parametrize(
    ("record", "written"),
    [
        (_FLAT, _written("FLAT A 2ND FLOOR", "12")),
        (_FLAT, _written(number="12A")),
        (_FLAT, _written("FLAT A", name="ELM HOUSE")),
        (_FLOOR, _written("GND FLR FLAT", "12")),
    ],
)
def test_another_notation_names_the_premises(record: dict[str, str], written: dict[str, str]) -> None:
    assert names_the_premises(record, written)


@pytest.mark.parametrize(
    ("record", "written"),
    [
        (_FLAT, _written(number="12")),
        (_FLAT, _written("FLAT A", "13")),
        (_FLAT, _written("FLAT A")),
        (_FLOOR, _written(number="12")),
        ({"subname": "", "number": "12"}, _written("FLAT 3", "12")),
    ],
)
def test_a_lost_or_changed_flat_or_number_does_not(record: dict[str, str], written: dict[str, str]) -> None:
    assert not names_the_premises(record, written)

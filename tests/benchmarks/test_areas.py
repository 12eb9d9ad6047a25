from address_match.service.training.size import TrainingSize
from benchmarks.areas import Halves, scaled


def row(postcode: str) -> dict[str, str]:
    return {"uprn": postcode, "address": "1 MILL LANE", "postcode": postcode}


def test_no_postcode_area_stands_in_both_halves() -> None:
    rows = [row(f"{area}{i} 4QT") for area in ("ZE", "ZA", "Z", "QX", "XB") for i in range(1, 9)]
    halves = Halves.of(rows)
    areas = [
        {one["postcode"].rstrip("0123456789 QT") for one in half} for half in (halves.learned, halves.asked)
    ]
    assert areas[0] & areas[1] == set()
    assert len(halves.learned) + len(halves.asked) == len(rows)


def test_a_row_without_a_postcode_belongs_to_neither_half() -> None:
    assert Halves.of([row(""), row("unknown")]) == Halves((), ())


def test_less_effort_leaves_the_pairs_of_features_as_they_are() -> None:
    size = scaled(TrainingSize(premises=1_000, interactions=40), 0.25)
    assert (size.premises, size.interactions) == (250, 40)

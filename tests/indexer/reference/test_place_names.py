import pyarrow as pa

from address_match.indexer.reference.place_names import MOST_NAMES, place_names


def names_of(rows: list[tuple[str, str, str, str, str]]) -> list[str]:
    """Name the places of rows of uprn, locality, town, county and postcode."""
    columns = list(zip(*rows, strict=True))
    table = pa.table(
        {
            n: pa.array(c, pa.string())
            for n, c in zip(("uprn", "locality", "town", "county"), columns, strict=False)
        }
    )
    named: list[str] = place_names(table, pa.array(columns[4], pa.string())).to_pylist()
    return named


def test_texts_of_one_sector_share_the_names_that_any_of_them_says() -> None:
    rows = [
        ("1", "", "ABERTAWE", "", "SA11AA"),
        ("2", "", "ABERTAWE", "", "SA11AB"),
        ("3", "", "SWANSEA", "", "SA11AC"),
        ("4", "", "SWANSEA", "", "SA11AA"),
        ("5", "", "CARDIFF", "", "CF11AA"),
        ("6", "", "CARDIFF", "", "CF11AA"),
    ]
    assert names_of(rows) == ["ABERTAWE|SWANSEA"] * 4 + ["CARDIFF"] * 2


def test_a_name_that_one_premises_says_is_no_name_of_the_sector() -> None:
    rows = [
        ("1", "", "LEEDS", "", "LS11AA"),
        ("2", "", "LEEDS", "", "LS11AA"),
        ("1", "", "LEDS", "", "LS11AA"),
    ]
    assert set(names_of(rows)) == {"LEEDS"}


def test_a_text_without_a_postcode_has_no_other_names() -> None:
    assert names_of([("1", "", "LEEDS", "", ""), ("2", "", "LEEDS", "", "")]) == ["", ""]


def test_a_sector_has_a_bounded_number_of_names() -> None:
    rows = [(str(i), f"PLACE {i // 2}", "LEEDS", "", "LS11AA") for i in range(60)]
    assert len(names_of(rows)[0].split("|")) == MOST_NAMES

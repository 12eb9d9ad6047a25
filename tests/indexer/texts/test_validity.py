from datetime import date

import pyarrow as pa
import pytest

from address_match.indexer.texts.validity import valid_at


@pytest.mark.parametrize(
    ("start", "end", "valid"),
    [
        ("", "", True),
        ("2021-03-21", "", True),
        ("2021-03-22", "", False),
        ("", "2021-03-21", True),
        ("", "2021-03-20", False),
        ("2001-01-01", "2030-01-01", True),
        ("2001-01-01T10:00:00", "2021-03-21T10:00:00", True),
        ("22/03/2021", "1 May 1990", True),
    ],
)
def test_a_text_is_valid_from_its_first_day_to_its_last_and_without_dates_always(
    start: str, end: str, *, valid: bool
) -> None:
    texts = pa.table({"valid_from": [start], "valid_to": [end]})
    assert valid_at(texts, date(2021, 3, 21)).tolist() == [valid]


def test_of_no_texts_there_is_nothing_to_say() -> None:
    texts = pa.table({"valid_from": pa.array([], pa.string()), "valid_to": pa.array([], pa.string())})
    assert valid_at(texts, date(2021, 3, 21)).tolist() == []

import pyarrow as pa
import pytest

from address_match.indexer.errors import SourceError
from address_match.indexer.reference.shared_values import refuse_shared_values


def texts(rows: list[tuple[str, str]]) -> pa.Table:
    uprns, addresses = zip(*rows, strict=True)
    return pa.table({"uprn": uprns, "address": addresses})


ONE_IDENTIFIER = [("200", f"{n} MILL LANE") for n in range(13)] + [
    (str(n), f"{n} OAST ROW") for n in range(12)
]
ONE_TEXT = [(str(n), "MILL LANE") for n in range(13)] + [(str(100 + n), f"{n} OAST ROW") for n in range(12)]


def test_a_reference_of_which_most_rows_share_an_identifier_is_refused() -> None:
    with pytest.raises(
        SourceError, match=r"13 of 25 usable rows that share one identifier.*\[columns\] uprn"
    ):
        refuse_shared_values(texts(ONE_IDENTIFIER), (), "a.csv")


def test_a_reference_of_which_most_rows_share_a_text_is_refused() -> None:
    with pytest.raises(SourceError, match=r"13 of 25 usable rows that share one text.*\[columns\] address"):
        refuse_shared_values(texts(ONE_TEXT), (), "a.csv")


def test_columns_that_a_mapping_names_are_taken_at_its_word() -> None:
    refuse_shared_values(texts(ONE_IDENTIFIER), {"uprn"}, "a.csv")


def test_half_of_the_rows_and_a_small_reference_may_share_an_identifier() -> None:
    refuse_shared_values(texts([*ONE_IDENTIFIER, ("12", "12 OAST ROW")]), (), "a.csv")
    refuse_shared_values(texts(ONE_IDENTIFIER[:19]), (), "a.csv")

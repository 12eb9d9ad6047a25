import pytest

from address_match.service.batch.uprn_audit.given_column import given_column, held_form
from address_match.service.errors import UsageError


@pytest.mark.parametrize("written", ["2001", "2001.0", "2,001", "'2001", '="2001"', " 2001 ", "000000002001"])
def test_an_identifier_is_found_as_a_spreadsheet_or_a_register_writes_it(written: str) -> None:
    assert held_form(written, {"2001"}) == "2001"
    assert held_form(written, {"000000002001"}) == "000000002001"


@pytest.mark.parametrize("written", ["", "2002", "2.00001E+11", "A.0", "\u0662"])
def test_what_is_not_held_or_lost_digits_is_not_found(written: str) -> None:
    assert held_form(written, {"2001", "200001000000"}) == ""


def test_an_identifier_that_is_held_as_it_stands_goes_before_its_other_forms() -> None:
    assert held_form("0200", {"0200", "200"}) == "0200"


@pytest.mark.parametrize(
    ("columns", "message"), [(["address"], "no column 'uprn'"), (["UPRN", "uprn"], "2 columns")]
)
def test_a_column_that_is_missing_or_there_twice_is_refused(columns: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        given_column(columns, "uprn")

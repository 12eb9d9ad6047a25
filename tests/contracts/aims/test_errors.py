"""Every request of the table is answered with its status and its code, the first check that fails, alone."""

import pytest

from tests.contracts.aims.services import Services, first_code
from tests.contracts.aims.tables import ErrorRow, error_rows

OTHERWISE = {
    "router.rh-gone": "the three paths of the respondents' home are answered, for clients of 2021",
    "router.query-debug-no-input": "the engine's query is not shown",
}
"""Rows that are knowingly answered otherwise."""


def rows() -> list[object]:
    return [
        pytest.param(
            row,
            id=row.case,
            marks=[pytest.mark.xfail(reason=OTHERWISE[row.case], strict=True)]
            if row.case in OTHERWISE
            else [],
        )
        for row in error_rows()
    ]


def test_the_table_is_whole() -> None:
    assert len(error_rows()) == 915


@pytest.mark.parametrize("row", rows())
def test_a_request_is_answered_as_aims_does(row: ErrorRow, asked: Services) -> None:
    answer = asked.for_row(row).ask(row.method, row.request, row.body, row.headers)
    assert answer.status_code == row.status
    is_json = answer.headers["content-type"].startswith("application/json")
    assert (first_code(answer.json()) if is_json else 0) == row.code

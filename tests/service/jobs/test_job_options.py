from datetime import date

import pytest

from address_match.service.cli.program.command_line import command_line
from address_match.service.jobs.job_options import JobOptions, ResultFormat

ALL = JobOptions(
    columns=("street", "town"),
    layout="epc",
    sheet="2",
    delimiter=";",
    encoding="cp1252",
    header=False,
    precision=0.98,
    threshold="off",
    absence_prior="auto",
    places="MALTON",
    fields=("postcode", "status"),
    audit="uprn",
    as_at="2021-03-21",
    top=3,
    thorough=True,
    explain=True,
    estimate_precision=True,
    spreadsheet=True,
    outputs=(ResultFormat.XLSX, ResultFormat.CSV),
)


def test_match_reads_all_options_as_they_were_chosen() -> None:
    read = command_line().parse_args(["match", "in.csv", "--out=out.csv", *ALL.of_matching()])
    assert (read.columns, read.layout, read.sheet, read.delimiter) == (["street", "town"], "epc", "2", ";")
    assert (read.encoding, read.header, read.precision, read.threshold) == ("cp1252", False, 0.98, "off")
    assert (read.absence_prior, read.places, read.top) == ("auto", ["MALTON"], 3)
    assert (read.fields, read.audit) == (["postcode", "status"], "uprn")
    assert read.as_at == date(2021, 3, 21)
    assert (read.thorough, read.explain, read.estimate_precision) == (True, True, True)


def test_what_was_not_chosen_is_left_to_match() -> None:
    assert JobOptions().of_matching() == []


@pytest.mark.parametrize("value", ["--force", "-", "--out=elsewhere"])
def test_no_value_is_taken_for_an_option(value: str) -> None:
    read = command_line().parse_args(
        ["match", "in.csv", "--out=out.csv", *JobOptions(layout=value).of_matching()]
    )
    assert (read.layout, read.out, read.force) == (value, "out.csv", False)


def test_options_come_back_from_their_record() -> None:
    assert JobOptions.from_json(ALL.as_json()) == ALL

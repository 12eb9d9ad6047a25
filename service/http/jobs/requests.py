"""What is asked of jobs over the wire, in a body or in the parameters of a URL."""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from address_match.service.batch.output.held_columns import KNOWN_FIELDS
from address_match.service.http.addresses.requests import (
    AS_AT,
    DayText,
    NamedAddresses,
)
from address_match.service.http.routing.strict_request import AddressText, Request
from address_match.service.http.routing.url_values import (
    WrittenBoolean,
    WrittenInteger,
    WrittenNumber,
)
from address_match.service.jobs.job_options import JobOptions, ResultFormat
from address_match.service.lifecycle.labels.verdict import MOST_NOTE, Verdict
from address_match.service.wire.answer import EXAMPLE
from address_match.service.written_names import names_in

MOST_NAME = 200
_SHARE = r"(0?\.[0-9]{1,6})"


def _known_formats(written: str) -> str:
    """Refuse formats that no result is written in; the name is not repeated."""
    names = names_in(written)
    if not names or not set(names) <= set(ResultFormat):
        raise PydanticCustomError(
            "unknown_format", "a format is not one of {known}", {"known": ", ".join(ResultFormat)}
        )
    return written


def _addable_fields(written: str) -> str:
    """Refuse names of what cannot be added to a row; the name is not repeated."""
    if not set(names_in(written)) <= set(KNOWN_FIELDS):
        raise PydanticCustomError(
            "unknown_field", "a field is not one of {known}", {"known": ", ".join(KNOWN_FIELDS)}
        )
    return written


def _named(written: str) -> str:
    """Read who somebody is: some words in one line."""
    name = " ".join(written.split())
    if not name or not name.isprintable():
        raise PydanticCustomError("no_name", "a name of some words in one line is needed")
    return name


def _in_one_line(written: str) -> str:
    """Read words in one line, of which each character is seen; the words are not repeated."""
    line = " ".join(written.split())
    if not line.isprintable():
        raise PydanticCustomError(
            "unseen_characters", "words in one line are needed, without unseen characters"
        )
    return line


CoderName = Annotated[AddressText, AfterValidator(_named)]
VerdictWord = Literal["right", "other premises", "not in the reference", "cannot tell", ""]


class OptionsRequest(Request):
    """How a file is read and matched, in the words of `address-match match`."""

    model_config = ConfigDict(
        strict=True, json_schema_extra={"examples": [{"columns": "street,town,postcode", "precision": 0.99}]}
    )

    name: AddressText = Field(
        "", max_length=MOST_NAME, description="What to call the job; as it is, if empty."
    )
    columns: AddressText = Field(
        "",
        max_length=5_000,
        description="Columns that make the address, in their order, with commas between, a name that holds a comma in quotes; found if empty.",
    )
    layout: AddressText = Field(
        "", max_length=100, description="A layout that `index layouts` lists; told by the columns if empty."
    )
    sheet: AddressText = Field(
        "",
        max_length=100,
        description="Of a workbook, by its name or number; the first with addresses if empty.",
    )
    delimiter: AddressText = Field(
        "", max_length=3, description="Of text, one character or `tab`; detected if empty."
    )
    encoding: AddressText = Field(
        "", max_length=40, description="Of text, `cp1252` for one; detected if empty."
    )
    header: bool = Field(True, description="Whether the file has a line with the names of its columns.")
    precision: float = Field(
        0.0,
        ge=0,
        lt=1,
        description="Share of the matched that shall be right, .9 to .999; that of the service if 0.",
    )
    threshold: str = Field(
        "",
        pattern=rf"^(auto|off|{_SHARE})?$",
        description="Least probability of a match, `auto` or `off`.",
        examples=["auto"],
    )
    absence_prior: str = Field(
        "",
        pattern=rf"^(auto|{_SHARE})?$",
        description="Share of the addresses that the reference is expected not to hold, .01 to .95, or `auto`.",
        examples=["auto"],
    )
    places: AddressText = Field(
        "",
        max_length=1_000,
        description="Towns in which all rows lie, with commas between, `auto` or `off`.",
        examples=["off"],
    )
    fields: Annotated[str, AfterValidator(_addable_fields)] = Field(
        "",
        max_length=200,
        description="What the reference holds that is added to each row, with commas between.",
        examples=["postcode,classification"],
    )
    audit: AddressText = Field(
        "",
        max_length=200,
        description="A column with identifiers, to be judged by the answers; none if empty.",
    )
    as_at: DayText = AS_AT
    top: int = Field(0, ge=0, le=100, description="Candidates to list for each row; none if 0.")
    thorough: bool = Field(False, description="Search every channel even where the postcode settles it.")
    explain: bool = Field(False, description="Say of each row what its answer rests on.")
    estimate_precision: bool = Field(
        False, description="Say in the summary how many of the matched are expected to be right."
    )
    spreadsheet: bool = Field(False, description="Guard CSV and TSV against formulas.")
    notify: AddressText = Field(
        "",
        max_length=500,
        description="A URL that is told when the job is done or has failed, by a POST of its id and state; of an origin that the service allows.",
    )
    outputs: Annotated[str, AfterValidator(_known_formats)] = Field(
        "csv",
        max_length=100,
        description=f"Formats of the result, with commas between: {', '.join(ResultFormat)}.",
        examples=["csv,xlsx"],
    )

    def options(self) -> JobOptions:
        """Return the options of the job."""
        said = {name: getattr(self, name) for name in JobOptions.__dataclass_fields__}
        outputs = tuple(dict.fromkeys(ResultFormat(name) for name in names_in(self.outputs)))
        names = {"columns": names_in(self.columns), "fields": tuple(dict.fromkeys(names_in(self.fields)))}
        return JobOptions(**{**said, **names, "outputs": outputs})


class FileParameters(OptionsRequest):
    """A file that is sent, in the parameters of a URL; the body is the file itself."""

    name: AddressText = Field(
        min_length=1,
        max_length=MOST_NAME,
        description="Name of the file, or its end alone: it says what kind of file it is.",
        examples=["addresses.csv"],
    )
    hold: WrittenBoolean = Field(False, description="Keep the file, and wait for `start`.")
    header: WrittenBoolean = Field(
        True, description="Whether the file has a line with the names of its columns."
    )
    precision: WrittenNumber = Field(
        0.0,
        ge=0,
        lt=1,
        description="Share of the matched that shall be right, .9 to .999; that of the service if 0.",
    )
    top: WrittenInteger = Field(0, ge=0, le=100, description="Candidates to list for each row; none if 0.")
    thorough: WrittenBoolean = Field(
        False, description="Search every channel even where the postcode settles it."
    )
    explain: WrittenBoolean = Field(False, description="Say of each row what its answer rests on.")
    estimate_precision: WrittenBoolean = Field(
        False, description="Say in the summary how many of the matched are expected to be right."
    )
    spreadsheet: WrittenBoolean = Field(False, description="Guard CSV and TSV against formulas.")


class AddressesRequest(OptionsRequest, NamedAddresses):
    """Addresses to match in a job."""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={"examples": [{"addresses": [EXAMPLE, "2 nowhere lane"], "ids": ["A1", "A2"]}]},
    )

    def options(self) -> JobOptions:
        """Return the options of the job."""
        said = OptionsRequest.options(self)
        return said if said.columns else replace(said, columns=("address",))


class JobListParameters(Request):
    """Which part of the list of jobs is shown, in the parameters of a URL."""

    limit: WrittenInteger = Field(100, ge=1, le=1_000, description="Jobs of a page at most.")
    cursor: AddressText = Field("", max_length=100, description="The `cursor` of the page before.")


class QueueParameters(Request):
    """Which part of the queue for review is shown, in the parameters of a URL."""

    place: WrittenInteger = Field(0, ge=0, description="Of the first row that is shown, counted from 0.")
    limit: WrittenInteger = Field(1, ge=1, le=100, description="Rows to show at most.")


class VerdictRequest(Request):
    """What a coder says of a row of the queue."""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={
            "examples": [
                {"id": "a1f0c3b2d4e5f", "coder": "ann", "verdict": "other premises", "uprn": "900000000017"}
            ]
        },
    )

    id: AddressText = Field(max_length=100, description="Of the row, as the queue names it.")
    coder: CoderName = Field(min_length=1, max_length=MOST_NAME, description="Who says it.")
    verdict: VerdictWord = Field(description="Empty to take back what the same coder said before.")
    uprn: AddressText = Field(
        "",
        max_length=40,
        description="Of the premises that is meant, which may be that of the answer; with `other premises` alone.",
    )
    note: Annotated[AddressText, AfterValidator(_in_one_line)] | None = Field(
        None,
        max_length=MOST_NOTE,
        description="What the coder adds to the verdict; null leaves what the same coder noted before.",
    )
    replace: bool = Field(False, description="Whether what the same coder said otherwise before is given up.")

    settles: bool = Field(
        False,
        description="Whether it settles what other coders contradict each other in; of one who has not labelled the row.",
    )

    @model_validator(mode="after")
    def _names_the_premises_that_is_meant(self) -> "VerdictRequest":
        if (self.verdict == Verdict.OTHER.value) is not bool(self.uprn):
            raise PydanticCustomError(
                "uprn_of_verdict",
                "uprn names the premises that is meant: with the verdict other premises, and with no other",
            )
        return self


class VerdictParameters(Request):
    """Whose verdicts are fetched, in the parameters of a URL."""

    coder: AddressText = Field(
        "", max_length=MOST_NAME, description="Whose; what stands of what all said if empty."
    )


class ReviewedParameters(Request):
    """How the rows of a job are fetched with their verdicts, in the parameters of a URL."""

    format: Literal["csv", "tsv", "ndjson", "parquet", "xlsx"] = "csv"


class ResultParameters(Request):
    """Which result of a job is fetched, in the parameters of a URL."""

    format: Annotated[str, AfterValidator(lambda written: written and _known_formats(written))] = Field(
        "",
        max_length=20,
        description="One of those that were chosen; the first of them if empty.",
        examples=["csv"],
    )

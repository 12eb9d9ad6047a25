"""Tests of whose address the columns of a table make."""

import pytest

from address_match.indexer.sources.columns.address_columns import detect_address_columns


def taken(*columns: str) -> tuple[tuple[str, ...], str | None]:
    """Return the columns of the address, and the postcode's."""
    found = detect_address_columns(columns)
    return found.address, found.postcode


@pytest.mark.parametrize(
    ("columns", "address", "postcode"),
    [
        (
            ("Premises Name", "Premises Address", "Premises Postcode"),
            ("Premises Name", "Premises Address"),
            "Premises Postcode",
        ),
        (
            ("Premises Name", "Premises Number", "Premises Street", "Holder Street"),
            ("Premises Name", "Premises Number", "Premises Street"),
            None,
        ),
        (("House No", "Site Address"), ("House No", "Site Address"), None),
    ],
)
def test_a_name_or_number_that_stands_alone_keeps_no_address_of_the_premises_out(
    columns: tuple[str, ...], address: tuple[str, ...], postcode: str | None
) -> None:
    assert taken(*columns) == (address, postcode)


@pytest.mark.parametrize(
    "column",
    [
        "Licensed Property Address",
        "occupied_property_address",
        "Development Address",
        "Address of licensed property",
        "Address of the property licensed",
        "Site Name and Address",
        "SiteNameAddress",
        "Metering Point Address Line 1",
    ],
)
def test_other_words_may_stand_beside_that_for_the_premises(column: str) -> None:
    assert taken("Ref", "Licence Holder Address", column) == ((column,), None)


@pytest.mark.parametrize(
    "columns",
    [
        ("Billing Street", "Billing City", "Shipping Street", "Shipping City"),
        ("School Street", "Group Street"),
        ("Licence Holder Address",),
        ("Address of licence holder",),
        ("Address of property owner",),
        ("Previous Property Address",),
        ("Provider Address 1", "Provider Postcode"),
        ("Email Address", "Email Town"),
        ("Patient Address 1", "Patient Postcode", "Donor Address 1", "Donor Postcode"),
        ("Patient Address",),
        ("Absent Addr 1", "Absent Addr 2", "Absent Post Code"),
    ],
)
def test_an_address_that_may_be_of_somebody_else_is_not_taken(columns: tuple[str, ...]) -> None:
    assert taken(*columns)[0] == ()


def test_an_address_of_somebody_is_taken_beside_that_of_who_has_to_do_with_it() -> None:
    assert taken("Trading Address", "Applicant Address") == (("Trading Address",), None)


@pytest.mark.parametrize(
    ("columns", "address", "postcode"),
    [
        (
            ("Property Address", "Property Post Code", "Payer Post Code"),
            ("Property Address",),
            "Property Post Code",
        ),
        (
            ("Premise Address", "Premise Address Post Code"),
            ("Premise Address",),
            "Premise Address Post Code",
        ),
        (
            ("Address Line 1", "Service_town", "Service_Postcode"),
            ("Address Line 1", "Service_town"),
            "Service_Postcode",
        ),
        (
            ("Address Line 1", "Address Town", "Address Postcode"),
            ("Address Line 1", "Address Town"),
            "Address Postcode",
        ),
        (("Address", "Postcode", "Site Post Code"), ("Address",), "Postcode"),
        (("Address", "Correspondence Postcode", "Payer Town"), ("Address",), None),
    ],
)
def test_a_town_and_a_postcode_that_an_address_lacks_are_those_of_the_premises(
    columns: tuple[str, ...], address: tuple[str, ...], postcode: str | None
) -> None:
    assert taken(*columns) == (address, postcode)


@pytest.mark.parametrize(
    "columns",
    [
        ("patient_address_line_1", "patient_town", "patient_postcode"),
        ("charity_contact_address1", "charity_contact_postcode"),
        ("Shipping Street", "Shipping City", "Shipping Zip"),
    ],
)
def test_the_only_address_that_says_its_place_is_taken_whoever_it_is_of(columns: tuple[str, ...]) -> None:
    address, postcode = taken("customer_number", *columns, "gp_address")
    assert set(address) | {postcode} == {*columns, postcode}


def test_an_owner_may_be_written_to_the_word_of_an_address() -> None:
    lines = ("HEREADDR1", "HEREADDR2", "HEREPCODE")
    assert taken(*lines, "CONTACT_ADDR1", "CONTACT_PCODE") == (lines[:2], "HEREPCODE")
    assert taken("SITEADDRESS", "AGENTADDRESS", "EMAILADDRESS") == (("SITEADDRESS",), None)


@pytest.mark.parametrize("column", ["Customer Number", "Client Number", "Account Number"])
def test_the_number_of_somebody_is_none_of_a_house(column: str) -> None:
    assert taken(column, "Joined") == ((), None)


def test_a_postcode_of_the_premises_may_stand_behind_another_word_for_them() -> None:
    assert taken("Prop Location 1", "Prop Location 2", "Prop Location PC") == (
        ("Prop Location 1", "Prop Location 2"),
        "Prop Location PC",
    )


def test_an_elector_is_matched_where_registered() -> None:
    registered = ("Registered Addr 1", "Registered Addr 2", "Reg Post Code")
    assert taken(*registered, "Absent Addr 1", "Absent Post Code") == (registered[:2], "Reg Post Code")


@pytest.mark.parametrize(
    ("columns", "address"),
    [
        (("Ref", "Property", "Postcode"), ("Property",)),
        (("Ref", "Property", "Street", "Postcode"), ("Street",)),
        (("Ref", "Property", "Site", "Postcode"), ()),
        (("Property",), ()),
    ],
)
def test_a_column_called_after_the_premises_alone_is_the_address_where_nothing_else_is(
    columns: tuple[str, ...], address: tuple[str, ...]
) -> None:
    assert taken(*columns)[0] == address


@pytest.mark.parametrize(
    ("columns", "taken"),
    [
        (
            ("building_number", "principal_street", "post_town"),
            ("building_number", "principal_street", "post_town"),
        ),
        (
            ("adr_street_number", "ael_street_name", "ael_postcode"),
            ("adr_street_number", "ael_street_name"),
        ),
        (("building_number", "principal_street", "dependent_street"), ("building_number",)),
        (("street_1", "ship_city", "ship_zipcode"), ("street_1", "ship_city")),
        (("street_1", "ship_city", "bill_city"), ("street_1",)),
        (("building_number", "owner_street", "post_town"), ("building_number", "post_town")),
    ],
)
def test_what_an_address_lacks_stands_behind_the_only_unknown_word(
    columns: tuple[str, ...], taken: tuple[str, ...]
) -> None:
    assert detect_address_columns(columns).address == taken

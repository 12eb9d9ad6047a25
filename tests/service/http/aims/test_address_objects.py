"""A premises as AIMS writes it holds what the index holds of it."""

from typing import Any

from address_match.service.http.aims.address_objects import address_object
from address_match.service.lookup.premises_texts import PremisesTexts
from tests.service.http.aims.factories import premises, text


def written(of: PremisesTexts) -> Any:
    return address_object(of, 100.0, "A", favours_paf=False, is_verbose=True)


def test_every_text_of_the_gazetteer_names_the_custodian_of_the_premises() -> None:
    records = written(premises(text(kind="gazetteer"), text(kind="historical"), custodian="9001"))["nag"]
    assert [record["localCustodianCode"] for record in records] == ["9001", "9001"]


def test_a_custodian_that_is_not_held_is_empty() -> None:
    (record,) = written(premises(text(kind="gazetteer")))["nag"]
    assert record["localCustodianCode"] == ""

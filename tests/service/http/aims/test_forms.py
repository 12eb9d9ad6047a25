"""By which text a premises is shown."""

import pytest

from address_match.service.http.aims.forms import Forms
from address_match.service.lookup.logical_status import status_of_texts
from tests.service.http.aims.factories import premises, text

ALL = premises(
    text("GAZETTEER", "gazetteer"),
    text("POST"),
    text("LLYTHYR", language="cy"),
    text("MYNEGAI", "gazetteer", "cy"),
)


@pytest.mark.parametrize(
    ("wanted", "address", "found"),
    [
        ("paf", "POST", "PAF"),
        ("welshpaf", "LLYTHYR", "WELSHPAF"),
        ("nag", "GAZETTEER", "NAG"),
        ("welshnag", "MYNEGAI", "WELSHNAG"),
        ("nisra", "POST", "PAF"),
    ],
)
def test_a_type_of_address_is_found(wanted: str, address: str, found: str) -> None:
    shown, kind = Forms.of(ALL).of_type(wanted)
    assert (shown.address, kind) == (address, found)


@pytest.mark.parametrize("wanted", ["paf", "welshpaf", "nag", "welshnag"])
def test_what_is_held_stands_for_what_is_not(wanted: str) -> None:
    assert Forms.of(premises(text("GAZETTEER", "gazetteer"))).of_type(wanted)[1] == "NAG"


def test_the_text_in_force_goes_before_former_ones() -> None:
    held = premises(text("OLD", "historical"), text("OTHER", "alternative"), text("NOW", "gazetteer"))
    assert Forms.of(held).shown(favours_paf=False)[0].address == "NOW"
    assert status_of_texts(held) == "1"


def test_a_premises_of_former_texts_alone_is_historical() -> None:
    assert status_of_texts(premises(text(kind="historical"))) == "8"

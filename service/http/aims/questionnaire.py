"""The paths of the questionnaire, `/addresses/eq` and its fellows, and the three of the respondents' home, `/addresses/rh`."""

import re
from collections.abc import Callable, Mapping
from itertools import islice

from address_match.service.http.aims import envelope
from address_match.service.http.aims.ask import Ask, Json
from address_match.service.http.aims.checks import is_postcode
from address_match.service.http.aims.forms import Forms
from address_match.service.http.aims.found import Found
from address_match.service.http.aims.lookups import held_by_uprn, in_postcode
from address_match.service.http.aims.postcode_groups import groups_of
from address_match.service.http.aims.scores import CERTAIN
from address_match.service.http.aims.typeahead import completed
from address_match.service.lookup.premises_texts import HeldText, PremisesTexts

_OUT = "[A-Z]{1,2}[0-9][0-9A-Z]?"
_PART = re.compile(rf"{_OUT} ?(?:[0-9][A-Z]?)?", re.IGNORECASE)
LINES = 3
UNKNOWN = "NA"
"""What the census said of an address, where it said nothing."""
Extra = Callable[[PremisesTexts], Json]


def is_whole(sent: Mapping[str, str]) -> bool:
    """Return whether the input is a whole postcode; a blank behind it makes it the beginning of something else."""
    written = sent.get("input", "")
    compact = written.upper().replace(" ", "")
    return written == written.rstrip() and (compact == "GIR0AA" or is_postcode(compact))


def is_part(sent: Mapping[str, str]) -> bool:
    """Return whether the input is a part of a postcode, from its first digit."""
    return _PART.fullmatch(sent.get("input", "").lstrip()) is not None


def compact_postcode(ask: Ask) -> str:
    """Return the postcode that is typed, without a space."""
    return ask.parameters.word("input").upper().replace(" ", "")


async def complete(ask: Ask) -> Json:
    """Answer with the premises that go on from what is typed, in the shape of the questionnaire."""
    found = await completed(ask)
    return envelope.answered(partial_container(ask, found, _nothing_more))


async def complete_for_home(ask: Ask) -> Json:
    """Answer as `complete` does, with the fields of the census."""
    found = await completed(ask)
    container = partial_container(ask, found, _of_census)
    del container["termsAndConditions"]
    return envelope.answered(container)


def partial_container(ask: Ask, found: Found, extra: Extra) -> Json:
    """Shape the completion of what is typed."""
    said = ask.parameters
    response = {
        "input": said.word("input"),
        "addresses": [
            {
                "uprn": premises.uprn,
                "bestMatchAddress": text.address,
                "bestMatchAddressType": kind,
                **extra(premises),
            }
            for premises in found.premises
            for text, kind in (shown_text(ask, premises),)
        ],
        "filter": said.word("classificationfilter"),
        "fallback": said.flag("fallback"),
        "epoch": said.word("epoch"),
        "limit": said.whole("limit"),
        "offset": said.whole("offset"),
        "total": found.total,
        "maxScore": 0.0,
        "favourpaf": said.flag("favourpaf"),
        "favourwelsh": said.flag("favourwelsh"),
        "countryBoosts": said.boosts(),
    }
    return {**envelope.with_terms(ask), "response": response}


async def list_postcode(ask: Ask) -> Json:
    """Answer with the premises of a whole postcode, together with their streets where both are asked for."""
    found = await in_postcode(ask)
    said = ask.parameters
    both = said.word("groupfullpostcodes") == "combo"
    groups = (await groups_of(ask, ask.parameters.word("input"))).groups if both else []
    response = {
        "postcode": compact_postcode(ask),
        "addresses": listed(ask, found, _nothing_more),
        **({"postcodes": groups} if both else {}),
        **_page(ask, found),
        "groupfullpostcodes": said.word("groupfullpostcodes"),
    }
    return envelope.answered({**envelope.with_terms(ask), "response": response})


async def list_postcode_for_home(ask: Ask) -> Json:
    """Answer with the premises of a whole postcode and the fields of the census."""
    found = await in_postcode(ask)
    addresses = listed(ask, found, lambda premises: {**_of_census(premises), "confidenceScore": CERTAIN})
    response = {"postcode": ask.in_path["postcode"], "addresses": addresses, **_page(ask, found)}
    return envelope.answered({**envelope.versions(ask), "response": response})


async def lines(ask: Ask) -> Json:
    """Answer with a premises in three lines."""
    premises = await held_by_uprn(ask, takes_historical=True)
    address = in_lines(premises, ask.parameters.word("addresstype"))
    return envelope.answered(lines_container(ask, address))


async def lines_for_home(ask: Ask) -> Json:
    """Answer with a premises in three lines and the fields of the census."""
    premises = await held_by_uprn(ask, takes_historical=True)
    address = in_lines(premises, ask.parameters.word("addresstype"))
    text, _ = Forms.of(premises).of_type(ask.parameters.word("addresstype"))
    container = lines_container(
        ask, {**address, **_of_census(premises), "organisationName": text.organisation}
    )
    del container["termsAndConditions"]
    return envelope.answered(container)


def lines_container(ask: Ask, address: Json | None = None) -> Json:
    """Shape an address in lines."""
    said = ask.parameters
    content = {} if address is None else {"address": address}
    echo = {"addressType": said.word("addresstype"), "epoch": said.word("epoch")}
    return {**envelope.with_terms(ask), "response": {**content, **echo}}


def in_lines(premises: PremisesTexts, wanted: str) -> Json:
    """Write the text of a type, or the next best, in three lines, town and postcode."""
    text, found = Forms.of(premises).of_type(wanted)
    first, second, third = _lines_of(text)
    town = _town_of(text)
    return {
        "uprn": premises.uprn,
        "formattedAddress": text.address,
        "addressLine1": first,
        "addressLine2": second,
        "addressLine3": third,
        "townName": next((part for part in _parts_of(text) if part.upper() == town), town),
        "postcode": text.postcode,
        "foundAddressType": found,
    }


def _lines_of(text: HeldText) -> list[str]:
    """Cut a text at its commas, without town and postcode; what is beyond the third line stands in that."""
    ends = {text.postcode.upper(), _town_of(text)}
    kept = [part for part in _parts_of(text) if part.upper() not in ends]
    first = list(islice(kept, LINES - 1))
    first += [", ".join(kept[LINES - 1 :])] if len(kept) >= LINES else []
    return [*first, *[""] * (LINES - len(first))]


def _parts_of(text: HeldText) -> list[str]:
    """Return what stands between the commas of a text, without its postcode."""
    parts = text.address.removesuffix(text.postcode).split(",")
    return [part for part in map(str.strip, parts) if part]


def _town_of(text: HeldText) -> str:
    return text.town or text.locality


def listed(ask: Ask, found: Found, extra: Extra) -> list[Json]:
    """Write premises as lists of the questionnaire do."""
    return [
        {"uprn": premises.uprn, "formattedAddress": text.address, "addressType": kind, **extra(premises)}
        for premises in found.premises
        for text, kind in (shown_text(ask, premises),)
    ]


def shown_text(ask: Ask, premises: PremisesTexts) -> tuple[HeldText, str]:
    """Return the text that stands for a premises, and its type, by what is favoured."""
    said = ask.parameters
    return Forms.of(premises).shown(
        favours_paf=said.flag("favourpaf"), favours_welsh=said.flag("favourwelsh")
    )


def _page(ask: Ask, found: Found) -> Json:
    said = ask.parameters
    return {
        "filter": said.word("classificationfilter"),
        "epoch": said.word("epoch"),
        "limit": said.whole("limit"),
        "offset": said.whole("offset"),
        "total": found.total,
        "maxScore": CERTAIN if found.premises else 0.0,
    }


def _nothing_more(_premises: PremisesTexts) -> Json:
    return {}


def _of_census(premises: PremisesTexts) -> Json:
    return {"censusAddressType": UNKNOWN, "censusEstabType": UNKNOWN, "countryCode": premises.country}

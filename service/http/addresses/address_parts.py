"""Addresses as they are given over the wire: as one text, or as named parts, which are joined as the columns of a file are."""

from collections.abc import Sequence
from typing import Annotated, Any

import pyarrow as pa
from pydantic import ConfigDict, Discriminator, Field, Tag

from address_match.indexer.sources.columns.address_columns import detect_address_columns
from address_match.indexer.sources.table_batch import TableBatch, schema_of_texts
from address_match.service.http.routing.strict_request import AddressText, Request


class AddressParts(Request):
    """An address by its parts, each under a name that the column of a file may have too; parts that it lacks are left out or empty."""

    model_config = ConfigDict(strict=True)

    organisation: Annotated[AddressText, Field(examples=["Thornbeck Bakery"])] = ""
    sub_building: Annotated[AddressText, Field(examples=["Flat 2"])] = ""
    building: Annotated[AddressText, Field(examples=["Mill House"])] = ""
    number: Annotated[AddressText, Field(examples=["14a"])] = ""
    street: Annotated[AddressText, Field(examples=["Thornbeck Row"])] = ""
    locality: AddressText = ""
    town: Annotated[AddressText, Field(examples=["Marlow Fold"])] = ""
    county: AddressText = ""
    postcode: Annotated[AddressText, Field(examples=["ZE1 4QT"])] = ""


def _form(given: Any) -> str:
    return "parts" if isinstance(given, dict | AddressParts) else "text"


GivenAddress = Annotated[
    Annotated[AddressText, Tag("text")] | Annotated[AddressParts, Tag("parts")], Discriminator(_form)
]
_NAMES = tuple(AddressParts.model_fields)
_COMPOSITION = detect_address_columns(_NAMES).composition


def texts_of(given: Sequence[AddressText | AddressParts]) -> list[str]:
    """Return each address in one text: one that is given by its parts as the row of a file with such columns is read."""
    rows = [one.model_dump() for one in given if isinstance(one, AddressParts)]
    if not rows:  # which Arrow takes as long to join as it takes to read a request
        return [one for one in given if not isinstance(one, AddressParts)]
    batch = pa.RecordBatch.from_pylist(rows, schema_of_texts(_NAMES))
    joined = iter(_COMPOSITION.addresses(TableBatch(1, batch, ())))
    return [next(joined) if isinstance(one, AddressParts) else one for one in given]

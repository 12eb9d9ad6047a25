"""The parents of premises up to the root."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from address_match.indexer.texts.schemas import LISTED_SCHEMA
from address_match.service.lookup.ancestors import MOST_LEVELS, ancestors_of
from address_match.service.lookup.premises_in_parts import premises_in_parts


class Family:
    """A reference that names a parent for each premises."""

    def __init__(self, parents: Mapping[str, str]) -> None:
        nothing = {f.name: "" for f in LISTED_SCHEMA if f.type == pa.string()} | {
            "number": -1,
            "number_end": -1,
        }
        rows = [{**nothing, "uprn": uprn, "parent_uprn": parent} for uprn, parent in parents.items()]
        self._texts = pa.Table.from_pylist(rows, schema=LISTED_SCHEMA)

    def lookup_all(self, uprns: Sequence[str]) -> pa.Table:
        return self._texts.filter(pc.is_in(self._texts.column("uprn"), pa.array(uprns, pa.string())))


@pytest.mark.parametrize(
    ("parents", "chain"),
    [
        ({"flat": ""}, ()),
        ({"flat": "floor", "floor": "house", "house": ""}, ("floor", "house")),
        ({"flat": "gone"}, ("gone",)),
        ({"flat": "flat"}, ()),
        ({"flat": "a", "a": "b", "b": "a"}, ("a", "b")),
        ({"flat": "a", "a": "flat"}, ("a",)),
    ],
)
def test_a_chain_goes_to_the_root_and_never_in_a_circle(
    parents: dict[str, str], chain: tuple[str, ...]
) -> None:
    family = Family(parents)
    found = ancestors_of(premises_in_parts(["flat"], family).values(), family)
    assert found == {"flat": chain}


def test_a_chain_without_end_is_cut() -> None:
    family = Family({str(level): str(level + 1) for level in range(100)})
    found = ancestors_of(premises_in_parts(["0"], family).values(), family)
    assert len(found["0"]) == MOST_LEVELS

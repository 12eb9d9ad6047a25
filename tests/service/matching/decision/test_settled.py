"""Which answers of the short search of bulk stand."""

from contextlib import closing
from pathlib import Path

from address_match.service.matching.answer import Reason, Status
from address_match.service.wiring import open_pipeline
from tests.built_index import built_index

_KETTLEBY = "".join(f'{200 + n},"{n} MAIN STREET, KETTLEBY, SHILDON",DL4 7PN\n' for n in range(2, 80, 2))
_OVERBY = "".join(f'{300 + n},"{n} MAIN STREET, OVERBY, SHILDON",DL4 7PP\n' for n in range(3, 80, 2))
_HIGH = "".join(f'{400 + n},"{n} MAIN STREET, SHILDON",DL4 7PQ\n' for n in range(81, 130, 2))
_TOWN = "".join(
    f'{500 + 60 * place + n},"{n} {tree} ROAD, SHILDON",DL4 {place}AA\n'
    for place, tree in enumerate(("ELM", "OAK", "ASH", "FIR", "YEW"))
    for n in range(1, 60)
)


def test_a_number_of_the_next_village_does_not_stand(tmp_path: Path) -> None:
    index = built_index(tmp_path, f"uprn,address,postcode\n{_KETTLEBY}{_OVERBY}{_HIGH}{_TOWN}")
    with closing(open_pipeline(index)) as pipeline:
        (other,) = pipeline.match(["23 Main Street, Kettleby, Shildon"], top=1)
        (of_the_town,) = pipeline.match(["91 Main Street, Kettleby, Shildon"], top=1)
        (own,) = pipeline.match(["23 Main Street, Overby, Shildon"], top=1)
    assert (other.status, other.reason) == (Status.REVIEW, Reason.STREET)
    assert (of_the_town.status, of_the_town.reason) == (Status.REVIEW, Reason.STREET)
    assert (own.status, own.uprn) == (Status.MATCHED, "323")

"""Labels to learn from, out of a store or out of a file that `label export` wrote."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from address_match.indexer.sources.table import open_table
from address_match.parser.text_length import length_problem
from address_match.service.errors import UsageError
from address_match.service.evaluation.hand_verdicts import positions_of
from address_match.service.lifecycle.labels.label_file import refuse_torn
from address_match.service.lifecycle.labels.label_set import TrueAddress, label_set, labels_sha256
from address_match.service.lifecycle.labels.store import LabelStore

_COLUMNS = ("address", "uprn", "label_weight")
_BATCH_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class LearnedLabels:
    """Labels to learn from, in an order that does not depend on where they were kept."""

    addresses: tuple[TrueAddress, ...]
    last: str
    """When the last of them was taken in, UTC; empty where the file does not say."""

    @property
    def sha256(self) -> str:
        """Names them by what they say."""
        return labels_sha256(self.addresses)


def read_labels(place: Path) -> LearnedLabels:
    """Read labels out of a store or a file with the columns address, uprn (empty where it is not held) and
    label_weight.

    Raises UsageError where there are none, and for a row, which it names, that is torn or has no address or no weight
    above 0.
    """
    if not place.exists():
        raise UsageError(
            f"the labels {place} do not exist; name a store of `label draw`, or a file of `label export`"
        )
    if place.is_dir():
        labels = label_set(LabelStore(place))
        addresses, last = list(labels.true_addresses), labels.last
    else:
        addresses, last = list(_rows(place)), ""
    if not addresses:
        raise UsageError(f"{place} holds no label that says what is right")
    return LearnedLabels(tuple(sorted(addresses, key=lambda one: (one.address, one.uprn, one.weight))), last)


def _rows(path: Path) -> Iterator[TrueAddress]:
    with open_table(path) as table:
        wanted = positions_of(table, path, _COLUMNS)
        for batch in table.rows(_BATCH_ROWS):
            refuse_torn(batch, path)
            columns = [batch.strings(position).to_pylist() for position in wanted]
            for number, (address, uprn, weight) in enumerate(zip(*columns, strict=True), batch.first_row):
                where = f"row {number} of {path}"
                if not address.strip() or length_problem(address):
                    raise UsageError(f"{where} has no address that could be matched; take it out")
                yield TrueAddress(address, uprn.strip(), _weight(weight, where))


def _weight(text: str, where: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = 0.0
    if not (weight > 0 and math.isfinite(weight)):
        raise UsageError(
            f"{where}: label_weight {text!r} is no number above 0; `label export` writes it, and 1 stands for rows that were drawn alike"
        )
    return weight

#!/usr/bin/env python
"""Match a column of a table, and put what was answered beside it.

Usage: python docs/examples/match_a_frame.py INDEX, with an index of docs/examples/reference.csv.
"""

import sys
from contextlib import closing
from pathlib import Path

import pyarrow as pa

import address_match as am


def matched(table: pa.Table, column: str, index: Path, policy: am.DecisionPolicy) -> pa.Table:
    """Return the table with the answers behind, row by row; a pandas column is `list(frame["address"])`."""
    with closing(am.open_pipeline(index, policy=policy)) as pipeline:
        answers = pipeline.match(table[column].to_pylist(), top=1)
    return (
        table.append_column("status", pa.array([answer.status.value for answer in answers]))
        .append_column("uprn", pa.array([answer.uprn or None for answer in answers], pa.string()))
        .append_column("probability", pa.array([round(answer.probability, 3) for answer in answers]))
        .append_column("reason", pa.array([answer.reason.value for answer in answers]))
    )


def main(index: Path) -> None:
    """Match five addresses, of which one in twenty is expected to be absent."""
    asked = pa.table(
        {
            "id": [1, 2, 3, 4, 5],
            "address": [
                "12 tanfeild rd, shildon DL45QA",
                "flat 2 marlin ct skipper st shildon",
                "5 Chapel Hill, Shildon",
                "15 Tanfield Road, Shildon",
                "",
            ],
        }
    )
    policy = am.DecisionPolicy(absence_prior=0.05, precision=0.99)
    for row in matched(asked, "address", index, policy).to_pylist():
        print(row["id"], row["status"], row["uprn"], row["probability"], row["reason"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))

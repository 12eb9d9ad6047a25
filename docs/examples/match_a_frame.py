#!/usr/bin/env python
"""Match a column of a table, and put what was answered beside it.

Usage: python docs/examples/match_a_frame.py INDEX, with an index of docs/examples/reference.csv.
"""

import sys

import pyarrow as pa

import address_match as am


def main(index: str) -> None:
    """Match five addresses, of which one in twenty is expected to be absent."""
    asked = pa.table(  # or a frame of pandas or polars, a relation of DuckDB, a list of texts or dicts
        {
            "id": [1, 2, 3, 4, 5],
            "address": [
                "12 tanfeild rd, shildon DL45QA",
                "flat 2 marlin ct skipper st shildon",
                "5 Chapel Hill, Shildon",
                "15 Tanfield Road, Shildon",
                None,
            ],
        }
    )
    policy = am.DecisionPolicy(absence_prior=0.05, precision=0.99)
    with am.open(index, policy=policy) as matcher:
        answered = matcher.match(asked, columns="address")
    for row in answered.to_pylist():
        print(
            row["id"],
            row["match_status"],
            row["match_uprn"],
            round(row["match_probability"], 3),
            row["match_reason"] or "",
        )


if __name__ == "__main__":
    main(sys.argv[1])

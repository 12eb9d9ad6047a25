"""Run by the interpreter of the peer's own environment: imports nothing of ours.

    peer_worker.py prepare REFERENCE.csv FOLDER
    peer_worker.py match FOLDER QUERIES.csv ANSWERS.csv

An answer is a row per query, in order: the identifier that was found or nothing, its match weight and its margin.
"""

import csv
import sys
from pathlib import Path

import duckdb
from uk_address_matcher import AddressMatcher, prepare_canonical_folder

_SCORES = ("match_weight", "distinguishability")
"""Columns that the peer leaves out where every row is an exact match."""


def main() -> None:
    """Do what the first argument names."""
    command, *paths = sys.argv[1:]
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    if command == "prepare":
        _prepare(connection, *map(Path, paths))
    else:
        _match(connection, *map(Path, paths))


def _prepare(connection: duckdb.DuckDBPyConnection, reference: Path, folder: Path) -> None:
    rows = connection.read_csv(str(reference), all_varchar=True)
    canonical = rows.project("uprn AS unique_id, address AS address_concat, postcode")
    prepare_canonical_folder(canonical, folder, con=connection, overwrite=True, show_progress="off")


def _match(connection: duckdb.DuckDBPyConnection, folder: Path, queries: Path, answers: Path) -> None:
    rows = connection.read_csv(str(queries), all_varchar=True).filter("trim(address) <> ''")
    matcher = AddressMatcher(
        canonical_addresses=folder,
        addresses_to_match=rows.project("query AS unique_id, address AS address_concat"),
        con=connection,
        show_progress="off",
    )
    matches = matcher.match().matches()
    scores = (name if name in matches.columns else f"NULL AS {name}" for name in _SCORES)
    found = matches.project(", ".join(("unique_id", "resolved_canonical_id", *scores))).fetchall()
    best = {query: rest for query, *rest in found}
    with queries.open(encoding="utf-8", newline="") as asked, answers.open("w", encoding="utf-8") as file:
        answered = csv.writer(file, lineterminator="\n")
        answered.writerow(("uprn", "weight", "margin"))
        answered.writerows(best.get(row["query"], (None, None, None)) for row in csv.DictReader(asked))


if __name__ == "__main__":
    main()

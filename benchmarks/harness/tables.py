import csv
import gzip
import io
from pathlib import Path

from address_match.service.evaluation.evaluation_query import EvaluationQuery, read_queries


def read_tsv(path: Path) -> list[dict[str, str]]:
    """Read a tab-separated, unquoted file, also one in gzip, as rows by column."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))


def hard_pairs(path: Path) -> list[EvaluationQuery]:
    """Read the queries of `benchmarks.dev_pairs`: query_id, address, uprn, accept_uprns, tab-separated."""
    rows = read_tsv(path)
    return read_queries(
        [row["address"] for row in rows],
        [row["uprn"] for row in rows],
        [row["accept_uprns"] or "" for row in rows],
    )

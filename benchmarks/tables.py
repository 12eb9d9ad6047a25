import csv
import gzip
import io
from pathlib import Path


def read_tsv(path: Path) -> list[dict[str, str]]:
    """Read a tab-separated, unquoted file, also one in gzip, as rows by column."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))

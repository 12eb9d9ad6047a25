"""No byte of the facts holds a word of an address, an identifier or a postcode."""

import re
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from address_match.indexer.retrieval import Channel
from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.queries import make_queries
from address_match.models.synthesis.reference import write_reference
from address_match.service.build import build
from address_match.service.facts.direct_recorder import Recording
from address_match.service.facts.fact import Fact
from address_match.service.facts.store import FactStore
from address_match.service.matching.account.match_code import Level
from address_match.service.matching.account.verdict import Verdict
from address_match.service.matching.answer import Reason, Relation, Status
from address_match.service.wiring import open_pipeline

PREMISES, ADDRESSES = 1_000, 1_500
_WORD = re.compile(r"[a-z0-9]{4,}")
# As Arrow lays the values of a column side by side, `buildings` is the value `building` before `street`, and `call` stands in `lexical` twice.
OF_THE_FORMAT = {
    "parquet",
    "cpp",
    "arrow",
    "version",
    "schema",
    "metadata",
    "address",
    "match",
    "facts",
    "int32",
    "buildings",
    "lexicallexical",
}


def words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.lower())}


def vocabulary() -> str:
    """What columns are called and values can be: what stands in a store of no addresses as well."""
    values = {*map(str, (*Status, *Reason, *Relation, *Level))}
    names = {item.name or "" for kind in (Verdict, Channel) for item in kind}
    parts = {part for name in Fact._fields for part in name.split("_")}
    return " ".join({*Fact._fields, *parts, *values, *names, "agrees", *OF_THE_FORMAT}).lower()


def bytes_of(store: Path) -> bytes:
    """All that a store holds: its files as they are, and what is packed in them."""
    table = FactStore(store).read("file").table
    unpacked = pa.BufferOutputStream()
    with pa.ipc.new_stream(unpacked, table.schema) as writer:
        writer.write_table(table)
    files = b"".join(path.read_bytes() for path in store.rglob("*.parquet"))
    held: bytes = files + unpacked.getvalue().to_pybytes()
    return held.lower()


def test_the_bytes_of_a_store_hold_no_word_of_the_addresses_that_were_matched(tmp_path: Path) -> None:
    country = SyntheticCountry(11, PREMISES)
    write_reference(country, tmp_path / "reference.csv")
    build(tmp_path / "reference.csv", tmp_path / "index")
    queries = list(make_queries(country, count=ADDRESSES, seed=11, absent_rate=0.1, left_out=lambda _: False))
    recorder = Recording(tmp_path / "facts", "file", 400).open()
    pipeline = open_pipeline(tmp_path / "index")
    with recorder.recording("file", len(queries)):
        answers = pipeline.match([query.text for query in queries])
    pipeline.close()

    held = bytes_of(tmp_path / "facts")
    assert b"respelled" in held  # what is kept can be found in these bytes
    known = vocabulary()
    asked = {word for word in words(query.text for query in queries) if word not in known}
    candidates = words(candidate.address for answer in answers for candidate in answer.candidates)
    found = {word for word in candidates if word not in known}
    uprns = {query.uprn for query in queries} | {answer.uprn for answer in answers if answer.uprn}
    assert len(asked) > 900
    assert [word for word in asked | found | uprns if word.encode() in held] == []

"""Facts of made-up traffic whose shares a test chooses, without matching anything."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from address_match.service.facts.fact import Fact, fact_table
from address_match.service.facts.store import FactStore
from address_match.service.facts.writer import FactWriter
from tests.service.facts.kept_facts import a_fact


def some_facts(
    count: int,
    *,
    seed: int = 1,
    accepted: float = 0.8,
    unsure: float = 0.1,
    minute: int = 1,
    block: int = 1,
    bundle: str = "b",
) -> list[Fact]:
    """Facts of which some are matched, and some of those at .92 instead of .99; those of a block all fare alike in
    both.
    """
    rng = np.random.default_rng(seed)
    blocks = -(-count // block)
    matched = np.repeat(rng.random(blocks) < accepted, block)[:count].tolist()
    doubted = np.repeat(rng.random(blocks) < unsure, block)[:count].tolist()
    return [
        a_fact(
            moment=60 * minute,
            bundle=bundle,
            status="matched" if is_matched else "unmatched",
            reason="" if is_matched else "absent",
            probability=(0.92 if is_doubted else 0.99) if is_matched else 0.1,
            absent_probability=(0.08 if is_doubted else 0.01) if is_matched else 0.9,
            absence_prior=0.2,
            level="premises" if is_matched else "street",
            street="agrees",
            postcode="agrees",
            channels="block",
            query_share=1.0 if is_matched else 0.5,
            words=5,
            parse_probability=0.9,
        )
        for is_matched, is_doubted in zip(matched, doubted, strict=True)
    ]


def some_table(count: int, **values: float) -> pa.Table:
    return fact_table(some_facts(count, **values))  # type: ignore[arg-type]


def store_of(folder: Path, *parts: list[Fact], channel: str = "file") -> FactStore:
    store = FactStore(folder)
    writer = FactWriter(store, 400)
    for part in parts:
        writer.write(channel, part)
    return store

"""How many addresses of a file a CPU second matches, on the standard mix, and whether memory stays flat meanwhile."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from address_match.service.wiring import open_pipeline
from benchmarks.harness.answers import answers_to
from benchmarks.harness.cost import CommandCost, run_address_match, timed
from benchmarks.harness.counts import CountingRetriever
from benchmarks.harness.million_texts import MILLION_MIX, publish_measured
from benchmarks.harness.result import Figure, Result
from benchmarks.harness.synthetic import Country, addresses_of, index_of, standard_mix_of

THOROUGH_QUERIES = 10_000
BATCH = 2_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    return publish_measured("throughput", str(__doc__), measure, arguments, queries=MILLION_MIX)


def measure(country: Country, count: int, *, bundle: Path | None, reuse: bool) -> Result:
    """Match a file with the `match` command, in bulk and thoroughly, and compare the two ways in process."""
    index = index_of(country, bundle=bundle, reuse=reuse)
    mix = standard_mix_of(country, count, reuse=reuse)
    fewer = _first_rows(mix, THOROUGH_QUERIES)
    bulk = _match(mix, index, bundle)
    thorough = _match(fewer, index, bundle, "--thorough")
    thoroughly = min(count, THOROUGH_QUERIES)
    return Result(
        benchmark="throughput",
        settings={
            "premises": country.premises,
            "queries": count,
            "thorough_queries": thoroughly,
            "seed": country.seed,
        },
        figures={
            "addresses_per_cpu_second": count / bulk.cpu_seconds,
            "addresses_per_cpu_second_thorough": thoroughly / thorough.cpu_seconds,
            "wall_seconds": bulk.wall_seconds,
            "cpu_seconds": bulk.cpu_seconds,
            **_memory(bulk),
            **_two_ways(index, bundle, addresses_of(fewer)),
        },
    )


def _match(table: Path, index: Path, bundle: Path | None, *more: str) -> CommandCost:
    with_bundle = ["--bundle", str(bundle)] if bundle else []
    out = table.with_name("answers.csv")
    return run_address_match(
        *("match", str(table), "--columns", "address", "--index", str(index)),
        *("--out", str(out), "--jobs", "1", "--force", *with_bundle, *more),
        log=table.with_name("match.log"),
    )


def _memory(cost: CommandCost) -> dict[str, Figure]:
    """Compare the second quarter of a run, when everything is loaded, with the last."""
    quarter = max(len(cost.resident_mib) // 4, 1)
    early, late = cost.resident_mib[quarter : 2 * quarter], cost.resident_mib[-quarter:]
    return {"peak_mib": cost.peak_mib, "memory_growth_mib": max(late) - max(early or late)}


def _two_ways(index: Path, bundle: Path | None, texts: Sequence[str]) -> dict[str, Figure]:
    """Match the same addresses with and without the short cut through the postcode."""
    pipeline = open_pipeline(index, bundle)
    try:
        counting = CountingRetriever(pipeline.retriever)
        with timed() as quick_watch:
            quick = answers_to(replace(pipeline, retriever=counting), texts, thorough=False, top=1)
        with timed() as full_watch:
            full = answers_to(pipeline, texts, top=1)
    finally:
        pipeline.close()
    different = sum((a.status, a.uprn) != (b.status, b.uprn) for a, b in zip(quick, full, strict=True))
    return {
        "answered_by_block_share": 1 - counting.searched_in_full / len(texts),
        "answers_that_differ_share": different / len(texts),
        "in_process_per_cpu_second": len(texts) / quick_watch.cpu_seconds,
        "in_process_per_cpu_second_thorough": len(texts) / full_watch.cpu_seconds,
    }


def _first_rows(table: Path, count: int) -> Path:
    """Write the first rows of a CSV file into one beside it."""
    path = table.with_name(f"first-{count}-of-{table.name}")
    with (
        table.open(encoding="utf-8", newline="") as source,
        path.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = csv.writer(target, lineterminator="\n")
        for number, row in enumerate(csv.reader(source)):
            if number > count:
                break
            rows.writerow(row)
    return path


if __name__ == "__main__":
    sys.exit(main())

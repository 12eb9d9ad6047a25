"""How far the two engines agree, and what building, asking and matching through Elasticsearch cost.

Both index the same synthetic country with the same models and answer the same addresses. An answer that differs is
listed with its reason: which engine's pool of candidates lacked the premises that the other chose.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np

from address_match.indexer.elastic.connection.cluster import Cluster
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.stored.mapping import IndexLayout
from address_match.indexer.local.open_index import open_index
from address_match.indexer.manifest import read_manifest
from address_match.indexer.retrieval import Candidates, Channel, QueryBatch
from address_match.service.build import build_elastic
from address_match.service.evaluation.scores import evaluate
from address_match.service.matching.answer import Answer
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.query.parse_and_encode import parse_and_encode
from address_match.service.wiring import open_pipeline
from benchmarks.harness.answers import answers_to
from benchmarks.harness.cost import timed
from benchmarks.harness.elastic_node import CpuSeconds, node_at
from benchmarks.harness.options import add_common_options
from benchmarks.harness.result import Figure, Result, Table, publish
from benchmarks.harness.synthetic import (
    Country,
    addresses_of,
    evaluation_queries,
    index_of,
    reference_of,
    standard_mix_of,
    with_truth,
)

PREMISES = 36_000
"""About 50,000 texts."""
QUERIES = 2_000
SEED = 31
LEFT_OUT = 0.15
LEAST_AGREEMENT = 0.995
BATCH = 1_000
ONE_BY_ONE = 300
BULK = 4_000
BULK_BATCH = 2_000
ANY = Channel.BLOCK | Channel.LEXICAL | Channel.DENSE
_ALIAS = "benchmark-engines"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result; fails where the engines agree less than they must."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    add_common_options(parser, size=PREMISES, queries=QUERIES, seed=SEED)
    parser.add_argument("--url", default="", help="of Elasticsearch (a node of this machine is started)")
    options = parser.parse_args(arguments)
    country = Country(options.seed, options.size, LEFT_OUT)
    with node_at(options.url) as (url, node_seconds):
        index = ElasticIndex(Cluster(url), _ALIAS)
        result = measure(
            country, options.queries, index, node_seconds, bundle=options.bundle, reuse=options.reuse
        )
    publish(result, options.out)
    agreement = result.figures["same_answer_share"]
    return 0 if agreement is not None and agreement >= LEAST_AGREEMENT else 1


def measure(
    country: Country,
    count: int,
    index: ElasticIndex,
    node_seconds: CpuSeconds,
    *,
    bundle: Path | None,
    reuse: bool,
) -> Result:
    """Build both, ask both."""
    folder = index_of(country, bundle=bundle, reuse=reuse)
    built = _built(country, index, node_seconds, bundle)
    queries = with_truth(evaluation_queries(country, count, LEFT_OUT))
    texts = [query.address for query in queries]
    with (
        closing(open_pipeline(folder, bundle)) as embedded,
        closing(open_pipeline(index, bundle)) as elastic,
    ):
        ours, theirs = answers_to(embedded, texts), answers_to(elastic, texts)
        differing = [at for at, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a.uprn != b.uprn]
        rows = tuple(_row(embedded, elastic, texts[at], ours[at], theirs[at]) for at in differing)
        figures: dict[str, Figure] = {
            "same_answer_share": 1 - len(differing) / len(texts),
            "rank_1_embedded": evaluate(queries, ours).overall.rank_1,
            "rank_1_elastic": evaluate(queries, theirs).overall.rank_1,
            **_pool_recall(folder, elastic, texts),
            **built,
            **_requests(elastic, texts[:ONE_BY_ONE]),
            **_bulk(elastic, addresses_of(standard_mix_of(country, BULK, reuse=reuse)), node_seconds),
        }
    columns = ("address", "embedded", "elastic", "probabilities", "why")
    return Result(
        benchmark="engines",
        settings={"premises": country.premises, "queries": len(texts), "seed": country.seed},
        figures=figures,
        tables=(Table("Answers that differ", columns, rows),),
        remarks=(f"{len(differing)} of {len(texts)} answers name another premises or none.",),
    )


def _built(
    country: Country, index: ElasticIndex, node_seconds: CpuSeconds, bundle: Path | None
) -> dict[str, Figure]:
    before = node_seconds()
    with timed() as watch:
        report = build_elastic(reference_of(country), index, IndexLayout(), bundle=bundle)
    stages: dict[str, Figure] = {f"build_{stage}_seconds": s for stage, s in report.seconds.items()}
    after = node_seconds()
    return {
        "texts": float(report.generation.manifest.texts),
        "build_seconds": watch.wall_seconds,
        "build_client_cpu_seconds": watch.cpu_seconds,
        "build_node_cpu_seconds": None if before is None or after is None else after - before,
        **stages,
        "bytes_a_text": report.bytes / report.generation.manifest.texts,
    }


def _requests(pipeline: MatchPipeline, texts: Sequence[str]) -> dict[str, Figure]:
    """Time the hybrid request of single addresses by itself, without parsing, comparing and ranking."""
    batch = parse_and_encode(texts, pipeline.parser, pipeline.encoder)
    milliseconds = []
    for position in range(len(texts)):
        part = batch.part([position]).queries
        start = time.perf_counter()
        pipeline.retriever.retrieve(part, pipeline.quotas)
        milliseconds.append((time.perf_counter() - start) * 1_000)
    p50, p99 = np.percentile(milliseconds, (50, 99)).tolist()
    return {"request_p50_ms": p50, "request_p99_ms": p99}


def _bulk(pipeline: MatchPipeline, texts: Sequence[str], node_seconds: CpuSeconds) -> dict[str, Figure]:
    """Time the standard mix as a file is matched, with the short cut through the postcode."""
    before = node_seconds()
    with timed() as watch:
        for start in range(0, len(texts), BULK_BATCH):
            pipeline.match(texts[start : start + BULK_BATCH], top=1)
    after = node_seconds()
    on_node = None if before is None or after is None else after - before
    return {
        "bulk_addresses_per_second": len(texts) / watch.wall_seconds,
        "bulk_client_cpu_ms_an_address": watch.cpu_seconds * 1_000 / len(texts),
        "bulk_node_cpu_ms_an_address": None if on_node is None else on_node * 1_000 / len(texts),
    }


def _pool_recall(folder: Path, elastic: MatchPipeline, texts: Sequence[str]) -> dict[str, Figure]:
    """Return what share of the candidates of the embedded engine, its vectors searched exactly, Elasticsearch finds.

    By channel of the embedded engine; texts that share the same words are proposed in another order by each.
    """
    from address_match.models.search.exact import ExactSearch

    found, wanted = Counter[str](), Counter[str]()
    with closing(
        open_index(folder, read_manifest(folder), search_with=partial(ExactSearch, device="cpu"))
    ) as exact:
        for start in range(0, len(texts), BATCH):
            queries = parse_and_encode(texts[start : start + BATCH], elastic.parser, elastic.encoder).queries
            oracle = exact.retrieve(queries, elastic.quotas)
            pool = _pairs(elastic.retriever.retrieve(queries, elastic.quotas))
            for channel in Channel:
                proposed = _pairs(oracle, channel)
                found[str(channel.name)] += len(proposed & pool)
                wanted[str(channel.name)] += len(proposed)
    return {f"pool_recall_{name.lower()}": found[name] / wanted[name] for name in wanted}


def _pairs(candidates: Candidates, channel: Channel = ANY) -> set[tuple[int, str, str]]:
    uprns, addresses = (candidates.texts.strings(name).rows() for name in ("uprn", "address"))
    kept = candidates.channels & int(channel) != 0
    pairs = zip(candidates.query[kept], candidates.text[kept], strict=True)
    return {(int(query), uprns[text], addresses[text]) for query, text in pairs}


def _row(
    embedded: MatchPipeline, elastic: MatchPipeline, text: str, ours: Answer, theirs: Answer
) -> tuple[str, str, str, str, str]:
    queries = parse_and_encode([text], embedded.parser, embedded.encoder).queries
    why = _why(embedded, elastic, queries, ours, theirs)
    return text, ours.uprn, theirs.uprn, f"{ours.probability:.3f} {theirs.probability:.3f}", why


def _why(
    embedded: MatchPipeline, elastic: MatchPipeline, queries: QueryBatch, ours: Answer, theirs: Answer
) -> str:
    """Say whose pool lacked what."""
    here, there = (
        {uprn for _, uprn, _ in _pairs(p.retriever.retrieve(queries, p.quotas))} for p in (embedded, elastic)
    )
    if (first := _best(ours)) and first not in there:
        return f"Elasticsearch's pool lacks {first}"
    if (first := _best(theirs)) and first not in here:
        return f"the embedded pool lacks {first}"
    only_here, only_there = len(here - there), len(there - here)
    if only_here or only_there:
        return f"rivals differ: {only_here} premises only embedded, {only_there} only in Elasticsearch"
    return "equal pools: a tie was broken otherwise"


def _best(answer: Answer) -> str:
    return answer.candidates[0].uprn if answer.candidates else ""


if __name__ == "__main__":
    sys.exit(main())

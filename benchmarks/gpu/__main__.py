"""The same work on the CPU and on a GPU, side by side: encoding texts, and exact search among many vectors.

A second is one of a core on the CPU, which other work on the machine does not stretch, and one of the clock on a GPU.
Where no GPU is at hand the half of the CPU is measured, and the report says so.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.local.stored.equal_texts import writings_of
from address_match.indexer.local.stored.vectors import VectorStore, write_vectors
from address_match.indexer.ports import Encoder
from address_match.indexer.search.quantisation import quantise
from address_match.models.bundle import load_bundle
from address_match.models.devices import AUTO, CPU, choose_device
from address_match.models.encoder.open_encoder import open_encoder
from address_match.models.search.exact import ExactSearch
from benchmarks.encoders.corpus import read_reference
from benchmarks.encoders.options import add_encoder_option, chosen_encoders
from benchmarks.encoders.speed import AS_IN_A_BUILD
from benchmarks.gpu.encode import DeviceRate, device_rates
from benchmarks.gpu.search import NEIGHBOURS, SearchRate, exact_cosines, search_rates, tiled
from benchmarks.harness.chart import bars
from benchmarks.harness.million_texts import MILLION_MIX, add_country_options, country_of
from benchmarks.harness.result import Figure, Result, Table, columns_of, publish
from benchmarks.harness.synthetic import WORK, Country, addresses_of, reference_of, standard_mix_of

MANY = 40_000_000
"""Vectors of a whole country's addresses, as texts."""
QUERIES = 8_192
UNMEASURED = "No GPU that torch can use is at hand: this is the half of the CPU, the rest was not measured."


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    options = _options().parse_args(arguments)
    publish(measure(options), options.out)
    return 0


def measure(options: argparse.Namespace) -> Result:
    """Measure encoding and searching on the CPU, and on the first GPU where there is one."""
    devices = list(dict.fromkeys((CPU, choose_device(AUTO))))
    encoders = chosen_encoders(options)
    country = country_of(options)
    texts = addresses_of(standard_mix_of(country, MILLION_MIX, reuse=options.reuse))
    encoding = list(device_rates(encoders, devices, texts))
    encoder = open_encoder(load_bundle(options.bundle).encoder_path, device=CPU)
    searching = list(_searching(country, encoder, texts[:QUERIES], devices, options))
    return Result(
        benchmark="gpu",
        settings={
            "premises": country.premises,
            "seed": country.seed,
            "many_vectors": options.many,
            "neighbours": NEIGHBOURS,
            "encoders": ", ".join(encoders),
        },
        figures=_figures(encoding, searching),
        tables=(_encoding_table(encoding), _searching_table(searching)),
        remarks=() if len(devices) > 1 else (UNMEASURED,),
    )


def _searching(
    country: Country,
    encoder: Encoder,
    queries: Sequence[str],
    devices: Sequence[str],
    options: argparse.Namespace,
) -> Iterator[SearchRate]:
    texts, _ = read_reference(reference_of(country, reuse=options.reuse))
    vectors, asked = _rounded_vectors(encoder, texts), encoder.encode(queries)
    truth = exact_cosines(vectors, asked)
    with TemporaryDirectory(prefix="neighbours-", dir=WORK) as folder:
        write_vectors(Path(folder), vectors, writings_of(pa.array(texts)))
        lists = VectorStore(Path(folder))
        yield from search_rates("faiss, cpu", lists, len(vectors), asked, CPU, truth)
    for device in devices:
        search = ExactSearch(vectors, device=device)
        yield from search_rates(f"exact, {device}", search, len(vectors), asked, device, truth)
    if options.many:
        with tiled(vectors, options.many, WORK) as many:
            for device in devices:
                search = ExactSearch(many, device=device)
                yield from search_rates(f"exact, {device}", search, len(many), asked, device)


def _rounded_vectors(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.int8]:
    """Encode texts as an index keeps them, without the floats of all of them at once."""
    starts = range(0, len(texts), AS_IN_A_BUILD)
    parts = [quantise(encoder.encode(texts[start : start + AS_IN_A_BUILD])) for start in starts]
    return np.concatenate(parts)


def _encoding_table(rates: Sequence[DeviceRate]) -> Table:
    drawn = bars([rate.texts_a_second for rate in rates])
    rows: list[dict[str, str | int]] = [
        {
            "encoder": rate.encoder,
            "device": rate.device,
            "batch": rate.batch,
            "texts a second of the device": round(rate.texts_a_second),
            "": bar,
        }
        for rate, bar in zip(rates, drawn, strict=True)
    ]
    return columns_of(rows, "Encoding from raw text")


def _searching_table(rates: Sequence[SearchRate]) -> Table:
    drawn = bars([rate.queries_a_second for rate in rates])
    rows: list[dict[str, str | int | float | None]] = [
        {
            "search": rate.way,
            "vectors": f"{rate.vectors:,}",
            "queries at once": rate.batch,
            "queries a second of the device": rate.queries_a_second,
            "recall": rate.recall,
            "": bar,
        }
        for rate, bar in zip(rates, drawn, strict=True)
    ]
    return columns_of(rows, f"The {NEIGHBOURS} nearest vectors")


def _figures(encoding: Sequence[DeviceRate], searching: Sequence[SearchRate]) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for rate in encoding:
        name = f"{rate.encoder}_{_plain(rate.device)}_texts_per_second"
        figures[name] = max(figures.get(name) or 0.0, rate.texts_a_second)
    for found in searching:
        name = f"{_plain(found.way)}_{found.vectors / 1e6:.2g}m_queries_per_second"
        figures[name] = max(figures.get(name) or 0.0, found.queries_a_second)
    return figures


def _plain(name: str) -> str:
    return name.replace(", ", "_").replace(":0", "")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gpu", description=__doc__)
    add_country_options(parser)
    add_encoder_option(parser)
    parser.add_argument(
        "--many",
        type=int,
        default=MANY,
        help="vectors of the large search, 256 bytes of disk each; 0 leaves it out (%(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

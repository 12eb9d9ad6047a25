"""A running application over a small real matcher, a rule-of-thumb parser and a reference of one premises."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from fastapi.testclient import TestClient
from numpy.typing import NDArray

from address_match.indexer.errors import EngineUnavailableError
from address_match.indexer.local.search.zone_map import ZoneMap
from address_match.indexer.reference.streets.street_directory import StreetDirectory, write_street_directory
from address_match.indexer.retrieval import NO_EQUAL_TEXTS, Candidates, EqualTexts, QueryBatch, Quotas
from address_match.indexer.texts.extent import Extent
from address_match.indexer.texts.schemas import TEXT_SCHEMA
from address_match.indexer.texts.text_columns import TableColumns
from address_match.models.registry import Deployment
from address_match.parser.labels import Label
from address_match.parser.parse import Alternative, Component, LabelledToken, Parse
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.tokens import tokenise
from address_match.parser.word_use import WordUse
from address_match.service.access.guard import Guard
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.http.watching.metrics import ServiceMetrics
from address_match.service.jobs.jobs import Jobs
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.lifecycle.model_runs.model_runs import ModelRuns
from address_match.service.matching.query.admission import Admission
from address_match.service.settings.server_settings import MapSettings, NetworkSettings, ServerSettings
from tests.service.factories import ExactTextMatcher

DEPLOYMENT = Deployment(
    "/srv/bundles/small", "1", "b" * 64, "e" * 64, "p" * 64, "/srv/secret/index", "g000001"
)
HELD = {"1 MILL LANE": "100", "2 MILL LANE": "0200"}


class NumberThenStreet:
    """Parses `12 MILL LANE`: the first word is the number, the others are the street."""

    def parse_batch(self, texts: Sequence[str], *, nbest: int = 0) -> Sequence[Parse]:
        return [self._parse(text, nbest) for text in texts]

    def _parse(self, text: str, nbest: int) -> Parse:
        tokens = tokenise(text)
        labels = [Label.NUMBER if i == 0 else Label.STREET for i in range(len(tokens))]
        labelled = tuple(LabelledToken(t, label, 1.0) for t, label in zip(tokens, labels, strict=True))
        components = tuple(
            Component(t.label, t.token.text, t.token.start, t.token.end, t.probability, t.token.text)
            for t in labelled
        )
        ways = (Alternative(tuple(labels), 1.0),)[:nbest]
        fields = ParsedFields(street="MILL LANE")
        return Parse(text, labelled, components, fields, 1.0, ways, uses=(WordUse.UNDERSTOOD,) * len(tokens))


class NoStreets:
    def hold(self, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.zeros(len(keys), dtype=bool)

    def towns(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.zeros(len(keys), dtype=np.int64)


class NoCounts:
    texts = 0
    streets = NoStreets()

    def frequencies(self, term_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.zeros(len(term_ids), dtype=np.int64)


class TwoPremises:
    """Holds two premises, and says that it cannot answer once it is closed."""

    statistics = NoCounts()
    finds_street_numbers = False

    def __init__(self) -> None:
        self.closed = False

    def retrieve(self, batch: QueryBatch, quotas: Quotas, as_at: date | None = None) -> Candidates:  # noqa: ARG002 - the port's
        raise EngineUnavailableError("this reference proposes no candidates")

    def equal_texts(self, addresses: Sequence[str]) -> EqualTexts:  # noqa: ARG002 - the port's
        return NO_EQUAL_TEXTS

    def lookup(self, uprn: str) -> pa.Table:
        rows = [_row(address, held) for address, held in HELD.items() if held == uprn]
        return pa.Table.from_pylist(rows, schema=TEXT_SCHEMA)

    @cached_property
    def directory(self) -> StreetDirectory:
        with TemporaryDirectory() as folder:
            write_street_directory(Path(folder), self._all(), pa.array(["AB12CD", "AB12CD"]))
            return StreetDirectory(Path(folder))

    def lookup_all(self, uprns: Sequence[str]) -> pa.Table:
        return self._all().filter(pc.is_in(self._all().column("uprn"), pa.array(uprns, pa.string())))

    def in_postcode(self, postcode: str) -> pa.Table:
        return self._all() if postcode == "AB12CD" else self._all().slice(0, 0)

    def columns_in_postcode(self, postcode: str) -> TableColumns:
        return TableColumns(self.in_postcode(postcode))

    def on_street(self, name: str, place: str) -> pa.Table:
        return self._all() if (name, place) == ("MILL LANE", "ANYTOWN") else self._all().slice(0, 0)

    def columns_on_street(self, name: str, place: str) -> TableColumns:
        return TableColumns(self.on_street(name, place))

    def lying_in(self, extent: Extent) -> pa.Table:
        texts = self._all()
        return texts.take(pa.array(ZoneMap.of(texts, extent.grid).rows_in(extent)))

    def random_uprns(self, count: int, seed: int) -> list[str]:
        uprns = list(HELD.values())
        return Random(seed).sample(uprns, min(count, len(uprns)))

    def _all(self) -> pa.Table:
        return pa.Table.from_pylist([_row(*held) for held in HELD.items()], schema=TEXT_SCHEMA)

    def ping(self) -> None:
        if self.closed:
            raise EngineUnavailableError("the index /srv/secret/index is closed")

    def close(self) -> None:
        self.closed = True


class SmallPipeline(ExactTextMatcher):
    """What the application needs of a pipeline."""

    retriever: TwoPremises

    def __init__(self, uprns: Mapping[str, str] = HELD) -> None:
        super().__init__(uprns)
        self.parser = NumberThenStreet()
        self.retriever = TwoPremises()

    def within(self, admission: Admission) -> ExactTextMatcher:
        passing = admission.narrowed(self.retriever.lookup_all([*HELD.values()])).column("uprn").to_pylist()
        return ExactTextMatcher({address: uprn for address, uprn in HELD.items() if uprn in passing})

    def at(self, day: date) -> "SmallPipeline":
        """The same, which knows of no dates, but that nothing was held before this century."""
        return self if day.year >= 2000 else SmallPipeline({})

    def close(self) -> None:
        self.retriever.close()


def _row(address: str, uprn: str) -> dict[str, object]:
    texts = {f.name: "" for f in TEXT_SCHEMA if f.type == pa.string()}
    numbers = {f.name: 0 for f in TEXT_SCHEMA if pa.types.is_integer(f.type)}
    number, _, street = address.partition(" ")
    fields = {"number": int(number), "street": street, "town": "ANYTOWN", "postcode": "AB1 2CD"}
    held = {"uprn": uprn, "address": address, "text_kind": "postal", "term_ids": []}
    return {**texts, **numbers, **fields, **held}


@contextmanager
def running(
    pipeline: SmallPipeline | None = None,
    guard: Guard | None = None,
    network: NetworkSettings | None = None,
    jobs: Jobs | None = None,
    model: ModelPlaces | None = None,
    runs: ModelRuns | None = None,
    tiles: MapSettings | None = None,
    **settings: int,
) -> Iterator[TestClient]:
    active = ActiveDeployment(LeasedDeployment(DEPLOYMENT, pipeline or SmallPipeline()))
    with serving(active, guard, network, jobs, model, runs, tiles, **settings) as client:
        yield client


@contextmanager
def serving(
    active: ActiveDeployment,
    guard: Guard | None = None,
    network: NetworkSettings | None = None,
    jobs: Jobs | None = None,
    model: ModelPlaces | None = None,
    runs: ModelRuns | None = None,
    tiles: MapSettings | None = None,
    **settings: int,
) -> Iterator[TestClient]:
    given = ServerSettings.model_validate(settings)
    app = create_app(
        active,
        given,
        ServiceParts(guard=guard, jobs=jobs, model=model, runs=runs, tiles=tiles),
        network=network,
    )
    with TestClient(app) as client:
        yield client


def metrics_of(client: TestClient) -> ServiceMetrics:
    """What the application that a client asks counts."""
    metrics: ServiceMetrics = client.app.state.metrics  # type: ignore[attr-defined]  # FastAPI's
    return metrics

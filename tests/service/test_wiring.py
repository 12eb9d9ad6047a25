import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any

import pytest

from address_match.indexer.errors import EngineUnavailableError, IndexUnusableError
from address_match.indexer.ports import SearchOver
from address_match.indexer.retrieval import IndexRetriever
from address_match.models.bundle import load_bundle, write_manifest
from address_match.models.errors import BundleError, PrecisionError
from address_match.service.build import build
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.opening.found_index import FoundFolder, find_index
from address_match.service.wiring import open_deployment, open_parser, open_pipeline, pipeline_opener
from tests.built_index import built_index


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return built_index(tmp_path, 'uprn,address\n1,"1 FELLGATE LANE, OSTWICK"\n')


def _altered(folder: Path, part: str, change: Callable[[dict[str, Any]], object]) -> Path:
    """Copy the shipped bundle, change one of its JSON files, and seal it anew."""
    shipped = load_bundle()
    shutil.copytree(shipped.path, folder, ignore=shutil.ignore_patterns("manifest.json"))
    content = json.loads((folder / part).read_text())
    change(content)
    (folder / part).write_text(json.dumps(content))
    write_manifest(folder, shipped.manifest.description)
    return folder


def _with_a_colour(ranker: dict[str, Any]) -> None:
    ranker["interactions"].clear()
    ranker["features"][2].update(name="colour")


@pytest.mark.parametrize(
    ("part", "change", "says"),
    [
        ("ranker/ranker.json", _with_a_colour, "feature colour"),
        ("ranker/ranker.json", lambda c: c["features"][0].update(categories=999), "999"),
        ("calibration/calibration.json", lambda c: c["traits"].append("mood"), "the query feature mood"),
    ],
)
def test_a_bundle_that_learned_from_other_features_is_refused_with_the_way_out(
    tmp_path: Path, index: Path, part: str, change: Callable[[dict[str, Any]], object], says: str
) -> None:
    bundle = _altered(tmp_path / "bundle", part, change)
    with pytest.raises(BundleError, match="address-match train bundle --out DIR") as refused:
        open_pipeline(index, bundle)
    assert says in str(refused.value)


def test_a_precision_that_the_calibration_cannot_promise_is_refused(index: Path) -> None:
    with pytest.raises(PrecisionError, match=r"0\.99999 is not between"):
        open_pipeline(index, policy=DecisionPolicy(precision=0.99999))


def test_a_higher_prior_of_absence_lowers_the_probability_of_the_same_answer(index: Path) -> None:
    probabilities = []
    for prior in (0.05, 0.8):
        with closing(open_pipeline(index, policy=DecisionPolicy(absence_prior=prior))) as pipeline:
            probabilities.append(pipeline.match(["1 fellgate lne"])[0].probability)
    assert probabilities[0] > probabilities[1]


def test_a_bundle_of_other_hyper_parameters_alone_is_taken(tmp_path: Path, index: Path) -> None:
    bundle = _altered(tmp_path / "bundle", "calibration/calibration.json", lambda c: c.update(slope=0.5))
    pipeline = open_pipeline(index, bundle)
    assert pipeline.match(["1 fellgate lane ostwick"])[0].candidates[0].uprn == "1"
    pipeline.close()


class NotingFolder(FoundFolder):
    """Notes what was opened of it."""

    def open(self, search_with: SearchOver | None = None) -> IndexRetriever:
        opened.append(super().open(search_with))
        return opened[-1]


opened: list[IndexRetriever] = []


def test_an_index_is_closed_whose_models_cannot_answer(tmp_path: Path, index: Path) -> None:
    bundle = _altered(tmp_path / "bundle", "ranker/ranker.json", _with_a_colour)
    with pytest.raises(BundleError):
        open_pipeline(NotingFolder.at(index), bundle)
    with pytest.raises(EngineUnavailableError, match="closed"):
        opened.pop().ping()


def test_a_bundle_that_cannot_be_read_is_told_before_an_index_that_cannot(
    tmp_path: Path, index: Path
) -> None:
    (index / "g000001" / "vectors.npy").chmod(0o600)
    (index / "g000001" / "vectors.npy").write_bytes(b"")
    with pytest.raises(BundleError):
        open_pipeline(index, tmp_path / "nowhere")
    with pytest.raises(IndexUnusableError, match=r"vectors\.npy"):
        open_pipeline(index)


FIRST, SECOND = "1 FELLGATE LANE, OSTWICK", "2 QUORNDEL ROAD, ESKLEY"


@pytest.fixture
def two_generations(index: Path) -> tuple[bytes, bytes]:
    """The manifests of a generation that holds FIRST, and of one after it that holds SECOND; that of FIRST is in force."""
    first = (index / "manifest.json").read_bytes()
    (index.parent / "second.csv").write_text(f'uprn,address\n2,"{SECOND}"\n')
    build(index.parent / "second.csv", index)
    second = (index / "manifest.json").read_bytes()
    (index / "manifest.json").write_bytes(first)
    return first, second


_on_open: list[Callable[[str], None]] = []
sys.addaudithook(lambda event, args: [react(str(args[0])) for react in _on_open] if event == "open" else None)


@pytest.fixture
def unread(index: Path, two_generations: tuple[bytes, bytes]) -> Iterator[list[bytes]]:
    """The manifests that nobody has read: whoever reads it first sees that of FIRST, and later ones that of SECOND."""
    manifest, replacement = index / "manifest.json", index / "replacement"
    coming = list(two_generations)

    def put_the_next_in_force(opened: str) -> None:
        if opened == str(manifest) and coming:
            content = coming.pop(0)
            replacement.write_bytes(content)
            replacement.replace(manifest)

    _on_open.append(put_the_next_in_force)
    yield coming
    _on_open.clear()


@pytest.mark.usefixtures("unread")
def test_an_index_that_is_swapped_while_it_is_opened_is_opened_of_one_generation(index: Path) -> None:
    opened = open_deployment(index)
    with closing(opened.pipeline) as pipeline:
        assert opened.deployment.generation == "g000001"
        assert [a.candidates[0].uprn for a in pipeline.match([FIRST])] == ["1"]
    with closing(open_pipeline(index)) as pipeline:
        assert [a.candidates[0].uprn for a in pipeline.match([SECOND])] == ["2"], "the manifest was swapped"


@pytest.mark.usefixtures("unread")
def test_all_that_is_opened_of_a_found_index_is_of_the_generation_that_was_found(index: Path) -> None:
    found = find_index(index)
    later = find_index(index)
    for generation, word, other in ((found, "FELLGATE", "QUORNDEL"), (later, "QUORNDEL", "FELLGATE")):
        with closing(generation.open()) as retriever:
            assert retriever.manifest == generation.manifest
            names = retriever.gazetteer()
            assert names is not None
            assert names.evidence(word) is not None
            assert names.evidence(other) is None


def test_processes_that_open_a_pipeline_answer_from_the_generation_of_their_start(
    index: Path, two_generations: tuple[bytes, bytes]
) -> None:
    opener = ForkingPickler.dumps(pipeline_opener(index))
    (index / "manifest.json").write_bytes(two_generations[1])
    with closing(ForkingPickler.loads(opener)()) as pipeline:
        assert [a.candidates[0].uprn for a in pipeline.match([FIRST])] == ["1"]


def test_a_parser_takes_its_bundle_and_its_names_from_one_reading(index: Path, unread: list[bytes]) -> None:
    assert open_parser(index=index).parse("1 fellgate lane ostwick").fields.street == "FELLGATE LANE"
    assert len(unread) == 1

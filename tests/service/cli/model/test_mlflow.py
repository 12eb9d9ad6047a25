"""A bundle that is logged to MLflow gives the same answers from there; without the extra it is said how to get it."""

from importlib.util import find_spec
from pathlib import Path

import pytest

import address_match
from address_match.models.bundle import Metric
from address_match.models.registry import Registry
from address_match.service.cli.program.entry import main
from address_match.service.lifecycle.transfer.log_to_mlflow import metrics_of
from tests.integration.bundles import of_another_ranker

HAS_MLFLOW = find_spec("mlflow") is not None
TEXTS = ["1 thornbeck row marlow fold", "77 unheard of street nowhere", ""]


def test_figures_have_names_that_mlflow_takes() -> None:
    metric = Metric("right, of the matched", 0.99, "all damage; 100 premises")
    assert metrics_of([metric]) == {"all damage/right of the matched": 0.99}


def test_an_archive_or_mlflow_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "export", "default"]) == 2
    assert main(["model", "export", "default", "a.tar", "--mlflow", "file:x"]) == 2
    assert capsys.readouterr().err.count("name the archive to write, FILE.tar, or the MLflow") == 2


@pytest.mark.skipif(HAS_MLFLOW, reason="the extra `mlflow` is installed")
def test_without_the_extra_it_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "export", "default", "--mlflow", f"file:{tmp_path}"]) == 1
    assert "pip install 'address-match[mlflow]'" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.skipif(not HAS_MLFLOW, reason="needs the extra `mlflow`, which is not installed")
def test_a_logged_bundle_gives_the_same_answers_and_has_its_figures_and_aliases(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import mlflow
    import pandas as pd

    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    registry = Registry(tmp_path / "registry")
    bundle = registry.add(of_another_ranker(tmp_path / "source")).bundle
    assert bundle is not None
    registry.aliases.set("challenger", "other")
    command = ["model", "export", "other", "--mlflow", f"file:{tmp_path / 'mlruns'}", "--index", str(index)]
    assert main([*command, "--registry", str(registry.folder)]) == 0
    uri = capsys.readouterr().out.split()[-1]
    assert uri == "models:/other/1"
    frame = pd.DataFrame({"address": TEXTS})
    loaded = mlflow.pyfunc.load_model("models:/other@challenger")
    assert loaded.metadata.metadata["fingerprint"] == bundle.fingerprint
    with address_match.open(index, bundle.path) as matcher:
        expected = matcher.match(frame, columns="address")
    said = loaded.predict(frame)
    assert said.astype(object).equals(expected[list(said.columns)].astype(object))
    run = mlflow.get_run(mlflow.search_runs(experiment_names=["other"]).run_id[0])
    assert len(run.data.metrics) == len(metrics_of(bundle.manifest.description.metrics))

"""Logs a bundle to MLflow: a model with its signature, its figures, its version in MLflow's registry, and its aliases
there.
"""

import re
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from address_match.models.bundle import Bundle, Metric
from address_match.models.errors import MissingMlflowExtraError
from address_match.service.errors import RunFailedError
from address_match.service.lifecycle.transfer import mlflow_loader
from address_match.service.lifecycle.transfer.mlflow_loader import ADDRESS, ANSWER, INDEX

_TYPES = {str: "string", float: "double"}
_UNFIT = re.compile(r"[^A-Za-z0-9_. /-]")
"""What MLflow takes in no name of a metric."""


def log_to_mlflow(bundle: Bundle, uri: str, *, index: Path | None, aliases: Sequence[str]) -> str:
    """Log a bundle to the MLflow at an URI, under its own name, and return the URI of its version, `models:/NAME/1`.

    Whoever loads it may name another index. The model holds no code and nothing pickled; it is loaded by this program,
    of this release. Raises `MissingMlflowExtraError` without the extra, and RunFailedError where MLflow refuses.
    """
    try:
        import mlflow
        from mlflow.exceptions import MlflowException
    except ImportError as error:
        raise MissingMlflowExtraError(
            "MLflow is not installed here: pip install 'address-match[mlflow]'"
        ) from error
    mlflow.set_tracking_uri(uri)
    try:
        return _logged(bundle, index, aliases)
    except MlflowException as error:
        raise RunFailedError(f"MLflow at {uri} did not take the bundle: {error.message}") from error


def metrics_of(metrics: Sequence[Metric]) -> dict[str, float]:
    """Return figures under names that MLflow takes, what they were measured on before the figure: `all damage/right of
    the matched`.
    """
    return {_UNFIT.sub("", f"{one.data.partition(';')[0]}/{one.name}"): one.value for one in metrics}


def _logged(bundle: Bundle, index: Path | None, aliases: Sequence[str]) -> str:
    import mlflow
    from mlflow.models import ModelSignature
    from mlflow.types import ColSpec, Schema

    described = bundle.manifest.description
    answer = Schema([ColSpec(_TYPES[kind], name) for name, kind in ANSWER.items()])
    mlflow.set_experiment(bundle.name)
    with mlflow.start_run(run_name=f"{bundle.name} {bundle.version}"):
        mlflow.log_params({f"seed {name}": seed for name, seed in described.seeds.items()})
        mlflow.log_metrics(metrics_of(described.metrics))
        logged = mlflow.pyfunc.log_model(
            name="bundle",
            loader_module=mlflow_loader.__name__,
            data_path=str(bundle.path),
            registered_model_name=bundle.name,
            signature=ModelSignature(inputs=Schema([ColSpec("string", ADDRESS)]), outputs=answer),
            pip_requirements=[f"address-match=={version('address-match')}"],
            metadata={"fingerprint": bundle.fingerprint},
            model_config={INDEX: "" if index is None else str(index.resolve())},
        )
    number = str(logged.registered_model_version)
    for alias in aliases:
        mlflow.MlflowClient().set_registered_model_alias(bundle.name, alias, number)
    return f"models:/{bundle.name}/{number}"

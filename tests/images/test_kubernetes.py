"""No cluster runs here: the manifests are held to the schemas of Kubernetes, to each other, and to what the image and
the program know.
"""

import re
from typing import Any

import kubernetes_validate
import pytest
import yaml

from address_match.service.cli.program.command_line import command_line
from address_match.service.settings.unknown_variables import known_variables
from tests.images.dockerfile import DOCKER

MANIFESTS = sorted(path.name for path in (DOCKER / "kubernetes").glob("*.yaml"))
VERSIONS = ("1.30", "1.37")
"""The oldest and the newest Kubernetes that the manifests are for."""
NAME = {"app.kubernetes.io/name": "address-match"}
IMAGE_WRITES = {"/data", "/tmp"}  # noqa: S108 - what the Dockerfile says that the image writes to


def manifest(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DOCKER / "kubernetes" / name).read_text(encoding="utf-8"))
    return read


def pod() -> dict[str, Any]:
    found: dict[str, Any] = manifest("deployment.yaml")["spec"]["template"]["spec"]
    return found


def container() -> dict[str, Any]:
    (only,) = pod()["containers"]
    return dict(only)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_is_as_kubernetes_wants_it(name: str, version: str) -> None:
    kubernetes_validate.validate(manifest(name), version, strict=True)


def test_a_manifest_that_is_wrong_is_found_out() -> None:
    wrong = manifest("service.yaml")
    wrong["spec"]["port"] = 80
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[0], strict=True)


def test_there_is_all_that_a_service_needs() -> None:
    kinds = {manifest(name)["kind"] for name in MANIFESTS}
    assert kinds == {"Deployment", "Service", "PodDisruptionBudget", "HorizontalPodAutoscaler"}


def test_all_speak_of_the_same_pods() -> None:
    deployment, scaler = manifest("deployment.yaml"), manifest("autoscaler.yaml")["spec"]
    assert deployment["spec"]["template"]["metadata"]["labels"] == NAME
    assert deployment["spec"]["selector"]["matchLabels"] == NAME
    assert manifest("disruption-budget.yaml")["spec"]["selector"]["matchLabels"] == NAME
    assert manifest("service.yaml")["spec"]["selector"] == NAME
    target = {name: deployment[name] for name in ("apiVersion", "kind")} | {
        "name": deployment["metadata"]["name"]
    }
    assert scaler["scaleTargetRef"] == target
    assert manifest("disruption-budget.yaml")["spec"]["minAvailable"] < scaler["minReplicas"]


def test_ports_are_those_of_the_image_and_probes_ask_the_one_for_them() -> None:
    exposed = re.search(
        r"^EXPOSE (\d+) (\d+)$", (DOCKER / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert exposed is not None
    ports = {port["name"]: str(port["containerPort"]) for port in container()["ports"]}
    assert tuple(ports.values()) == exposed.groups()
    asked = {kind: container()[f"{kind}Probe"]["httpGet"] for kind in ("startup", "readiness", "liveness")}
    assert {get["port"] for get in asked.values()} == {"probes"}
    assert [asked[kind]["path"] for kind in asked] == ["/readyz", "/readyz", "/healthz"]
    assert {port["targetPort"] for port in manifest("service.yaml")["spec"]["ports"]} == {"http"}


def test_nothing_is_written_but_where_the_image_writes() -> None:
    mounts = {mount["mountPath"]: mount for mount in container()["volumeMounts"]}
    assert container()["securityContext"]["readOnlyRootFilesystem"] is True
    assert {path for path, mount in mounts.items() if not mount.get("readOnly")} == IMAGE_WRITES
    assert {mount["name"] for mount in mounts.values()} == {volume["name"] for volume in pod()["volumes"]}


def test_the_pod_has_no_rights_that_it_does_not_need() -> None:
    security = container()["securityContext"]
    assert (security["allowPrivilegeEscalation"], security["capabilities"]) == (False, {"drop": ["ALL"]})
    assert (pod()["securityContext"]["runAsNonRoot"], pod()["automountServiceAccountToken"]) == (True, False)
    assert f"USER {pod()['securityContext']['runAsUser']}:" in (DOCKER / "Dockerfile").read_text(
        encoding="utf-8"
    )


def test_the_command_and_its_variables_are_known_and_keys_are_asked_for() -> None:
    arguments = command_line().parse_args(container()["args"])
    variables = {variable["name"]: variable["value"] for variable in container()["env"]}
    assert variables.keys() - set(known_variables()) == set()
    assert variables["ADDRESS_MATCH_KEYS"].startswith("/keys/")
    assert not arguments.open_to_network
    assert int(container()["resources"]["requests"]["cpu"]) == arguments.workers

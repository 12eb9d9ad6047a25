"""No container runs here: the files are linted, and every step of theirs is a command that can be run without them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose

from address_match.service.cli.program.command_line import command_line
from tests.cluster import IMAGE
from tests.images.dockerfile import DOCKER, instructions, stages_of

ROOT = DOCKER.parent
COMPOSE = ("compose.yaml", "compose.three.yaml", "compose.cuda.yaml")
RUNNING = COMPOSE[:2]
TARGETS = ("cpu", "cuda")
BUILT_HERE = ("address-match", "address-match:cuda")
"""They have no digest before they are built and in somebody's registry."""
SCRIPTS = sorted(path.name for path in (DOCKER / "elasticsearch").iterdir())


def linter(name: str) -> str:
    """Find a linter beside this Python."""
    path = Path(sys.executable).parent / name
    if not path.exists():
        if (sys.platform, os.uname().machine) == ("linux", "x86_64"):
            pytest.fail(f"{name} is not installed: pip install -c constraints.txt -e '.[dev]'")
        pytest.skip(f"{name} has no wheel for this kind of machine")
    return str(path)


def compose(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DOCKER / name).read_text(encoding="utf-8"))
    return read


def services(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose(name)["services"]
    return found


def test_the_dockerfile_is_as_its_linter_wants_it() -> None:
    done = subprocess.run(
        [linter("hadolint"), str(DOCKER / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_as_its_linter_wants_it(script: str) -> None:
    command = [linter("shellcheck"), "--external-sources", "--source-path=SCRIPTDIR", script]
    done = subprocess.run(command, cwd=DOCKER / "elasticsearch", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", COMPOSE)
def test_a_compose_file_is_one_by_the_specification(name: str) -> None:
    merged = {key: value for key, value in compose(name).items() if not key.startswith("x-")}
    # Docker takes a tag with a digest behind it; the checker knows one or the other.
    written = re.sub(r":[^:@\s]+@sha256:", "@sha256:", yaml.safe_dump(merged))
    assert list(PyCompose.from_yaml(written).service_names()) == sorted(services(name))


def test_a_misspelt_setting_of_a_compose_file_is_found() -> None:
    with pytest.raises(ValueError, match="imagge"):
        PyCompose.from_yaml("services: {service: {imagge: address-match}}")


def test_every_image_that_is_not_built_here_is_named_by_its_digest() -> None:
    bases = [each.value.split()[0] for each in instructions() if each.name == "FROM"]
    started = [service["image"] for name in COMPOSE for service in services(name).values()]
    stages = {each.stage for each in instructions()}
    foreign = {image for image in (*bases, *started) if image not in stages and image not in BUILT_HERE}
    assert {image.partition("@")[0] for image in foreign} == {"debian:bookworm-slim", IMAGE}
    assert [image for image in foreign if not re.fullmatch(r".+@sha256:[0-9a-f]{64}", image)] == []


def test_the_command_that_renews_digests_names_the_images_that_have_them() -> None:
    page = (ROOT / "docs" / "operate" / "containers.md").read_text(encoding="utf-8")
    assert f"for image in debian:bookworm-slim {IMAGE}; do" in page


def test_an_image_holds_the_byte_code_of_all_that_is_ours_since_a_container_writes_none() -> None:
    steps = subprocess.run(
        ["make", "--dry-run", "--always-make", "install"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    compiled = next(line for line in steps.stdout.splitlines() if "compileall" in line).split()
    ours = {link.name for link in (ROOT / "address_match").iterdir() if link.is_symlink()}
    assert {"address_match", *ours} <= set(compiled)


@pytest.mark.parametrize("target", TARGETS)
def test_an_image_does_not_run_as_root_and_can_say_how_it_is(target: str) -> None:
    said = {each.name: each.value for each in instructions() if each.stage in stages_of(target)}
    user = said["USER"].split(":")[0]
    assert int(user) > 0
    assert "/healthz" in said["HEALTHCHECK"]
    assert said["VOLUME"] == "/data"
    assert json.loads(said["ENTRYPOINT"]) == ["address-match"]


def test_only_what_the_user_of_an_image_cannot_change_is_copied_into_it() -> None:
    copies = [each.value for each in instructions() if each.name == "COPY"]
    assert copies
    assert not [value for value in copies if "--chown" in value or "--chmod" in value]


@pytest.mark.parametrize("name", RUNNING)
def test_every_container_gives_up_its_privileges_and_is_bounded_and_watched(name: str) -> None:
    for service in services(name).values():
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert {"mem_limit", "healthcheck", "volumes"} <= set(service)
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


@pytest.mark.parametrize("name", RUNNING)
def test_the_service_cannot_write_to_its_image(name: str) -> None:
    service = services(name)["service"]
    assert (service["read_only"], service["tmpfs"]) == (True, ["/tmp"])  # noqa: S108 - that of the container
    assert service["volumes"] == ["data:/data"]


@pytest.mark.parametrize("name", RUNNING)
def test_elasticsearch_is_of_the_release_that_the_tests_run_and_says_whether_it_is_secured(name: str) -> None:
    nodes = [service for held, service in services(name).items() if held != "service"]
    assert {node["image"].partition("@")[0] for node in nodes} == {IMAGE}
    assert f":-{IMAGE.rpartition(':')[2]}}}" in (DOCKER / "elasticsearch" / "nodes.sh").read_text(
        encoding="utf-8"
    )
    assert all("xpack.security.enabled" in node["environment"] for node in nodes)


def test_every_step_of_an_image_is_a_command_of_the_readme_or_the_makefile() -> None:
    readme, makefile = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "Makefile"))
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    for words in (words for each in instructions() if each.name == "RUN" for words in each.commands):
        if words[0] == "make":
            assert words[1] in targets
        elif words[:2] == ["apt-get", "install"]:
            packages = [word for word in words[2:] if not word.startswith("-")]
            assert [package for package in packages if package not in readme] == []
        else:
            assert words in (["apt-get", "update"], ["rm", "-rf", "/var/lib/apt/lists/*"])


@pytest.mark.parametrize("name", RUNNING)
def test_what_the_service_is_told_is_a_command_of_ours(name: str) -> None:
    asked = command_line().parse_args(services(name)["service"]["command"])
    assert asked.engine == "elastic"


@pytest.mark.parametrize("options", [[], ["NODES=3"], ["CUDA=1"]])
def test_make_up_builds_an_index_by_a_command_of_ours_and_starts_services_that_there_are(
    options: list[str],
) -> None:
    make = ["make", "--dry-run", "up", "REFERENCE=README.md", *options]
    done = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True)
    steps = [line.split() for line in done.stdout.splitlines() if line.startswith("docker compose")]
    files = [word for word in steps[0] if word.endswith(".yaml")]
    assert all((ROOT / file).is_file() for file in files)
    known = services(Path(files[0]).name)
    started = [word for step in steps if "up" in step for word in step[step.index("--wait") + 1 :]]
    assert sorted(started) == sorted(known)
    built = next(step for step in steps if "run" in step)
    asked = command_line().parse_args(built[built.index("service") + 1 :])
    assert asked.replicas == (1 if "NODES=3" in options else 0)

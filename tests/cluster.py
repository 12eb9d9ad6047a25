"""A real cluster for the tests: one that is named, else a node of this machine, else a container.

All test processes of a checkout share one node. Each is written down while it uses it; the last one to end stops it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

SCRIPTS = Path(__file__).resolve().parent.parent / "docker" / "elasticsearch"
NODES = Path(__file__).resolve().parent.parent / "build" / "elasticsearch"
URL_VARIABLE = "ELASTICSEARCH_URL"
REQUIRED_VARIABLE = "ADDRESS_MATCH_REQUIRE_ELASTICSEARCH"
"""1 makes the tests fail where no cluster can run, 0 leaves them out even where one could."""
IMAGE = "docker.elastic.co/elasticsearch/elasticsearch:8.19.21"
_NODE = "tests"
_PORT = 9200
_SECONDS = 400


class NoClusterError(Exception):
    """Neither is a cluster named nor can one run here; the message says what is missing."""


def leave_out(reason: str) -> NoReturn:
    """End a test that has no cluster: it is skipped, or fails where there must be one."""
    if os.environ.get(REQUIRED_VARIABLE) == "1":
        pytest.fail(f"{REQUIRED_VARIABLE} is 1, and there is no Elasticsearch: {reason}")
    pytest.skip(f"no Elasticsearch: {reason}")


@contextmanager
def running_cluster() -> Iterator[str]:
    """Yield the URL of a cluster; raises NoClusterError where there can be none, and fails where one should start."""
    if url := os.environ.get(URL_VARIABLE):
        yield url
    elif os.environ.get(REQUIRED_VARIABLE) == "0":
        raise NoClusterError(f"{REQUIRED_VARIABLE} is 0")
    elif (missing := run_script("can-run", check=False)).returncode == 0:
        with _shared_node() as url:
            yield url
    elif shutil.which("docker") and _docker_runs():
        with _container() as url:
            yield url
    else:
        raise NoClusterError(
            f"{URL_VARIABLE} is not set, {missing.stderr.strip()}, and no Docker daemon answers"
        )


@contextmanager
def _shared_node() -> Iterator[str]:
    users = NODES / "users"
    users.mkdir(parents=True, exist_ok=True)
    me = users / str(os.getpid())
    with _locked():
        url = run_script("start-one", _NODE).stdout.strip()
        me.touch()
    try:
        yield url
    finally:
        with _locked():
            me.unlink(missing_ok=True)
            if not any(_lives(user) for user in users.iterdir()):
                run_script("stop", _NODE)


def _locked() -> FileLock:
    return FileLock(NODES / "tests.lock")


def _lives(user: Path) -> bool:
    """Return whether a process still runs; the note of one that was killed is removed."""
    try:
        os.kill(int(user.name), 0)
    except ProcessLookupError:
        user.unlink(missing_ok=True)
        return False
    except PermissionError:
        return True
    return True


def run_script(
    name: str, *arguments: str, check: bool = True, variables: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a script of `docker/elasticsearch`, with environment variables of its own."""
    done = subprocess.run(
        [str(SCRIPTS / name), *arguments],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
        env={**os.environ, **(variables or {})},
    )
    if check and done.returncode != 0:
        raise RuntimeError(f"docker/elasticsearch/{name} failed: {done.stderr.strip()}")
    return done


def _docker_runs() -> bool:
    done = subprocess.run(["docker", "info"], capture_output=True, timeout=_SECONDS, check=False)
    return done.returncode == 0


@contextmanager
def _container() -> Iterator[str]:
    from testcontainers.community.elasticsearch import ElasticSearchContainer

    unsecured = ElasticSearchContainer(IMAGE, mem_limit="2g").with_env("xpack.security.enabled", "false")
    with unsecured as container:
        yield f"http://{container.get_container_host_ip()}:{container.get_exposed_port(_PORT)}"

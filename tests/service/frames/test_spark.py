"""Frames of Spark are answered as any other data is. These tests run where pyspark and Java are."""

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

import address_match as am
from tests.integration.conftest import run_python

ASKED = ["12 tanfeild rd, shildon DL45QA", "flat 2 marlin ct skipper st shildon", "9 nowhere lane", None]
START = """
import json, os, sys
os.environ["PYSPARK_PYTHON"] = sys.executable
from pyspark.sql import SparkSession
settings = {"spark.ui.enabled": "false", "spark.executorEnv.PYTHONPATH": os.environ["PYTHONPATH"]}
session = SparkSession.builder.master(sys.argv[3]).config(map=settings).getOrCreate()
from address_match import spark
rows = [(number, address) for number, address in enumerate(json.loads(sys.argv[2]) * 25)]
frame = session.createDataFrame(rows, "id int, address string").repartition(4)
"""
MATCH = """
found = spark.match(frame, sys.argv[1], top=2).orderBy("id")
print(json.dumps([row.asDict(recursive=True) for row in found.collect()]))
"""
KILLED = (
    """
marker = os.path.abspath("killed")

def with_a_killed_executor(batches):
    import signal
    for batch in batches:
        if 99 in batch["id"].to_pylist() and not os.path.exists(marker):
            worker_daemon = os.getppid()
            with open(f"/proc/{worker_daemon}/stat") as stat:
                executor = int(stat.read().rpartition(")")[2].split()[1])
            open(marker, "x").close()
            os.kill(executor, signal.SIGKILL)
        yield batch

frame = frame.mapInArrow(with_a_killed_executor, frame.schema)
"""
    + MATCH
    + """
assert os.path.exists(marker)
"""
)
"""One of the executors is killed once, with a part of the rows under way: others answer them."""
ADDED = """
import shutil
shutil.make_archive("packed", "zip", sys.argv[1])
session.sparkContext.addArchive("packed.zip#copy")
os.mkdir("driver")
os.symlink(sys.argv[1], "driver/copy")
matched = spark.match(frame, "driver/copy", columns="address", top=2)
os.unlink("driver/copy")
print(json.dumps([row.asDict(recursive=True) for row in matched.orderBy("id").collect()]))
"""


@pytest.fixture(autouse=True)
def _where_spark_is() -> None:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed; it is no dependency: pip install pyspark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17")


THREADS = "local[2]"
CLUSTER = "local-cluster[2,1,1024]"
"""Two executors of one core and 1 GiB, each a process of its own with its own Python workers."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "master"),
    [
        pytest.param(MATCH, THREADS, id="shared path"),
        pytest.param(ADDED, THREADS, id="added archive"),
        pytest.param(MATCH, CLUSTER, id="several processes"),
        pytest.param(ADDED, CLUSTER, id="added archive, several processes"),
        pytest.param(KILLED, CLUSTER, id="killed executor"),
    ],
)
def test_workers_answer_as_one_process_does(
    matcher: am.Matcher, index: Path, tmp_path: Path, program: str, master: str
) -> None:
    if master == CLUSTER and not Path("/proc/self/stat").exists():
        pytest.skip("the executor to kill is found in /proc")
    shutil.copytree(index, tmp_path / "copy")
    done = run_python(START + program, tmp_path / "copy", json.dumps(ASKED), master, cwd=tmp_path)
    assert done.code == 0, done.err[-2_000:]
    found = json.loads(done.out.splitlines()[-1])
    asked = [{"id": number, "address": address} for number, address in enumerate(ASKED * 25)]
    assert found == matcher.match(asked, top=2)

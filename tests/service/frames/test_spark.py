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
session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
from address_match import spark
rows = [(number, address) for number, address in enumerate(json.loads(sys.argv[2]) * 25)]
frame = session.createDataFrame(rows, "id int, address string").repartition(4)
"""
MATCH = """
found = spark.match(frame, sys.argv[1], top=2).orderBy("id")
print(json.dumps([row.asDict(recursive=True) for row in found.collect()]))
"""
ADDED = """
session.sparkContext.addFile(sys.argv[1], recursive=True)
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


@pytest.mark.slow
@pytest.mark.parametrize("program", [MATCH, ADDED], ids=["shared path", "added file"])
def test_workers_answer_as_one_process_does(
    matcher: am.Matcher, index: Path, tmp_path: Path, program: str
) -> None:
    shutil.copytree(index, tmp_path / "copy")
    done = run_python(START + program, tmp_path / "copy", json.dumps(ASKED), cwd=tmp_path)
    assert done.code == 0, done.err[-2_000:]
    found = json.loads(done.out.splitlines()[-1])
    asked = [{"id": number, "address": address} for number, address in enumerate(ASKED * 25)]
    assert found == matcher.match(asked, top=2)

"""What an image is made of, installed and served without Docker."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from tests.images.dockerfile import admitted, instructions
from tests.integration.conftest import ROOT


@pytest.fixture(scope="module")
def installed() -> Iterator[Path]:
    """What the image holds: the files that are let in, and `make install` run among them."""
    with TemporaryDirectory(prefix="address-match-image-") as folder:
        image = Path(folder)
        for name in admitted():
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            (image / name).parent.mkdir(parents=True, exist_ok=True)
            copy(ROOT / name, image / name)
        step = next(
            words for each in instructions() for words in each.commands if words[:2] == ["make", "install"]
        )
        subprocess.run([*step[:2], f"PYTHON={sys.executable}"], cwd=image, check=True, timeout=580)
        yield image


@pytest.mark.slow
def test_what_an_image_is_made_of_serves(installed: Path, village_index: Path, tmp_path: Path) -> None:
    command = [
        str(installed / ".venv/bin/address-match"),
        "serve",
        "--index",
        str(village_index),
        "--port",
        "0",
    ]
    variables = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=variables, stderr=subprocess.PIPE, text=True) as served:
        assert served.stderr is not None
        url = re.search(r"http://\S+", served.stderr.readline())
        assert url is not None
        try:
            until = time.monotonic() + 60
            while not _healthy(url[0]):
                assert time.monotonic() < until
                time.sleep(0.2)
            asked = {"input": "1 thornbeck row, marlow fold"}
            assert httpx.get(f"{url[0]}/v1/addresses", params=asked, timeout=30).json()["uprn"] == "100"
        finally:
            served.send_signal(signal.SIGTERM)
    assert served.returncode == 0


def _healthy(url: str) -> bool:
    """Ask as the image's health check does, at this server's own port."""
    said = next(each.value for each in instructions() if each.name == "HEALTHCHECK")
    command: list[str] = json.loads(said[said.index("[") :])
    return subprocess.run([*command[:-1], f"{url}/healthz"], capture_output=True, check=False).returncode == 0

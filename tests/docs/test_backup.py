"""What the page of backups tells to run brings everything back."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.docs.example_index import REFERENCE, blocks, page

BACK_UP, RESTORE = blocks(page("docs/operate/backup.md"), "bash")
ASKED = "12 tanfeild rd, shildon DL45QA"


def said(script: str, environment: Mapping[str, str]) -> str:
    """Run a script as a shell does, and return what it prints; it has to go well."""
    done = subprocess.run(
        ["bash", "-euc", script], env=dict(environment), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def served(environment: Mapping[str, str]) -> str:
    """An answer by what the registry names, the last row of the audit, and the names of the keys."""
    asked = f"""
    address-match find "{ASKED}" --index "$DATA/index" --bundle @champion --json
    address-match audit verify
    address-match keys list
    """
    return said(asked, environment)


def test_a_backup_brings_back_answers_bundles_audit_and_keys(tmp_path: Path) -> None:
    data = tmp_path / "data"
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DATA": str(data),
        "BACKUP": str(tmp_path / "backup.tar"),
        "ADDRESS_MATCH_REGISTRY": str(data / "registry"),
        "ADDRESS_MATCH_KEYS": str(data / "keys.json"),
    }
    said(
        f"""
        address-match index build "{REFERENCE}" --out "$DATA/index"
        address-match model promote default "$DATA/index"
        address-match keys add census
        """,
        environment,
    )
    before = served(environment)
    said(BACK_UP, environment)
    shutil.rmtree(data)
    said(RESTORE, environment)
    assert served(environment) == before

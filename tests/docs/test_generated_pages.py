import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_pages_of_commands_and_settings_say_what_the_program_says() -> None:
    """They are written by docs/generate.py, which `make docs` runs."""
    checked = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate.py", "--check"], cwd=ROOT, capture_output=True, check=False
    )
    assert (checked.returncode, checked.stderr.decode()) == (0, "")

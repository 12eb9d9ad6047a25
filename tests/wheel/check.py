"""Build the wheel, install it into a fresh environment, and use it in a folder that holds other people's `models`,
`parser` and `service`.

Run by `make wheel-check`; exits with 1 where something of ours is looked for by a name that is not `address_match`.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "flat 2, 14 thornbeck row, marlow fold, AB1 2CD"
OTHERS = {
    "models/__init__.py": "raise ImportError('these models are somebody else’s')\n",
    "parser/__init__.py": "raise ImportError('this parser is somebody else’s')\n",
    "service.py": "raise ImportError('this service is somebody else’s')\n",
    "indexer.py": "raise ImportError('this indexer is somebody else’s')\n",
}


def main() -> int:
    """Return 0 where every command ended well; a failing one ends the run with its output shown."""
    with tempfile.TemporaryDirectory(prefix="address-match-wheel-") as name:
        folder = Path(name)
        program = _installed(_wheel(folder / "dist"), folder / "venv")
        _use(program, folder / "elsewhere")
    print("the wheel holds address_match alone, and answers beside other models, parser and service")
    return 0


def _wheel(dist: Path) -> Path:
    _run([sys.executable, "-m", "build", "--wheel", "--outdir", str(dist), str(ROOT)], cwd=ROOT)
    (wheel,) = dist.glob("*.whl")
    return wheel


def _installed(wheel: Path, environment: Path) -> Path:
    venv.create(environment, with_pip=True)
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    _run([*pip, "--constraint", str(ROOT / "constraints.txt"), str(wheel)], cwd=environment)
    listing = _run(
        [str(programs / "python"), "-m", "pip", "show", "--files", "address-match"], cwd=environment
    )
    tops = {
        line.strip().split("/")[0] for line in listing.partition("Files:")[2].splitlines() if line.strip()
    }
    ours = {top for top in tops if not top.endswith(".dist-info") and top != ".."}
    if ours != {"address_match"}:
        raise SystemExit(f"the wheel puts {sorted(ours)} into site-packages, not address_match alone")
    return programs


def _use(programs: Path, elsewhere: Path) -> None:
    for name, content in OTHERS.items():
        (elsewhere / name).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere / name).write_text(content, encoding="utf-8")
    run = str(programs / "address-match")
    _run([run, "synth", "--size", "300", "--queries", "20", "--out", "made-up"], cwd=elsewhere)
    _run([run, "index", "build", "made-up/reference.csv", "--out", "index"], cwd=elsewhere)
    _run([run, "find", ADDRESS, "--index", "index", "--json"], cwd=elsewhere)
    _run(
        [run, "match", "made-up/queries.csv", "--columns", "address", "--index", "index", "--out", "out.csv"],
        cwd=elsewhere,
    )
    _run(
        [
            run,
            "match",
            "made-up/queries.csv",
            "--columns",
            "address",
            "--index",
            "index",
            "--out",
            "two.csv",
            "--jobs",
            "2",
        ],
        cwd=elsewhere,
    )
    if (elsewhere / "out.csv").read_bytes() != (elsewhere / "two.csv").read_bytes():
        raise SystemExit("one process and two gave different answers")
    _run([run, "parse", ADDRESS, "--json"], cwd=elsewhere)
    _run(
        [str(programs / "python"), "-c", "import address_match; print(address_match.open_pipeline)"],
        cwd=elsewhere,
    )


def _run(command: list[str], *, cwd: Path) -> str:
    """Run a command; where it fails, show what it said and end."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())

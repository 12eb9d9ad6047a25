from dataclasses import dataclass
from pathlib import Path

from address_match.service.evaluation.evaluation_query import EvaluationQuery
from benchmarks.harness.cost import CommandCost
from benchmarks.harness.matchers import Best, MatchedFile
from benchmarks.peers import run


@dataclass
class _Recorded:
    """A matcher that writes down when it is called."""

    name: str
    calls: list[str]
    states_probability: bool = True

    def prepare(self, reference: Path, folder: Path) -> CommandCost:
        (folder / "index").write_bytes(b"x" * 2**20)
        self.calls.append(f"{self.name} prepares {reference.name}")
        return CommandCost(1.0, 1.0, 1.0, ())

    def match(self, queries: Path, folder: Path) -> MatchedFile:
        assert (folder / "index").exists()
        rows = queries.read_text(encoding="utf-8").splitlines()[1:]
        self.calls.append(f"{self.name} {len(rows)}")
        return MatchedFile([Best("", accepted=False, score=0.0)] * len(rows), CommandCost(1.0, 2.0, 1.0, ()))


def test_the_runs_of_the_matchers_are_interleaved(tmp_path: Path) -> None:
    calls: list[str] = []
    one, query = [_Recorded("a", calls), _Recorded("b", calls)], EvaluationQuery("1 MILL LANE", frozenset())
    runs = run(one, tmp_path / "homes", {"short": [query], "long": [query] * 4}, repeats=2)
    assert calls == ["a prepares homes", "b prepares homes", *["a 1", "b 1", "a 4", "b 4"] * 2]
    assert runs[0].rows_a_cpu_second("long", 4) == [2.0, 2.0]
    assert runs[0].disk_mib == 1.0

from benchmarks.harness.chart import WIDTH, bars


def test_a_bar_is_as_long_as_its_share_of_the_largest() -> None:
    assert [len(bar) for bar in bars([10, 5, 0])] == [WIDTH, WIDTH // 2, 0]


def test_nothing_is_drawn_of_nothing() -> None:
    assert bars([]) == []
    assert bars([0, 0]) == ["", ""]

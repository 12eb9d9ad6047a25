"""A readable page for two bundles that were compared on the same addresses."""

from address_match.service.lifecycle.comparison.paired_answers import Comparison, Figures


def print_paired_comparison(found: Comparison, *, has_gates: bool, passed: bool) -> None:
    """Print what changes, for whom, what it costs, and whether the second, right, passes the gates."""
    print(f"{found.rows:,} addresses, {found.changed:,} answers change")
    print(
        f"answered well: {found.lost:,} lost, {found.gained:,} gained (worse: p = {found.worse_p_value:.3g})"
    )
    for name, figures in (("left", found.champion), ("right", found.candidate)):
        print(f"{name:<6}{_line(figures)}")
    if found.hard_rows:
        print(f"of {found.hard_rows:,} hard addresses {found.hard_lost:,} lost")
    if found.unlabelled_rows:
        print(
            f"of {found.unlabelled_rows:,} without truth {found.unlabelled_alike / found.unlabelled_rows:.2%} alike"
        )
    if found.slower is not None:
        print(f"right takes {found.slower:.2f} times the processor of left")
    if found.slower_single is not None:
        print(f"99 of 100 addresses, one by one, take right {found.slower_single:.2f} times that of left")
    if found.more_memory is not None:
        print(f"right takes {found.more_memory:.2f} times the memory of left")
    for one in found.slices:
        change = one.candidate - one.champion
        print(
            f"  {one.name}, {one.rows:,} rows: {one.champion:.4f} to {one.candidate:.4f} "
            f"({change:+.4f}, {one.low:+.4f} to {one.high:+.4f})"
        )
    print(
        {(True, True): "passes the gates", (True, False): "does not pass the gates"}.get(
            (has_gates, passed), "no gates"
        )
    )


def _line(figures: Figures) -> str:
    shares = {
        "precision": figures.precision,
        "recall": figures.recall,
        "absent matched": figures.absent_accepted,
        "calibration error": figures.calibration_error,
    }
    told = ", ".join(f"{name} {'–' if value is None else f'{value:.4f}'}" for name, value in shares.items())
    return f"{figures.matched:,} matched, {told}"

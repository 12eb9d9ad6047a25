"""The facts that a bundle brings, where nobody has accepted any."""

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from address_match.models.bundle import Bundle, load_bundle, write_manifest
from address_match.models.bundle.bundle import REFERENCE_FACTS_PART
from address_match.models.errors import BundleError
from address_match.service.cli.program.entry import main
from address_match.service.errors import UsageError
from address_match.service.facts.fact import Fact
from address_match.service.lifecycle.monitoring.bundle_facts import bundle_facts, write_bundle_facts
from address_match.service.lifecycle.monitoring.level import Level
from address_match.service.lifecycle.monitoring.report import MonitorReport, report_store
from address_match.service.lifecycle.monitoring.watched_values import COLUMNS
from tests.models.bundle.factories import DESCRIPTION, small_bundle, unsealed
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of


def bundle_with(folder: Path, facts: list[Fact]) -> Bundle:
    write_bundle_facts(facts, unsealed(folder) / REFERENCE_FACTS_PART)
    return write_manifest(folder, replace(DESCRIPTION, name="small"))


def reported(folder: Path, bundle: Bundle, facts: list[Fact]) -> MonitorReport:
    store = store_of(folder / "facts", facts)
    return report_store(store, store, of_bundle=bundle_facts(bundle))


def test_a_channel_of_which_nothing_was_accepted_is_compared_with_the_bundles_facts(tmp_path: Path) -> None:
    bundle = bundle_with(tmp_path / "bundle", some_facts(10_000))
    same = some_facts(1_000, seed=2, bundle=bundle.fingerprint[:12])
    (channel,) = reported(tmp_path, bundle, same).channels
    assert (channel.level, channel.reference_facts, len(channel.windows)) == (Level.NOTICE, 10_000, 1)
    assert not channel.windows[0].differing
    (why,) = channel.why
    assert why.startswith("compared with made-up addresses")


def test_what_differs_from_them_is_said_and_is_a_notice_at_most(tmp_path: Path) -> None:
    bundle = bundle_with(tmp_path / "bundle", some_facts(10_000))
    (channel,) = reported(tmp_path, bundle, some_facts(2_000, seed=2, accepted=0.6, bundle="other")).channels
    assert channel.level is Level.NOTICE
    assert any(why.startswith("accepted differs in the last 1,000") for why in channel.why)
    assert channel.why[-1] == "another bundle answers than that of the reference: other"


def test_too_few_of_them_are_nothing_to_compare_with(tmp_path: Path) -> None:
    bundle = bundle_with(tmp_path / "bundle", some_facts(9_999))
    (channel,) = reported(tmp_path, bundle, some_facts(1_000, seed=2)).channels
    assert channel.why[0].startswith("nothing to compare")


def test_they_hold_what_is_watched_and_neither_times_nor_names(tmp_path: Path) -> None:
    first = bundle_with(tmp_path / "a", some_facts(100, minute=1, bundle="a"))
    second = bundle_with(tmp_path / "b", some_facts(100, minute=2, bundle="b"))
    assert pq.read_schema(first.path / REFERENCE_FACTS_PART).names == list(COLUMNS)
    assert first.manifest.parts == second.manifest.parts


def test_a_bundle_with_them_is_named_as_it_was_without_since_no_answer_rests_on_them(tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    without = write_manifest(unsealed(tmp_path / "without"), DESCRIPTION)
    assert bundle_with(tmp_path / "with", some_facts(10)).fingerprint == without.fingerprint
    assert bundle_facts(without) is None


def test_altered_and_unknown_ones_are_refused(tmp_path: Path) -> None:
    bundle = bundle_with(tmp_path / "bundle", some_facts(10))
    (bundle.path / REFERENCE_FACTS_PART).write_bytes(b"PAR1")
    with pytest.raises(BundleError, match="was altered"):
        load_bundle(bundle.path)
    with pytest.raises(UsageError, match="is not read by this release: name another bundle"):
        bundle_facts(bundle)


def test_the_command_takes_those_of_the_bundle_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = bundle_with(tmp_path / "bundle", some_facts(10_000))
    store = store_of(tmp_path / "facts", some_facts(1_000, seed=2, bundle=bundle.fingerprint[:12]))
    assert main(["monitor", "report", str(store.folder), "--bundle", str(bundle.path)]) == 3
    assert capsys.readouterr().out.startswith("file: notice, 1,000 answers, 79.3 % accepted")
    older = small_bundle(tmp_path / "older")
    assert main(["monitor", "report", str(store.folder), "--bundle", str(older.path)]) == 3
    assert "nothing to compare its 1,000 facts with" in capsys.readouterr().out

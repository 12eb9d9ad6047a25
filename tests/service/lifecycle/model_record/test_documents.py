"""The documents tell what the bundle says and what people said, and name what is missing."""

from pathlib import Path

import pytest

from address_match.models.bundle import Bundle
from address_match.service.lifecycle.model_record.documents import FILLED_IN, documents
from address_match.service.lifecycle.model_record.questions import QUESTIONS
from tests.models.bundle.factories import small_bundle


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return small_bundle(tmp_path / "bundle")


def test_there_are_four_and_the_card_is_that_of_the_bundle(bundle: Bundle) -> None:
    found = documents(bundle, {})
    assert list(found) == ["MODEL_CARD.md", "ATRS.md", "QF4SA.md", "CSPA.md"]
    assert found["MODEL_CARD.md"] == "# small\n"


def test_every_question_stands_as_missing_until_it_is_answered(bundle: Bundle) -> None:
    text = "".join(documents(bundle, {}).values())
    assert [one.name for one in QUESTIONS if f"**Missing** (`{one.name}`): {one.asks}" not in text] == []


def test_every_answer_takes_the_place_of_its_question(bundle: Bundle) -> None:
    said = {question.name: f"said of {question.name} <b>" for question in QUESTIONS}
    text = "".join(documents(bundle, said).values())
    assert "Missing" not in text
    assert [name for name, answer in said.items() if answer not in text] == []


@pytest.mark.parametrize("name", FILLED_IN)
def test_each_names_the_bundle_so_that_nobody_takes_it_for_another(bundle: Bundle, name: str) -> None:
    assert bundle.fingerprint[:16] in documents(bundle, {})[name]


def test_figures_data_seeds_and_hashes_come_from_the_bundle(bundle: Bundle) -> None:
    sheet = documents(bundle, {})["QF4SA.md"]
    assert "| recall@10 | 0.5000 |  | synthetic world, seed 8 |" in sheet
    assert "| learned from | synthetic world, seed 7, 1,000 premises, SHA-256 `" + "ab" * 32 in sheet
    assert "| seeds | encoder 7 |" in sheet
    assert all(part.sha256 in sheet for part in bundle.manifest.parts)


def test_a_record_has_both_tiers_and_the_five_sections_of_the_second(bundle: Bundle) -> None:
    record = documents(bundle, {})["ATRS.md"]
    titles = [line for line in record.splitlines() if line.startswith(("# ", "## "))]
    assert titles[1:] == [
        "# Tier 1: overview",
        "## 1.1 Name",
        "## 1.2 Description",
        "## 1.3 Website URL",
        "## 1.4 Contact email",
        "# Tier 2: detail",
        "## 2.1 Owner and responsibility",
        "## 2.2 Description and rationale",
        "## 2.3 Decision-making process",
        "## 2.4 Tool specification",
        "## 2.5 Risks, mitigations and impact assessments",
    ]

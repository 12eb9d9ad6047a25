"""Files go to coders and come back in every form."""

import json
from pathlib import Path

import pytest

from address_match.service.errors import UsageError
from address_match.service.lifecycle.labels.draw_sample import draw_sample
from address_match.service.lifecycle.labels.drawing_design import DrawingDesign
from address_match.service.lifecycle.labels.label_file import read_label_file, write_coder_file
from address_match.service.lifecycle.labels.sample import Sample
from tests.service.lifecycle.labels.factories import answers_file


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return answers_file(tmp_path)


def drawn(answers: Path, *, blind: float = 0.0) -> Sample:
    return draw_sample(answers, DrawingDesign(random=0.0, blind=blind), 1)


def filled(answers: Path, name: str, *, blind: float = 0.0) -> tuple[Path, Sample]:
    sample = drawn(answers, blind=blind)
    path = answers.with_name(name)
    write_coder_file(path, answers, sample.answers, force=False)
    return path, sample


@pytest.mark.parametrize("name", ["coder.csv", "coder.ndjson", "coder.xlsx", "coder.json"])
def test_a_coders_file_is_read_back_with_the_ids_of_the_sample(answers: Path, name: str) -> None:
    path, sample = filled(answers, name)
    assert [(one.id, one.verdict, one.uprn) for one in read_label_file(path)] == [
        (one.id, "", "") for one in sample.answers
    ]


def test_the_answer_of_blind_rows_is_empty_and_no_formula_is_run(answers: Path) -> None:
    path, _ = filled(answers, "coder.csv", blind=0.99)
    rows = [line.split(",")[:6] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert rows[1] == ["'=2 mill lane", "", "", "", "", ""]


@pytest.mark.parametrize("name", ["coder.ndjson", "coder.json", "coder.csv"])
def test_candidates_of_blind_rows_are_hidden_as_well(answers: Path, name: str) -> None:
    header, *rows = answers.read_text(encoding="utf-8").splitlines()
    listed = [f"{header},match_candidates", *(f'{row},"[{{""uprn"": ""0777""}}]"' for row in rows), ""]
    answers.write_text("\n".join(listed), encoding="utf-8")
    path, sample = filled(answers, name, blind=0.5)
    assert sum(one.blind for one in sample.answers) == 2
    assert path.read_text(encoding="utf-8").count("0777") == 2


def test_tasks_of_label_studio_do_not_show_the_answer_of_blind_rows(answers: Path) -> None:
    path, _ = filled(answers, "coder.json", blind=0.99)
    tasks = json.loads(path.read_text(encoding="utf-8"))
    assert {*tasks[0]["data"]} == {"address", "label_id"}


def annotated(path: Path, *annotations: dict[str, object]) -> Path:
    tasks = json.loads(path.read_text(encoding="utf-8"))
    tasks[1]["annotations"] = annotations
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def chosen(word: str, uprn: str = "", **others: object) -> dict[str, object]:
    choice = {"from_name": "verdict", "type": "choices", "value": {"choices": [word]}}
    text = {"from_name": "uprn", "type": "textarea", "value": {"text": [uprn]}}
    return {"result": [choice, text] if uprn else [choice]} | others


def test_what_an_annotator_chose_is_read(answers: Path) -> None:
    path = annotated(
        filled(answers, "coder.json")[0],
        chosen("right", was_cancelled=True),
        chosen("other premises", "0300"),
    )
    read = [(one.verdict, one.uprn) for one in read_label_file(path)]
    assert read == [("", ""), ("other premises", "0300"), ("", ""), ("", "")]


def test_a_note_of_an_annotator_is_read(answers: Path) -> None:
    noted = {"from_name": "note", "type": "textarea", "value": {"text": ["the rear of it"]}}
    path = annotated(filled(answers, "coder.json")[0], {"result": [*chosen("right")["result"], noted]})  # type: ignore[misc]  # a list
    assert [one.note for one in read_label_file(path)] == ["", "the rear of it", "", ""]


def test_a_file_without_a_column_of_notes_has_no_place_for_them(answers: Path) -> None:
    path = answers.with_name("said.csv")
    path.write_text("label_id,label_verdict,label_uprn\na1,right,\n")
    assert [one.note for one in read_label_file(path)] == [None]


def test_several_annotations_of_a_task_are_refused(answers: Path) -> None:
    path = annotated(filled(answers, "coder.json")[0], chosen("right"), chosen("cannot tell"))
    with pytest.raises(UsageError, match=r"task 2 of .* has several annotations"):
        list(read_label_file(path))


def test_a_task_of_another_form_is_refused(answers: Path) -> None:
    path = answers.with_name("tasks.json")
    path.write_text('[{"data": {"text": "1"}}]')
    with pytest.raises(UsageError, match=r"task 1 of .* is of another form"):
        list(read_label_file(path))


@pytest.mark.parametrize(
    ("name", "told"), [("coder.csv", "row 4 of .* is torn"), ("coder.json", "is torn or no JSON")]
)
def test_a_torn_file_is_refused(answers: Path, name: str, told: str) -> None:
    path, _ = filled(answers, name)
    path.write_bytes(path.read_bytes()[:-25])
    with pytest.raises(UsageError, match=told):
        list(read_label_file(path))


def test_a_file_without_the_columns_of_a_coder_is_refused(answers: Path) -> None:
    with pytest.raises(UsageError, match="has no column label_id"):
        list(read_label_file(answers))

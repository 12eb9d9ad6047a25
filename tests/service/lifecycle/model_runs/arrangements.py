"""Labels of a store, enough to learn from."""

from pathlib import Path

from address_match.service.lifecycle.labels.draw_sample import draw_sample
from address_match.service.lifecycle.labels.drawing_design import DrawingDesign
from address_match.service.lifecycle.labels.label_file import WrittenLabel
from address_match.service.lifecycle.labels.store import LabelStore
from address_match.service.lifecycle.labels.take_in import take_in

HEADER = "address,match_status,match_uprn,match_address,match_probability,match_error"


def labelled(store: LabelStore, folder: Path, held: dict[str, str], times: int) -> None:
    """Have a coder say of addresses that they are held, each so many times, and of as many others that they are not."""
    matched = [f'"{address}",matched,{uprn},"{address}",.95,' for address, uprn in held.items()] * times
    absent = [f'"{number} unheard of street",unmatched,,,.1,' for number in range(len(matched))]
    answers = folder / "answers.csv"
    answers.write_text("\n".join([HEADER, *matched, *absent, ""]), encoding="utf-8")
    sample = draw_sample(answers, DrawingDesign(2 * len(matched), 0, 0, 0, 0), 1)
    store.add_sample(sample)
    said = [
        WrittenLabel(str(one.row), one.id, "right" if one.uprn else "not in the reference", "")
        for one in sample.answers
    ]
    take_in(said, store, "Lena")

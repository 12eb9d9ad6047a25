"""From the numbers of the CRF to parses: this part alone works text by text."""

from collections.abc import Iterator, Sequence

from address_match.parser.crf.model import Labellings
from address_match.parser.fields.field_reader import FieldReader
from address_match.parser.fields.small_l import with_figures
from address_match.parser.labels import Label
from address_match.parser.parse import Alternative, Component, LabelledToken, Parse
from address_match.parser.tokens import Token, Words, dropped_spans


def assemble(
    texts: Sequence[str],
    tokens_of: Sequence[Sequence[Token]],
    words: Sequence[Words],
    labellings: Labellings,
    names: Sequence[Label],
    field_reader: FieldReader,
    *,
    with_alternatives: bool,
) -> Iterator[Parse]:
    """Yield the parse of each text; `words` are those of its tokens, `names` the labels by their number in the CRF."""
    best = labellings.labels[:, 0].tolist()
    certainties = labellings.certainties.tolist()
    probabilities = labellings.probabilities[:, 0].tolist()
    runs = zip(*(column.tolist() for column in labellings.runs), strict=True)
    run = next(runs, None)
    for row, (text, tokens, (folded, breaks)) in enumerate(zip(texts, tokens_of, words, strict=True)):
        labels = [names[number] for number in best[row][: len(tokens)]]
        meant = with_figures(text, folded, labels)
        components = []
        while run is not None and run[0] == row:
            _, first, last, probability = run
            value, part = field_reader.component(
                labels[first], tuple(meant[first : last + 1]), breaks[first : last + 1]
            )
            start, end = tokens[first].start, tokens[last].end
            components.append(
                Component(
                    labels[first], " ".join(folded[first : last + 1]), start, end, probability, value, part
                )
            )
            run = next(runs, None)
        corrected = field_reader.corrected(meant, labels, breaks)
        fields = field_reader.read_corrected(meant, corrected, breaks)
        yield Parse(
            text=text,
            tokens=tuple(map(LabelledToken._make, zip(tokens, labels, certainties[row], strict=False))),
            components=tuple(components),
            fields=fields,
            probability=probabilities[row],
            alternatives=_alternatives(labellings, row, len(tokens), names) if with_alternatives else (),
            uses=field_reader.uses(meant, corrected, breaks),
            dropped=dropped_spans(text),
            other_ways=field_reader.other_ways(text, Words(list(folded), list(breaks)), fields),
        )


def _alternatives(
    labellings: Labellings, row: int, size: int, names: Sequence[Label]
) -> tuple[Alternative, ...]:
    return tuple(
        Alternative(tuple(names[number] for number in path[:size]), probability)
        for path, probability, exists in zip(
            labellings.labels[row].tolist(),
            labellings.probabilities[row].tolist(),
            labellings.exist[row].tolist(),
            strict=True,
        )
        if exists
    )

"""Readable pages for one address: its answer, its parse, and what the answer rests on."""

from collections.abc import Mapping

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from address_match.parser.labels import Label
from address_match.parser.parse import Parse
from address_match.service.cli.terminal.consoles import page_console
from address_match.service.lookup.not_held import NotHeld
from address_match.service.matching.answer import Answer, Reason, Status
from address_match.service.matching.explanation.explanation import ExplainedCandidate, Explanation
from address_match.service.wire.parse import said_fields

LABEL_STYLES: dict[Label, str] = {
    Label.ORGANISATION: "magenta",
    Label.DEPARTMENT: "bright_magenta",
    Label.SUB_BUILDING: "bright_yellow",
    Label.BUILDING: "yellow",
    Label.NUMBER: "bold bright_green",
    Label.STREET: "green",
    Label.LOCALITY: "bright_cyan",
    Label.TOWN: "cyan",
    Label.POSTCODE: "bold bright_blue",
    Label.COUNTY: "blue",
    Label.OTHER: "dim",
}
STATUS_STYLES: dict[Status, str] = {
    Status.MATCHED: "bold green",
    Status.REVIEW: "bold yellow",
    Status.UNMATCHED: "bold red",
}
REASONS: dict[Reason, str] = {
    Reason.NONE: "",
    Reason.AMBIGUOUS: "several premises fit equally well",
    Reason.LOW: "likelier than not in the reference, but not sure enough",
    Reason.PLACE: "it fits, but the town is not named or is another, and streets have namesakes",
    Reason.NUMBER: "what fits best has another number or flat",
    Reason.POSITION: "it names a place by a neighbour's number: REAR OF 12 is not 12",
    Reason.STREET: "what fits best stands on another street of a like name",
    Reason.NAME: "what fits best shares the street, but is not the building that is named",
    Reason.STREET_ONLY: "it names a street, and no premises of it",
    Reason.PARENT_ONLY: "the reference holds the building, not this part of it",
    Reason.CHILD_ONLY: "the reference holds parts of the building, not the building itself",
    Reason.ABSENT: "not in the reference",
    Reason.BLANK: "the address is empty",
    Reason.ERROR: "the address could not be read",
}
CANDIDATES_EXPLAINED = 3
LONGEST_SHOWN = 300
"""Characters of an address that a page repeats."""
WEIGHTY = 0.05
"""Log-odds from which what something adds is shown by itself."""


def print_answer(text: str, answer: Answer, lacking: NotHeld | None = None) -> None:
    """Print the decision about an address, the part of it that is not held, and the candidates."""
    found = [_candidates(answer)] if answer.candidates else []
    page_console().print(_decision(text, answer), *_lacking(lacking), *found)


def print_parse(parse: Parse) -> None:
    """Print an address with its components in colours, then field by field."""
    page_console().print(_parsed(parse))


def print_explanation(
    explanation: Explanation, lacking: NotHeld | None = None, *, uprn: str | None = None
) -> None:
    """Print the parse, the candidates with their channels, what speaks for the best and for `uprn`, and the decision."""
    console = page_console()
    console.rule("parse", align="left")
    console.print(_parsed(explanation.parse))
    console.rule("candidates", align="left")
    console.print(_found(explanation.candidates))
    for place, candidate in enumerate(explanation.candidates):
        if place < CANDIDATES_EXPLAINED or candidate.uprn == uprn:
            console.print(_evidence(candidate))
    if uprn is not None and all(c.uprn != uprn for c in explanation.candidates):
        console.print(Text(f"{uprn} is not among the candidates: no channel found it.", "yellow"))
    console.rule("decision", align="left")
    decision = _decision(explanation.parse.text, explanation.answer)
    console.print(decision, *_lacking(lacking), *_reasons(explanation))


def _decision(text: str, answer: Answer) -> Group:
    head = Text.assemble((answer.status.value, STATUS_STYLES[answer.status]))
    if REASONS[answer.reason]:
        head.append(f"  {answer.error or REASONS[answer.reason]}")
    lines = [Text(_shortened(text), style="dim"), head]
    if answer.uprn:
        former = "  (of former times)" if answer.is_historical else ""
        lines.append(Text.assemble((answer.uprn, "bold"), f"  {answer.address}{former}"))
    if answer.related_uprn:
        lines.append(Text(f"offered: the {answer.relation.value} {answer.related_uprn}"))
    lines.append(Text(f"probability {answer.probability:.3f}, of absence {answer.absent_probability:.3f}"))
    return Group(*lines)


def _lacking(found: NotHeld | None) -> list[Group]:
    """Say which part of an address is not held, and which numbers of its street are."""
    if found is None:
        return []
    lines = [Text(f"not held: the {found.element.value} {found.text}", "yellow")]
    if found.nearest:
        numbers = ", ".join(f"{one.number} ({one.uprn})" for one in found.nearest)
        lines.append(Text(f"the nearest numbers on that street: {numbers}"))
    return [Group(*lines)]


def _candidates(answer: Answer) -> Table:
    table = _table("probability", "uprn", "address", "relation")
    for c in answer.candidates:
        table.add_row(f"{c.probability:.3f}", Text(c.uprn), Text(c.address), c.relation.value)
    return table


def _parsed(parse: Parse) -> Group:
    coloured = Text(parse.text)
    table = _table("component", "value", "probability", "says")
    for component in parse.components:
        style = LABEL_STYLES[component.label]
        coloured.stylize(style, component.start, component.end)
        table.add_row(
            Text(component.label.value, style),
            Text(component.value),
            f"{component.probability:.3f}",
            Text(_listed(said_fields(component.part)) if component.part else ""),
        )
    lines = Text(
        f"probability {parse.probability:.3f}; reads as: {_listed(said_fields(parse.fields)) or 'nothing'}"
    )
    alternatives = [_alternative_parses(parse)] if parse.alternatives else []
    return Group(coloured, table, lines, *_not_taken(parse), *alternatives)


def _not_taken(parse: Parse) -> list[Text]:
    """Say which words are passed over or not understood, and what of the text is no word."""
    words = [f"{text}: {use.value}" for text, use in parse.words_not_taken()]
    words += [f"{parse.text[start:end]}: no words" for start, end in parse.dropped]
    return [Text(f"passed over or not understood: {'; '.join(words)}", "yellow")] if words else []


def _alternative_parses(parse: Parse) -> Table:
    """List the best whole parses, each word in the colour of its label, and the labels that differ from the best."""
    table = _table("probability", "parse", "other than the best")
    for alternative in parse.alternatives:
        words = Text(" ").join(
            Text(labelled.token.text, LABEL_STYLES[label])
            for labelled, label in zip(parse.tokens, alternative.labels, strict=True)
        )
        others = [
            f"{labelled.token.text} {label.value}"
            for labelled, label in zip(parse.tokens, alternative.labels, strict=True)
            if label is not labelled.label
        ]
        table.add_row(f"{alternative.probability:.3f}", words, Text(", ".join(others)))
    return table


def _listed(fields: Mapping[str, str | int]) -> str:
    return ", ".join(f"{name} {value}" for name, value in fields.items())


def _found(candidates: tuple[ExplainedCandidate, ...]) -> Table:
    table = _table("probability", "log-odds", "uprn", "address", "relation", "match code", "found by")
    for c in candidates:
        table.add_row(
            f"{c.probability:.3f}",
            f"{c.log_odds:+.2f}",
            Text(c.uprn),
            Text(c.address),
            c.relation.value,
            c.match_code,
            ", ".join(c.channels),
        )
    return table


def _evidence(candidate: ExplainedCandidate) -> Panel:
    """List what each field adds; the sum is the log-odds of the candidate."""
    table = _table("adds", "because", "of which")
    for e in candidate.evidence:
        if abs(e.log_odds) >= WEIGHTY:
            parts = ", ".join(
                f"{c.feature} {c.log_odds:+.1f}" for c in e.contributions if abs(c.log_odds) >= WEIGHTY
            )
            table.add_row(_signed(e.log_odds), Text(e.words), Text(parts, "dim"))
    rest = sum(e.log_odds for e in candidate.evidence if abs(e.log_odds) < WEIGHTY)
    table.add_row(_signed(rest), "everything else", "")
    table.add_row(f"{candidate.log_odds:+.2f}", "log-odds of this candidate by itself", "")
    origin = f"  ({candidate.source})" if candidate.source else ""
    return Panel(table, title=Text(f"{candidate.uprn}  {candidate.address}{origin}"), title_align="left")


def _reasons(explanation: Explanation) -> list[Text]:
    """Return why the best won, why the runner-up lost, and what speaks for absence."""
    absence = explanation.absence
    weighty = [c for c in absence.contributions if abs(c.log_odds) >= WEIGHTY]
    made_of = "; ".join(f"{c.value} ({c.log_odds:+.1f})" for c in weighty)
    won = explanation.candidates[0].fields if explanation.candidates else explanation.parse.fields
    otherwise = won != explanation.parse.fields
    read = (
        f"The best candidate fits the address read otherwise: {_listed(said_fields(won))}."
        if otherwise
        else ""
    )
    lines = [read, absence.words, explanation.runner_up, f"Absence scores {absence.log_odds:+.2f}: {made_of}"]
    return [Text(line) for line in lines if line]


def _signed(log_odds: float) -> Text:
    return Text(f"{log_odds:+.2f}", "green" if log_odds > 0 else "red")


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, justify="right" if column in {"probability", "log-odds", "adds"} else "left")
    return table


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"

"""From labelled tokens to the fields of an address, in the form in which two addresses are compared."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from address_match.parser.fields.canonical_names import building_name, county_name, place_name, street_name
from address_match.parser.fields.component_value import premises_value
from address_match.parser.fields.other_ways import may_be_read_otherwise, other_ways
from address_match.parser.fields.position.part_of_the_named import PART, is_part_of_the_named
from address_match.parser.fields.position.position import find_pointer, position_tokens, read_position
from address_match.parser.fields.position.words_meant import words_meant
from address_match.parser.fields.premises_part import PremisesPart, read_premises
from address_match.parser.fields.relabel.label_rules import LabelRules
from address_match.parser.fields.second_address import (
    JOINING,
    LISTED,
    SEVERAL,
    lists_houses_apart,
    names_second_address,
)
from address_match.parser.fields.word_uses import word_uses
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.scanner_errors import word_meant
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.recognisers.postcode import read_postcode
from address_match.parser.tokens import Words
from address_match.parser.word_use import WordUse

_PREMISES = frozenset({Label.SUB_BUILDING, Label.BUILDING, Label.NUMBER})
_REMEMBERED = 1 << 16


class FieldReader:
    """Turns labelled tokens into what the address says; remembers the parts it has read before."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._premises: Callable[[tuple[str, ...], tuple[Label, ...]], PremisesPart] = lru_cache(_REMEMBERED)(
            lambda tokens, labels: read_premises(tokens, labels, lexicon)
        )
        self._street: Callable[[tuple[str, ...]], str] = lru_cache(_REMEMBERED)(
            lambda tokens: street_name(self._as_meant(tokens), lexicon)
        )
        self._place: Callable[[tuple[str, ...]], str] = lru_cache(_REMEMBERED)(
            lambda tokens: place_name(self._as_meant(tokens))
        )
        self._county: Callable[[tuple[str, ...]], str] = lru_cache(_REMEMBERED)(
            lambda tokens: county_name(tokens, lexicon.counties)
        )
        self._postcode: Callable[[tuple[str, ...]], str] = lru_cache(_REMEMBERED)(read_postcode)
        self._lexicon = lexicon
        self._label_rules = LabelRules(lexicon)
        self._position_tokens = position_tokens()

    def _as_meant(self, tokens: Sequence[str]) -> Sequence[str]:
        """Return the words of a name with letters for the digits that a scanner took them for."""
        if not any(c.isdigit() for token in tokens for c in token):
            return tokens
        return [word_meant(token, self._lexicon.flags) for token in tokens]

    def read(self, tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool]) -> ParsedFields:
        """Return the fields of one text's tokens, their labels, and whether a comma stands before each."""
        return self.read_corrected(tokens, self.corrected(tokens, labels, breaks), breaks)

    def corrected(
        self, tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool]
    ) -> Sequence[Label]:
        """Return the labels of a text's tokens, corrected by rules: those that fields and uses are read from."""
        return self._label_rules.correct(tokens, labels, breaks)

    def read_corrected(
        self, tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool]
    ) -> ParsedFields:
        """Return what `read` does, from `corrected` labels."""
        position, pointing = "", range(0)
        meant = words_meant(tokens, breaks, self._lexicon)
        if not self._position_tokens.isdisjoint(meant) or meant[:1] == ["CLOSE"]:
            position, first, end = find_pointer(meant, labels, breaks, self._lexicon)
            pointing = range(first, end)
            position = position or read_position(meant, labels, breaks)
        if not position and is_part_of_the_named(tokens, breaks, self._lexicon):
            position = PART
        if not JOINING.isdisjoint(tokens) and names_second_address(tokens, self._lexicon):
            position = SEVERAL
        premises_tokens: list[str] = []
        premises_labels: list[Label] = []
        runs: dict[Label, list[list[str]]] = {}
        before: Label | None = None
        for place, (token, label, after_break) in enumerate(zip(tokens, labels, breaks, strict=True)):
            if pointing and place in pointing and label is not Label.OTHER:
                continue
            if label in _PREMISES:
                spoilt = label is Label.BUILDING and not token.isalpha() and token[0].isalpha()
                premises_tokens.append(word_meant(token, self._lexicon.flags) if spoilt else token)
                premises_labels.append(label)
            elif label is before and not after_break:
                runs[label][-1].append(token)
            else:
                runs.setdefault(label, []).append([token])
            before = label
        part = self._premises(tuple(premises_tokens), tuple(premises_labels))
        if not position and part.number_end >= 0 and lists_houses_apart(tokens, part.number, part.number_end):
            position = LISTED
        if len(runs.get(Label.TOWN, ())) > 1:
            _keep_last_town(runs)
        return ParsedFields(
            organisation=self._organisation(runs.get(Label.ORGANISATION)),
            department=_plain(runs.get(Label.DEPARTMENT)),
            building=part.building,
            unit=part.unit,
            unit_kind=part.unit_kind,
            floor=part.floor,
            side=part.side,
            number=part.number,
            number_end=part.number_end,
            suffix=part.suffix,
            street=_each(runs.get(Label.STREET), self._street),
            locality=_each(runs.get(Label.LOCALITY), self._place),
            town=_each(runs.get(Label.TOWN), self._place),
            county=_each(runs.get(Label.COUNTY), self._county),
            postcode=self._written_postcode(runs.get(Label.POSTCODE)),
            position=position,
            other=_plain(runs.get(Label.OTHER)),
        )

    def uses(
        self, tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool]
    ) -> tuple[WordUse, ...]:
        """Return what becomes of each token of a text with `corrected` labels."""
        meant = words_meant(tokens, breaks, self._lexicon)
        return word_uses(tokens, labels, find_pointer(meant, labels, breaks, self._lexicon), self._lexicon)

    def other_ways(self, text: str, words: Words, fields: ParsedFields) -> tuple[ParsedFields, ...]:
        """Return what else a text may say, where its numbers can be read in more ways than one; no two alike."""
        if not may_be_read_otherwise(text, words.texts, fields):
            return ()
        return tuple(dict.fromkeys(other_ways(text, words, fields, self._lexicon)))

    def component(
        self, label: Label, tokens: tuple[str, ...], breaks: Sequence[bool]
    ) -> tuple[str, PremisesPart | None]:
        """Return the normalised value of one component by itself, and what one of the premises says."""
        if label in _PREMISES:
            part = self._premises(tokens, (label,) * len(tokens))
            return premises_value(part, tokens), part
        runs: list[list[str]] = []
        for token, after_break in zip(tokens, breaks, strict=True):
            if runs and not after_break:
                runs[-1].append(token)
            else:
                runs.append([token])
        return self._value(label, runs), None

    def _value(self, label: Label, runs: list[list[str]]) -> str:
        if label is Label.STREET:
            return _each(runs, self._street)
        if label is Label.TOWN or label is Label.LOCALITY:
            return _each(runs, self._place)
        if label is Label.COUNTY:
            return _each(runs, self._county)
        if label is Label.POSTCODE:
            return self._written_postcode(runs)
        return self._organisation(runs) if label is Label.ORGANISATION else _plain(runs)

    def _organisation(self, runs: list[list[str]] | None) -> str:
        return building_name([token for run in runs for token in run], self._lexicon) if runs else ""

    def _written_postcode(self, runs: list[list[str]] | None) -> str:
        return self._postcode(tuple(token for run in runs for token in run)) if runs else ""


def _keep_last_town(runs: dict[Label, list[list[str]]]) -> None:
    """Make localities of the towns before the last one, which is the post town: LOUTH, GRIMSBY."""
    *before, last = runs[Label.TOWN]
    if within := [town for town in before if town != last]:
        runs[Label.TOWN] = [last]
        runs[Label.LOCALITY] = [*runs.get(Label.LOCALITY, ()), *within]


def _each(runs: list[list[str]] | None, write: Callable[[tuple[str, ...]], str]) -> str:
    """Write each run of a component on its own, and one that is said twice once."""
    if not runs:
        return ""
    if len(runs) == 1:
        return write(tuple(runs[0]))
    return " ".join(dict.fromkeys(write(tuple(run)) for run in runs))


def _plain(runs: list[list[str]] | None) -> str:
    return " ".join(token for run in runs for token in run) if runs else ""

"""The parser: from the text of an address to labels, components and fields."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from address_match.parser.assembly import assemble
from address_match.parser.crf.context_table import FloatArray
from address_match.parser.crf.model import CrfModel, Emissions, batches_by_length
from address_match.parser.errors import NotTextError
from address_match.parser.fields.field_reader import FieldReader
from address_match.parser.fields.small_l import with_figures
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.lexicon.files import lists_fingerprint
from address_match.parser.lexicon.lexicon import shipped_lexicon
from address_match.parser.parse import Parse
from address_match.parser.parsed_address import BEST_ONLY, NBestPolicy, ParsedAddress
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.text_length import refuse_long
from address_match.parser.tokens import Words, dropped_spans, tokenise, words_of

RULES_VERSION = "48"
"""Changes with every change of the features or of the reading rules, so that indexes built before it are refused."""

_CELLS = 1 << 13
"""Texts × tokens in one batch of the CRF: large enough to spread numpy's overhead, small enough for the cache."""
_EMPTY_PARSE_PROBABILITY = 1.0
_EMPTY_ADDRESS = ParsedAddress([], ParsedFields(), _EMPTY_PARSE_PROBABILITY)


class AddressParser:
    """Labels the words of addresses and reads what they say; safe to share between threads."""

    def __init__(self, crf: CrfModel, field_reader: FieldReader, fingerprint: str) -> None:
        """The fingerprint names the model file and the rules by which its labels are read."""
        self._crf = crf
        self._field_reader = field_reader
        self.fingerprint = fingerprint

    @classmethod
    def load(cls, path: Path, gazetteer: Gazetteer | None = None) -> "AddressParser":
        """Return the parser of a model file in CRFsuite's own format.

        With the `gazetteer` of a reference it knows the names in it; the fingerprint is that of the model either way.
        Raises ModelFileError where the file is none.
        """
        lexicon = shipped_lexicon()
        crf = CrfModel.load(path, lexicon, gazetteer)
        digest = hashlib.sha256(path.read_bytes())
        digest.update(RULES_VERSION.encode())
        digest.update(lists_fingerprint().encode())
        return cls(crf, FieldReader(lexicon), digest.hexdigest())

    def knowing(self, gazetteer: Gazetteer | None) -> "AddressParser":
        """Return the same parser with the names of another reference; they share what was read of the model file."""
        return AddressParser(self._crf.knowing(gazetteer), self._field_reader, self.fingerprint)

    def parse(self, text: str, *, nbest: int = 0) -> Parse:
        """Label one text and read it; `nbest` asks for that many alternatives, exact and the best first."""
        return self.parse_batch([text], nbest=nbest)[0]

    def parse_batch(self, texts: Sequence[str], *, nbest: int = 0) -> list[Parse]:
        """Label many texts; the answer does not depend on what else is in the batch.

        Raises NotTextError for what is no string and TextTooLongError for a text that is too long
        (`address_match.parser.text_length`).
        """
        tokens = [tokenise(_checked(text)) for text in texts]
        parses: dict[int, Parse] = {}
        for places, words in _grouped([Words.of(some) for some in tokens]):
            found = assemble(
                [texts[place] for place in places],
                [tokens[place] for place in places],
                words,
                self._crf.label(words, count=max(1, nbest)),
                self._crf.labels,
                self._field_reader,
                with_alternatives=nbest > 0,
            )
            parses.update(zip(places, found, strict=True))
        return [parses.get(place) or _empty_parse(text) for place, text in enumerate(texts)]

    def parse_with_alternatives(
        self, texts: Sequence[str], *, policy: NBestPolicy
    ) -> tuple[list[Parse], list[ParsedAddress]]:
        """Return what `parse_batch` and what `parse_addresses` return, in one pass.

        Raises what `parse_batch` raises.
        """
        tokens = [tokenise(_checked(text)) for text in texts]
        parses: dict[int, Parse] = {}
        parsed: dict[int, ParsedAddress] = {}
        for places, words in _grouped([Words.of(some) for some in tokens]):
            chosen = [texts[place] for place in places]
            emissions = self._crf.decode(words).emissions
            found = self._crf.labellings(emissions)
            full = list(
                assemble(
                    chosen,
                    [tokens[place] for place in places],
                    words,
                    found,
                    self._crf.labels,
                    self._field_reader,
                    with_alternatives=False,
                )
            )
            best = [
                ParsedAddress(some.texts, parse.fields, parse.probability)
                for some, parse in zip(words, full, strict=True)
            ]
            read = self._with_alternatives(best, chosen, words, emissions, found.log_totals, policy)
            parses.update(zip(places, full, strict=True))
            parsed.update(zip(places, read, strict=True))
        return (
            [parses.get(place) or _empty_parse(text) for place, text in enumerate(texts)],
            [parsed.get(place, _EMPTY_ADDRESS) for place in range(len(texts))],
        )

    def parse_addresses(
        self, texts: Sequence[str], *, policy: NBestPolicy = BEST_ONLY
    ) -> list[ParsedAddress]:
        """Read many texts as `parse_batch` does, in half of its time; those that `policy` names in other ways as well.

        Raises what `parse_batch` raises.
        """
        read: dict[int, ParsedAddress] = {}
        for places, words in _grouped([words_of(_checked(text)) for text in texts]):
            read.update(
                zip(places, self._read([texts[place] for place in places], words, policy), strict=True)
            )
        return [read.get(place, _EMPTY_ADDRESS) for place in range(len(texts))]

    def parse_fields(self, texts: Sequence[str], words: Sequence[Words] | None = None) -> list[ParsedFields]:
        """Read many texts as `parse_addresses` does, without the probabilities; `words` are those of `words_of`, where
        they are known.
        """
        checked = [_checked(text) for text in texts]
        read: dict[int, ParsedFields] = {}
        for places, grouped in _grouped(words or [words_of(text) for text in checked]):
            best = self._crf.decode(grouped).best.labels[:, 0].tolist()
            for place, some, labels in zip(places, grouped, best, strict=True):
                read[place] = self._fields(texts[place], some, labels)
        nothing = ParsedFields()
        return [read.get(place, nothing) for place in range(len(texts))]

    def _read(self, texts: Sequence[str], words: Sequence[Words], policy: NBestPolicy) -> list[ParsedAddress]:
        decoding = self._crf.decode(words)
        read = [
            ParsedAddress(some.texts, self._fields(text, some, labels), probability)
            for text, some, labels, probability in zip(
                texts,
                words,
                decoding.best.labels[:, 0].tolist(),
                decoding.probabilities.tolist(),
                strict=True,
            )
        ]
        return self._with_alternatives(read, texts, words, decoding.emissions, decoding.log_totals, policy)

    def _with_alternatives(
        self,
        parsed: list[ParsedAddress],
        texts: Sequence[str],
        words: Sequence[Words],
        emissions: Emissions,
        log_totals: FloatArray,
        policy: NBestPolicy,
    ) -> list[ParsedAddress]:
        """Return the parsed addresses with what else each text may say: in its numbers, and where `policy` doubts it."""
        if policy.most:
            parsed = [
                self._with_other_ways(text, some, one, policy)
                for text, some, one in zip(texts, words, parsed, strict=True)
            ]
        probabilities = np.array([address.probability for address in parsed])
        unsure = np.flatnonzero(probabilities < policy.below)
        if not len(unsure):
            return parsed
        paths = self._crf.best(emissions.of(unsure), count=policy.most + 1)
        chances = paths.probabilities(log_totals[unsure])
        likely_enough = chances >= policy.least_likely * chances[:, :1]
        for row, place in enumerate(unsure.tolist()):
            likely = paths.labels[row, likely_enough[row]].tolist()[1:]
            read = (self._fields(texts[place], words[place], labels) for labels in likely)
            others = [_pointing_as(parsed[place].fields, fields) for fields in read]
            distinct = dict.fromkeys([parsed[place].fields, *parsed[place].alternatives, *others])
            parsed[place] = parsed[place]._replace(alternatives=tuple(distinct)[1 : policy.most + 1])
        return parsed

    def _with_other_ways(
        self, text: str, words: Words, parsed: ParsedAddress, policy: NBestPolicy
    ) -> ParsedAddress:
        """Add what the numbers of a text may say otherwise, however sure the labels are."""
        others = self._field_reader.other_ways(text, words, parsed.fields)
        return parsed._replace(alternatives=others[: policy.most]) if others else parsed

    def _fields(self, text: str, words: Words, labels: Sequence[int]) -> ParsedFields:
        """Read a text under labels by their numbers in the CRF, those beyond its end left aside."""
        names = self._crf.labels
        named = [names[number] for number in labels[: len(words.texts)]]
        return self._field_reader.read(with_figures(text, words.texts, named), named, words.breaks)


def _pointing_as(best: ParsedFields, other: ParsedFields) -> ParsedFields:
    """Return another reading of a text with the position of its best one: under no labels is what lies beside a house
    the house.
    """
    return replace(other, position=best.position) if best.position and not other.position else other


def _empty_parse(text: str) -> Parse:
    return Parse(text, (), (), ParsedFields(), _EMPTY_PARSE_PROBABILITY, dropped=dropped_spans(text))


def _grouped(words: Sequence[Words]) -> Iterator[tuple[list[int], list[Words]]]:
    """Yield batches for the CRF: the places of texts of like length, and their words."""
    for group in batches_by_length([len(some.texts) for some in words], cells=_CELLS):
        places = group.tolist()
        yield places, [words[place] for place in places]


def _checked(text: str) -> str:
    if not isinstance(text, str):
        raise NotTextError(f"{text!r:.60} is a {type(text).__name__} and no text: give a str")
    refuse_long(text)
    return text

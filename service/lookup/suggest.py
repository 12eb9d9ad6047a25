"""Completes what somebody types: postcodes, streets, and the premises of these."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.lexical.canonical_words import CANONICAL_WORDS
from address_match.indexer.reference.street_directory import HeldPostcode, Street
from address_match.indexer.retrieval import PremisesLists
from address_match.parser.tokens import Token, tokenise
from address_match.service.lookup.listed_premises import ListedPremises, listed
from address_match.service.lookup.postcode_start import is_whole, postcode_start, spaced
from address_match.service.lookup.typed_text import TypedText
from address_match.service.matching.answer import Answer

STREETS_SEARCHED = 4
"""Streets in which a number is looked for; where more fit what is typed, it says too little."""
LEAST_PROBABILITY = 0.02
"""Of a premises that matching suggests: half an address leaves much to others, and what names nothing less than that."""


class SuggestionKind(StrEnum):
    """What a suggestion names."""

    POSTCODE = "postcode"
    STREET = "street"
    PREMISES = "premises"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to go on; what does not belong to its kind is empty."""

    kind: SuggestionKind
    text: str
    """To be shown."""
    premises: int
    """How many it stands for."""
    uprn: str = ""
    street: str = ""
    place: str = ""
    """Of the street, as look-ups of streets take it."""
    postcode: str = ""


def suggest(lists: PremisesLists, typed: TypedText, limit: int) -> list[Suggestion]:
    """Return at most `limit` ways to go on, the likeliest first; none where no name of the reference fits."""
    return list(islice(_every(lists, typed, limit), limit))


def _every(lists: PremisesLists, typed: TypedText, limit: int) -> Iterator[Suggestion]:
    if not (typed.words or typed.prefix):
        if is_whole(typed.postcode):
            texts = lists.in_postcode(typed.postcode.replace(" ", ""))
            yield from map(of_premises, listed(_numbered(texts, typed) if typed.number else texts))
        elif typed.postcode:
            yield from map(_of_postcode, lists.directory.postcodes_from(typed.postcode, limit))
        return
    streets = lists.directory.streets_with(typed.words, typed.prefix, limit, start=typed.postcode)
    if typed.number:
        for street in streets[:STREETS_SEARCHED]:
            texts = _numbered(lists.on_street(street.name, street.place), typed)
            yield from map(of_premises, listed(texts))
    yield from map(_of_street, streets)
    if len(streets) == 1 and not typed.number:
        yield from map(of_premises, listed(lists.on_street(streets[0].name, streets[0].place)))


def likely(answer: Answer) -> list[Suggestion]:
    """Suggest the premises that matching finds likely enough for what is typed, where no name of the reference fits it."""
    return [
        Suggestion(SuggestionKind.PREMISES, candidate.address, 1, uprn=candidate.uprn)
        for candidate in answer.candidates
        if candidate.probability >= LEAST_PROBABILITY
    ]


def _numbered(texts: pa.Table, typed: TypedText) -> pa.Table:
    """Return the texts with the number, then those whose number goes on from it where it is only begun."""
    written = pc.binary_join_element_wise(
        pc.cast(texts.column("number"), pa.string()), texts.column("suffix"), ""
    )
    equal = pc.equal(written, typed.number).to_numpy(zero_copy_only=False)
    begun = pc.starts_with(written, typed.number).to_numpy(zero_copy_only=False)
    longer = np.flatnonzero(begun & ~equal) if typed.is_number_begun or typed.number.isdigit() else ()
    if not typed.is_number_begun:  # 12 is followed by 12A, and not by 120
        longer = [row for row in longer if written[row].as_py()[len(typed.number) :].isalpha()]
    return texts.take(pa.array([*np.flatnonzero(equal).tolist(), *longer], pa.int64()))


def of_premises(premises: ListedPremises) -> Suggestion:
    """Suggest a premises."""
    return Suggestion(
        SuggestionKind.PREMISES, premises.address, 1, uprn=premises.uprn, postcode=premises.postcode
    )


def _of_street(street: Street) -> Suggestion:
    text = f"{street.name}, {street.place}" if street.place else street.name
    return Suggestion(SuggestionKind.STREET, text, street.premises, street=street.name, place=street.place)


def _of_postcode(held: HeldPostcode) -> Suggestion:
    postcode = spaced(held.postcode)
    return Suggestion(SuggestionKind.POSTCODE, postcode, held.premises, postcode=postcode)


def highlights(shown: str, text: str) -> list[tuple[int, int]]:
    """Return the start and end of what of a shown text was typed: whole words, and the beginning of the last one.

    >>> highlights("12 MILL LANE, ANYTOWN", "mill ln an")
    [(3, 7), (8, 12), (14, 16)]
    """
    if start := postcode_start(text):
        return _beginning(shown, start)
    words = [token.text for token in tokenise(text)]
    prefix = words[-1] if words and text[-1:].isalnum() else ""
    whole = {CANONICAL_WORDS.get(word, word) for word in words}
    found = []
    for token in tokenise(shown):
        if prefix and token.text.startswith(prefix):
            found.append((token.start, _end_of_beginning(token, prefix)))
        elif CANONICAL_WORDS.get(token.text, token.text) in whole:
            found.append((token.start, token.end))
    return found


def _beginning(shown: str, start: str) -> list[tuple[int, int]]:
    """Return where a postcode, the last of a shown text, begins with what was typed, with or without a space."""
    outcode, incode = shown.rpartition(", ")[2].partition(" ")[::2]
    letters = start.replace(" ", "")
    if not (outcode + incode).startswith(letters):
        return []
    length = len(letters) + (len(letters) > len(outcode))
    first = len(shown) - len(outcode) - len(incode) - 1
    return [(first, first + length)]


def _end_of_beginning(token: Token, prefix: str) -> int:
    """Return where the beginning of a word ends; of a word that is not written as it is folded, the word's own end."""
    is_as_folded = token.end - token.start == len(token.text)
    return token.start + len(prefix) if is_as_folded else token.end

"""The ways in which people write an address differently from a register, each a program over labelled words.

They share no code with the noise that the parser is trained on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random

from address_match.parser.labelled_text import Piece
from address_match.parser.labels import Label
from benchmarks.parser.labelled_addresses import Words, fields_of
from benchmarks.parser.typos import one_typo, typo_in_every_word

_SHORT_STREET_TYPES: Mapping[str, tuple[str, ...]] = {
    "APPROACH": ("APP",),
    "AVENUE": ("AVE", "AV"),
    "BOULEVARD": ("BLVD",),
    "CLOSE": ("CL",),
    "COTTAGES": ("COTTS",),
    "COURT": ("CT", "CRT"),
    "CRESCENT": ("CRES",),
    "DRIVE": ("DR", "DRV"),
    "GARDENS": ("GDNS",),
    "GREEN": ("GRN",),
    "GROVE": ("GR", "GRV"),
    "LANE": ("LN",),
    "PARADE": ("PDE",),
    "PARK": ("PK",),
    "PLACE": ("PL",),
    "ROAD": ("RD",),
    "SQUARE": ("SQ",),
    "STREET": ("ST", "STR"),
    "TERRACE": ("TERR", "TCE"),
    "VILLAS": ("VLS",),
    "WALK": ("WLK",),
}
_COUNTIES = ("KENT", "ESSEX", "SURREY", "HANTS", "LANCASHIRE", "WEST YORKSHIRE", "COUNTY DURHAM", "N YORKS")
_COUNTRIES = ("UK", "ENGLAND", "UNITED KINGDOM", "GREAT BRITAIN")
_NOISE = (
    "C/O MR J SMITH",
    "MRS P HARGREAVES",
    "THE OCCUPIER",
    "DELIVER TO",
    "FAO MS K OWEN",
    "ADDRESS",
    "ATTN DR PATEL",
    "SHIP TO",
)
_PREMISES = frozenset({Label.NUMBER, Label.BUILDING, Label.SUB_BUILDING})


@dataclass(frozen=True, slots=True)
class Perturbation:
    """A named way to write an address otherwise; `goal` is the share of whole addresses to be right, if one is set."""

    name: str
    write: Callable[[Words, Random], Words]
    seeds: int = 1
    """How often chance is tried; 1 where there is none."""
    goal: float | None = None


def as_is(words: Words, _rng: Random) -> Words:
    """Change nothing."""
    return words


def without(*labels: Label) -> Callable[[Words, Random], Words]:
    """Return the program that leaves fields out; an address that is nothing else stays as it is."""

    def leave_out(words: Words, _rng: Random) -> Words:
        return tuple(word for word in words if word.label not in labels) or words

    return leave_out


def postcode_glued(words: Words, _rng: Random) -> Words:
    """Write the postcode without its space."""
    glued: list[Piece] = []
    for field in fields_of(words):
        joined = "".join(word.text for word in field)
        glued += [replace(field[0], text=joined)] if field[0].label is Label.POSTCODE else field
    return tuple(glued)


def postcode_first(words: Words, _rng: Random) -> Words:
    """Write the postcode before everything else."""
    return tuple(sorted(words, key=lambda word: word.label is not Label.POSTCODE))


def street_type_abbreviated(words: Words, rng: Random) -> Words:
    """Abbreviate the last word of the street where it is a kind of street."""
    written: list[Piece] = []
    for field in fields_of(words):
        *name, last = field
        short = _SHORT_STREET_TYPES.get(last.text.upper()) if last.label is Label.STREET and name else None
        written += [*name, replace(last, text=rng.choice(short)) if short else last]
    return tuple(written)


def full_stop_after_street(words: Words, _rng: Random) -> Words:
    """Write a full stop behind the street."""
    return tuple(
        replace(word, text=word.text + ".")
        if word.label is Label.STREET
        and (place + 1 == len(words) or words[place + 1].label is not Label.STREET)
        else word
        for place, word in enumerate(words)
    )


def commas_and_mixed_case(words: Words, _rng: Random) -> Words:
    """Write commas between the fields, but not between a number and its street, and names with one capital."""
    written: list[Piece] = []
    for field in fields_of(words):
        touching = written and written[-1].label in _PREMISES and written[-1].text[:1].isdigit()
        first = replace(field[0], separator=" " if touching else ", ")
        kept = first.label is Label.POSTCODE
        written += [word if kept else replace(word, text=word.text.title()) for word in (first, *field[1:])]
    return tuple(written)


def fields_in_random_order(words: Words, rng: Random) -> Words:
    """Shuffle the fields, a number together with the street behind it, and write commas between them."""
    units: list[Words] = []
    for field in fields_of(words):
        follows_number = units and units[-1][-1].label is Label.NUMBER and field[0].label is Label.STREET
        if follows_number:
            units[-1] = (*units[-1], *field)
        else:
            units.append(field)
    rng.shuffle(units)
    return tuple(
        replace(word, separator=", " if place == 0 else word.separator)
        for unit in units
        for place, word in enumerate(unit)
    )


def labels_in_random_order(words: Words, rng: Random) -> Words:
    """Shuffle the fields, numbers apart from their streets, without a comma: harder than people are."""
    fields = fields_of(words)
    rng.shuffle(fields)
    return tuple(word for field in fields for word in field)


def lower_case(words: Words, _rng: Random) -> Words:
    """Write everything in lower case."""
    return tuple(replace(word, text=word.text.lower()) for word in words)


def upper_case(words: Words, _rng: Random) -> Words:
    """Write everything in upper case."""
    return tuple(replace(word, text=word.text.upper()) for word in words)


def county_and_country_appended(words: Words, rng: Random) -> Words:
    """Write a county and a country behind everything else; the labelling table calls both County."""
    county = _labelled(rng.choice(_COUNTIES), Label.COUNTY)
    return (*words, *county, *_labelled(rng.choice(_COUNTRIES), Label.COUNTY))


def noise_words_before(words: Words, rng: Random) -> Words:
    """Write a person, a care-of or a word of a form before everything else."""
    return (*_labelled(rng.choice(_NOISE), Label.OTHER), *words)


def _labelled(text: str, label: Label) -> Words:
    return tuple(Piece(word, label) for word in text.split())


PERTURBATIONS: tuple[Perturbation, ...] = (
    Perturbation("as is", as_is, goal=0.95),
    Perturbation("without town", without(Label.TOWN)),
    Perturbation("without postcode", without(Label.POSTCODE)),
    Perturbation("without town and postcode", without(Label.TOWN, Label.POSTCODE), goal=0.92),
    Perturbation("postcode glued", postcode_glued),
    Perturbation("postcode first", postcode_first, goal=0.93),
    Perturbation("street type abbreviated", street_type_abbreviated, seeds=3, goal=0.94),
    Perturbation("full stop after the street", full_stop_after_street, goal=0.94),
    Perturbation("commas and mixed case", commas_and_mixed_case),
    Perturbation("one typo", one_typo, seeds=10, goal=0.90),
    Perturbation("typo in every word", typo_in_every_word, seeds=10, goal=0.70),
    Perturbation("fields in random order", fields_in_random_order, seeds=10),
    Perturbation("labels in random order", labels_in_random_order, seeds=10),
    Perturbation("upper case", upper_case),
    Perturbation("lower case", lower_case),
    Perturbation("county and country appended", county_and_country_appended, seeds=10),
    Perturbation("noise words before", noise_words_before, seeds=10),
)

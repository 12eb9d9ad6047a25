"""The one table of all noise classes, and how several are put together."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from random import Random
from types import MappingProxyType

from address_match.models.synthesis.noise import (
    flats,
    house_numbers,
    layout,
    letter_case,
    names,
    names_alone,
    notes,
    places,
    positions,
    postcodes,
    reserved,
    slips,
    streets,
    welsh,
)
from address_match.models.synthesis.noise.noise_class import NoiseClass, Stage
from address_match.models.synthesis.noise.pieces import Noise, Pieces


def _classes(stage: Stage, weights: Mapping[Noise, float]) -> tuple[NoiseClass, ...]:
    return tuple(
        NoiseClass(
            name=apply.__name__,
            apply=apply,
            stage=stage,
            reserved=apply.__module__ == reserved.__name__,
            weight=weight,
            takes_postcode=apply
            in {postcodes.postcode_missing, postcodes.postcode_outward_only, reserved.truncated},
        )
        for apply, weight in weights.items()
    )


_FIELDS: Mapping[Noise, float] = {
    postcodes.postcode_first: 0.7,
    postcodes.postcode_middle: 0.7,
    postcodes.postcode_missing: 2.5,
    postcodes.postcode_outward_only: 0.8,
    postcodes.postcode_letter_off: 1.0,
    postcodes.postcode_digit_off: 0.6,
    postcodes.postcode_transposed: 0.7,
    postcodes.postcode_of_another_street: 0.6,
    places.town_missing: 1.5,
    places.town_by_locality: 1.2,
    places.locality_missing: 1.5,
    places.locality_after_town: 0.5,
    places.county_appended: 1.0,
    places.county_missing: 0.7,
    places.county_abbreviated: 0.7,
    places.country_appended: 0.5,
    places.town_repeated: 0.5,
    places.near_place: 0.5,
    flats.flat_after_slash: 0.6,
    flats.flat_before_slash: 0.5,
    flats.flat_letter_joined: 1.0,
    flats.flat_after_street: 0.7,
    flats.flat_word_dropped: 1.3,
    flats.flat_word_exchanged: 0.6,
    flats.flat_word_added: 0.5,
    flats.floor_abbreviated: 1.3,
    flats.flat_in_brackets: 0.8,
    house_numbers.range_low: 0.9,
    house_numbers.range_high: 0.7,
    house_numbers.range_inside: 0.3,
    house_numbers.range_slashed: 0.4,
    house_numbers.range_in_words: 0.4,
    house_numbers.range_spaced: 0.5,
    house_numbers.number_after_name: 0.8,
    house_numbers.number_before_building: 0.6,
    names.organisation_dropped: 0.8,
    names.organisation_added: 0.7,
    names.organisation_twice: 0.4,
    names.trading_as: 0.4,
    names.care_of: 0.5,
    names.person_prepended: 0.6,
    names.building_dropped: 0.7,
    names.building_added: 0.6,
    names.building_kind_dropped: 0.5,
    names.building_kind_added: 0.4,
    names_alone.number_unsaid: 1.6,
    names_alone.street_unsaid: 0.8,
    names_alone.street_otherwise: 0.7,
    names_alone.street_inserted: 0.5,
    names_alone.establishment_otherwise: 0.6,
    notes.note_before: 0.9,
    notes.note_behind: 0.8,
    notes.way_told: 0.5,
    positions.position_otherwise: 0.5,
    welsh.welsh_text: 0.8,
    layout.fields_reordered: 0.6,
}

_WORDS: Mapping[Noise, float] = {
    postcodes.postcode_glued: 1.2,
    postcodes.postcode_split: 0.5,
    postcodes.postcode_look_alike: 1.0,
    places.hyphens_dropped: 0.6,
    places.saint_abbreviated: 0.6,
    flats.flat_word_abbreviated: 0.8,
    flats.flat_letter_apart: 0.5,
    flats.unit_range_in_words: 0.5,
    flats.flat_number_in_words: 0.4,
    flats.flat_dotted: 0.3,
    house_numbers.suffix_split: 0.9,
    house_numbers.suffix_joined: 0.7,
    house_numbers.number_sign: 0.3,
    streets.street_type_abbreviated: 2.0,
    streets.word_abbreviated: 0.7,
    streets.street_type_missing: 1.0,
    streets.street_type_wrong: 0.8,
    streets.street_full_stop: 0.6,
    streets.street_joined: 0.5,
    streets.street_split: 0.5,
    streets.apostrophe_added: 0.5,
    streets.apostrophe_dropped: 0.5,
    streets.ordinals: 0.5,
    streets.ampersand: 0.8,
    streets.the_dropped: 0.5,
}

_LETTERS: Mapping[Noise, float] = {
    slips.one_typo: 2.0,
    slips.several_typos: 1.0,
    slips.typo_in_every_long_word: 0.7,
    slips.letters_transposed: 1.0,
    slips.misspelt: 1.2,
    reserved.vowels_dropped: 1.0,
    reserved.scanner_confusions: 1.0,
    reserved.phonetic_respelling: 1.0,
    reserved.random_edits: 1.0,
}

_LAYOUT: Mapping[Noise, float] = {
    letter_case.lower_case: 0.8,
    letter_case.upper_case: 0.5,
    letter_case.title_case: 0.8,
    letter_case.mixed_case: 0.3,
    postcodes.postcode_lower: 0.5,
    layout.commas: 0.6,
    layout.commas_tight: 0.3,
    layout.commas_dropped: 0.7,
    layout.new_lines: 0.5,
    layout.semicolons: 0.3,
    layout.double_spaces: 0.4,
    layout.full_stops: 0.4,
    layout.quotes: 0.2,
    layout.word_repeated: 0.4,
    reserved.truncated: 1.0,
    reserved.fields_pasted_twice: 1.0,
    reserved.words_shuffled: 1.0,
    reserved.chatter: 1.0,
}

NOISE: Mapping[str, NoiseClass] = MappingProxyType(
    {
        noise.name: noise
        for stage, weights in (
            (Stage.FIELDS, _FIELDS),
            (Stage.WORDS, _WORDS),
            (Stage.LETTERS, _LETTERS),
            (Stage.LAYOUT, _LAYOUT),
        )
        for noise in _classes(stage, weights)
    }
)
"""Every noise class by its name."""

TRAINING_NOISE: tuple[NoiseClass, ...] = tuple(noise for noise in NOISE.values() if not noise.reserved)
RESERVED_NOISE: tuple[NoiseClass, ...] = tuple(noise for noise in NOISE.values() if noise.reserved)


def compose(classes: Iterable[NoiseClass], pieces: Pieces, rng: Random) -> Pieces:
    """Apply several classes, each once, in the order of their stages."""
    for noise in sorted(classes, key=lambda noise: noise.stage):
        pieces = noise.apply(pieces, rng)
    return pieces


def noised(
    pieces: Pieces, count: int, rng: Random, classes: Sequence[NoiseClass] = TRAINING_NOISE
) -> tuple[Pieces, tuple[NoiseClass, ...]]:
    """Apply `count` classes drawn by weight; return the pieces and the classes that changed something.

    A class that finds nothing to change is replaced by another draw, so fewer than `count` are rare.
    """
    if count == 0:
        return pieces, ()
    applicable: list[NoiseClass] = []
    for noise in rng.choices(classes, cum_weights=_cumulative_weights(tuple(classes)), k=4 * count):
        if len(applicable) == count:
            break
        # Whether a class applies is tried on the clean text; in the mixture it works on what the others left.
        if noise not in applicable and noise.apply(pieces, rng) != pieces:
            applicable.append(noise)
    return compose(applicable, pieces, rng), tuple(applicable)


@lru_cache(maxsize=64)
def _cumulative_weights(classes: tuple[NoiseClass, ...]) -> tuple[float, ...]:
    return tuple(accumulate(noise.weight for noise in classes))

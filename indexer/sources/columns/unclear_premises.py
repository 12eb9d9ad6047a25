"""Whether the columns that were found by their names say which premises the rows of a table are about."""

import re
from collections.abc import Sequence

from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.columns.column_contents import says_a_road
from address_match.indexer.sources.columns.continued_rows import are_continued
from address_match.indexer.sources.columns.owner_words import owner_and_word, premises_among
from address_match.indexer.sources.columns.plain_names import plain_name
from address_match.indexer.sources.columns.postcode_words import POSTCODE
from address_match.indexer.sources.columns.unused_columns import (
    may_be_of_the_premises,
    not_of_another,
    of_no_address,
)
from address_match.indexer.sources.columns.written_address import (
    ANY_DIGIT,
    HOUSE_NUMBER,
    NUMBER,
    UNIT,
    looks_like_an_address,
    number_as_typed,
    says_a_number,
    says_the_words_of,
    stands_in,
    without_postcode,
)
from address_match.indexer.sources.table_batch import TableBatch

_DOOR = re.compile(rf", *{HOUSE_NUMBER.pattern}$")
"""OAST HOUSE, 12."""
_HOUSE_LETTER = re.compile(r"[A-H]")
_ROWS_TO_TELL = 20
_LEAST_TOLD = 0.65
"""Share of the rows that say a number or a name; in a file of which only the flats are found a third or so do."""
_MOST_NUMBERED_TWICE = 0.25
_LEAST_UNTOLD = 0.05
"""Share of the rows that have to lack a part of their address before a column is looked for that holds it."""
_LEAST_LOST = 0.2
"""Share of the addresses that lack a number of one of their columns."""
_NEARLY_ALL = 0.9
_SELDOM = 0.5
"""Shares of the rows without and with a number or a name in which a column of names is filled; and of all in which one of
letters is that are all the same.
"""
_FEW_NUMBERS = 9
"""Of rooms, floors, and people who live there; houses of a road have more."""
_SHORTEST_CUT = 10
_MOST_AT_ONE_LENGTH = 0.25
"""Share of the cells of a column that are as long as its longest: of whole addresses two in a hundred are, of short lines
one in ten.
"""
_MOST_ELSEWHERE = 0.5
"""Share of the rows in which a column that is not read holds another address."""


def unclear_premises(rows: TableBatch, texts: Sequence[str], address: AddressComposition) -> str:
    """Return why so many rows as to tell do not say which premises they are about, empty where they do or are few;
    `texts` are their addresses.

    A column of numbers whose name nobody knows would leave the road alone, one of licences would stand as the number of
    a house, and one that nobody filled leaves nothing. What counts rows or answers a question is no part of an address,
    and an address may be of somebody else than the premises.
    """
    filled = [bool(text.strip()) for text in texts]
    if len(filled) >= _ROWS_TO_TELL and not any(filled):
        return "these are empty in all of the first rows"
    if elsewhere := _address_elsewhere(rows, texts, address):
        return elsewhere
    if sum(filled) < _ROWS_TO_TELL:
        return ""
    told = [
        is_filled and (has_door or says_a_number(text.upper()))
        for is_filled, has_door, text in zip(filled, address.says_doors(rows), texts, strict=True)
    ]
    if sum(told) < _LEAST_TOLD * sum(filled):
        return "fewer than two thirds of the first rows say a number or a name of the premises"
    if door := _door_elsewhere(rows, told, address):
        return f"{door} is filled where they say no number and no name"
    if lost := _part_elsewhere(rows, texts, address):
        return f"{lost} holds numbers or flats that they lack"
    if number := _number_passed_over(rows, texts, address):
        return f"{number}, of them, holds numbers that go into none"
    if code := _postcode_elsewhere(rows, address):
        return f"{code} holds other postcodes of the premises"
    if road := _road_elsewhere(rows, texts, address):
        return f"{road} holds roads that they lack"
    if cut := _cut_off(rows, address):
        return f"{cut} is cut off at one length"
    if letters := _letters_behind_numbers(rows, address):
        return f"{letters} holds letters of house numbers that they lack"
    if any(sum(form.numbered_twice(rows)) > _MOST_NUMBERED_TWICE * sum(filled) for form in address.forms):
        return "many rows of them would say two numbers on a road"
    if any(form.counts_rows(rows) for form in address.forms):
        return "their number counts the rows"
    if any(form.numbers_no_house(rows) for form in address.forms):
        return "most of their numbers are longer than those of houses"
    if any(form.lacks_an_address(rows) for form in address.forms):
        return "most of the first rows say no address"
    if any(form.names_one_organisation(rows) for form in address.forms):
        return "nearly all of the first rows name one organisation"
    if any(form.flags_units(rows) for form in address.forms):
        return "what lies within a building is 0 or 1, or one word, in all of the first rows"
    if len(set(texts)) > 1 and len({without_postcode(text.upper()) for text in texts}) == 1:
        return "all of the first rows say the same but for their postcode"
    if are_continued(rows, texts, address.columns):
        return "an address goes on over several rows"
    return ""


def _door_elsewhere(rows: TableBatch, told: Sequence[bool], address: AddressComposition) -> str:
    """Return which column that is not read is filled where rows say no number and no name, and seldom where they do:
    that of names; empty where none is.
    """
    columns = rows.data.schema.names
    if told.count(False) < _LEAST_UNTOLD * len(told):
        return ""
    for place in range(len(columns)):
        if place in address.columns or not columns[place].strip():
            continue
        filled = [bool(text.strip()) for text in rows.strings(place).to_pylist()]
        untold = sum(is_filled and not is_told for is_filled, is_told in zip(filled, told, strict=True))
        if untold >= _NEARLY_ALL * told.count(False) and sum(filled) - untold <= _SELDOM * told.count(True):
            return str(columns[place])
    return ""


def _number_passed_over(rows: TableBatch, texts: Sequence[str], address: AddressComposition) -> str:
    """Return which column of the address holds numbers of houses that many addresses lack, since each is made of others;
    empty where none does.
    """
    for place in address.address:
        cells: list[str] = [number_as_typed(text) for text in rows.strings(place).to_pylist()]
        lost = sum(
            NUMBER.fullmatch(cell) is not None and cell.upper() not in text.upper()
            for cell, text in zip(cells, texts, strict=True)
        )
        if lost > _LEAST_LOST * len(texts):
            return str(rows.data.schema.names[place])
    return ""


def _postcode_elsewhere(rows: TableBatch, address: AddressComposition) -> str:
    """Return which column of the premises' postcodes is not read, and mostly holds others than those that are; empty where
    none is.
    """
    codes = [code.replace(" ", "").upper() for code in address.postcodes(rows)]
    for place, name in enumerate(rows.data.schema.names):
        owner, word = owner_and_word(plain_name(name))
        if place in address.columns or word not in POSTCODE or not premises_among([owner]):
            continue
        said = [text.replace(" ", "").upper() for text in rows.strings(place).to_pylist()]
        if sum(
            bool(one) and one != code for one, code in zip(said, codes, strict=True)
        ) > _MOST_ELSEWHERE * len(codes):
            return str(name)
    return ""


def _road_elsewhere(rows: TableBatch, texts: Sequence[str], address: AddressComposition) -> str:
    """Return which column that is not read, and is not of the address of somebody else, holds the roads of many addresses
    that say none; empty where none does.
    """
    columns = rows.data.schema.names
    lacking = [bool(text.strip()) and not says_a_road(text) for text in texts]
    if sum(lacking) <= (1 - _LEAST_TOLD) * len(texts):
        return ""
    for place in not_of_another(columns, address.columns):
        cells = [cell for cell, lacks in zip(rows.strings(place).to_pylist(), lacking, strict=True) if lacks]
        roads = list(filter(says_a_road, cells))
        if len(roads) > _MOST_ELSEWHERE * len(cells) and len(set(roads)) > 1:
            return str(columns[place])
    return ""


def _cut_off(rows: TableBatch, address: AddressComposition) -> str:
    """Return which column of the address holds many texts of one length, which differ in more than their numbers, and none
    that is longer, as where a program had no more room; empty where none does.
    """
    for place in address.address:
        cells = [cell for text in rows.strings(place).to_pylist() if (cell := text.strip())]
        longest = max(map(len, cells), default=0)
        at_end = [cell for cell in cells if len(cell) == longest]
        if (
            longest >= _SHORTEST_CUT
            and len(cells) >= _ROWS_TO_TELL
            and len(at_end) > _MOST_AT_ONE_LENGTH * len(cells)
            and len({ANY_DIGIT.sub("", cell) for cell in at_end}) > _FEW_NUMBERS
        ):
            return str(rows.data.schema.names[place])
    return ""


def _part_elsewhere(rows: TableBatch, texts: Sequence[str], address: AddressComposition) -> str:
    """Return which column that is not read and is of nobody's address holds units that addresses lack, or numbers of
    houses where many lack any; empty where none does.
    """
    columns = rows.data.schema.names
    written = [without_postcode(text.upper()) for text in texts]
    unnumbered = [bool(text.strip()) and not ANY_DIGIT.search(text) for text in written]
    for place in of_no_address(columns, address.columns):
        said: list[str] = [text.strip().upper() for text in rows.strings(place).to_pylist()]
        units = sum(
            UNIT.fullmatch(one) is not None and not stands_in(one, text)
            for one, text in zip(said, written, strict=True)
        )
        numbers = [one for one, is_asked in zip(said, unnumbered, strict=True) if is_asked]
        if units > _LEAST_UNTOLD * len(texts) or (
            len(numbers) > (1 - _LEAST_TOLD) * len(texts)
            and (_are_of_houses(numbers) or _are_of_doors_or_roads(numbers))
        ):
            return str(columns[place])
    return ""


def _are_of_doors_or_roads(cells: Sequence[str]) -> bool:
    """Return whether most cells end with the number of a house, or begin an address with one; alone it may be any number."""
    in_words = [cell for cell in cells if _DOOR.search(cell) or looks_like_an_address(cell)]
    alone = sum(map(bool, map(HOUSE_NUMBER.fullmatch, cells)))
    return len(in_words) > _LEAST_UNTOLD * len(cells) and len(in_words) + alone > _MOST_ELSEWHERE * len(cells)


def _letters_behind_numbers(rows: TableBatch, address: AddressComposition) -> str:
    """Return which column behind that of house numbers is not read and holds letters alone, and of them few of the
    alphabet as houses have them; empty where none does.
    """
    columns = rows.data.schema.names
    numbers = (form.house_number for form in address.forms)
    for place in {part.positions[0] + 1 for part in numbers if part is not None}:
        if place >= len(columns) or place in address.columns:
            continue
        letters = [text.strip().upper() for text in rows.strings(place).to_pylist() if text.strip()]
        are_told = len(set(letters)) > 1 or 0 < len(letters) < _SELDOM * rows.data.num_rows
        if are_told and all(map(_HOUSE_LETTER.fullmatch, letters)):
            return str(columns[place])
    return ""


def _are_of_houses(cells: Sequence[str]) -> bool:
    """Return whether most cells hold numbers as houses have them: some come again, unlike those of rows, and many differ,
    unlike those of rooms.
    """
    numbers = [cell for cell in cells if HOUSE_NUMBER.fullmatch(cell)]
    return len(numbers) > _MOST_ELSEWHERE * len(cells) and _FEW_NUMBERS < len(set(numbers)) < len(numbers)


def _address_elsewhere(rows: TableBatch, texts: Sequence[str], address: AddressComposition) -> str:
    """Return which column that is not read holds another address of what may be the premises, empty where none does."""
    columns = rows.data.schema.names
    is_one = len(texts) >= _ROWS_TO_TELL and len(set(texts)) == 1  # of whoever keeps the table
    unread = [place for place, name in enumerate(columns) if name.strip() and place not in address.columns]
    for place in unread if is_one else may_be_of_the_premises(columns, address.columns):
        said: list[str] = rows.strings(place).to_pylist()
        others = sum(
            looks_like_an_address(one) and not says_the_words_of(one, text)
            for one, text in zip(said, texts, strict=True)
        )
        if others >= _ROWS_TO_TELL and others > _MOST_ELSEWHERE * sum(map(bool, map(str.strip, said))):
            return f"{columns[place]} holds another address"
    return ""

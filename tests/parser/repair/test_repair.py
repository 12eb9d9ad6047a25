"""Damage that texts come with, and the words that are read of them; each word keeps its place in the input."""

import pytest

from address_match.parser.repair.asides import ASIDES
from address_match.parser.repair.damage import DAMAGE
from address_match.parser.repair.flat_codes import FLAT_CODES
from address_match.parser.repair.glued_words import glued_words
from address_match.parser.repair.mixed_numbers import MIXED_NUMBERS
from address_match.parser.tokens import dropped_spans, tokenise, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7.0 Elm Road", "7 ELM ROAD"),
        ("Flat 2.00, 12.0 Elm Road", "FLAT 2 12 ELM ROAD"),
        ("APT 3.02, 14 Elm Road", "APT 302 14 ELM ROAD"),
        ("7½ Elm Road", "7-1/2 ELM ROAD"),
        ("7 ½ Elm Road", "7-1/2 ELM ROAD"),
        ("7 1/2 Elm Road", "7-1/2 ELM ROAD"),
        ("12 and a half Elm Road", "12-1/2 ELM ROAD"),
        ("7.5 Elm Road", "7-1/2 ELM ROAD"),
        ("8 1/4, Elm Yard", "8-1/4 ELM YARD"),
        ("Flat 1/2 40 Elm Road", "FLAT 1/2 40 ELM ROAD"),
        ("No. 3 1/2 Elm Road", "NO 3-1/2 ELM ROAD"),
        ("Flat No 7.5 Elm Road", "FLAT NO 75 ELM ROAD"),
        ("15 bis Elm Road", "15-BIS ELM ROAD"),
        ("15bis, Elm Road", "15-BIS ELM ROAD"),
        ("Elm Bis Road", "ELM BIS ROAD"),
        ("Flta 3, 12 Elm Road", "FLTA 3 12 ELM ROAD"),
        ("Flatt 3 12 Elm Road", "FLATT 3 12 ELM ROAD"),
        ("FLTA 12 Elm Road", "FLT A 12 ELM ROAD"),
        ("N/A, 12 Elm Road", "12 ELM ROAD"),
        ("12 Elm WalkLeeds", "12 ELM WALK LEEDS"),
        ("72QUARRY ROAD", "72 QUARRY ROAD"),
        ("12.000 Elm Road", "12 ELM ROAD"),
        ("7.0A Elm Road", "7A ELM ROAD"),
        ("12.2 Elm Road", "12/2 ELM ROAD"),
        ("Three and a half Elm Row", "3-1/2 ELM ROW"),
        ("U5 Elm Park", "UNIT 5 ELM PARK"),
        ("U.5, Elm Park", "UNIT 5 ELM PARK"),
        ("PH1, Elm Point", "PENTHOUSE 1 ELM POINT"),
        ("PH1 2AB, Perth", "PH1 2AB PERTH"),
        ("5 Elm Road (1st floor rear), Leeds", "5 ELM ROAD 1ST FLOOR REAR LEEDS"),
        ("5 Elm Road (rear of 7 Oak Lane), Leeds", "5 ELM ROAD LEEDS"),
        ("2AElm Road", "2A ELM ROAD"),
        ("2aElm Road", "2A ELM ROAD"),
        ("Narrow Boat Teasel, Elm Wharf", "NARROWBOAT TEASEL ELM WHARF"),
        ("2 Elm Road ///table.lamp.chair", "2 ELM ROAD"),
        ("14 (2/1) Elm Road", "FLAT 2/1 14 ELM ROAD"),
        ("14 (3) Elm Road", "FLAT 3 14 ELM ROAD"),
        ("14 (Leeds) Elm Road", "14 LEEDS ELM ROAD"),
        ("Unit 1, Phase Two, Elm Park", "UNIT 1 PHASE 2 ELM PARK"),
        ("Sub Post Office, 7 Elm Road", "POST OFFICE 7 ELM ROAD"),
        ("12a-c Elm Road", "12A-C ELM ROAD"),
        ("Units 8 - 10 Elm Park", "UNITS 8-10 ELM PARK"),
        ("Flat 8 - 10 Elm Road", "FLAT 8 10 ELM ROAD"),
        ("Unedau 6 a 7, Elm Park", "UNEDAU 6 & 7 ELM PARK"),
        ("12 Elm RoadCroydon", "12 ELM ROAD CROYDON"),
        ("7 Elm Road, 1eeds", "7 ELM ROAD LEEDS"),
        ("7 Elm Road 8RISTOL BS1 1AA", "7 ELM ROAD BRISTOL BS1 1AA"),
        ("7 Elm Road, 5taines", "7 ELM ROAD STAINES"),
        ("Flat 2, 1eeds Road", "FLAT 2 1 EEDS ROAD"),
        ("1eeds", "1 EEDS"),
        ("Flat 4, E Tower, Elm Quay", "FLAT 4 EAST TOWER ELM QUAY"),
        ("Flat 4, E Block, Elm Quay", "FLAT 4 E BLOCK ELM QUAY"),
        ("5 and 1/2 Elm Road", "5-1/2 ELM ROAD"),
        ("26 thru 28 Elm Road", "26 TO 28 ELM ROAD"),
        ("12 OakRoad", "12 OAK ROAD"),
        ("12 MacDonald Road", "12 MACDONALD ROAD"),
        ("AptE, 12 Elm Road", "APT E 12 ELM ROAD"),
        ("1STFLOOR 12 Elm Road", "1STFLOOR 12 ELM ROAD"),
        ("2ND AVENUE", "2ND AVENUE"),
        ("AptD, FLAT2C, Unit-10", "APT D FLAT 2C UNIT 10"),
        ("F4B 12 Elm Road", "FLAT 4B 12 ELM ROAD"),
        ("2FR, 12 Elm Road", "2F/R 12 ELM ROAD"),
        ("F/C, 12 Elm Road", "FLAT C 12 ELM ROAD"),
        ("12 Elm Road, Leeds, 12 ELM ROAD, LEEDS", "12 ELM ROAD LEEDS"),
        ("12 Elm Road, Leeds; 12 Elm Road, Leeds", "12 ELM ROAD LEEDS"),
        ("12 Elm Road, Leeds, 14 Elm Road, Leeds", "12 ELM ROAD LEEDS 14 ELM ROAD LEEDS"),
        ("New York, New York", "NEW YORK NEW YORK"),
        ("97(GF) Elm Road", "GF 97 ELM ROAD"),
        ("97(BF2) Elm Road", "BASEMENT FLAT 2 97 ELM ROAD"),
        ("12-14(RU7) Elm Road", "FLAT RU7 12-14 ELM ROAD"),
        ("9(UNIT3) Elm Road", "UNIT 3 9 ELM ROAD"),
        ("64(A) Elm Road", "64A ELM ROAD"),
        ("12(2nd floor) Elm Road", "12 2ND FLOOR ELM ROAD"),
        ("FC 12 Elm Road", "FLAT C 12 ELM ROAD"),
        ("Lit. D, 12 Elm Road", "FLAT D 12 ELM ROAD"),
        ("F2/1 12 Elm Road", "FLAT 2/1 12 ELM ROAD"),
        ("F/L 2/1 12 Elm Road", "FLAT 2/1 12 ELM ROAD"),
        ("S/F/R, 12 Elm Road", "2F/R 12 ELM ROAD"),
        ("12 Elm Road, S/F/R", "12 ELM ROAD 2FR"),
        ("12 Elm Road (G/F/L), Leeds", "12 ELM ROAD GFL LEEDS"),
        ("Grd/1 12 Elm Road", "0/1 12 ELM ROAD"),
        ("1F1/12 Elm Road", "1F1 12 ELM ROAD"),
        ("Units 2/3/4 Elm Park", "UNITS 2-4 ELM PARK"),
        ("1/2/2024 Elm Park", "1/2/2024 ELM PARK"),
        ("Units 2+3+4 Elm Park", "UNITS 2-4 ELM PARK"),
        ("Gnd/L 12 Elm Road", "G/L 12 ELM ROAD"),
        ("Units 7+8, Elm Park", "UNITS 7 & 8 ELM PARK"),
        ("2ST CUTHBERTS ROAD", "2 ST CUTHBERTS ROAD"),
        ("12 Elm Road, AB1 2ST Leeds", "12 ELM ROAD AB1 2ST LEEDS"),
        ("1ST CUTHBERTS ROAD", "1ST CUTHBERTS ROAD"),
        ("No37 Elm Road", "NO 37 ELM ROAD"),
        ("Flat 5 @ 40 Elm Road", "FLAT 5 AT 40 ELM ROAD"),
        ("Post Office Box 45", "PO BOX 45"),
        ("Box No. 45", "BOX 45"),
        ("Blwch Post 45", "PO BOX 45"),
        ("<p>7 Elm Road</p><br />Leeds", "7 ELM ROAD LEEDS"),
        ("7~Elm Road~Leeds", "7 ELM ROAD LEEDS"),
        ("7 Elm Road_x000D_Leeds", "7 ELM ROAD LEEDS"),
        ("#REF! Elm Road, Leeds, #N/A", "ELM ROAD LEEDS"),
        ("7 Elm Road, Leeds a.elmwood@example.com", "7 ELM ROAD LEEDS"),
        ("Address: 7 Elm Road; Town: Leeds; Post code: LS1 9XY", "7 ELM ROAD LEEDS LS1 9XY"),
        ("line1=7 Elm Road&line2=&town=Leeds", "7 ELM ROAD LEEDS"),
        ("{'line_1': '7 Elm Road', 'county': None}", "7 ELM ROAD"),
        ("Elm &amp;amp; Oak", "ELM & OAK"),
        ("7 Elm Road, Leeds (Tel: 01632 960 001)", "7 ELM ROAD LEEDS"),
        ("7 Elm Road, Leeds +44 (0)1632 960001", "7 ELM ROAD LEEDS"),
        ("Flat 0102, 7 Elm Road", "FLAT 0102 7 ELM ROAD"),
        ("UPRN: 10012345, 7 Elm Road", "7 ELM ROAD"),
        ("Elm Place,Harrow.Middx.HA2 9XY", "ELM PLACE HARROW MIDDX HA2 9XY"),
        ("HarrowHA2 9XY", "HARROW HA2 9XY"),
        ("LIVERPOOLL1 9XY", "LIVERPOOL L1 9XY"),
        ("No.10 St.Johns Road", "NO 10 ST JOHNS ROAD"),
        ("5 E. Parade", "5 EAST PARADE"),
        ("P O Box 77", "PO BOX 77"),
        ("7 Elm Road&#44; Leeds", "7 ELM ROAD LEEDS"),
        ("7%20Elm%20Road", "7 ELM ROAD"),
        ("7+Elm+Road,+Leeds", "7 ELM ROAD LEEDS"),
        (r"7 Elm Road\nLeeds", "7 ELM ROAD LEEDS"),
        ('="7" Elm Road', "7 ELM ROAD"),
        ('{"line1":"7 Elm Road","town":"Leeds","line3":null}', "7 ELM ROAD LEEDS"),
        ("7 Elm Road (51.2801,-0.8430)", "7 ELM ROAD"),
        ("(RMS ABV 117 OAK ST) ROOMS AT 1 ELM ROAD", "ROOMS AT 1 ELM ROAD"),
        ("St Margaret\u00e2\u20ac\u2122s Residences", "ST MARGARETS RESIDENCES"),
        ("St MargaretG\u00c7\u00d6s Residences", "ST MARGARETS RESIDENCES"),
        ("St Margaret\u00c3\u00a2\u00e2\u201a\u00ac\u00e2\u201e\u00a2s Road", "ST MARGARETS ROAD"),
        ("T\u00c5\u00b7 Mawr, Caf\u00c3\u00a9 Row", "TY MAWR CAFE ROW"),
        ("1\u00e2\u20ac\u201c3 Elm Road", "1-3 ELM ROAD"),
        ("12\u00c2\u00a0Elm Road", "12 ELM ROAD"),
        ("12\u00c2 Elm Road\u00c2", "12 ELM ROAD"),
        ("HAFOD L\u00c2N, Y T\u00c2", "HAFOD LAN Y TA"),
        ("St Margaret?s Road", "ST MARGARETS ROAD"),
        (r"St Margaret\u2019s Road", "ST MARGARETS ROAD"),
        (r"5 Elm Road\ud83c\udfe0", "5 ELM ROAD"),
        (r"5 Elm Road\ud83c", "5 ELM ROAD"),
        ("7 Elm Road (opposite the park)", "7 ELM ROAD OPPOSITE THE PARK"),
    ],
)
def test_damage_is_mended_before_the_text_is_parted(text: str, words: str) -> None:
    assert words_of(text).texts == words.split()
    assert [token.text for token in tokenise(text)] == words.split()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("7.0 Elm", ["7.0", "Elm"]),
        ("12 and a half Elm", ["12 and a half", "Elm"]),
        ("72QUARRY ROAD", ["72", "QUARRY", "ROAD"]),
        ("7 Elm Road&#44; Leeds", ["7", "Elm", "Road", "Leeds"]),
        ("St Margaret\u00e2\u20ac\u2122s Road", ["St", "Margaret\u00e2\u20ac\u2122s", "Road"]),
    ],
)
def test_each_word_keeps_its_place_in_the_input(text: str, written: list[str]) -> None:
    assert [text[token.start : token.end] for token in tokenise(text)] == written


def test_what_is_no_word_is_said_to_be_dropped() -> None:
    text = "7 Elm Road (51.2801,-0.8430)"
    assert [text[start:end] for start, end in dropped_spans(text)] == ["51.2801,-0.8430"]


def test_signs_are_looked_for_in_small_letters() -> None:
    rules = (*DAMAGE, *ASIDES, *MIXED_NUMBERS, *FLAT_CODES, *glued_words())
    assert [rule for rule in rules if rule.sign != rule.sign.lower()] == []

"""Texts that no address is, for the parser to survive; every seed makes its own."""

from collections.abc import Callable, Iterator
from random import Random

from address_match.parser.text_length import MAX_TEXT_LENGTH

_WORDS = (
    "FLAT",
    "12",
    "12A",
    "1/2",
    "14-16",
    "ELM",
    "RD",
    "ST",
    "THE",
    "OF",
    "PO BOX",
    "LS1 2AB",
    "LEEDS",
    ",",
    "&",
)
_PHRASES = (
    *(
        "LAND LYING TO THE NORTH OF",
        "GARAGE AT",
        "OUTSIDE",
        "PART OF",
        "HOARDING",
        "ABOVE",
        "NEXT DOOR TO",
        "NR",
        "ROOF TERRACE,",
        "100 YARDS FROM",
        "WRTH YMYL",
        "UWCH BEN",
        "(REAR OF)",
    ),
    *(
        "FLAT",
        "ROOM 3",
        "BED 1,",
        "UNIT B 2",
        "BLOCK A",
        "STORE 4,",
        "CRYPT",
        "UNITS 4, 5 &",
        "FF RR",
        "1F/R",
        "G/F/L",
        "LEVEL 2",
        "UNITS 8 - 10",
        "UNEDAU 6 A 7",
        "FLAT A 3",
    ),
    *("7.0", "7½", "7 1/2", "12 and a half", "36/41", "01-Mar", "2/3/2024", "1ST", "72QUARRY", "EXCLUDING"),
    *("PO BOX", "P O BOX 7", "&#44;", "%20", "+", "\\n", '="7"', '{"a":', "(51.2801,-0.8430)", "(NR 7", ")"),
    *(
        "ELM",
        "ROAD",
        "ST",
        "HEOL Y",
        "BRYN",
        "JUNCTION WITH",
        "AND",
        "NO",
        "SEE 3",
        "HMP",
        ",",
        ", ",
        "LS1 2AB",
    ),
)
_RIGHT_TO_LEFT = "אבגדהשת" + "ابتثجح" + "\u202e\u202d\u200f\u2067\u2069"
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e" + "".join(map(chr, range(32))) + "\x7f\x85"


def odd_texts(count: int, seed: int) -> Iterator[str]:
    """Yield texts of every kind in turn, most of them short and a few as long as they may be."""
    rng = Random(seed)
    for number in range(count):
        kind = _KINDS[number % len(_KINDS)]
        longest = MAX_TEXT_LENGTH if rng.random() < 0.0005 else rng.choice((3, 12, 40, 120))
        yield kind(rng, rng.randint(0, longest))[:MAX_TEXT_LENGTH]


def longest_texts() -> tuple[str, ...]:
    """Return texts of the greatest length that may be hardest: many tokens, one token, one repeated word."""
    return (
        "7" * 5_000,
        "7 " * 5_000,
        "A" * MAX_TEXT_LENGTH,
        ",." * 5_000,
        "1/2-3" * 2_000,
        "12A, " * 2_000,
        "STREET " * 1_400,
        "St " * 3_300,
        "é" * MAX_TEXT_LENGTH,
        "\ufdfa" * MAX_TEXT_LENGTH,
        "\ud800 " * 5_000,
        "A\u0301" * 5_000,
        "LAND NORTH OF " * 700,
        "ROOM 3, FLAT 2, " * 600,
        "CRYPT 4, " * 1_100,
        "UNIT B2/" * 1_250,
        "12 1/2 ELM ROAD, " * 580,
        "36/41 01-MAR " * 760,
        "7+" * 5_000,
        "&#44;" * 2_000,
        "%20" * 3_300,
        "7.0," * 2_500,
        '{"a":' * 2_000,
        "(NR 7)" * 1_600,
        "(" * MAX_TEXT_LENGTH,
        "ELM ROAD NO 7, " * 660,
        "EXCLUDING FLAT 2 AND " * 470,
        "UNITS 4, 5, 6 & " * 620,
    )


def _any_characters(rng: Random, size: int) -> str:
    return "".join(chr(rng.randrange(0x110000)) for _ in range(size))


def _basic_characters(rng: Random, size: int) -> str:
    return "".join(chr(rng.randrange(0x3000)) for _ in range(size))


def _bytes_as_text(rng: Random, size: int) -> str:
    return rng.randbytes(size).decode(rng.choice(("latin-1", "utf-16", "cp437")), errors="replace")


def _words(rng: Random, size: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(size // 3))


def _one_word_again_and_again(rng: Random, size: int) -> str:
    word = rng.choice(_WORDS)
    return rng.choice((" ", "", ", ", "-", "/")).join([word] * (size // len(word)))


def _phrases_in_any_order(rng: Random, size: int) -> str:
    return rng.choice((" ", "", ", ")).join(rng.choice(_PHRASES) for _ in range(size // 6))


def _right_to_left(rng: Random, size: int) -> str:
    return "".join(rng.choice(_RIGHT_TO_LEFT + " 12") for _ in range(size))


def _unseen_characters(rng: Random, size: int) -> str:
    return "".join(rng.choice(_UNSEEN + "A1 ") for _ in range(size))


def _surrogates(rng: Random, size: int) -> str:
    return "".join(rng.choice((chr(rng.randrange(0xD800, 0xE000)), "A", " ", "1")) for _ in range(size))


def _digits(rng: Random, size: int) -> str:
    return "".join(rng.choice("0123456789 -/") for _ in range(size))


def _digits_of_other_scripts(rng: Random, size: int) -> str:
    return "".join(rng.choice("٣߅५௧①½Ⅷ²₃ 1A") for _ in range(size))


_KINDS: tuple[Callable[[Random, int], str], ...] = (
    _any_characters,
    _basic_characters,
    _bytes_as_text,
    _words,
    _phrases_in_any_order,
    _one_word_again_and_again,
    _right_to_left,
    _unseen_characters,
    _surrogates,
    _digits,
    _digits_of_other_scripts,
)

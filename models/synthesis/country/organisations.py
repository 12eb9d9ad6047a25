"""Names of organisations: chains, places that serve a locality, businesses and how they write themselves."""

from collections.abc import Mapping
from random import Random

from address_match.models.synthesis.country.district_builder import DistrictBuilder, Site
from address_match.models.synthesis.shares import Shares

_CHAIN_SHARE = 0.3
"""Businesses of a chain that has one name in every town."""
_STYLED_SHARE = 0.12
"""Businesses that write themselves unlike the rest."""
_SUFFIXES = ("LTD", "LIMITED", "AND SON", "AND SONS", "BROS", "UK LTD", "GROUP", "SERVICES LTD", "& CO")
_BRANCH_AFTER_DASH_SHARE = 0.5
"""Branches whose place stands behind a dash; else it stands in brackets."""
_SISTERS = (
    ("INFANT", "JUNIOR"),
    ("JUNIOR", "INFANT"),
    ("PRIMARY SCHOOL", "NURSERY SCHOOL"),
    ("BOYS", "GIRLS"),
    ("GIRLS", "BOYS"),
    ("HEALTH CENTRE", "HEALTH CENTRE PHARMACY"),
    ("MEDICAL CENTRE", "MEDICAL CENTRE PHARMACY"),
    ("SURGERY", "PHARMACY"),
)
_DENOMINATIONS = ("", "C OF E ", "COFE ", "CE ", "R C ", "RC ", "CATHOLIC ", "VC ", "VA ")
_PUB_WITHOUT_ARTICLE_SHARE = 0.3
_OF_A_PLACE: Mapping[str, Shares[str]] = {
    **dict.fromkeys(
        ("schools", "churches"),
        Shares(
            {
                "{saints} {denomination}{what}": 0.2,
                "{saints} {what}": 0.15,
                "{locality} {what}": 0.35,
                "": 0.3,
            }
        ),
    ),
    **dict.fromkeys(("clubs", "health", "care"), Shares({"{locality} {what}": 0.3, "": 0.7})),
}
"""Forms of names by what stands for the whole place, by category; the empty one stands for a name as a business has."""
_SURNAME, _INITIALS = "{surname}", "{initials}"
_BUSINESSES = Shares(
    {
        _SURNAME: 0.45,
        "{given_name}": 0.1,
        "{house_heads}": 0.08,
        "{trees} {land}": 0.07,
        _INITIALS: 0.06,
        "{coined}": 0.24,
    }
)
"""Forms of the head of a business's name, of the chance that named no place (`Vocabulary.fill`)."""
_PARTNERS_SHARE = 0.15
"""Businesses of two surnames, of those with one: MASON & PRICE."""
_COMPANY_SHARE = 0.3
"""Trades, offices and shops whose name ends with the kind of their company."""


def organisation(builder: DistrictBuilder, category: str, locality: str) -> str:
    """Return a name for an organisation of a category of the vocabulary: HECKERLEY MOTORS LTD."""
    vocabulary, rng = builder.vocabulary, builder.rng
    if category in vocabulary.chains and rng.random() < _CHAIN_SHARE:
        return rng.choice(vocabulary.chains[category])
    what = vocabulary.pick(category, rng)
    if category == "pubs":
        return what if rng.random() < _PUB_WITHOUT_ARTICLE_SHARE else f"THE {what}"
    chance = rng.random()
    whole = _OF_A_PLACE[category].at(chance) if category in _OF_A_PLACE else ""
    if whole:
        place = locality or builder.district.town
        return builder.fill(whole, what=what, locality=place, denomination=_DENOMINATIONS)
    name = f"{_head(builder, chance)} {what}"
    if rng.random() < _STYLED_SHARE:
        return _styled(builder, name, what)
    if category in {"trades", "offices", "shops"} and rng.random() < _COMPANY_SHARE:
        name = f"{name} {_SUFFIXES[int(rng.random() * len(_SUFFIXES))]}"
    return name


def _head(builder: DistrictBuilder, chance: float) -> str:
    """Return the name of a business without what it does."""
    form, rng = _BUSINESSES.at(chance), builder.rng
    if form == _INITIALS:
        return _drawn_initials(2 + int(rng.random() * 2), rng)
    head = builder.fill(form)
    if form == _SURNAME and rng.random() < _PARTNERS_SHARE:
        return builder.fill("{head} & {surname}", head=head)
    return head


def _drawn_initials(count: int, rng: Random) -> str:
    return "".join(chr(ord("A") + int(rng.random() * 26)) for _ in range(count))


def _styled(builder: DistrictBuilder, name: str, what: str) -> str:
    """Return a business as it writes itself: initials, t/a, a branch, a dash, a generic name alone."""
    vocabulary, rng = builder.vocabulary, builder.rng
    surname, initials = vocabulary.surname(rng), _drawn_initials(2, rng)
    return rng.choice(
        (
            f"{initials[0]} {initials[1]} {surname} {what}",
            f"{initials[0]}.{initials[1]}. {surname}",
            f"{surname} {initials[0]} {what}",
            f"{surname} {initials} LTD",
            f"{initials[0]} & {initials[1]} {what}",
            f"{surname} LTD T/A {name}",
            f"{name} ({builder.district.town})",
            f"{name} - {vocabulary.coin(builder.district.country, rng)}",
            f"{surname}'S {what}",
            f"THE {what}",
            f"{what} 4 U",
            what,
        )
    )


def branch(name: str, builder: DistrictBuilder, site: Site) -> str:
    """Return a name that many towns have with where this one is, as some registers write it: HECKERLEY NEWS - HIGH
    STREET.
    """
    rng = builder.rng
    where = rng.choice((site.name.english, site.locality or builder.district.town))
    return f"{name} - {where}" if rng.random() < _BRANCH_AFTER_DASH_SHARE else f"{name} ({where})"


def sister_of(name: str) -> str:
    """Return the name of what stands beside a school or a surgery and differs by a word; empty where nothing does."""
    for one, other in _SISTERS:
        if one in name:
            return name.replace(one, other)
    return ""

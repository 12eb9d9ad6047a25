"""The words before those of an address that say whose it is: of the premises, of what stands there, of somebody else."""

import re
from collections.abc import Collection

from address_match.indexer.sources.columns.address_words import is_address_word
from address_match.indexer.sources.columns.parted_word import parted_word

PREMISES = (
    "property",
    "prop",
    "premises",
    "premise",
    "prem",
    "hereditament",
    "hered",
    "here",
    "dwelling",
    "site",
    "location",
    "loc",
    "full",
    "hmo",
    "development",
    "metering_point",
    "risk",  # of a policy
    "security",  # of a loan
    "asset",
    "qualifying",  # of an elector: where the vote is held, whatever the address for letters
)
"""Before the words of an address, and at the end of others before them (`licensed property`): that it is of the
premises a row is about.

The first that a table has goes before the others.
"""
BARE_PREMISES = tuple(word for word in PREMISES if word not in {"full", "risk", "security", "qualifying"})
PLACES_OF_WORK = ("establishment", "school", "trading", "business", "service", "supply", "installation")
"""Before the words of an address: of what stands there. A town or postcode of it belongs to an address without such a
word as well.
"""
AS_OF_NOW = ("current", "present", "new", "latest")
"""Before the words of an address: that one without such a word may be a former one."""
SOMEBODY = (
    *PLACES_OF_WORK,
    *(
        "delivery",
        "registered_office",
        "registered",
        "reg",
        "home",
        "residential",
        "physical",
        "current",
        "main",
    ),
    *("customer", "client", "house", "billing", "correspondence", "mailing", "contact"),
)
"""Before the words of an address: whose it is. Where a table has two of them, nobody knows which is meant."""
_ANOTHER = frozenset(
    {
        *("holder", "holders", "licensee", "owner", "landlord", "agent", "applicant", "manager", "operator"),
        *("proprietor", "occupier", "ratepayer", "payer", "party", "previous", "former", "forwarding"),
        *(
            "provider",
            "supplier",
            "employer",
            "solicitor",
            "invoice",
            "head",
            "kin",
            "nok",
            "gp",
            "doctor",
            "bank",
        ),
        *("collection", "coll", "sender", "consignor", "return"),  # of a parcel: where it comes from
        *("absent", "absentee", "proxy"),  # of an elector: where ballot papers are sent, and for whom
        *("email", "mail", "web", "website", "ip", "url"),
    }
)
"""Words before those of an address that is not of the premises: whoever has to do with them, or lived there before,
or where nobody lives.
"""
WHOSE = frozenset({*PREMISES, *SOMEBODY, *_ANOTHER} - {"full", "house", "reg", "main", "current"})
"""Words in the name of a group of columns that say whose they are."""
SAME_OWNER = {"reg": "registered", "prop": "property", "prem": "premises", "loc": "location"}
"""Short words for whose address it is, which stand beside the long ones in one header."""
_FILLERS = ("address", "addr", "adr", "add", "name_and", "name")
"""Between whose address it is and its words: `Premises Address Postcode`, `Site Name and Address`."""
_ADDRESS_OF = re.compile(r"(?:full_)?address_of_(?:the_)?(.+)")
_WRITTEN_TO_OWNER = re.compile(
    r"(?!street|house)(?P<owner>[a-z]{3,}?)_?(?P<word>(?:address|addr|add|adr)(?:line|ln)?[1-9]|address|addr|add|adr|postcode|pcode)"
)
"""A name in which nothing parts whose address it is from the word of an address: `HEREADDR1`."""


def owner_and_word(name: str) -> tuple[str, str]:
    """Part a plain name into whose address it is, and the word of an address; no word where it says nothing of that.

    >>> [owner_and_word(name) for name in ("site_address_line_1", "hmo_address_post_code", "address_of_licensed_property")]
    [('site', 'address_line_1'), ('hmo', 'post_code'), ('licensed_property', 'address')]
    >>> [owner_and_word(name) for name in ("rated_property_address", "property_number", "house_number", "address_post_code", "price")]
    [('rated_property', 'address'), ('property', 'number'), ('', ''), ('', 'post_code'), ('', '')]
    >>> [owner_and_word(name) for name in ("hereaddr1", "emailaddress", "proppostcode", "appadd")]
    [('here', 'addr1'), ('email', 'address'), ('prop', 'postcode'), ('app', 'add')]
    """
    if found := _ADDRESS_OF.fullmatch(name):
        owner, first = found[1], found[1].partition("_")[0]
        return (first if first in PREMISES and not is_of_another(owner) else owner), "address"
    pieces = name.split("_")
    for place in range(1, len(pieces)):
        word = parted_word("_".join(pieces[place:]))
        if is_address_word(word):
            return _owned_word(name, "_".join(pieces[:place]), word)
    if found := _WRITTEN_TO_OWNER.fullmatch(name):
        return found["owner"], parted_word(found["word"])
    return "", ""


def _owned_word(name: str, owner: str, word: str) -> tuple[str, str]:
    if is_address_word(name) and owner not in PREMISES:  # `house_number`
        return "", ""
    first, _, rest = word.partition("_")
    if first in PREMISES and is_address_word(rest):  # `rated` before our word `property_address`
        return f"{owner}_{first}", rest
    for filler in _FILLERS:
        owner = "" if owner == filler else owner.removesuffix(f"_{filler}")
    return owner, word


def premises_among(owners: Collection[str]) -> list[str]:
    """Return the owners that are premises, those that go before others first."""
    ranks = {
        owner: [rank for rank, word in enumerate(PREMISES) if f"_{owner}".endswith(f"_{word}")]
        for owner in owners
        if not is_of_another(owner)
    }
    return sorted((owner for owner, found in ranks.items() if found), key=lambda owner: ranks[owner])


def is_of_another(owner: str) -> bool:
    """Return whether a word of whose address it is, or a plain name, says that it is of who has to do with the premises."""
    return not _ANOTHER.isdisjoint(owner.split("_"))


def is_unknown(owner: str) -> bool:
    """Return whether nobody whom we know is called so."""
    return owner not in SOMEBODY and not is_of_another(owner)

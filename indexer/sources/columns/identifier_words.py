"""By which words the columns of identifiers are called."""

UPRN_WORDS = (
    "uprn",
    "unique_property_reference_number",
    "unique_property_ref_no",
    "unique_property_reference",
    "uprn_number",
    "uprn_no",
    "os_uprn",
    "blpu_uprn",
    "property_uprn",
    "premises_uprn",
    "address_uprn",
)
"""Of a UPRN, in the order in which they are preferred."""
ROW_IDENTIFIERS = (
    "llpg_ref",
    "llpg_reference",
    "property_ref",
    "property_reference",
    "prop_ref",
    "propref",
    "id",
    "urn",
    "property_id",
    "address_id",
)
"""Of a number that a row has of its own, which says nothing of what is told apart by a UPRN."""
_BESIDE_UPRN = frozenset(
    {
        "llpg",
        "lpi",
        "blpu",
        "os",
        "gb",
        "ref",
        "no",
        "number",
        "id",
        "code",
        "property",
        "address",
        "site",
        "asset",
    }
)
"""Words that may stand beside UPRN in the name of its column."""


def is_uprn_word(name: str) -> bool:
    """Return whether a plain name says UPRN, and of no other premises than the row's.

    >>> [is_uprn_word(name) for name in ("uprn_llpg", "ref_gb_uprn", "uprn_1", "parent_uprn", "usrn")]
    [True, True, True, False, False]
    """
    pieces = name.split("_")
    return "uprn" in pieces and all(
        piece == "uprn" or piece in _BESIDE_UPRN or piece.isdigit() for piece in pieces
    )


_OF_OTHER_PREMISES = frozenset(
    {"parent", "previous", "former", "old", "successor", "related", "child", "street"}
)


def may_be_uprn_word(name: str) -> bool:
    """Return whether a plain name says UPRN, and none of another premises.

    >>> [may_be_uprn_word(name) for name in ("gazetteer_uprn", "parent_uprn", "usrn")]
    [True, False, False]
    """
    pieces = frozenset(name.split("_"))
    return "uprn" in pieces and pieces.isdisjoint(_OF_OTHER_PREMISES)


def is_row_identifier(name: str) -> bool:
    """Return whether a plain name is that of a number that a row has of its own."""
    return name in ROW_IDENTIFIERS

"""How columns that hold a postcode, or a half of one, are called."""

POSTCODE = (
    "postcode",
    "post_code",
    "pcode",
    "p_code",
    "post_cd",
    "pst_code",
    "pst_cd",
    "postal_code",
    "postcode_locator",
    "pcd",
    "pcds",
    "zip",
    "zip_code",
    "house_postcode",
    "cod_post",
    "postcode_full",
    "full_postcode",
    "unit_postcode",
    "pc",
)
OUTWARD, INWARD = (
    (
        f"{way}code",
        f"{way}ward_code",
        *(
            f"{word}_{half}"
            for word in ("postcode", "post_code", "pcode", "pc")
            for half in (way, f"{way}ward", f"{way}code", number)
        ),
    )
    for way, number in (("out", "1"), ("in", "2"))
)
"""Of the two halves of a postcode in columns of their own."""
POSTCODE_OR_HALF = (*POSTCODE, *OUTWARD, *INWARD)

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
OUTWARD = ("outcode", "outward_code", "postcode_out", "postcode_outward", "postcode_1", "post_code_1")
INWARD = ("incode", "inward_code", "postcode_in", "postcode_inward", "postcode_2", "post_code_2")
"""Of the two halves of a postcode in columns of their own."""
POSTCODE_OR_HALF = (*POSTCODE, *OUTWARD, *INWARD)

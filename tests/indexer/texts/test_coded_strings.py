from address_match.indexer.texts.coded_strings import Coded


def test_stacked_columns_share_the_codes_of_their_values() -> None:
    stacked = Coded.stacked([Coded.of_rows(["LEEDS", "", "YORK"]), Coded.of_rows(["YORK", "YORK", ""])])
    assert stacked.rows() == ["LEEDS", "", "YORK", "YORK", "YORK", ""]
    assert stacked.values == ["LEEDS", "", "YORK"]

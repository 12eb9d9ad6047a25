import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.errors import UnknownNoiseClassError
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.queries import NoisyQuery, make_queries, standard_mix, write_queries
from address_match.models.synthesis.reference import is_left_out
from tests.models.synthesis.noise.factories import premises

STREETS = ("ACLAND ROAD", "MILL LANE", "ROSE BANK DRIVE", "KING'S ROAD")


def town() -> list[Premises]:
    """Four streets of a hundred houses each, every fifth one divided into two flats."""
    made: list[Premises] = []
    for place, street in enumerate(STREETS):
        for number in range(1, 101):
            uprn, postcode = place * 1000 + number, f"LS{place + 1} {number % 9}AB"
            facts: dict[str, str | int] = {"number": number, "street": street, "postcode": postcode}
            if number % 5:
                made.append(premises(uprn=str(uprn), **facts))
            else:
                for flat in ("A", "B"):
                    made.append(
                        premises(uprn=f"{uprn}{flat}", flat_word="FLAT", flat=flat, kind="flat", **facts)
                    )
    return made


def every_tenth(uprn: str) -> bool:
    return uprn.rstrip("AB").endswith("3")


def nobody(_uprn: str) -> bool:
    return False


def ask(
    held: list[Premises] | Iterator[Premises], classes: list[str] | None = None, **kwargs: float
) -> list[NoisyQuery]:
    absent_rate = kwargs.get("absent_rate", 0.0)
    count = int(kwargs.get("count", 100))
    left_out = every_tenth if absent_rate else nobody
    queries = make_queries(
        held, count=count, seed=5, absent_rate=absent_rate, classes=classes, left_out=left_out
    )
    return list(queries)


def test_as_many_queries_come_as_are_asked_for_and_the_absent_share_holds() -> None:
    queries = ask(town(), count=200, absent_rate=0.15)
    assert len(queries) == 200
    assert sum(query.absent for query in queries) == 30


def test_absent_queries_ask_for_what_is_left_out_and_the_others_never_do() -> None:
    queries = ask(town(), count=200, absent_rate=0.15)
    assert all(every_tenth(query.uprn) == query.absent for query in queries)


def test_the_same_seed_asks_the_same() -> None:
    assert ask(town()) == ask(town())


def test_a_one_way_iterator_serves_as_well_as_a_list() -> None:
    assert ask(iter(town())) == ask(town())


def test_more_queries_than_premises_can_be_asked_for() -> None:
    assert len(ask(town()[:10], ["personal"], count=50)) == 50


def test_spans_cover_their_words() -> None:
    for query in ask(town(), count=200):
        assert all(query.text[s.start : s.end].strip() for s in query.spans)
        assert "".join(query.text[s.start : s.end] for s in query.spans)


def test_the_classes_asked_for_are_the_classes_given() -> None:
    queries = ask(town(), ["one_typo", "mixed"], count=200)
    assert {query.noise_class for query in queries} == {"one_typo", "mixed"}
    assert Counter(query.noise_class for query in queries)["mixed"] > 60


def test_an_unknown_class_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownNoiseClassError, match=r"no noise class 'fog'; use one of: .*one_typo"):
        ask(town(), ["fog"])


def test_a_class_that_applies_to_nothing_gives_no_query() -> None:
    assert ask(town(), ["range_low"]) == []


def test_two_premises_that_a_text_cannot_tell_apart_are_both_accepted() -> None:
    held = [premises(uprn="1", postcode="LS1 1AA"), premises(uprn="2", postcode="LS2 2BB")]
    queries = ask(held, ["postcode_missing"], count=4)
    assert {query.accept_uprns for query in queries} <= {("1", "2"), ("2", "1")}
    assert len(queries) == 4


def test_a_text_that_says_the_postcode_has_one_answer() -> None:
    held = [premises(uprn="1", postcode="LS1 1AA"), premises(uprn="2", postcode="LS2 2BB")]
    assert all(query.accept_uprns == () for query in ask(held, ["registered_with_postcode"], count=4))


def test_one_end_of_a_range_is_the_house_of_that_number_too() -> None:
    held = [premises(uprn="1", number=42, number_end=44), premises(uprn="2", number=42)]
    queries = ask(held, ["range_low"], count=3)
    assert all(query.uprn == "1" and query.accept_uprns == ("1", "2") for query in queries)


def test_a_penthouse_is_not_the_block_under_it() -> None:
    block = premises(uprn="1", building="ALDER COURT", kind="block")
    penthouse = premises(uprn="2", building="ALDER COURT", flat_word="PENTHOUSE", kind="flat")
    assert all(
        query.accept_uprns == ()
        for query in ask([block, penthouse], ["as_registered", "lower_case"], count=8)
    )


def test_every_query_says_where_the_premises_is() -> None:
    places = {"TownName", "Locality", "Postcode"}
    for query in ask(town(), ["mixed", "postcode_missing", "town_missing"], count=300):
        assert places & {span.label.value for span in query.spans}


def test_the_wrong_kind_of_street_accepts_the_street_of_that_kind() -> None:
    held = [premises(uprn="1", street="ACLAND PLACE"), premises(uprn="2", street="ACLAND ROAD")]
    accepted = {
        query.accept_uprns for query in ask(held, ["street_type_wrong"], count=40) if query.uprn == "1"
    }
    assert accepted == {(), ("1", "2")}


def test_nothing_absent_is_asked_for_that_a_held_premises_answers() -> None:
    held = [premises(uprn="3", number=42), premises(uprn="4", number=42, number_end=44)]
    queries = make_queries(
        held, count=4, seed=1, absent_rate=1.0, classes=["as_registered"], left_out=every_tenth
    )
    assert list(queries) == []


def test_street_records_are_hardly_ever_asked_for() -> None:
    held = [premises(uprn=str(i), kind="street_record", number=-1) for i in range(500)] + town()
    assert (
        sum(
            int(query.uprn) < 500 for query in ask(held, ["as_registered"], count=300) if query.uprn.isdigit()
        )
        < 150
    )


def test_the_standard_mix_has_its_shares() -> None:
    queries = list(standard_mix(town(), count=200, seed=1, left_out=every_tenth))
    present = Counter(query.noise_class for query in queries if not query.absent)
    assert present == {
        "registered_with_postcode": 100,
        "noisy_with_postcode": 40,
        "noisy_without_postcode": 30,
    }
    assert sum(query.absent for query in queries) == 30


def test_the_noisy_part_without_postcode_has_none() -> None:
    for query in ask(town(), ["noisy_without_postcode"]):
        assert "Postcode" not in {span.label.value for span in query.spans}


def test_the_made_up_country_can_be_asked_about() -> None:
    country = list(SyntheticCountry(3, 3000).premises())

    def left_out(uprn: str) -> bool:
        return is_left_out(uprn, seed=3, rate=0.15)

    queries = list(make_queries(country, count=400, seed=3, absent_rate=0.15, left_out=left_out))
    assert len(queries) == 400
    assert all(left_out(query.uprn) == query.absent for query in queries)
    assert len({query.noise_class for query in queries}) > 40


def test_queries_are_written_as_evaluation_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "queries.csv"
    absent = NoisyQuery("12 MILL LANE\nLEEDS", (), "7", absent=True, noise_class="new_lines")
    present = NoisyQuery("1 MILL LANE", (), "8", absent=False, noise_class="mixed", accept_uprns=("8", "9"))
    assert write_queries([absent, present], path) == 2
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["uprn"] for row in rows] == ["", "8"]
    assert [row["accept_uprns"] for row in rows] == ["", "8|9"]
    assert [(row["class"], row["true_uprn"], row["absent"]) for row in rows] == [
        ("new_lines", "7", "1"),
        ("mixed", "8", "0"),
    ]
    assert rows[0]["address"] == "12 MILL LANE\nLEEDS"

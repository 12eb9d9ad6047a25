from address_match.service.http.addresses.address_parts import AddressParts, texts_of


def test_parts_are_joined_in_the_order_of_an_address_and_texts_stay_as_they_are() -> None:
    every = AddressParts(
        postcode="ZE1 4QT",
        county="Shire",
        town="Marlow Fold",
        locality="Ostwick",
        street="Thornbeck Row",
        number="14a",
        building="Mill House",
        sub_building="Flat 2",
        organisation="Bakery",
    )
    assert texts_of(["1 mill lane", every, AddressParts(), AddressParts(postcode="ZE1 4QT")]) == [
        "1 mill lane",
        "Bakery, Flat 2, Mill House, 14a Thornbeck Row, Ostwick, Marlow Fold, Shire, ZE1 4QT",
        "",
        "ZE1 4QT",
    ]

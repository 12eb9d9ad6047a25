"""All premises of a street: `/addresses/eq/bucket`."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

import pyarrow as pa

from address_match.indexer.retrieval import PremisesLists
from address_match.indexer.texts.dictionary_columns import values_of
from address_match.parser.tokens import words_of
from address_match.service.http.aims import envelope
from address_match.service.http.aims.ask import Ask, Json
from address_match.service.http.aims.found import Found, page_of
from address_match.service.http.aims.narrowing import Narrowing
from address_match.service.http.aims.questionnaire import listed
from address_match.service.http.aims.scores import CERTAIN
from address_match.service.http.answering.work_cost import LIST_COST
from address_match.service.lookup.postcode_start import postcode_start
from address_match.service.lookup.suggest import STREETS_SEARCHED

_ANY = "*"


async def on_street(ask: Ask) -> Json:
    """Answer with the premises of a street, by its postcode, name and town, each of which may hold stars."""
    said, narrowing = ask.parameters, Narrowing.of(ask.parameters)
    named = tuple(said.word(name) for name in ("postcode", "streetname", "townname"))
    found = await ask.service.lookups.ask(
        lambda lists: page_of(
            lists, _texts(lists, *named), narrowing, offset=said.whole("offset"), limit=said.whole("limit")
        ),
        route="streets",
        client=ask.client,
        cost=LIST_COST,
    )
    return envelope.answered(bucket_container(ask, found, [*listed(ask, found, lambda _premises: {})]))


def bucket_container(ask: Ask, found: Found | None = None, addresses: list[Json] | None = None) -> Json:
    """Shape the premises of a street."""
    said = ask.parameters
    response = {
        "postcode": said.word("postcode"),
        "streetname": said.word("streetname"),
        "townname": said.word("townname"),
        "addresses": addresses or [],
        "filter": said.word("classificationfilter"),
        "epoch": said.word("epoch"),
        "limit": said.whole("limit"),
        "offset": said.whole("offset"),
        "total": 0 if found is None else found.total,
        "maxScore": CERTAIN if addresses else 0.0,
    }
    return {**envelope.with_terms(ask), "response": response}


def _texts(lists: PremisesLists, postcode: str, street: str, town: str) -> Iterator[pa.Table]:
    """Yield the texts of a postcode that lie on the street, or those of the streets of that name; none of a town alone."""
    street, town = _pattern(street), _pattern(town)
    if start := postcode_start(postcode):
        for stretch in lists.directory.stretches_from(start)[:STREETS_SEARCHED]:
            if fnmatchcase(stretch.street.name, street):
                yield _in_town(lists.in_postcode(stretch.postcode), street, town)
    elif street and _ANY not in street:
        for one in lists.directory.streets_named(street)[:STREETS_SEARCHED]:
            yield _in_town(lists.on_street(one.name, one.place), street, town)


def _in_town(texts: pa.Table, street: str, town: str) -> pa.Table:
    read = values_of(texts, "street", "town", "locality")
    kept = [
        fnmatchcase(own, street) and any(fnmatchcase(place, town) for place in places)
        for own, *places in zip(*read, strict=True)
    ]
    return texts.filter(pa.array(kept, pa.bool_()))


def _pattern(written: str) -> str:
    """Fold the words of a name around its stars."""
    return _ANY.join(" ".join(words_of(part).texts) for part in written.split(_ANY))

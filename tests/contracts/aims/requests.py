"""For each answer of the table of keys the request that is answered so."""

from dataclasses import dataclass

from tests.contracts.aims.tables import key_rows

_FOUND = "input=2+thornbeck+road+ostwick+ab12+3cd"
_NOWHERE = "input=99+zzyzx+road+qqqqq"
_WRONG_EPOCH = "epoch=epoch"
_BULK = '{"addresses":[{"id":"1","address":"2 thornbeck road ostwick ab12 3cd"}]}'
_BULK_NOWHERE = '{"addresses":[{"id":"1","address":"zzyzx qqqqq"}]}'


@dataclass(frozen=True, slots=True)
class Sample:
    """A request whose answer is one of the table's."""

    group: tuple[str, str]
    request: str
    method: str = "GET"
    body: str = ""
    status: int = 200
    state: str = "well"


_PATHS = {
    "/addresses": f"/addresses?{_FOUND}",
    "/addresses/ids": f"/addresses/ids?{_FOUND}",
    "/addresses/uprn": "/addresses/uprn/12345?",
    "/addresses/postcode": "/addresses/postcode/AB12%203CD?",
    "/addresses/groupedpostcode": "/addresses/groupedpostcode/AB12?",
    "/addresses/eq (grouped)": "/addresses/eq?input=AB12",
    "/addresses/random": "/addresses/random?limit=5",
    "/addresses/partial": "/addresses/partial?input=2+thornbeck+road&highlight=debug",
    "/addresses/eq (partial)": "/addresses/eq?input=2+thornbeck+road",
    "/addresses/eq (postcode)": "/addresses/eq?input=AB12+3CD&groupfullpostcodes=combo",
    "/addresses/eq/uprn": "/addresses/eq/uprn/12345?",
    "/addresses/eq/bucket": "/addresses/eq/bucket?postcode=AB12+3CD&streetname=thornbeck+road",
    "/addresses/multiuprn": "/addresses/multiuprn?",
    "/bulk": "/bulk?",
    "/bulk-full": "/bulk-full?",
}
"""What each endpoint answers with what is held."""
_NOT_FOUND = {
    "/addresses": f"/addresses?{_NOWHERE}",
    "/addresses/ids": f"/addresses/ids?{_NOWHERE}",
    "/addresses/uprn": "/addresses/uprn/999999999999",
    "/addresses/postcode": "/addresses/postcode/ZZ9%209ZZ",
    "/addresses/groupedpostcode": "/addresses/groupedpostcode/ZZ9",
    "/addresses/eq (grouped)": "/addresses/eq?input=ZZ9",
    "/addresses/random": "/addresses/random?classificationfilter=ZW99",
    "/addresses/partial": f"/addresses/partial?{_NOWHERE}",
    "/addresses/eq (partial)": f"/addresses/eq?{_NOWHERE}",
    "/addresses/eq (postcode)": "/addresses/eq?input=ZZ9+9ZZ",
    "/addresses/eq/uprn": "/addresses/eq/uprn/999999999999",
    "/addresses/eq/bucket": "/addresses/eq/bucket?streetname=no+street",
}
_MISSING = frozenset({"/addresses/uprn", "/addresses/eq/uprn"})
"""Where what is not found is answered 404."""
_BODIES = {
    "/bulk": (_BULK, _BULK_NOWHERE),
    "/bulk-full": (_BULK, _BULK_NOWHERE),
    "/addresses/multiuprn": ('{"uprns":["12345","67890"]}', '{"uprns":["999999999999"]}'),
}
_OF_A_CODE = {
    "error:39": "/addresses/eq/uprn/12345?addresstype=wibble",
    "error:40": "/addresses/eq/bucket",
    "error:1,11,12,13,14,15,34": "",
}


def _sample(group: tuple[str, str]) -> Sample:
    endpoint, variant = group
    if endpoint == "(router)":
        return Sample(group, "/nothing", status=404)
    if endpoint not in _PATHS:
        return Sample(group, endpoint)
    found, missing = _BODIES.get(endpoint, ("", ""))
    method = "POST" if found else "GET"
    path = _PATHS[endpoint]
    if variant in {"concise", "verbose"}:
        return Sample(group, f"{path}&verbose={variant == 'verbose'}", method, found)
    if variant == "not found":
        status = 404 if endpoint in _MISSING else 200
        return Sample(group, _NOT_FOUND.get(endpoint, path), method, missing, status)
    if variant == "error":
        return Sample(group, f"{path}&{_WRONG_EPOCH}", method, found, 400)
    if request := _OF_A_CODE.get(variant):
        return Sample(group, request, status=400)
    return Sample(group, path, method, found, 401, "guarded")


SAMPLES = {group: _sample(group) for group in sorted({row.group for row in key_rows()})}

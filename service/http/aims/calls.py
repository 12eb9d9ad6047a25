"""The table of what AIMS can be asked: each path, what is checked there in what order, and how it is answered and refused."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from address_match.service.http.aims import (
    bucket,
    bulk,
    bulk_jobs,
    checks,
    code_lists,
    envelope,
    lookups,
    postcode_groups,
    questionnaire,
    search,
    typeahead,
)
from address_match.service.http.aims.ask import Answering, Call, Check, Shape
from address_match.service.http.aims.error_texts import UNAUTHORIZED
from address_match.service.http.aims.parameters import BULK_DEFAULTS

Sent = Mapping[str, str]
CallOf = Callable[[Sent], Call]

_DOOR = (checks.source, checks.key)
_PAGE = (checks.LIMIT, checks.OFFSET)
_REFUSED_AS_SEARCH = dict.fromkeys(UNAUTHORIZED, envelope.search)
_REFUSED_WHILE_TYPING: Mapping[int, Shape] = dict.fromkeys((*UNAUTHORIZED, 1, 15, 34), envelope.search)
_LISTED = {"limit": 100}
_TYPED = {"limit": 20}
_OF_SEARCH = (
    checks.classification,
    checks.THRESHOLD,
    checks.distance,
    *_DOOR,
    *_PAGE,
    checks.text,
    checks.location,
    checks.epoch,
    checks.boosts,
)
_OF_TYPING = (checks.typed, checks.classification, checks.epoch, checks.boosts)
_OF_POSTCODE = (*_PAGE, *_DOOR, checks.classification, checks.postcode, checks.epoch)
_OF_PART = (*_PAGE, *_DOOR, checks.classification, checks.epoch)


def _searched(answer: Answering) -> Call:
    return Call(
        answer=answer,
        checks=_OF_SEARCH,
        shape=envelope.search,
        failure=10,
        is_blank_absent=True,
        required=("input",),
    )


def _completed(answer: Answering, *more: Check) -> Call:
    return Call(
        answer=answer,
        checks=(*_PAGE, *more, *_DOOR, *_OF_TYPING),
        shape=envelope.partial,
        shapes=_REFUSED_WHILE_TYPING,
        failure=30,
        defaults=_TYPED,
        required=("input",),
    )


def _in_postcode(answer: Answering, of: tuple[Check, ...] = _OF_POSTCODE) -> Call:
    return Call(
        answer=answer,
        checks=of,
        shape=envelope.postcode,
        shapes=_REFUSED_AS_SEARCH,
        failure=18,
        defaults=_LISTED,
    )


def _in_lines(answer: Answering) -> Call:
    return Call(
        answer=answer,
        checks=(checks.uprn, checks.address_type, *_DOOR, checks.epoch),
        shape=envelope.uprn,
        shapes={**_REFUSED_AS_SEARCH, 39: questionnaire.lines_container},
        failure=37,
    )


def _bulk(item: tuple[Callable[[dict[str, object]], bool], bulk.TextOf], *, is_full: bool) -> Call:
    holds, text_of = item
    return Call(
        answer=bulk.bulk(text_of, is_full=is_full),
        checks=(*_DOOR, checks.LIMIT_PER_ADDRESS, checks.THRESHOLD, checks.epoch_of_bulk),
        shape=envelope.search,
        defaults={**BULK_DEFAULTS, "historical": is_full},
        reads=bulk.is_bulk(holds),
    )


def _told(answer: Answering) -> Call:
    return Call(answer=answer, is_open=True)


_SEARCH = _searched(search.search)
_IDS = _searched(search.search_ids)
_PARTIAL = _completed(typeahead.complete, checks.TIMEOUT)
_POSTCODE = _in_postcode(lookups.by_postcode)
_GROUPED = _in_postcode(postcode_groups.grouped, _OF_PART)
_RANDOM = Call(
    answer=lookups.at_random,
    checks=(checks.source, checks.LIMIT, checks.key, checks.classification, checks.epoch, checks.boosts),
    shape=envelope.drawn,
    shapes=_REFUSED_AS_SEARCH,
    failure=35,
    defaults={"limit": 1},
)
_UPRN = Call(
    answer=lookups.one_by_uprn,
    checks=(checks.uprn, *_DOOR, checks.epoch),
    shape=envelope.uprn,
    shapes=_REFUSED_AS_SEARCH,
    failure=37,
)
_MULTIUPRN = Call(
    answer=lookups.several_by_uprn,
    checks=(checks.uprns, *_DOOR, checks.epoch),
    shape=envelope.uprn,
    shapes=_REFUSED_AS_SEARCH,
    failure=37,
    reads=lookups.names_uprns,
)
_EQ_PARTIAL = _completed(questionnaire.complete)
_EQ_POSTCODE = _in_postcode(
    questionnaire.list_postcode, (*_OF_PART[:-1], checks.typed_postcode, checks.epoch)
)
_EQ_BUCKET = Call(
    answer=bucket.on_street,
    checks=(*_PAGE, *_DOOR, checks.classification, checks.pattern, checks.epoch),
    shape=envelope.postcode,
    shapes={**_REFUSED_AS_SEARCH, 40: bucket.bucket_container},
    failure=18,
    defaults=_LISTED,
)
_ADDRESSES = (bulk.holds_address, bulk.address_of)
_TOKENS = (bulk.holds_tokens, bulk.joined_tokens)


def _of_questionnaire(sent: Sent) -> Call:
    """Choose by what is typed: a whole postcode, a part of one, or the beginning of an address."""
    if questionnaire.is_whole(sent):
        return _GROUPED if sent.get("groupfullpostcodes") == "yes" else _EQ_POSTCODE
    return _GROUPED if questionnaire.is_part(sent) else _EQ_PARTIAL


def _always(call: Call) -> CallOf:
    return lambda _sent: call


GET: Mapping[str, CallOf] = MappingProxyType(
    {
        "/addresses": _always(_SEARCH),
        "/addresses/ids": _always(_IDS),
        "/addresses/partial": _always(_PARTIAL),
        "/addresses/random": _always(_RANDOM),
        "/addresses/eq": _of_questionnaire,
        "/addresses/eq/bucket": _always(_EQ_BUCKET),
        "/addresses/eq/uprn/{uprn}": _always(_in_lines(questionnaire.lines)),
        "/addresses/uprn/{uprn}": _always(_UPRN),
        "/addresses/postcode/{postcode}": _always(_POSTCODE),
        "/addresses/groupedpostcode/{postcode}": _always(_GROUPED),
        "/addresses/rh/partial": _always(_completed(questionnaire.complete_for_home)),
        "/addresses/rh/postcode/{postcode}": _always(_in_postcode(questionnaire.list_postcode_for_home)),
        "/addresses/rh/uprn/{uprn}": _always(_in_lines(questionnaire.lines_for_home)),
        "/codelists": _always(_told(code_lists.code_list("codelists"))),
        "/sources": _always(_told(code_lists.code_list("sources"))),
        "/classifications": _always(_told(code_lists.classifications)),
        "/custodians": _always(_told(code_lists.code_list("custodians"))),
        "/logicalstatuses": _always(_told(code_lists.code_list("logicalStatuses"))),
        "/version": _always(_told(code_lists.version)),
        "/epochs": _always(_told(code_lists.epochs)),
    }
)
POST: Mapping[str, CallOf] = MappingProxyType(
    {
        "/addresses/multiuprn": _always(_MULTIUPRN),
        "/bulk": _always(_bulk(_ADDRESSES, is_full=False)),
        "/bulk-full": _always(_bulk(_ADDRESSES, is_full=True)),
        "/bulk-debug": _always(_bulk(_TOKENS, is_full=True)),
    }
)
BULK_SERVICE = "/bulk-service"
"""Below the prefix: where the service for bulk stands, which is another than AIMS there and has a path `/bulk` as well."""


def calls_of_jobs(jobs: bulk_jobs.BulkJobs) -> list[tuple[str, str, CallOf]]:
    """Return what the service for bulk can be asked: by which method, on which path, and the call."""

    def asked(answer: Answering) -> CallOf:
        return _always(Call(answer=answer, checks=_DOOR, shape=envelope.search))

    submission = Call(
        answer=jobs.submit,
        checks=(*_DOOR, bulk_jobs.limit, checks.THRESHOLD, checks.epoch_of_bulk),
        shape=envelope.search,
        defaults=BULK_DEFAULTS,
        reads=bulk.is_bulk(bulk.holds_address),
    )
    return [
        ("POST", f"{BULK_SERVICE}/bulk", _always(submission)),
        ("GET", f"{BULK_SERVICE}/jobs", asked(jobs.listed)),
        ("GET", f"{BULK_SERVICE}/bulk-progress/{{job}}", asked(jobs.progress)),
        ("GET", f"{BULK_SERVICE}/bulk-result/{{job}}", asked(jobs.result)),
    ]

"""What the service for bulk beside AIMS can be asked, as an OpenAPI document: AIMS has none of it, and the shapes are ours."""

from http import HTTPStatus
from typing import Any

from address_match.service.http.aims.bulk_jobs import LIMIT, MOST_RECORDS
from address_match.service.http.aims.parameters import NUMBERS
from address_match.service.http.routing.binary_body import BINARY
from address_match.service.jobs.job import JobState

Json = dict[str, Any]
_TEXT: Json = {"type": "string"}
_MOMENT: Json = {"type": "string", "description": "ISO 8601, UTC; empty where it is not yet"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_STATUS: Json = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {"code": {"type": "integer"}, "message": _TEXT},
}
_CONTAINER: Json = {
    "apiVersion": _TEXT,
    "dataVersion": _TEXT,
    "status": _STATUS,
    "errors": {"type": "array", "items": _STATUS},
}
_JOB: Json = {
    "jobId": _TEXT,
    "state": {"enum": [state.value for state in JobState]},
    "records": {"type": ["integer", "null"], "minimum": 0, "description": "Null until the file is read"},
    "recordsDone": _COUNT,
    "percentDone": {"type": "number", "minimum": 0, "maximum": 100},
    "created": _MOMENT,
    "started": _MOMENT,
    "ended": _MOMENT,
    "problem": _TEXT,
}
_REFUSED = {
    HTTPStatus.BAD_REQUEST: "A parameter or the body is not one of this call",
    HTTPStatus.UNAUTHORIZED: "A key is needed, or the key is not in force",
    HTTPStatus.NOT_FOUND: "You have no such job",
    HTTPStatus.CONFLICT: "The job is not in the state for that",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: f"More than {MOST_RECORDS:,} addresses, or a larger file than is taken",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The body is not sent as JSON",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many jobs wait, or the key may ask no more for now",
    HTTPStatus.INSUFFICIENT_STORAGE: "There is no room for the file",
}
_OF_ALL = (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS)
_OF_A_JOB = (*_OF_ALL, HTTPStatus.NOT_FOUND)
_OF_A_BODY = (
    *_OF_ALL,
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.INSUFFICIENT_STORAGE,
)
_ID: Json = {"name": "job", "in": "path", "required": True, "schema": {**_TEXT, "minLength": 1}}


def bulk_document(below: str) -> Json:
    """Describe the four calls whose paths begin so."""
    listed = {"jobs": {"type": "array", "items": _object(_JOB)}}
    packed = {"application/gzip": BINARY}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Jobs in bulk, beside AIMS", "version": "1"},
        "paths": {
            f"{below}/bulk": {"post": _submission()},
            f"{below}/jobs": {"get": _operation("List your jobs", _json(_CONTAINER | listed), _OF_ALL)},
            f"{below}/bulk-progress/{{job}}": {
                "get": _of_job("See how far a job is", _json(_CONTAINER | _JOB), _OF_A_JOB)
            },
            f"{below}/bulk-result/{{job}}": {
                "get": _of_job("Fetch the rows of a job", packed, (*_OF_A_JOB, HTTPStatus.CONFLICT))
            },
        },
    }


def _submission() -> Json:
    address = _object({"id": _TEXT, "address": _TEXT})
    sent = _object({"addresses": {"type": "array", "items": address, "maxItems": MOST_RECORDS}})
    threshold = NUMBERS["matchthreshold"]
    named: dict[str, Json] = {
        "limitperaddress": {"type": "integer", "minimum": LIMIT.least, "maximum": LIMIT.most},
        "matchthreshold": {"type": "number", "minimum": threshold.least, "maximum": threshold.most},
        "historical": {"type": "boolean"},
        "epoch": {**_TEXT, "description": "`current`, or the epoch of the reference"},
    }
    return {
        **_operation("Send addresses as a job", _json(_CONTAINER | {"jobId": _TEXT}), _OF_A_BODY),
        "parameters": [{"name": name, "in": "query", "schema": schema} for name, schema in named.items()],
        "requestBody": {"required": True, "content": _json_of(sent)},
    }


def _of_job(summary: str, content: Json, refused: tuple[HTTPStatus, ...]) -> Json:
    return {**_operation(summary, content, refused), "parameters": [_ID]}


def _operation(summary: str, content: Json, refused: tuple[HTTPStatus, ...]) -> Json:
    responses: Json = {"200": {"description": "What is answered", "content": content}}
    refusal = _json_of({"type": "object", "required": ["status"], "properties": {"status": _STATUS}})
    for status in refused:
        responses[str(status.value)] = {"description": _REFUSED[status], "content": refusal}
    return {"summary": summary, "responses": responses}


def _json(properties: Json) -> Json:
    return _json_of(_object(properties))


def _json_of(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _object(properties: Json) -> Json:
    """Return the schema of an object that has all of some properties."""
    return {"type": "object", "required": list(properties), "properties": properties}

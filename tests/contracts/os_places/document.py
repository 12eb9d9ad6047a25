"""What our façade of OS Places can be asked, as an OpenAPI document of our own, from which requests are made."""

from typing import Any

_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["statuscode", "message"],
            "properties": {"statuscode": {"type": "integer"}, "message": {"type": "string"}},
        }
    },
}
_RECORD = {
    "type": "object",
    "required": [
        "UPRN",
        "ADDRESS",
        "STATUS",
        "LOGICAL_STATUS_CODE",
        "LANGUAGE",
        "MATCH",
        "MATCH_DESCRIPTION",
    ],
    "properties": {
        "UPRN": {"type": "string", "minLength": 1},
        "ADDRESS": {"type": "string", "minLength": 1},
        "LOGICAL_STATUS_CODE": {"enum": ["1", "6", "8"]},
        "LANGUAGE": {"enum": ["EN", "CY"]},
        "MATCH": {"type": "number", "minimum": 0, "maximum": 1},
        "MATCH_DESCRIPTION": {"enum": ["EXACT", "NO MATCH"]},
    },
}
_FOUND = {
    "type": "object",
    "required": ["header"],
    "properties": {
        "header": {
            "type": "object",
            "required": ["uri", "query", "offset", "totalresults", "format", "dataset", "lr", "maxresults"],
            "properties": {
                "offset": {"type": "integer", "minimum": 0},
                "totalresults": {"type": "integer", "minimum": 0},
                "maxresults": {"type": "integer", "minimum": 1, "maximum": 100},
            },
        },
        "results": {
            "type": "array",
            "minItems": 1,
            "maxItems": 100,
            "items": {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": False,
                "properties": {"DPA": _RECORD, "LPI": _RECORD},
            },
        },
        "addressMatch": {"type": "object"},
    },
}
_EACH_FOUND = {
    "type": "object",
    "required": ["answers"],
    "properties": {"answers": {"type": "array", "items": _FOUND}},
}
_QUERIES = {
    "type": "object",
    "required": ["queries"],
    "properties": {"queries": {"type": "array", "items": {"type": "string"}, "maxItems": 5}},
}
_SYSTEMS = ["BNG", "EPSG:27700", "WGS84", "EPSG:4326", "EPSG:4258"]
_PARAMETERS: dict[str, dict[str, Any]] = {
    "query": {"type": "string", "minLength": 1},
    "postcode": {"type": "string", "minLength": 1},
    "uprn": {"type": "string", "minLength": 1},
    "point": {"type": "string", "pattern": r"^[0-9]{1,6}(\.[0-9]{1,2})?,[0-9]{1,6}(\.[0-9]{1,2})?$"},
    "bbox": {"type": "string", "pattern": r"^100,200,[0-9]{3},[0-9]{3}$"},
    "radius": {"type": "number", "minimum": 0.01, "maximum": 1000},
    "srs": {"enum": _SYSTEMS},
    "output_srs": {"enum": _SYSTEMS},
    "dataset": {"enum": ["DPA", "LPI", "DPA,LPI"]},
    "lr": {"enum": ["EN", "CY", "EN,CY"]},
    "fq": {"type": "array", "items": {"type": "string", "pattern": "^COUNTRY_CODE:[ENSWLMJ]$"}},
    "format": {"enum": ["JSON"]},
    "maxresults": {"type": "integer", "minimum": 1, "maximum": 100},
    "offset": {"type": "integer", "minimum": 0, "maximum": 10_000},
    "minmatch": {"type": "number", "minimum": 0.1, "maximum": 1},
    "matchprecision": {"type": "integer", "minimum": 1, "maximum": 10},
}
_OF_ALL = ("output_srs", "dataset", "lr", "fq", "format", "maxresults", "offset")
_OF_SEARCHES = ("minmatch", "matchprecision", "bbox", *_OF_ALL)
_GET: dict[str, tuple[str, tuple[str, ...]]] = {
    "/find": ("query", _OF_SEARCHES),
    "/match": ("query", _OF_SEARCHES),
    "/postcode": ("postcode", _OF_ALL),
    "/uprn": ("uprn", _OF_ALL),
    "/nearest": ("point", ("radius", "srs", *_OF_ALL)),
    "/radius": ("point", ("radius", "srs", *_OF_ALL)),
    "/bbox": ("bbox", ("srs", *_OF_ALL)),
}
_STATUSES = (400, 413, 429, 503)


def document(prefix: str) -> dict[str, Any]:
    """Describe the paths below a prefix."""
    paths: dict[str, Any] = {
        prefix + path: {"get": _operation(_FOUND, needed, others)} for path, (needed, others) in _GET.items()
    }
    for path in ("/find", "/match"):
        body = {"required": True, "content": {"application/json": {"schema": _QUERIES}}}
        paths[prefix + path]["post"] = {**_operation(_EACH_FOUND, "", _OF_SEARCHES), "requestBody": body}
    return {"openapi": "3.1.0", "info": {"title": "OS Places", "version": "1"}, "paths": paths}


def _operation(found: dict[str, Any], needed: str, others: tuple[str, ...]) -> dict[str, Any]:
    named = [*filter(None, [needed]), *(name for name in others if name != needed)]
    return {
        "parameters": [
            {"name": name, "in": "query", "required": name == needed, "schema": _PARAMETERS[name]}
            for name in named
        ],
        "responses": {"200": _response(found), **{str(status): _response(_ERROR) for status in _STATUSES}},
    }


def _response(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "What is answered", "content": {"application/json": {"schema": schema}}}

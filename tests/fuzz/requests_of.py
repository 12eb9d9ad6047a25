"""Requests to every route that an OpenAPI document describes, right ones and wrong ones."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

UNKNOWN = "zq7secretlane"
"""A name that no route knows; it may be part of an address and is not to be repeated."""
_TEXT = st.text(max_size=20)
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)
_NO_JSON = st.binary(max_size=20) | st.sampled_from([b'{"input": ', b"[" * 5_000, b'{"input": "\\ud800"}'])
_TYPES = st.sampled_from(["application/json", "text/plain", "application/x-www-form-urlencoded", ""])


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as it goes to the client."""

    method: str
    path: str
    """With its parameters, encoded."""
    body: bytes | None
    content_type: str
    described: frozenset[int]
    """Statuses that the document gives for its route."""


def requests_of(document: dict[str, Any]) -> dict[str, st.SearchStrategy[Asked]]:
    """Return the requests of every route, by its method and path."""
    return {
        f"{method} {path}": _asked(document, method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def _asked(
    document: dict[str, Any], method: str, path: str, operation: dict[str, Any]
) -> st.SearchStrategy[Asked]:
    parameters = operation.get("parameters", ())
    described = frozenset(int(status) for status in operation["responses"])
    body = operation.get("requestBody")
    return st.builds(
        lambda path, query, body, kind: Asked(method, path + query, body, kind, described),
        _paths(path, [p for p in parameters if p["in"] == "path"]),
        _queries([p for p in parameters if p["in"] == "query"]),
        st.none() if body is None else _bodies(document, body["content"]),
        st.just("application/json") | _TYPES,
    )


def _paths(path: str, parameters: list[dict[str, Any]]) -> st.SearchStrategy[str]:
    names = {p["name"]: _written(_of(p["schema"], {})) for p in parameters}
    return st.fixed_dictionaries(names).map(path.format_map)


def _queries(parameters: list[dict[str, Any]]) -> st.SearchStrategy[str]:
    right = {p["name"]: _written(_of(p["schema"], {})) for p in parameters}
    wrong = {p["name"]: _encoded(st.binary(max_size=12)) | _written(_ANYTHING) for p in parameters}
    unknown = st.dictionaries(st.just(UNKNOWN), _encoded(st.binary(max_size=12)), max_size=1)
    given = st.fixed_dictionaries(right) | st.fixed_dictionaries({}, optional=wrong)
    return st.builds(lambda known, more: _joined({**known, **more}), given, st.just({}) | unknown)


def _bodies(document: dict[str, Any], content: dict[str, Any]) -> st.SearchStrategy[bytes]:
    if "application/json" not in content:  # a file
        return st.binary(max_size=200) | _NO_JSON
    properties: dict[str, Any] = _resolved(content["application/json"]["schema"], document)["properties"]
    right = {name: _of(each, document) for name, each in properties.items()}
    wrong = dict.fromkeys(properties, _ANYTHING) | {UNKNOWN: _ANYTHING}
    objects = st.fixed_dictionaries(right) | st.fixed_dictionaries({}, optional=wrong)
    return (objects | _ANYTHING).map(lambda value: json.dumps(value).encode()) | _NO_JSON


def _of(schema: dict[str, Any], document: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Give values that a schema allows, among them the least and the greatest."""
    schema = _resolved(schema, document)
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return st.one_of([_of(each, document) for each in choices])
    match schema["type"]:
        case "string" if "pattern" in schema:
            return st.from_regex(schema["pattern"]) | st.sampled_from(schema["examples"])
        case "null":
            return st.none()
        case "string":
            return _TEXT | st.sampled_from(schema.get("examples", [""]))
        case "integer":
            return st.integers(int(schema["minimum"]), int(schema.get("maximum", 100)))
        case "number":
            return _numbers(schema)
        case "boolean":
            return st.booleans()
        case "object":
            properties = schema["properties"]
            return st.fixed_dictionaries({}, optional={n: _of(p, document) for n, p in properties.items()})
        case "array":
            return st.lists(_of(schema["items"], document), max_size=4)
        case other:
            raise NotImplementedError(f"no requests are made for the type {other!r}")


def _numbers(schema: dict[str, Any]) -> st.SearchStrategy[float]:
    """Give numbers between two bounds, each of which may be a value or not."""
    beyond, before = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    return st.floats(
        schema["minimum"] if beyond is None else beyond,
        schema["maximum"] if before is None else before,
        exclude_min=beyond is not None,
        exclude_max=before is not None,
    )


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _written(values: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    """Write values as a URL holds them: texts as they are, others as JSON."""
    texts = values.map(lambda value: value if isinstance(value, str) else json.dumps(value))
    return _encoded(texts.map(lambda text: text.encode("utf-8", "surrogatepass")))


def _encoded(values: st.SearchStrategy[bytes]) -> st.SearchStrategy[str]:
    return values.map(lambda value: quote_from_bytes(value, safe=""))


def _joined(query: dict[str, str]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else ""

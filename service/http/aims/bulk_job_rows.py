"""The result of a job as AIMS's clients read it: a row for each premises that is shown, of what `match` wrote."""

import csv
import io
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import IO, Any

import orjson

from address_match.service.http.aims.address_objects import NO_PARENT
from address_match.service.http.aims.parameters import Parameters
from address_match.service.http.aims.scores import confidence, match_type, recommendation

COLUMNS = (
    *("id", "inputAddress", "uprn", "parentUprn", "matchedFormattedAddress"),
    *("confidenceScore", "underlyingScore", "recommendationCode", "matchtype"),
    *("status", "reason", "matchCode"),
)
"""Keys of an item of the call in bulk, in its order; the last three are our own answer."""
_GZIP = zlib.MAX_WBITS | 16
_LINES = 1_000
"""Of `match` that are written at once."""
Row = dict[str, Any]


def packed_rows(answers: IO[bytes], said: Parameters) -> Iterator[bytes]:
    """Write the answers of a job, NDJSON as `match` writes it, as CSV packed with gzip; closes what it reads."""
    packer = zlib.compressobj(wbits=_GZIP)
    with closing(answers):
        yield packer.compress(_csv([COLUMNS]))
        while lines := list(islice(answers, _LINES)):
            yield packer.compress(_csv([row for line in lines for row in _rows(orjson.loads(line), said)]))
    yield packer.flush()


def _rows(answered: Row, said: Parameters) -> list[tuple[object, ...]]:
    """Return the rows of one address: one for each premises that is shown, or one that names none."""
    threshold, takes_former = said.number("matchthreshold"), said.flag("historical")
    likely = [
        one
        for one in answered["match_candidates"] or ()
        if confidence(one["probability"]) > threshold and (takes_former or not one.get("historical"))
    ]
    recommended = recommendation([confidence(one["probability"]) for one in likely])
    shown = likely[: said.whole("limitperaddress")]
    kind, ours = match_type(len(shown)), (answered["match_status"], answered["match_reason"])
    asked = (answered["id"], answered["address"])
    if not shown:
        return [(*asked, "", "", "", 0.0, 0.0, recommended, kind, *ours, answered["match_code"])]
    return [(*asked, *_premises(answered, one), recommended, kind, *ours, one["match_code"]) for one in shown]


def _premises(answered: Row, candidate: Row) -> tuple[object, ...]:
    """Return what is said of a premises; the parent is known of the one that is answered alone."""
    is_answer = candidate["uprn"] == answered["match_uprn"]
    parent = (answered["match_parent_uprn"] or NO_PARENT) if is_answer else ""
    score = confidence(candidate["probability"])
    return candidate["uprn"], parent, candidate["address"], score, score


def _csv(rows: list[tuple[object, ...]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()

from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from address_match.indexer.sources.columns.plain_names import column_positions
from address_match.indexer.sources.formats.arrow_rows import ArrowRows
from address_match.service.batch.input.query_file import TRUTH, queries_of
from address_match.service.batch.match_batches import BATCH_ROWS
from address_match.service.evaluation.damage import damage_of
from address_match.service.evaluation.findings import Findings, findings_of
from address_match.service.fault_isolation import match_in_batches
from address_match.service.frames.frame import Frame, frame_of
from address_match.service.frames.frame_addresses import columns_at, find_frame_address, named_columns

if TYPE_CHECKING:
    from address_match.service.evaluation.evaluation_query import EvaluationQuery
    from address_match.service.frames.matcher import Matcher
    from address_match.service.matching.policy import DecisionPolicy


def evaluate(
    matcher: "Matcher",
    data: object,
    columns: str | Sequence[str] | None = None,
    *,
    policy: "DecisionPolicy | None" = None,
    thorough: bool = False,
) -> Findings:
    """Measure the answers to addresses whose truth is known, as `address-match evaluate` does.

    `data` and `columns` are as for `Matcher.match`. Its column `uprn` names the right answer, empty where the reference
    does not hold the premises; `accept_uprns` may name further ones, and `class` what results are broken down by.
    Raises UsageError for data without a column that is needed, or without a row.

    >>> import address_match as am
    >>> with am.open("my-index") as matcher:  # doctest: +SKIP
    ...     am.evaluate(matcher, labelled).overall.precision
    0.993
    """
    queries = _queries(frame_of(data), named_columns(columns))
    pipeline = matcher.pipeline if policy is None else matcher.pipeline.under(policy)
    match = partial(pipeline.match, top=1, thorough=thorough)
    texts = [query.address for query in queries]
    answers = list(chain.from_iterable(match_in_batches(match, texts, BATCH_ROWS)))
    return findings_of(queries, answers, damage_of(queries, pipeline.parser, pipeline.retriever))


def _queries(frame: Frame, columns: Sequence[str] | None) -> "list[EvaluationQuery]":
    header = frame.columns
    address = find_frame_address(header, columns)
    truth = [place for name, place in column_positions(header).items() if name in TRUTH]
    needed = columns_at(frame, list(dict.fromkeys((*address.columns, *truth))))
    named = [header[place] for place in address.columns] if columns is not None else None
    return queries_of(needed.column_names, ArrowRows(needed).batches(BATCH_ROWS), named, "the data")

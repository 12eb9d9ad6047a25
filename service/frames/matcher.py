"""Matching from Python: an index that is open, and all that can be asked of it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from address_match.models.devices import device_here
from address_match.service.batch.estimates.estimate_places import SAMPLED, EstimatedPlaces, places_of_answers
from address_match.service.batch.estimates.estimate_prior import EstimatedPrior, estimate_prior
from address_match.service.batch.estimates.estimate_threshold import EstimatedThreshold, estimate_threshold
from address_match.service.batch.estimates.file_beginning import FileBeginning
from address_match.service.batch.input.input_addresses import refuse_match_columns
from address_match.service.batch.lent_pipeline import LentPipeline
from address_match.service.batch.match_batches import BATCH_ROWS, match_batches
from address_match.service.batch.matcher import MatchOptions
from address_match.service.batch.output.answer_columns import match_columns
from address_match.service.batch.output.held_columns import refuse_unknown_fields
from address_match.service.errors import UsageError
from address_match.service.facts.direct_recorder import Recording
from address_match.service.facts.store import channel_name
from address_match.service.frames.frame import frame_of
from address_match.service.frames.frame_addresses import frame_addresses
from address_match.service.frames.typed_answers import TypedAnswers
from address_match.service.matching.policy import DecisionPolicy
from address_match.service.opening.found_index import find_index
from address_match.service.settings.lifecycle_settings import FactSettings
from address_match.service.wiring import open_pipeline

if TYPE_CHECKING:
    from address_match.indexer.elastic.elastic_index import ElasticIndex
    from address_match.parser.parse import Parse
    from address_match.service.matching.answer import Answer
    from address_match.service.matching.explanation.explanation import Explanation
    from address_match.service.matching.pipeline import MatchPipeline
    from address_match.service.opening.found_index import FoundIndex

FRAME_CHANNEL = "frame"
Progress = Callable[[int, int], None]
"""Takes the rows that are done and those that there are, in the thread that matches."""


def open(  # noqa: A001 - `address_match.open`, as gzip and io have theirs
    index: "str | Path | ElasticIndex | FoundIndex",
    bundle: str | Path | None = None,
    *,
    device: str = "cpu",
    policy: DecisionPolicy | None = None,
) -> "Matcher":
    """Open an index, a folder unless it is an `ElasticIndex`, with the models it was built with, or those of `bundle`.

    `device` is cpu, auto, cuda or cuda:N; `policy` says what is assumed of the addresses and asked of the answers.
    Raises the errors of `address_match.indexer.errors` where there is no whole index, and of
    `address_match.models.errors`.

    >>> import address_match as am
    >>> with am.open("my-index") as matcher:  # doctest: +SKIP
    ...     matcher.find("12 tanfeild rd shildon").status
    <Status.MATCHED: 'matched'>
    """
    return opener(index, bundle, device=device, policy=policy)()


def opener(
    index: "str | Path | ElasticIndex | FoundIndex",
    bundle: str | Path | None = None,
    *,
    device: str = "cpu",
    policy: DecisionPolicy | None = None,
) -> "MatcherOpener":
    """Return what opens an index as `open` does, fit to travel to worker processes; the index is found and verified
    now.

    So all workers answer from one generation, and each raises IndexUnusableError where it is not there any more.

    >>> opened = am.opener("/shared/my-index")  # doctest: +SKIP
    >>> with opened() as matcher:  # doctest: +SKIP
    ...     matcher.match(part)
    """
    found = find_index(Path(index) if isinstance(index, str) else index).verify()
    return MatcherOpener(found, bundle, device_here(device), policy or DecisionPolicy())


@dataclass(frozen=True, slots=True)
class MatcherOpener:
    """Opens one generation of an index with one bundle; it travels to other processes, and holds nothing open."""

    index: "FoundIndex"
    bundle: str | Path | None = None
    device: str = "cpu"
    policy: DecisionPolicy = field(default_factory=DecisionPolicy)

    def __call__(self) -> "Matcher":
        """Open it; raises as `open` does, for an index that was removed meanwhile too."""
        return Matcher(self.pipeline(), self)

    def pipeline(self) -> "MatchPipeline":
        """Open the pipeline alone."""
        return open_pipeline(self.index, self.bundle, device=self.device, policy=self.policy)


class Matcher(AbstractContextManager["Matcher"]):
    """An open index. Several threads may ask it at once; whoever opened it closes it."""

    def __init__(self, pipeline: "MatchPipeline", opener: MatcherOpener) -> None:
        self._pipeline = pipeline
        self._open = True
        self.opener = opener
        """Opens the same generation anew, with the same models, in whichever process: `matcher.opener()`."""

    @property
    def pipeline(self) -> "MatchPipeline":
        """The stages themselves; raises UsageError once the matcher is closed."""
        if not self._open:
            raise UsageError("the matcher is closed; open the index again: address_match.open(index)")
        return self._pipeline

    def match(
        self,
        data: object,
        columns: str | Sequence[str] | None = None,
        *,
        top: int | None = None,
        thorough: bool = False,
        explain: bool = False,
        fields: str | Sequence[str] = (),
        audit: str | None = None,
        policy: DecisionPolicy | None = None,
        jobs: int = 1,
        progress: Progress = lambda _done, _rows: None,
        record: str | Path | None = None,
        channel: str = FRAME_CHANNEL,
    ) -> Any:
        """Return the same rows, in order and in the same kind of data, with the columns that `address-match match`
        adds behind their own.

        - `data` is one of the kinds that `frame_of` takes; whatever its library calls missing is a blank address.
        - `columns` make the address, in their order; unless given, those that are named like one.
        - `top`, `thorough`, `explain`, `fields` and `audit` are the options of `match`; all but `thorough` add columns.
        - `policy` decides instead of the one that the matcher was opened with.
        - `jobs` worker processes, 1 or more, each open the index; a program that is run as a file begins them below
          `if __name__ == "__main__"`.
        - `progress` is called after every 5,000 rows or fewer.
        - `record` is a folder to which facts of the answers, without addresses, are added under the name `channel`,
          for `address-match monitor`.

        Status, relation and reason are categories, probabilities and coordinates doubles, candidates lists of structs,
        all else texts; what a file leaves empty is null. A row that cannot be matched has the reason `error`.

        Raises UsageError for data of another kind, without an address column, with two of its name, or with a column
        that begins with `match_`, for an unknown field, for a `top` below 0 and for `jobs` below 1; IndexUnusableError
        where a worker no longer finds the index; RunFailedError for a worker that died.

        >>> import address_match as am
        >>> with am.open("my-index") as matcher:  # doctest: +SKIP
        ...     matcher.match(["12 tanfeild rd shildon"])[0]["match_uprn"]
        '100000000104'
        """
        if top is not None and top < 0:
            raise UsageError(f"top is {top}; give how many candidates each row shall list, or None")
        frame = frame_of(data)
        options = MatchOptions(
            top=top,
            thorough=thorough,
            explain=explain,
            fields=refuse_unknown_fields(fields),
            historical=(policy or self.opener.policy).as_at is not None,
            audit=audit is not None,
        )
        refuse_match_columns(frame.columns)
        addresses = frame_addresses(frame, columns, audit)
        answers = TypedAnswers(match_columns(options))
        match_batches(
            addresses.batches(BATCH_ROWS),
            self._opener(policy, jobs),
            answers,
            options,
            jobs=jobs,
            on_batch=lambda summary: progress(summary.rows, addresses.rows),
            recording=_recording(record, channel),
        )
        return frame.with_answers(answers.table())

    def estimate_prior(
        self, data: object, columns: str | Sequence[str] | None = None, *, jobs: int = 1
    ) -> EstimatedPrior:
        """Estimate which share of the addresses the reference does not hold, from up to 10,000 of the first 50,000
        rows.

        `data` and `columns` are as for `match`, and so are the errors. Give `match` a policy with that prior to do as
        `address-match match --absence-prior auto` does.

        >>> prior = matcher.estimate_prior(frame).prior  # doctest: +SKIP
        >>> matcher.match(frame, policy=am.DecisionPolicy(absence_prior=prior))  # doctest: +SKIP
        """
        batches = frame_addresses(frame_of(data), columns).batches(BATCH_ROWS)
        assumed = self.opener.policy.absence_prior
        return estimate_prior(batches, self._opener(None, jobs), assumed, jobs=jobs)[0]

    def estimate_places(
        self, data: object, columns: str | Sequence[str] | None = None, *, jobs: int = 1
    ) -> EstimatedPlaces:
        """Estimate in which few towns the addresses that name none lie, from some hundreds of rows; none where they lie
        in many.

        `data` and `columns` are as for `match`, and so are the errors. A policy with those places lets `match` do as
        `address-match match --places auto` does; of more than 50,000 rows the first are looked at, so sort them by no
        place.

        >>> places = matcher.estimate_places(frame).names  # doctest: +SKIP
        >>> matcher.match(frame, policy=am.DecisionPolicy(places=places))  # doctest: +SKIP
        """
        batches = frame_addresses(frame_of(data), columns).batches(BATCH_ROWS)
        answers = FileBeginning.of(batches).answers(self._opener(None, jobs), SAMPLED, jobs=jobs)
        return places_of_answers(answers)

    def estimate_threshold(
        self,
        data: object,
        columns: str | Sequence[str] | None = None,
        *,
        policy: DecisionPolicy | None = None,
        jobs: int = 1,
    ) -> EstimatedThreshold:
        """Estimate which least probability of a match keeps the promised precision on the data, from some hundreds of
        rows.

        `data` and `columns` are as for `match`, and so are the errors; `policy` is the one to match under, that of the
        matcher unless given. With that threshold in the policy, `match` does as `address-match match --precision` does.

        >>> threshold = matcher.estimate_threshold(frame).threshold  # doctest: +SKIP
        >>> matcher.match(frame, policy=am.DecisionPolicy(threshold=threshold))  # doctest: +SKIP
        """
        batches = frame_addresses(frame_of(data), columns).batches(BATCH_ROWS)
        policy = self.opener.policy if policy is None else policy
        return estimate_threshold(FileBeginning.of(batches), self._opener(policy, jobs), policy, jobs=jobs)

    def find(self, text: str | None, *, top: int = 5) -> "Answer":
        """Answer one address by the full search, and list up to `top` candidates in the answer.

        Raises UsageError for what is no text, as a missing value of pandas.

        >>> matcher.find("12 tanfeild rd shildon").uprn  # doctest: +SKIP
        '100000000104'
        """
        return self.pipeline.match([_one_address(text)], top=top, thorough=True)[0]

    def explain(self, text: str | None, *, uprn: str | None = None) -> "Explanation":
        """Show what the answer for one address rests on; `uprn` adds a premises that would not be among those listed.

        >>> matcher.explain("12 tanfeild rd shildon").candidates[0].uprn  # doctest: +SKIP
        '100000000104'
        """
        return self.pipeline.explain(_one_address(text), uprn=uprn)

    def parse(self, text: str, *, nbest: int = 0) -> "Parse":
        """Say what each word of an address stands for, with the names of the reference, and the `nbest` whole parses.

        Raises address_match.parser.errors.TextTooLongError for a text of more than 10,000 characters.

        >>> matcher.parse("12 tanfeild rd shildon").fields.number  # doctest: +SKIP
        12
        """
        return self.pipeline.parser.parse(text, nbest=nbest)

    def close(self) -> None:
        """Release the index; twice is no harm."""
        self._open = False
        self._pipeline.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _opener(
        self, policy: DecisionPolicy | None, jobs: int
    ) -> "Callable[[], MatchPipeline | LentPipeline]":
        """Return what opens a matcher where rows are matched: here the one that is open, elsewhere the same anew."""
        if jobs < 1:
            raise UsageError(f"jobs is {jobs}; give 1 process or more")
        here = self.pipeline if policy is None else self.pipeline.under(policy)
        if jobs == 1:
            return partial(LentPipeline, here)
        return self.opener.pipeline if policy is None else replace(self.opener, policy=policy).pipeline


def _one_address(text: str | None) -> str:
    """Return one address, blank for None; raises `UsageError` for what is no text, as a missing value of pandas."""
    if text is not None and not isinstance(text, str):
        raise UsageError(f"a {type(text).__name__} is no address; give a text")
    return text or ""


def _recording(folder: str | Path | None, channel: str) -> Recording | None:
    if folder is None:
        return None
    return Recording(Path(folder), channel_name(channel), FactSettings().facts_days)

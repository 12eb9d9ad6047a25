"""How far a candidate that answers beside agrees with what was answered, by the facts of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from address_match.service.facts.store import FactStore
from address_match.service.matching.answer import Status

_COLUMNS = ("champion", "bundle", "champion_status", "status", "same_premises")


class _Outcome(NamedTuple):
    """What became of an address in both."""

    given: str
    beside: str
    same_premises: bool


@dataclass(frozen=True, slots=True)
class AnswersBeside:
    """The answers of a candidate in a channel, beside those of the bundle in service."""

    channel: str
    champion: str
    """First digits of the fingerprint of the bundle that answered; the next is of the candidate."""
    candidate: str
    answers: int
    alike: int
    """Of the same status, and of the same premises or both of none."""
    same_premises: int
    """Of the same premises or both of none, whatever the status."""
    other_matches: int
    """Matched by both, and to another premises."""
    changes: tuple[tuple[str, str, int], ...]
    """Status that was given, that of the candidate, and how often, where they differ; the most frequent first."""


def answers_beside(store: FactStore) -> list[AnswersBeside]:
    """Return what a store of facts of candidates says, by channel and pair of bundles."""
    return [one for channel in store.channels() for one in _of_channel(store, channel)]


def line_beside(found: AnswersBeside) -> str:
    """Say it in one line."""
    changes = [f"{count:,} {given} to {beside}" for given, beside, count in found.changes]
    if found.other_matches:
        changes.append(f"{found.other_matches:,} matched to another premises")
    return (
        f"{found.channel}: {found.answers:,} answers of {found.candidate} beside {found.champion}: "
        f"{found.alike / found.answers:.2%} alike, {found.same_premises / found.answers:.2%} of the same premises"
        + (f": {', '.join(changes)}" if changes else "")
    )


def _of_channel(store: FactStore, channel: str) -> Iterator[AnswersBeside]:
    table = store.read(channel, _COLUMNS).table
    of_pair: dict[tuple[str, str], dict[_Outcome, int]] = defaultdict(dict)
    for row, count in Counter(
        zip(*(table.column(name).to_pylist() for name in _COLUMNS), strict=True)
    ).items():
        champion, candidate, *outcome = row
        of_pair[champion, candidate][_Outcome(*outcome)] = count
    for (champion, candidate), outcomes in sorted(of_pair.items()):
        yield _summed(channel, champion, candidate, outcomes)


def _summed(channel: str, champion: str, candidate: str, outcomes: Mapping["_Outcome", int]) -> AnswersBeside:
    changes: Counter[tuple[str, str]] = Counter()
    for found, count in outcomes.items():
        if found.given != found.beside:
            changes[found.given, found.beside] += count
    same = sum(count for found, count in outcomes.items() if found.same_premises)
    alike = sum(
        count for found, count in outcomes.items() if found.same_premises and found.given == found.beside
    )
    return AnswersBeside(
        channel=channel,
        champion=champion,
        candidate=candidate,
        answers=sum(outcomes.values()),
        alike=alike,
        same_premises=same,
        other_matches=outcomes.get(_Outcome(Status.MATCHED, Status.MATCHED, same_premises=False), 0),
        changes=tuple((*change, count) for change, count in changes.most_common()),
    )

"""Which deployment is served, and every one that was: one small file, replaced at once."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Literal, get_args

from address_match.drafts import replaced, state_of
from address_match.models.errors import RegistryError
from address_match.models.registry.deployment import Deployment
from address_match.models.registry.lock import registry_lock
from address_match.timestamp import timestamp

PROMOTIONS_FILE = "promotions.json"
FORMAT_VERSION = 1

Act = Literal["promote", "rollback"]


@dataclass(frozen=True, slots=True)
class Event:
    """A deployment came into force."""

    act: Act
    moment: str
    """ISO 8601, UTC."""
    deployment: Deployment
    override: str = ""
    """Why it was promoted although it does not pass the gates; empty where it does, or where there are none."""


def _unseen(_event: Event) -> None:
    """See nothing."""


class Promotions:
    """The events of a registry, oldest first; safe to share between processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / PROMOTIONS_FILE

    def events(self) -> tuple[Event, ...]:
        """Return what happened; raises `RegistryError` when the file is damaged."""
        try:
            text = self._file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise RegistryError(f"{self._file} cannot be read: {error.strerror}") from error
        return _events(text, self._file)

    def in_force(self) -> Deployment | None:
        """Return the deployment that is to be served, None where there is none."""
        standing = _standing(self.events())
        return standing[-1] if standing else None

    def before(self) -> Deployment:
        """Return the deployment that `roll_back` would put in force; raises `RegistryError` when there is none."""
        return self._before(self.events())

    def promote(
        self, deployment: Deployment, *, override: str = "", witness: Callable[[Event], object] = _unseen
    ) -> None:
        """Put a deployment in force; `override` says why, where it does not pass the gates.

        `witness` is notified first, in the order in which it happens; where it raises, nothing is done.
        """
        with registry_lock(self._folder):
            event = Event("promote", timestamp(), deployment, override)
            events = (*self.events(), event)
            witness(event)
            self._write(events)

    def roll_back(self, generation: str = "", *, witness: Callable[[Event], object] = _unseen) -> Deployment:
        """Put the deployment before the present one in force and return it, with the generation of its index by now where
        that is another; raises `RegistryError` when there is none.

        `witness` is notified first, as by `promote`.
        """
        with registry_lock(self._folder):
            events = self.events()
            before = self._before(events)
            event = Event(
                "rollback", timestamp(), replace(before, generation=generation or before.generation)
            )
            witness(event)
            self._write((*events, event))
            return event.deployment

    def signature(self) -> tuple[int, int, int] | None:
        """Tell one state of the file from another, at the cost of one look at the folder; None where there is no file."""
        return state_of(self._file)

    def _before(self, events: Sequence[Event]) -> Deployment:
        standing = _standing(events)
        if len(standing) < 2:
            raise RegistryError(
                f"no deployment was promoted in {self._folder} before the present one: name a bundle and an index, "
                "address-match model promote BUNDLE INDEX"
            )
        return standing[-2]

    def _write(self, events: Sequence[Event]) -> None:
        content = {"format_version": FORMAT_VERSION, "events": [_row(event) for event in events]}
        with replaced(self._file) as draft, draft.open("w", encoding="utf-8") as file:
            json.dump(content, file, indent=1, ensure_ascii=False)


def _row(event: Event) -> dict[str, object]:
    """Lay an event out as the file holds it."""
    row: dict[str, object] = {"act": event.act, "moment": event.moment, "pair": event.deployment.as_object()}
    return row | {"override": event.override} if event.override else row


def _standing(events: Sequence[Event]) -> list[Deployment]:
    """Return the deployments in force one upon the other, the last of them now: a rollback takes one off, and says what
    the one below is by then.
    """
    standing: list[Deployment] = []
    for event in events:
        if event.act == "promote":
            standing.append(event.deployment)
        else:
            standing[-2:] = [event.deployment]
    return standing


def _events(text: str, file: Path) -> tuple[Event, ...]:
    try:
        content = json.loads(text)
        version = content["format_version"]
        events = tuple(
            Event(row["act"], row["moment"], Deployment(**row["pair"]), row.get("override", ""))
            for row in content["events"]
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RegistryError(
            f"{file} is damaged ({error}): move it away and promote the deployment that is to be served again"
        ) from error
    depths = accumulate(1 if event.act == "promote" else -1 for event in events)
    if (
        version != FORMAT_VERSION
        or any(e.act not in get_args(Act) for e in events)
        or min(depths, default=1) < 1
    ):
        raise RegistryError(
            f"{file} has format {version} or a history that cannot be; this release reads format {FORMAT_VERSION}: "
            "move it away and promote the deployment that is to be served again"
        )
    return events

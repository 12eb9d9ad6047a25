"""Who may do what with the models."""

from typing import Annotated

from fastapi import Depends, Request

from address_match.service.access.api_key import Role
from address_match.service.access.errors import PersonNeededError
from address_match.service.access.person import Person
from address_match.service.http.entrance.door import known_as
from address_match.service.http.entrance.signed_in import for_roles, person_of


async def asker(request: Request) -> Person | None:
    """Return who acts by a request, None where that is no person."""
    return person_of(request.scope)


async def known_reader(request: Request) -> None:
    """Let in who showed a key or signed in; what is known of the models names people, and is not for anybody else."""
    if person_of(request.scope) is None and not known_as(request.scope):
        raise PersonNeededError(
            "a person has to sign in for this on the pages of the service, or a key is sent"
        )


PersonOrNone = Annotated[Person | None, Depends(asker)]
Reading = Depends(known_reader)
Owner = Annotated[Person, Depends(for_roles(Role.OWNER))]
"""Decides and promotes."""
OwnerOrOperator = Annotated[Person, Depends(for_roles(Role.OWNER, Role.OPERATOR))]
OwnerOrLabeller = Annotated[Person, Depends(for_roles(Role.OWNER, Role.LABELLER))]

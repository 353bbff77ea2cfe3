"""What members must tell domains above them. The entry points know both sides and hand these in."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.disclosure import Chapter
from shuke.members.model import Member


def _nothing(_unit: Unit, _member: Member) -> None:
    return None


def _nobody(_unit: Unit, _name: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class MemberHooks:
    """`on_joining`: what somebody gets who has joined this moment, in the same transaction. `tell_about`: what each
    domain keeps about a member, by all ids that are hers, the first of them her own.
    `users_of_attribute`: who finds members by an attribute."""

    on_joining: Callable[[Unit, Member], None] = _nothing
    users_of_attribute: Callable[[Unit, str], Sequence[str]] = _nobody
    tell_about: Sequence[Callable[[Unit, Collection[UUID]], Sequence[Chapter]]] = ()

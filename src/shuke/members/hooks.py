"""What members must tell domains above them. The entry points know both sides and hand these in."""

from collections.abc import Callable
from dataclasses import dataclass

from shuke.infra.database import Unit
from shuke.members.model import Member


def _nothing(_unit: Unit, _member: Member) -> None:
    return None


@dataclass(frozen=True, slots=True)
class MemberHooks:
    """`on_joining`: what somebody gets who has joined this moment, in the same transaction."""

    on_joining: Callable[[Unit, Member], None] = _nothing

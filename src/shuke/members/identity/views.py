"""Identity in JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shuke.infra import http_refs
from shuke.infra.http import Body, View
from shuke.infra.http_ids import MemberId
from shuke.members.identity.graph import Identifier, Identity, Together
from shuke.members.identity.model import Key, Reason, Space, SpaceRule, TwoMembers
from shuke.members.identity.policies import Blocked, Rules
from shuke.members.identity.rules.defaults import BLOCKED_MAX, LIMIT_MAX
from shuke.members.identity.simulating import Difference
from shuke.members.model import MemberRef

Limit = Annotated[int, Field(ge=1, le=LIMIT_MAX)]


class SpaceRuleBody(Body):
    """How many values of a namespace one person may have: `ever`, and first seen within a `month` or a `day`. 1 ever: a
    person has only one. Null: any number."""

    space: Space
    ever: Limit | None = None
    month: Limit | None = None
    day: Limit | None = None


class BlockedBody(Body):
    space: Space
    value: Annotated[str, Field(min_length=1, max_length=200)]


class IdentityPolicyBody(Body):
    """`spaces` strongest first; a namespace that is left out links nobody. `blocked` values link nobody either.
    `two_members`: whether two members become one where an event proves it (`merge`), or people decide (`propose`)."""

    spaces: Annotated[list[SpaceRuleBody], Field(min_length=1, max_length=len(Space))]
    blocked: Annotated[list[BlockedBody], Field(max_length=BLOCKED_MAX)] = Field(default_factory=list)
    two_members: TwoMembers = TwoMembers.PROPOSE

    def said(self) -> tuple[list[SpaceRule], list[Blocked], TwoMembers]:
        spaces = [SpaceRule(each.space, each.ever, each.month, each.day) for each in self.spaces]
        return spaces, [Blocked(each.space, each.value) for each in self.blocked], self.two_members


class SpaceRuleView(View):
    space: Space
    ever: int | None
    month: int | None
    day: int | None


class BlockedView(View):
    space: Space
    value: str


class IdentityPolicy(View):
    """`spaces` strongest first. `everywhere` are values that programs send where they know nobody: they never link.
    `two_members`: what follows where an event proves that two members are one."""

    spaces: list[SpaceRuleView]
    blocked: list[BlockedView]
    everywhere: list[str]
    two_members: TwoMembers

    @classmethod
    def of(cls, said: Rules, everywhere: tuple[str, ...]) -> "IdentityPolicy":
        return cls(
            spaces=[SpaceRuleView.model_validate(rule) for rule in said.spaces],
            blocked=[BlockedView.model_validate(each) for each in said.blocked],
            everywhere=list(everywhere),
            two_members=said.two_members,
        )


class KeyView(View):
    """An identifier by its namespace and what it is found by, which is not its value."""

    namespace: str
    index: str

    @classmethod
    def of(cls, key: Key) -> "KeyView":
        return cls(namespace=key[0], index=key[1].hex())


class Counts(View):
    before: int
    after: int


class DifferenceExample(View):
    """Identifiers that are `before` so many people's and would be `after` so many's; the members among them."""

    keys: list[KeyView]
    before: int
    after: int
    members: list[MemberId]


class MergingMembers(View):
    """Members who would become one: the one who joined first stays."""

    survivor: http_refs.MemberRef
    absorbed: http_refs.MemberRef


class PolicyDifference(View):
    """What another policy would have made of what was `seen` (sets of identifiers; `complete` false: the earliest
    only). `people` by the present rules and by the others; `merged` would be one with others and are not, `split` are
    one and would be several; `left_out` are identifiers that a conflict left out. `members`: how many members would
    become another one at once when they are seen again, unless something else stands in the way, and `merging` some of
    them."""

    seen: int
    complete: bool
    people: Counts
    merged: int
    split: int
    left_out: Counts
    members: Counts
    merging: list[MergingMembers]
    examples: list[DifferenceExample]

    @classmethod
    def of(cls, found: Difference, refs: Mapping[UUID, MemberRef]) -> "PolicyDifference":
        return cls(
            seen=found.seen,
            complete=found.complete,
            people=Counts(before=found.people[0], after=found.people[1]),
            merged=found.merged,
            split=found.split,
            left_out=Counts(before=found.left_out[0], after=found.left_out[1]),
            members=Counts(before=found.members[0], after=found.members[1]),
            merging=[
                MergingMembers(
                    survivor=http_refs.MemberRef.of(refs[pair.survivor]),
                    absorbed=http_refs.MemberRef.of(refs[pair.absorbed]),
                )
                for pair in found.merging
            ],
            examples=[
                DifferenceExample(
                    keys=[KeyView.of(key) for key in each.keys],
                    before=each.before,
                    after=each.after,
                    members=list(each.members),
                )
                for each in found.examples
            ],
        )


class IdentifierView(View):
    """`value` is masked unless the caller may see contact data; null where nobody is shown it. `main`: the one on her
    page. `came_as`: the member who had it before the two became one."""

    key: KeyView
    value: str | None
    main: bool
    source: str
    first_seen_at: datetime
    last_seen_on: date
    came_as: MemberId | None

    @classmethod
    def of(cls, each: Identifier) -> "IdentifierView":
        return cls(
            key=KeyView.of(each.key),
            value=each.value,
            main=each.main,
            source=each.source,
            first_seen_at=each.first_seen_at,
            last_seen_on=each.last_seen_on,
            came_as=each.came_as,
        )


class DroppedView(View):
    key: KeyView
    reason: Reason


class TogetherView(View):
    """Identifiers seen together so many times; those `dropped` did not count, and why."""

    keys: list[KeyView]
    dropped: list[DroppedView]
    first_at: datetime
    last_at: datetime
    times: int

    @classmethod
    def of(cls, seen: Together) -> "TogetherView":
        return cls(
            keys=[KeyView.of(key) for key in seen.keys],
            dropped=[DroppedView(key=KeyView.of(key), reason=reason) for key, reason in seen.dropped],
            first_at=seen.first_at,
            last_at=seen.last_at,
            times=seen.times,
        )


class VisitorView(View):
    """Somebody who was seen and turned out to be the member."""

    person: UUID
    first_seen_at: datetime
    last_seen_on: date


class MemberIdentities(View):
    """`absorbed` are members who became one with her. `complete` false: there is more of something than is shown."""

    identifiers: list[IdentifierView]
    sightings: list[TogetherView]
    visitors: list[VisitorView]
    absorbed: list[MemberId]
    complete: bool

    @classmethod
    def of(cls, found: Identity) -> "MemberIdentities":
        return cls(
            identifiers=[IdentifierView.of(each) for each in found.identifiers],
            sightings=[TogetherView.of(each) for each in found.sightings],
            visitors=[
                VisitorView(person=each.person_id, first_seen_at=each.first_seen_at, last_seen_on=each.last_seen_on)
                for each in found.visitors
            ],
            absorbed=list(found.absorbed),
            complete=found.complete,
        )

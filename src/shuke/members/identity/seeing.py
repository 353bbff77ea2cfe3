"""What was said about somebody becomes a sighting: values as they are stored, found by their index, sealed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.database import Unit
from shuke.kernel.errors import Invalid
from shuke.kernel.ids import Prefix, parse
from shuke.members import codes, profile, rules
from shuke.members.identity.model import Key, Sighting, Space
from shuke.members.searching import code_key
from shuke.members.tables import members
from shuke.tenancy import service as tenancy

_SHOWN = frozenset({Space.PHONE, Space.EMAIL, Space.CARD, Space.USER_ID, Space.UNIONID, Space.OPENID})
"""What is kept sealed, to be shown later. The id of a device says nothing to people."""


VALUE_MAX = 200
"""Characters. What is longer is no identifier of anybody."""


class Eye:
    """Makes sightings of one merchant."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def sighting(
        self, at: datetime, values: Mapping[Space, str], indexed: Iterable[Key] = (), member_id: UUID | None = None
    ) -> Sighting:
        """`values` in clear, of which those that cannot be such a thing are passed over; `indexed` as they are."""
        keys, sealed = list(indexed), {}
        for space, typed in values.items():
            value = self._written(space, typed)
            if value is None:
                continue
            key = (str(space), self._unit.index(space, value))
            keys.append(key)
            if space in _SHOWN:
                sealed[key] = self._unit.seal(space, value)
        return Sighting(tuple(dict.fromkeys(keys)), at, member_id, sealed)

    def proven(self, shown: str, at: datetime) -> UUID | None:
        """The member whose dynamic code somebody showed at a moment; None when it was none, or too old."""
        number = codes.verify(shown, at, code_key(self._unit)) if codes.looks_like(shown) else None
        if number is None:
            return None
        table = members.c
        mine = (table.merchant_id == self._unit.merchant_id, table.number == number)
        return self._unit.connection.scalar(sa.select(table.member_id).where(*mine))

    def named(self, user_id: str) -> UUID | None:
        """The member whose id in this product it is; whether there is such a member is found out later."""
        try:
            return parse(Prefix.MEMBER, user_id)
        except ValueError:
            return None

    @cached_property
    def _regions(self) -> tuple[str, ...]:
        return profile.phone_regions(tenancy.merchant(self._unit))

    def _written(self, space: Space, typed: str) -> str | None:
        if len(typed) > VALUE_MAX:
            return None
        try:
            match space:
                case Space.PHONE:
                    return rules.normal_phone(typed, self._regions)
                case Space.EMAIL:
                    return rules.normal_email(typed)
                case Space.CARD:
                    return rules.normal_card(typed)
        except Invalid:
            return None
        return typed.strip() or None

"""Which segments a member is in."""

from datetime import timedelta
from typing import Any

from shuke.entrypoints.lake import bring_up_to_date
from shuke.kernel.ids import Prefix, show
from shuke.tenancy.model import Role
from tests.support.till import Till, member_id

EVERYBODY: dict[str, Any] = {"rule": "all", "of": []}
NOBODY = {"rule": "not", "of": EVERYBODY}


def _looked_at(till: Till, code: str, tree: Any = EVERYBODY) -> dict[str, Any]:
    """A segment, looked at a minute after the one before."""
    segment = till.post("segments", {"code": code, "name": code.upper(), "tree": tree}).json()
    till.world.clock.advance(timedelta(minutes=1))
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    return dict(till.post(f"segments/{segment['id']}/refresh").json())


def test_a_member_knows_the_segments_that_hold_her(till: Till) -> None:
    member = till.shop.member()
    path = f"/v1/members/{member_id(member)}/segments"
    assert till.client.get(path).json() == {"items": [], "next_cursor": None}
    first, second, old = (_looked_at(till, code) for code in ("first", "second", "old"))
    _looked_at(till, "nobody", NOBODY)
    assert till.post(f"segments/{old['id']}/archive", {"version": 1}).status_code == 200
    found = till.client.get(path).json()["items"]
    assert found == [
        {
            "segment": {name: segment[name] for name in ("id", "code", "name")},
            "kind": "rule",
            "since": segment["last"]["at"],
            "looked_at": segment["last"]["at"],
        }
        for segment in (second, first)
    ]
    till.world.clock.advance(timedelta(minutes=1))
    again = till.post(f"segments/{first['id']}/refresh").json()["last"]["at"]
    pages = till.client.get(path, params={"limit": 1}).json()
    assert pages["items"] == found[:1]
    rest = till.client.get(path, params={"limit": 1, "cursor": pages["next_cursor"]}).json()
    assert rest == {"items": [found[1] | {"looked_at": again}], "next_cursor": None}


def test_who_may_ask_for_whom(till: Till) -> None:
    stranger = till.world.merchant("别家").member()
    for unknown in (member_id(stranger), show(Prefix.MEMBER, till.shop.merchant_id)):
        refused = till.client.get(f"/v1/members/{unknown}/segments")
        assert (refused.status_code, refused.json()["code"]) == (404, "member_not_found")
    path = f"/v1/members/{member_id(till.shop.member())}/segments"
    assert till.as_staff(Role.CASHIER, till.store).get(path).status_code == 403
    assert till.as_staff(Role.ANALYST).get(path).status_code == 200

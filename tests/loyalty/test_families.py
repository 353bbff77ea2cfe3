"""Family cards: joining with one's balance, limits, leaving, and earning into one wallet."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from shuke.infra.database import Unit
from shuke.kernel.clock import SimulatedClock
from shuke.kernel.ids import new_id
from shuke.ledger import service as ledger
from shuke.ledger.model import Account, Asset, Entry, Kind, Move
from shuke.loyalty import service as loyalty
from shuke.loyalty.families import sharing
from tests.support.purchases import buy
from tests.support.wallets import broken, earn
from tests.support.world import World


def spend_from(unit: Unit, wallet_id: UUID, member_id: UUID, points: int) -> None:
    move = Move(wallet_id, Asset.POINTS, -points, Account.SPENT)
    ledger.post(unit, Entry(Kind.ORDER_SPENT, new_id(), unit.now(), (move,), member_id=member_id))


def member_path(member_id: UUID, tail: str) -> str:
    return f"/v1/members/mem_{member_id.hex}/{tail}"


def test_a_family_shares_a_wallet(world: World, clock: SimulatedClock) -> None:
    shop = world.merchant()
    owner, child, other = (shop.member().member_id for _ in range(3))
    with shop.unit() as unit:
        for who, points in ((owner, 500), (child, 70)):
            earn(unit, who, points, expires=clock.now() + timedelta(days=90))
    client = world.client()
    client.headers["Authorization"] = f"Bearer {shop.key()}"

    def post(path: str, **body: Any) -> dict[str, Any]:
        answer = client.post(path, json=body)
        assert answer.status_code in (200, 201), answer.text
        return dict(answer.json())

    made = post("/v1/families", owner_id=f"mem_{owner.hex}", name="王家", move_balance=True)
    family = made["id"]
    family_id = UUID(family.removeprefix("fam_"))
    assert (made["points"], [person["owner"] for person in made["people"]]) == (500, [True])
    again = client.post("/v1/families", json={"owner_id": f"mem_{owner.hex}", "name": "再来"})
    assert again.json()["code"] == "in_family_already"

    asked = post(f"/v1/families/{family}/invitations", member_id=f"mem_{child.hex}")
    waiting = client.get(f"/v1/families/{family}").json()["invited"]
    assert [(each["id"], each["member_id"]) for each in waiting] == [(asked["id"], f"mem_{child.hex}")]
    told = client.get(member_path(child, "family")).json()
    assert (told["family"], [(each["id"], each["family_name"]) for each in told["invitations"]]) == (
        None,
        [(asked["id"], "王家")],
    )
    accepted = post(
        f"/v1/family-invitations/{asked['id']}/accept",
        limits={"points_day": 100, "points_month": 150},
        move_balance=True,
    )
    assert (accepted["points"], len(accepted["people"]), accepted["invited"]) == (570, 2, [])
    assert client.post(f"/v1/family-invitations/{asked['id']}/accept", json={}).status_code == 404

    with shop.unit() as unit:
        programme = loyalty.programme(unit)
        found = loyalty.wallet_for(unit, programme, child, hold=True)
        assert (found.wallet_id, found.earns_to, found.points_left) == (family_id, family_id, 100)
        spend_from(unit, family_id, child, 80)
        assert loyalty.wallet_for(unit, programme, child).points_left == 20
        assert loyalty.wallet_for(unit, programme, owner).points_left is None
        assert loyalty.wallet_for(unit, programme, other).wallet_id == other
        assert buy(unit, child, 10_000, wallet_id=found.earns_to).points == 100
        assert (ledger.balances(unit, family_id).points, ledger.balances(unit, child).growth) == (590, 100)
    clock.advance(timedelta(days=1))
    seen = client.get(member_path(child, "family")).json()
    assert (seen["points_left"], seen["family"]["id"]) == (70, family), "what is left of the month's 150"
    clock.advance(timedelta(days=31))
    with shop.unit() as unit:
        assert loyalty.wallet_for(unit, programme, child).points_left == 100


def test_people_are_limited_leave_and_the_owner_keeps_what_is_left(world: World) -> None:
    shop = world.merchant()
    owner, child = (shop.member().member_id for _ in range(2))
    client = world.client(shop.login)
    body = {"owner_id": f"mem_{owner.hex}", "name": "王家", "move_balance": True}
    with shop.unit() as unit:
        earn(unit, owner, 590)
    family = client.post("/v1/families", json=body).json()["id"]
    family_id = UUID(family.removeprefix("fam_"))
    asked = client.post(f"/v1/families/{family}/invitations", json={"member_id": f"mem_{child.hex}"}).json()
    client.post(f"/v1/family-invitations/{asked['id']}/accept", json={})
    limited = client.put(f"/v1/families/{family}/people/mem_{child.hex}", json={"points_day": 0})
    assert limited.json()["people"][1]["points_day"] == 0
    owner_leaves = client.delete(f"/v1/families/{family}/people/mem_{owner.hex}")
    assert owner_leaves.json()["code"] == "owner_stays"
    passed = client.patch(f"/v1/families/{family}", json={"owner_id": f"mem_{child.hex}"})
    assert passed.json()["people"][0]["owner"] is True
    assert len(client.delete(f"/v1/families/{family}/people/mem_{owner.hex}").json()["people"]) == 1
    assert client.get(member_path(owner, "family")).json()["family"] is None
    assert client.delete(f"/v1/families/{family}").status_code == 204
    assert client.get(f"/v1/families/{family}").status_code == 404
    with shop.unit() as unit:
        assert ledger.balances(unit, family_id).points == 0
        assert ledger.balances(unit, child).points == 590
        assert broken(unit) == []
        assert [check for check in loyalty.audit(unit) if not check.ok] == []


def test_points_move_inside_a_family_only(world: World) -> None:
    shop = world.merchant()
    one, two, stranger = (shop.member().member_id for _ in range(3))
    client = world.client(shop.login)
    made = client.post("/v1/families", json={"owner_id": f"mem_{one.hex}", "name": "李家", "earns_to": "person"}).json()
    asked = client.post(f"/v1/families/{made['id']}/invitations", json={"member_id": f"mem_{two.hex}"}).json()
    assert client.post(f"/v1/family-invitations/{asked['id']}/accept", json={}).status_code == 200
    declined = client.post(f"/v1/families/{made['id']}/invitations", json={"member_id": f"mem_{stranger.hex}"}).json()
    assert client.post(f"/v1/family-invitations/{declined['id']}/decline").status_code == 204
    with shop.unit() as unit:
        earn(unit, one, 100)

    def move(to: UUID, points: int) -> Any:
        body = {"from_member_id": f"mem_{one.hex}", "to_member_id": f"mem_{to.hex}", "points": points}
        return client.post(f"/v1/families/{made['id']}/transfers", json=body)

    assert move(two, 60).status_code == 201
    assert move(two, 60).json()["code"] == "not_enough"
    assert move(stranger, 1).json()["code"] == "not_in_family"
    with shop.unit() as unit:
        programme = loyalty.programme(unit)
        assert loyalty.wallet_for(unit, programme, two).earns_to == two
        sharing.contribute(unit, programme, two, 50)
        sharing.contribute(unit, programme, one, 20, back=True)
        family_id = UUID(made["id"].removeprefix("fam_"))
        assert [ledger.balances(unit, wallet).points for wallet in (one, two, family_id)] == [60, 10, 30]
        assert broken(unit) == []

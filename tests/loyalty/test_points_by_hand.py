"""Points by hand: at once within the limit, by a second person above it; and the statement that shows it."""

from itertools import pairwise

from shuke.ledger import service as ledger
from shuke.tenancy.model import Role
from tests.support.purchases import buy
from tests.support.wallets import broken
from tests.support.world import World


def test_a_second_person_agrees_above_the_limit(world: World) -> None:
    shop = world.merchant()
    member = shop.member()
    path = f"/v1/members/mem_{member.member_id.hex}/points-adjustments"
    operator, owner = world.client(shop.staff(Role.OPERATOR)), world.client(shop.login)
    cashier = world.client(shop.staff(Role.CASHIER))
    assert cashier.post(path, json={"amount": 1, "reason": "x"}).status_code == 403
    small = operator.post(path, json={"amount": 1_000, "reason": "补偿"})
    assert (small.status_code, small.json()["status"]) == (201, "posted"), small.text
    large = operator.post(path, json={"amount": 5_000, "reason": "大额补偿"}).json()
    assert large["status"] == "pending"
    assert operator.post(f"/v1/points-requests/{large['id']}/approve").status_code == 403
    mine = owner.post(path, json={"amount": -1_001, "reason": "扣回"}).json()
    own = owner.post(f"/v1/points-requests/{mine['id']}/approve")
    assert (own.status_code, own.json()["code"]) == (403, "not_your_own")
    assert owner.post(f"/v1/points-requests/{large['id']}/approve").json()["status"] == "approved"
    assert owner.post(f"/v1/points-requests/{large['id']}/refuse").json()["code"] == "already_decided"
    third = operator.post(path, json={"amount": 9_999, "reason": "再来"}).json()
    assert owner.post(f"/v1/points-requests/{third['id']}/refuse").json()["status"] == "refused"
    assert operator.post(path, json={"amount": 0, "reason": "无"}).status_code == 422
    assert operator.post(path, json={"amount": -1_000_000, "reason": "超额"}).json()["status"] == "pending"
    waiting = owner.get("/v1/points-requests", params={"status": "pending"}).json()["items"]
    assert [(item["amount"], item["member"]["number"]) for item in waiting] == [
        (-1_000_000, member.number),
        (-1_001, member.number),
    ]
    short = owner.post(f"/v1/points-requests/{waiting[0]['id']}/approve")
    assert (short.status_code, short.json()["code"]) == (409, "not_enough")
    with shop.unit() as unit:
        assert ledger.balances(unit, member.member_id).points == 6_000
        assert broken(unit) == []


def test_the_statement_runs(world: World) -> None:
    shop = world.merchant()
    member = shop.member()
    with shop.unit() as unit:
        buy(unit, member.member_id, 10_000)
        buy(unit, member.member_id, 5_000)
    client = world.client(shop.login)
    path = f"/v1/members/mem_{member.member_id.hex}"
    client.post(f"{path}/points-adjustments", json={"amount": -30, "reason": "更正"})
    first = client.get(f"{path}/statement", params={"limit": 2}).json()
    rest = client.get(f"{path}/statement", params={"cursor": first["next_cursor"]}).json()
    lines = [*first["items"], *rest["items"]]
    assert sorted(line["amount"] for line in lines) == [-30, 50, 100]
    assert lines[0]["balance"] == 120
    for newer, older in pairwise(lines):
        assert newer["balance"] - newer["amount"] == older["balance"]
    adjusted = next(line for line in lines if line["amount"] == -30)
    assert adjusted["text"] == {"zh": "人工调整：更正", "en": "Adjusted by hand: 更正"}
    earned = next(line for line in lines if line["amount"] == 100)
    assert (earned["expires_at"][:10], earned["order_id"][:4]) == ("2027-03-02", "ord_")
    growth = client.get(f"{path}/statement", params={"asset": "growth"}).json()["items"]
    assert growth[0]["balance"] == 150

"""What a paid plan has saved, against what was paid for it."""

from typing import Any

from tests.support.programmes import benefit, plan, publish
from tests.support.till import open_till
from tests.support.world import World


def test_a_plan_tells_what_it_saved_and_what_it_cost(world: World) -> None:
    till = open_till(world)
    shop = till.shop
    tea = shop.product("TEA", 1_000)

    def change(document: dict[str, Any]) -> None:
        document["plans"].append(plan("year", 9_900))
        rate = {"kind": "discount_rate", "off_bps": 1_000}
        document["benefits"] += [
            benefit("tenth", rate, plans=["year"]),
            benefit("others", {"kind": "discount_rate", "off_bps": 500}, tiers=["diamond"]),
        ]

    with shop.unit() as unit:
        publish(unit, change)
    member, stranger = shop.member(), shop.member()
    till.settle([(tea.sku, 1)], member)  # before she had it
    path = f"/v1/members/mem_{member.member_id.hex}"
    paid = {"payment": {"kind": "cash", "amount_minor": 9_900}}
    opened = till.post(path[4:] + "/subscriptions", {"plan": "year", **paid}).json()
    assert opened["paid_minor"] == 9_900, opened
    order = till.settle([(tea.sku, 5)], member)
    assert order["discount_minor"] == 500
    saved = {"subscription_id": opened["id"], "saved_minor": 500, "paid_minor": 9_900}
    assert till.client.get(f"{path}/savings").json() == {"items": [saved]}
    till.refund(order, (1, 2))
    assert till.client.get(f"{path}/savings").json() == {"items": [saved | {"saved_minor": 300}]}
    nobody = till.client.get(f"/v1/members/mem_{stranger.member_id.hex}/savings")
    assert nobody.json() == {"items": []}

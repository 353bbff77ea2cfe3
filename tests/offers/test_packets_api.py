"""Red packets over HTTP."""

from shuke.kernel.ids import Prefix, show
from tests.offers.test_api import NAME, created, did, problems
from tests.support.world import World


def test_a_campaign_gives_and_is_shared(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    opener, friend = (show(Prefix.MEMBER, shop.member().member_id) for _ in range(2))
    amount = {"low_minor": 500, "high_minor": 500}
    body = {"code": "R", "name": NAME, "kind": "shared", "amount": amount, "parts": 2, "budget_minor": 1000}
    made = created(client, "/v1/red-packet-campaigns", body)
    path = f"/v1/red-packet-campaigns/{made['id']}"
    assert client.post(f"{path}/shares", json={"member_id": opener}).json()["code"] == "packet_not_giving"
    did(client, f"{path}/publish")
    opened = created(client, f"{path}/shares", {"member_id": opener})
    parts = [
        created(client, "/v1/shared-packets/claims", {"member_id": who, "token": opened["token"]})["amount_minor"]
        for who in (friend, opener)
    ]
    assert sum(parts) == 500
    again = client.post("/v1/shared-packets/claims", json={"member_id": friend, "token": opened["token"]})
    assert again.json()["code"] == "packet_taken"
    (listed,) = client.get(f"/v1/members/{opener}/shared-packets").json()["items"]
    assert (listed["taken"], listed["taken_minor"]) == (2, 500)
    given = created(client, f"{path}/grants", {"member_id": friend})
    assert given["amount_minor"] == 500
    assert client.post(f"{path}/grants", json={"member_id": friend}).json()["code"] == "packet_budget_spent"
    (campaign,) = client.get("/v1/red-packet-campaigns").json()["items"]
    assert (campaign["given"], campaign["spent_minor"]) == (2, 1000)
    changed = client.put(path, json={**body, "kind": "activation", "parts": 1, "budget_minor": None})
    assert set(problems(changed)) == {"kind", "budget_minor"}
    assert client.put(path, json={**body, "budget_minor": 5000}).status_code == 200
    assert client.get("/v1/red-packet-campaigns/export").text.count("\r\n") == 2
    assert client.get(f"{path}/preview").json()["members"] == 2
    assert did(client, f"{path}/pause")["status"] == "paused"
    assert did(client, f"{path}/end")["status"] == "ended"

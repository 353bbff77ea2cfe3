from tests.support.world import World


def test_owner_signs_in_and_out(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    session = client.get("/v1/session").json()
    assert session["role"] == "owner"
    assert session["merchant"]["name"] == shop.merchant.name
    assert client.delete("/v1/session").status_code == 204
    problem = client.get("/v1/session")
    assert (problem.status_code, problem.json()["code"]) == (401, "sign_in_needed")

"""Many proposals accepted at once: each by the laws of merges, chains followed, and taken back as a whole."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from shuke.entrypoints import proposing
from shuke.entrypoints.merging import PLAN
from shuke.infra.database import Unit
from shuke.kernel.ids import Prefix, new_id, parse, show
from shuke.members.accepting import service as accepting
from shuke.members.identity.tables import proposals
from shuke.members.merging.present import became
from shuke.members.merging.tables import kept_apart
from tests.support.wallets import earn
from tests.support.world import Shop, World


def alike(unit: Unit, one: UUID, other: UUID, bps: int, status: str = "open") -> str:
    proposal_id = new_id()
    a_id, b_id = sorted((one, other))
    unit.connection.execute(
        proposals.insert().values(
            merchant_id=unit.merchant_id,
            proposal_id=proposal_id,
            a_id=a_id,
            b_id=b_id,
            cause="likeness",
            namespaces=[],
            status=status,
            proposed_at=unit.now(),
            probability_bps=bps,
            weight_millis=9_000,
            evidence=[{"column": "name", "level": "same", "weight_millis": 9_000}],
        )
    )
    return show(Prefix.PROPOSAL, proposal_id)


def people(world: World, shop: Shop, count: int) -> list[UUID]:
    """Who joined one after the other."""
    joined = []
    for _ in range(count):
        world.clock.advance(timedelta(minutes=1))
        joined.append(shop.member().member_id)
    return joined


def apart(unit: Unit, one: UUID, other: UUID) -> None:
    a_id, b_id = sorted((one, other))
    said = {"merchant_id": unit.merchant_id, "a_id": a_id, "b_id": b_id, "since": unit.now()}
    unit.connection.execute(kept_apart.insert().values(**said, by_id=unit.principal.id))


def test_a_chain_becomes_one_and_is_taken_back_as_a_whole(world: World) -> None:
    shop = world.merchant()
    a, b, c, d, e, f = people(world, shop, 6)
    with shop.unit() as unit:
        alike(unit, a, b, 9_990)
        alike(unit, b, c, 9_950)
        alike(unit, a, c, 9_940)
        apart(unit, d, e)
        two = alike(unit, e, d, 9_930)
        alike(unit, e, f, 9_920)
        implied = alike(unit, d, f, 9_910)
        low = alike(unit, a, d, 9_000)
    client = world.client(shop.login)
    preview = client.post("/v1/proposals/accept-above/preview", json={"threshold_bps": 9_500}).json()
    assert (preview["pairs"], preview["members"]) == (6, 6)
    assert preview["examples"][0]["id"] == implied
    done = client.post("/v1/proposals/accept-above", json={"threshold_bps": 9_500}).json()
    counts = {"pairs": 6, "merged": 3, "one_already": 1, "left": 2, "taken_back": 0, "stuck": 0}
    assert done["status"] == "done"
    assert {name: done[name] for name in counts} == counts
    with shop.unit() as unit:
        assert became(unit, [a, b, c, d, e, f]) == {b: a, c: a, f: e}
    path = f"/v1/proposals/acceptances/{done['id']}"
    exceptions = client.get(path).json()["exceptions"]
    assert [(each["proposal_id"], each["code"]) for each in exceptions] == [
        (two, "said_to_be_two"),
        (implied, "said_to_be_two"),
    ]
    back = client.post(f"{path}/undo").json()
    assert (back["status"], back["taken_back"], back["stuck"]) == ("taken_back", 3, 0)
    with shop.unit() as unit:
        assert became(unit, [a, b, c, d, e, f]) == {}
    again = client.get("/v1/proposals", params={"cause": "likeness"}).json()["items"]
    assert len(again) == 7
    assert again[-1]["id"] == low
    assert client.post(f"{path}/undo").json()["code"] == "nothing_to_take_back"
    assert client.post("/v1/proposals/accept-above", json={"threshold_bps": 9_500}).json()["merged"] == 3
    listed = client.get("/v1/proposals/acceptances").json()["items"]
    assert {each["status"] for each in listed} == {"done", "taken_back"}, "asked for at one moment, in either order"


def test_one_by_one_a_proposal_is_of_who_the_two_are_by_now(world: World) -> None:
    shop = world.merchant()
    a, b, c = people(world, shop, 3)
    with shop.unit() as unit:
        first, second, third = alike(unit, a, b, 9_990), alike(unit, b, c, 9_950), alike(unit, a, c, 9_940)
    client = world.client(shop.login)

    def whom() -> dict[str, set[str]]:
        found = client.get("/v1/proposals", params={"cause": "likeness"}).json()["items"]
        return {each["id"]: {each["a"]["id"], each["b"]["id"]} for each in found}

    assert client.post(f"/v1/proposals/{first}/accept").json()["status"] == "accepted"
    one, other = show(Prefix.MEMBER, a), show(Prefix.MEMBER, c)
    assert whom() == {second: {one, other}, third: {one, other}}
    assert client.post(f"/v1/members/{one}/merge/preview", json={"other": other}).json()["refused"] is None
    assert client.post(f"/v1/proposals/{second}/accept").json()["status"] == "accepted"
    assert whom() == {third: {one}}
    assert client.post(f"/v1/proposals/{third}/accept").json()["status"] == "accepted"
    assert whom() == {}


def test_who_is_refused_stays_two_whichever_way_they_would_become_one(world: World) -> None:
    shop = world.merchant()
    a, b, c = people(world, shop, 3)
    with shop.unit() as unit:
        alike(unit, a, c, 9_900, status="refused")
        alike(unit, a, b, 9_990)
        alike(unit, b, c, 9_980)
    client = world.client(shop.login)
    done = client.post("/v1/proposals/accept-above", json={"threshold_bps": 9_500}).json()
    assert (done["merged"], done["left"]) == (1, 1)
    left = client.get("/v1/proposals").json()["items"]
    one_by_one = client.post(f"/v1/proposals/{left[0]['id']}/accept")
    assert one_by_one.json()["status"] == "accepted"
    with shop.unit() as unit:
        assert became(unit, [b, c]) == {b: a, c: a}


def test_what_happened_since_is_said_and_tried_again(world: World) -> None:
    shop = world.merchant()
    a, b, c, d = people(world, shop, 4)
    with shop.unit() as unit:
        alike(unit, a, b, 9_990)
        alike(unit, c, d, 9_980)
    client = world.client(shop.login)
    done = client.post("/v1/proposals/accept-above", json={"threshold_bps": 9_500}).json()
    later = client.post(f"/v1/members/{show(Prefix.MEMBER, a)}/merge", json={"other": show(Prefix.MEMBER, c)}).json()
    path = f"/v1/proposals/acceptances/{done['id']}"
    back = client.post(f"{path}/undo").json()
    assert (back["taken_back"], back["stuck"]) == (0, 2)
    assert {each["code"] for each in client.get(path).json()["exceptions"]} == {"not_the_latest_merge"}
    client.post(f"/v1/merges/{later['id']}/undo")
    back = client.post(f"{path}/undo").json()
    assert (back["taken_back"], back["stuck"]) == (2, 0)


@pytest.mark.parametrize("pairs", [0, 1, 2])
def test_few_are_done_and_taken_back_while_the_caller_waits(
    world: World, pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also as many as one turn has."""
    monkeypatch.setattr(accepting, "AT_ONCE", 2)
    shop = world.merchant()
    ids = people(world, shop, 2 * pairs)
    with shop.unit() as unit:
        for place in range(pairs):
            alike(unit, ids[2 * place], ids[2 * place + 1], 9_900)
    client = world.client(shop.login)
    done = client.post("/v1/proposals/accept-above", json={"threshold_bps": 9_500}).json()
    assert (done["status"], done["merged"]) == ("done", pairs)
    back = client.post(f"/v1/proposals/acceptances/{done['id']}/undo").json()
    assert back.get("taken_back") == pairs if pairs else back["code"] == "nothing_to_take_back"


@pytest.mark.parametrize("cut_off", [False, True])
def test_many_are_done_by_the_worker_in_turns(world: World, cut_off: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "AT_ONCE", 2)
    shop = world.merchant()
    ids = people(world, shop, 6)
    with shop.unit() as unit:
        for place in range(5):
            alike(unit, ids[place], ids[place + 1], 9_900 - place)
    client = world.client(shop.login)
    asked = client.post("/v1/proposals/accept-above", json={"threshold_bps": 9_500}).json()
    assert (asked["status"], asked["merged"]) == ("queued", 0)
    acceptance_id = parse(Prefix.PROPOSAL_ACCEPTANCE, asked["id"])
    path = f"/v1/proposals/acceptances/{asked['id']}"
    assert client.post(f"{path}/undo").json()["code"] == "acceptance_under_way"
    if cut_off:
        with shop.unit() as unit:
            assert accepting.go_on(unit, PLAN, acceptance_id)
    proposing.accept(world.database, shop.merchant_id, acceptance_id)
    done: dict[str, Any] = client.get(path).json()
    assert (done["status"], done["merged"]) == ("done", 5)
    assert client.post(f"{path}/undo").json()["status"] == "taking_back"
    proposing.take_back(world.database, shop.merchant_id, acceptance_id)
    assert client.get(path).json()["taken_back"] == 5
    with shop.unit() as unit:
        assert became(unit, ids) == {}


def break_profile(unit: Unit, member_id: UUID) -> None:
    """Nobody can open her phone number any more."""
    unit.connection.execute(
        sa.text("UPDATE identifiers SET value_cipher = :torn WHERE person_id = :member AND namespace = 'phone'"),
        {"torn": b"x" * 40, "member": member_id},
    )


def test_what_breaks_over_one_pair_keeps_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "AT_ONCE", 2)
    shop = world.merchant()
    ids = people(world, shop, 8)
    with shop.unit() as unit:
        for place in range(0, 8, 2):
            alike(unit, ids[place], ids[place + 1], 9_900 - place)
        break_profile(unit, ids[3])
    client = world.client(shop.login)
    asked = client.post("/v1/proposals/accept-above", json={"threshold_bps": 9_500}).json()
    path, acceptance_id = f"/v1/proposals/acceptances/{asked['id']}", parse(Prefix.PROPOSAL_ACCEPTANCE, asked["id"])
    proposing.accept(world.database, shop.merchant_id, acceptance_id)
    done = client.get(path).json()
    assert (done["status"], done["merged"], done["left"]) == ("done", 3, 1)
    assert [each["code"] for each in done["exceptions"]] == ["broke_off"]
    with shop.unit() as unit:
        assert became(unit, ids) == {ids[1]: ids[0], ids[5]: ids[4], ids[7]: ids[6]}
        earn(unit, ids[4], 5)
        break_profile(unit, ids[4])
    client.post(f"{path}/undo")
    proposing.take_back(world.database, shop.merchant_id, acceptance_id)
    back = client.get(path).json()
    assert (back["status"], back["taken_back"], back["stuck"]) == ("taken_back", 2, 1)
    with shop.unit() as unit:
        assert became(unit, ids) == {ids[5]: ids[4]}

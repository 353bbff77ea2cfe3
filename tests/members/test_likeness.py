"""Members who are alike are found, proposed with what speaks for it, and accepted in bulk or not, over HTTP."""

from datetime import date
from typing import Any
from uuid import UUID

import pyarrow as pa
import pytest

from shuke.entrypoints import proposing
from shuke.entrypoints.merging import PLAN
from shuke.kernel.ids import Prefix, parse, show
from shuke.members.likeness import keeping, linking, records, runs
from shuke.members.merging import merging
from shuke.members.merging.model import Pair
from shuke.members.merging.store import keep_apart
from shuke.members.model import Gender
from shuke.members.tables import members
from tests.support.alikes import Crowd, Maker, Person, join
from tests.support.world import Shop, World

THRESHOLD = 9_500


def search(world: World, shop: Shop, threshold: int = THRESHOLD, **said: bool) -> dict[str, Any]:
    """A search that was asked for and is over."""
    client = world.client(shop.login)
    asked = client.post("/v1/proposals/runs", json={"threshold_bps": threshold, **said})
    assert (asked.status_code, asked.json()["status"]) == (202, "queued"), asked.text
    proposing.find(world.database, shop.merchant_id, parse(Prefix.PROPOSAL_RUN, asked.json()["id"]))
    run: dict[str, Any] = client.get(f"/v1/proposals/runs/{asked.json()['id']}").json()
    return run


def proposed(world: World, shop: Shop, **query: object) -> list[dict[str, Any]]:
    params = {"cause": "likeness", "limit": 200, **query}
    items: list[dict[str, Any]] = world.client(shop.login).get("/v1/proposals", params=params).json()["items"]
    return items


def everybody(shop: Shop) -> list[Any]:
    with shop.unit() as unit:
        return list(unit.connection.execute(members.select().order_by(members.c.member_id)))


@pytest.fixture(scope="module")
def crowd() -> Crowd:
    return Maker(7).crowd(400, 40)


def test_who_is_alike_is_proposed_once_and_nobody_changes(world: World, crowd: Crowd) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        ids = [member.member_id for member in join(unit, crowd.people)]
        two = min(crowd.same)
        keep_apart(unit, Pair(*(ids[place] for place in two)))
    before = everybody(shop)
    counted = search(world, shop, dry_run=True)
    assert (counted["status"], counted["proposed"], counted["records"]) == ("done", 0, len(ids))
    assert proposed(world, shop) == []
    run = search(world, shop)
    items = proposed(world, shop)
    assert run["bands"] == counted["bands"]
    assert run["proposed"] == len(items) == next(b["pairs"] for b in run["bands"] if b["at_least_bps"] == THRESHOLD)
    assert [item["probability_bps"] for item in items] == sorted((i["probability_bps"] for i in items), reverse=True)
    place = {show(Prefix.MEMBER, member_id): at for at, member_id in enumerate(ids)}
    found = {(min(pair), max(pair)) for pair in ((place[i["a"]["id"]], place[i["b"]["id"]]) for i in items)}
    right = len(found & crowd.same)
    assert right / len(found) >= 0.95
    assert right / len(crowd.same) >= 0.75
    assert two not in found
    for item in items:
        said = {each["column"]: each for each in item["evidence"]}
        assert set(said) == {"name", "birthday", "phone_tail", "email", "gender", "store"}
        assert said["store"] == {"column": "store", "level": "unknown", "weight_millis": 0}
        assert said["name"]["level"] != "same" or said["name"]["weight_millis"] > 5_000
    again = search(world, shop, learn=False)
    assert (again["proposed"], again["learned"], again["model"]) == (0, False, run["model"])
    assert proposed(world, shop) == items
    assert everybody(shop) == before


def test_the_same_base_always_gives_the_same(crowd: Crowd, world: World) -> None:
    people = crowd.people[:120]
    table = pa.table(
        {
            "record_id": pa.array(range(len(people)), pa.int32()),
            "name": pa.array([each.name for each in people]),
            "phone": pa.array([each.phone for each in people], pa.string()),
            "email": pa.array([each.email for each in people], pa.string()),
            "birthday": pa.array([str(each.birthday) for each in people]),
            "gender": pa.array([each.gender and str(each.gender) for each in people], pa.string()),
            "store": pa.nulls(len(people), pa.string()),
        }
    )
    found = []
    for _ in range(2):
        with linking.base_of(table) as base:
            model = linking.learn(base)
            found.append((model, linking.pairs_of(base, model)[1].to_pylist()))
    assert found[0] == found[1]


@pytest.mark.parametrize("people", [0, 1, 2])
def test_a_small_base_has_a_clear_outcome(world: World, people: int) -> None:
    shop = world.merchant()
    for _ in range(people):
        shop.member(name=None)
    run = search(world, shop)
    assert (run["status"], run["records"], run["proposed"]) == ("done", people, 0)
    assert run["note"]["en"]


def test_two_of_three_who_are_one_are_found(world: World) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        twice = Person("王小明", None, None, date(1988, 3, 9), Gender.MALE)
        join(unit, [twice, twice, Person("李红", None, None, date(1990, 1, 7), Gender.FEMALE)])
    assert search(world, shop)["proposed"] == 1


def test_who_was_merged_while_it_searched_is_not_proposed(world: World) -> None:
    shop = world.merchant()
    with shop.unit() as unit:
        twice = Person("王小明", None, None, date(1988, 3, 9), Gender.MALE)
        one, two, _ = join(unit, [twice, twice, Person("李红", None, None, date(1990, 1, 7), Gender.FEMALE)])
        run = runs.ask(unit, THRESHOLD, learn=True, dry_run=False)
        people = records.read(unit)
    with linking.base_of(people.table) as base:
        _, found = linking.pairs_of(base, linking.learn(base))
    with shop.unit() as unit:
        alike = keeping.unheard_of(unit, people, found).likely(THRESHOLD)
        assert [set(pair) for pair in alike.pairs] == [{one.member_id, two.member_id}]
        merging.merge(unit, PLAN, one.member_id, two.member_id)
        assert keeping.propose(unit, run.run_id, alike) == 0


def test_a_search_that_kills_its_worker_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is caught of a process that is killed: the queue hands the search to the next one."""
    shop = world.merchant()
    client = world.client(shop.login)
    asked = client.post("/v1/proposals/runs", json={"threshold_bps": THRESHOLD}).json()
    run_id = parse(Prefix.PROPOSAL_RUN, asked["id"])

    def killed(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(records, "read", killed)
    for _ in range(runs.ATTEMPTS):
        with pytest.raises(SystemExit):
            proposing.find(world.database, shop.merchant_id, run_id)
    proposing.find(world.database, shop.merchant_id, run_id)
    run = client.get(f"/v1/proposals/runs/{asked['id']}").json()
    assert (run["status"], "memory" in run["note"]["en"]) == ("failed", True)
    assert client.post("/v1/proposals/runs", json={"threshold_bps": THRESHOLD}).status_code == 202


def test_one_search_at_a_time(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    first = client.post("/v1/proposals/runs", json={"threshold_bps": THRESHOLD})
    second = client.post("/v1/proposals/runs", json={"threshold_bps": THRESHOLD})
    assert (second.status_code, second.json()["code"]) == (409, "already_searching")
    proposing.find(world.database, shop.merchant_id, UUID(hex=first.json()["id"].removeprefix("prr_")))
    assert client.post("/v1/proposals/runs", json={"threshold_bps": THRESHOLD}).status_code == 202
    assert len(client.get("/v1/proposals/runs").json()["items"]) == 2
    assert client.post("/v1/proposals/runs", json={"threshold_bps": 100}).status_code == 422

"""Standing traits night by night: kept once, told to who asks, and told of when somebody moves."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from fastapi.testclient import TestClient

from shuke.audience.traits import files, keeping
from shuke.audience.traits.model import Run
from shuke.audience.traits.reading import standing
from shuke.audience.traits.terms import Terms
from shuke.entrypoints import traits
from shuke.entrypoints.lake import bring_up_to_date
from shuke.entrypoints.traits import reckon, renew
from shuke.infra.outbox import domain_events
from shuke.members.model import Member
from shuke.tenancy.model import Role
from tests.support.till import Till, member_id, open_till
from tests.support.world import World


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    till = open_till(world)
    milk = till.shop.category("乳品")
    till.shop.product("A", 1_000, category_id=milk.category_id, brand="山谷")
    return till


def _night(till: Till) -> Run | None:
    """The day ends, and is reckoned."""
    till.world.clock.advance(timedelta(days=1))
    return _again(till)


def _again(till: Till) -> Run | None:
    lake, merchant = till.world.settings.lake, till.shop.merchant_id
    bring_up_to_date(till.world.database, lake, merchant)
    return reckon(till.world.database, lake, merchant)


def _days(till: Till, member: Member, *gaps: int) -> None:
    """She buys now, and again after so many days each."""
    _buy(till, member)
    for gap in gaps:
        till.world.clock.advance(timedelta(days=gap))
        _buy(till, member)


def _buy(till: Till, member: Member | None) -> None:
    till.settle([("A", 3)], member, client=till.as_machine())


def _client(till: Till) -> TestClient:
    """The owner, signed in as of now."""
    return till.world.client(till.shop.login)


def _told(till: Till) -> list[tuple[str, Any, Any]]:
    with till.shop.unit() as unit:
        mine = domain_events.c.merchant_id == till.shop.merchant_id
        moved = domain_events.c.type.in_(["lifecycle.changed", "grade.changed"])
        order = domain_events.c.type, domain_events.c.transaction_id
        rows = unit.connection.execute(domain_events.select().where(mine, moved).order_by(*order))
        return [(row.type, row.member_id, row.payload) for row in rows]


def test_who_moves_is_told_of_once(till: Till) -> None:
    regular, once = till.shop.member(name="常客"), till.shop.member(name="稀客")
    _buy(till, once)
    _days(till, regular, 5, 5, 5, 5)
    first = _night(till)
    assert first is not None
    assert (first.number, first.members, first.changed) == (1, 2, 0)
    assert _told(till) == [], "nobody was anywhere before"
    assert _again(till) is None, "the same day, the same facts"
    till.world.clock.advance(timedelta(days=59))
    assert _night(till) is None, "nothing was sold: nobody was silent"
    _buy(till, None)
    second = _night(till)
    assert second is not None
    assert (second.number, second.changed) == (2, 1)
    assert _told(till) == [
        ("grade.changed", regular.member_id, {"from": "active", "to": "dormant"}),
        ("lifecycle.changed", regular.member_id, {"from": "mature", "to": "lost"}),
    ]
    _buy(till, regular)
    third = _night(till)
    assert third is not None
    assert third.changed == 1
    assert [payload for _, _, payload in _told(till)][-1] == {"from": "lost", "to": "won_back"}
    kept = sorted(path.name for path in (till.world.settings.lake / till.shop.merchant_id.hex / "traits").iterdir())
    assert kept == [f"{number:08d}.{files.SHAPE}.duckdb" for number in (2, 3)]
    titles = [each["title"]["zh"] for each in _client(till).get(_of(regular, "timeline")).json()["items"]]
    assert "进入挽回阶段" in titles
    assert till.broken_laws() == []


def test_who_is_touched_between_nights_moves_at_once_and_is_told_of_once(till: Till) -> None:
    back, still = till.shop.member(name="回来"), till.shop.member(name="没来")
    for member in (back, still):
        till.settle([("A", 1)], member, client=till.as_machine())
    till.world.clock.advance(timedelta(days=300))
    _buy(till, None)
    assert _night(till) is not None
    assert _renewed(till) == 0, "nobody was touched"
    run = _run(till)
    assert run["at"] == run["renewed_at"]
    _buy(till, back)
    fresh = till.shop.member(name="新会员")
    till.world.clock.advance(timedelta(minutes=5))
    assert _renewed(till) == 2
    moved = [("grade.changed", "dormant", "active"), ("lifecycle.changed", "lost", "growing")]
    assert [(kind, said["from"], said["to"]) for kind, who, said in _told(till) if who == back.member_id] == moved
    run = _run(till)
    assert (run["number"], run["renewed"], run["renewed_at"] > run["at"]) == (1, 2, True)
    today, night = till.world.clock.now().date(), till.world.clock.now().date() - timedelta(days=1)
    for member, lifecycle, as_of in ((back, "growing", today), (still, "lost", night), (fresh, "prospect", night)):
        portrait = _client(till).get(_of(member, "portrait")).json()["portrait"]
        assert (portrait["lifecycle"]["code"], portrait["as_of"]) == (lifecycle, str(as_of))
    assert _renewed(till) == 0
    assert _again(till) is not None, "reckoned by the day before, and caught up with today"
    assert len(_told(till)) == 2, "she did not step back meanwhile"
    assert till.broken_laws() == []


def test_a_copy_that_was_made_while_a_night_was_reckoned_is_caught_up_with(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = till.shop.member()
    _buy(till, member)
    till.world.clock.advance(timedelta(days=300))
    _buy(till, None)
    _night(till)
    till.world.clock.advance(timedelta(days=1))
    _buy(till, None)
    till.world.clock.advance(timedelta(days=1))
    follow_paths = keeping.follow_paths

    def meanwhile(reckoning: duckdb.DuckDBPyConnection, terms: Terms) -> None:
        follow_paths(reckoning, terms)
        _buy(till, member)
        assert _renewed(till) == 1

    monkeypatch.setattr(keeping, "follow_paths", meanwhile)
    second = _again(till)
    assert second is not None
    assert (second.number, second.changed) == (2, 0)
    assert [kind for kind, _, _ in _told(till)] == ["grade.changed", "lifecycle.changed"]
    with till.shop.unit() as unit:
        found = standing(unit, till.world.settings.lake)
        assert found is not None
        row = found.of_member(member.member_id)
        assert row is not None
        assert row["lifecycle"] == "growing"


def test_a_night_that_is_cut_off_before_its_file_is_there_was_none(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*_: object) -> None:
        raise OSError("no space left")

    member = till.shop.member()
    _buy(till, member)
    _night(till)
    _buy(till, member)
    with monkeypatch.context() as broken:
        broken.setattr(traits, "publish_run", cut_off)
        with pytest.raises(OSError, match="no space"):
            _night(till)
    with till.shop.unit() as unit:
        found = standing(unit, till.world.settings.lake)
        assert found is not None
        assert found.run.number == 1
    assert _again(till) is not None


def test_a_file_of_another_shape_is_made_anew(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    _buy(till, till.shop.member())
    _night(till)
    monkeypatch.setattr(files, "_ENDING", ".next.duckdb")
    assert not _run(till)
    assert (_renewed(till), _renewed(till)) == (1, 0)
    assert _run(till)["number"] == 2
    kept = [path.name for path in (till.world.settings.lake / till.shop.merchant_id.hex / "traits").iterdir()]
    assert kept == ["00000002.next.duckdb"]
    assert _told(till) == []


def _renewed(till: Till) -> int:
    """How many were reckoned anew, by what has reached the lake."""
    lake, merchant = till.world.settings.lake, till.shop.merchant_id
    bring_up_to_date(till.world.database, lake, merchant)
    return renew(till.world.database, lake, merchant)


def _run(till: Till) -> dict[str, Any]:
    found: dict[str, Any] = _client(till).get("/v1/insight/lifecycle").json()["run"]
    return found


def _of(member: Member, what: str) -> str:
    return f"/v1/members/{member_id(member)}/{what}"


def test_before_the_first_night_there_are_no_numbers(till: Till) -> None:
    member = till.shop.member()
    for path in (
        "value/rfm",
        "value/pareto",
        "value/predictions",
        "lifecycle",
        "lifecycle/flow",
        "loyalty",
        "clusters",
    ):
        answer = till.client.get(f"/v1/insight/{path}")
        assert (answer.status_code, answer.json()["run"]) == (200, None), answer.text
    portrait = till.client.get(_of(member, "portrait")).json()
    assert portrait["portrait"] is None
    assert portrait["next_action"]["code"] == "none"


def test_pages_tell_what_the_night_found(till: Till) -> None:
    regular, once, never = (till.shop.member(name=name) for name in ("常客", "稀客", "未购"))
    _days(till, regular, 4, 4, 4, 4)
    _buy(till, once)
    _night(till)
    client = _client(till)
    grid = client.get("/v1/insight/value/rfm").json()
    assert (grid["members"], grid["net_minor"]) == (2, 6 * 3_000)
    assert sum(cell["members"] for cell in grid["cells"]) == 2
    for cell in grid["cells"]:
        assert (
            _previewed(client, {name: cell[name] for name in ("recency", "frequency", "monetary")}) == cell["members"]
        )
    assert _previewed(client, {"lifecycle": "mature", "category_id": _category(client)}) == 1
    curve = client.get("/v1/insight/value/pareto").json()
    assert curve["points"][-1] == {"members_bps": 10_000, "members": 2, "net_minor": 18_000, "sales_bps": 10_000}
    assert curve["sentences"][0]["zh"] == "20% 的会员贡献了 83% 的销售额"
    predictions = client.get("/v1/insight/value/predictions").json()
    assert predictions["clv_minor"]["members"] == 2
    assert sum(bucket["members"] for bucket in predictions["alive_bps"]["buckets"]) == 2
    states = client.get("/v1/insight/lifecycle").json()
    found = {stage["code"]: stage["members"] for stage in states["stages"] if stage["members"]}
    assert found == {"prospect": 1, "new": 1, "mature": 1}
    flow = client.get("/v1/insight/lifecycle/flow").json()
    assert sum(each["members"] for each in flow["flows"]) == 3
    week = client.get("/v1/insight/lifecycle/flow", params={"from": flow["days"][1], "to": flow["to"]}).json()
    assert {(each["source"], each["target"]) for each in week["flows"]} == {
        ("prospect", "prospect"),
        ("prospect", "new"),
        ("growing", "mature"),
    }
    refused = client.get("/v1/insight/lifecycle/flow", params={"from": "2001-01-01"})
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, "from")
    matrix = client.get("/v1/insight/loyalty").json()
    assert sum(cell["members"] for cell in matrix["cells"]) == 2
    assert client.get("/v1/insight/clusters").json()["clusters"] == [], "two are no crowd"
    _portrayed(client, regular, never)


def _previewed(client: TestClient, traits: dict[str, Any]) -> int:
    """How many have all of these traits."""
    of = [{"rule": "trait", "name": name, "test": {"test": "is", "values": [value]}} for name, value in traits.items()]
    answer = client.post("/v1/segments/preview", json={"tree": {"rule": "all", "of": of}})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["count"])


def _category(client: TestClient) -> str:
    return str(client.get("/v1/categories").json()["items"][0]["id"])


def _portrayed(client: TestClient, regular: Member, never: Member) -> None:
    answer = client.get(_of(regular, "portrait")).json()
    found = answer["portrait"]
    assert (found["days"], found["since"], found["lifecycle"]["code"]) == (5, 0, "mature")
    assert {each["kind"]: each["value"] for each in found["preferences"]}["category"] == "乳品"
    assert found["why"]["lifecycle"]["zh"].startswith("在 5 天买过，最近一次是 0 天前")
    assert found["clv_minor"] > 0
    assert answer["next_action"]["code"] == "due"
    assert client.get(_of(never, "portrait")).json()["next_action"]["code"] == "first_purchase"


def test_who_may_read_it(till: Till) -> None:
    assert till.as_staff(Role.ANALYST).get("/v1/insight/value/rfm").status_code == 200
    assert till.as_staff(Role.CASHIER, till.store).get("/v1/insight/value/rfm").status_code == 403

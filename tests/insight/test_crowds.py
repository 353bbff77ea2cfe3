"""A crowd against everybody."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shuke.entrypoints.lake import bring_up_to_date
from shuke.entrypoints.traits import reckon
from shuke.tenancy.model import Role
from tests.support.till import Till, open_till
from tests.support.world import World

_EVER = {"window": "ever"}
TWICE = {"rule": "did", "what": {"fact": "order", "window": _EVER}, "times": {"test": "at_least", "value": 2}}


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    till = open_till(world)
    for sku, category in (("A", "乳品"), ("B", "烘焙")):
        till.shop.product(sku, 1_000, category_id=till.shop.category(category).category_id)
    return till


def _ask(till: Till, body: dict[str, Any]) -> Any:
    return till.client.post("/v1/insight/crowds", json=body)


def _lake(till: Till) -> None:
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)


def _shares(rows: Any) -> dict[str, tuple[int, int, int | None]]:
    return {row["category"]["name"]: (row["here_bps"], row["everybody_bps"], row["index"]) for row in rows}


def test_what_is_particular_about_a_crowd(till: Till) -> None:
    woman, man = (till.shop.member(name=name, gender=gender) for name, gender in (("甲", "female"), ("乙", "male")))
    till.shop.member(name="丙")
    till.settle([("A", 2)], woman)
    till.settle([("A", 1)], woman)
    till.settle([("B", 3)], man)
    till.world.clock.advance(timedelta(hours=1))
    _lake(till)
    reckon(till.world.database, till.world.settings.lake, till.shop.merchant_id, till.world.clock.now().date())
    found = _ask(till, {"tree": TWICE}).json()
    assert (found["members"], found["everybody"]) == (1, 3)
    assert _shares(found["categories"]) == {"乳品": (10_000, 5_000, 200), "烘焙": (0, 5_000, 0)}
    measures = {each["code"]: (each["here"], each["everybody"]) for each in found["measures"]}
    assert measures["net_per_member_minor"] == (3_000, 2_000)
    assert measures["buyers_bps"] == (10_000, 6_666)
    assert measures["ticket_minor"] == (1_500, 2_000)
    profile = {each["code"]: each["rows"] for each in found["profile"]}
    assert [(row["code"], row["name"]["zh"], row["here"], row["everybody"]) for row in profile["gender"]] == [
        ("female", "女", 1, 1),
        ("male", "男", 0, 1),
        (None, "未知", 0, 1),
    ]
    assert {row["code"]: row["everybody"] for row in profile["lifecycle"]} == {"new": 2, "prospect": 1}
    assert [(each["here_bps"], each["everybody_bps"]) for each in found["retention"]] == [([10_000], [10_000])]
    assert found["stores"][0]["index"] == 100
    nobody = _ask(till, {"tree": {"rule": "any", "of": []}}).json()
    assert (nobody["members"], nobody["everybody"]) == (0, 3)
    everybody = _ask(till, {"tree": {"rule": "all", "of": []}}).json()
    assert all(row["index"] == 100 for group in everybody["profile"] for row in group["rows"])


def test_a_segment_is_whom_it_held_last(till: Till) -> None:
    member = till.shop.member()
    for _ in range(2):
        till.settle([("A", 1)], member)
    _lake(till)
    segment = till.post("segments", {"code": "regulars", "name": "常客", "tree": TWICE}).json()
    assert _ask(till, {"segment_id": segment["id"]}).json()["members"] == 0, "nobody has looked at it"
    till.post(f"segments/{segment['id']}/refresh")
    assert _ask(till, {"segment_id": segment["id"]}).json()["members"] == 1


def test_what_is_refused(till: Till) -> None:
    till.shop.member()
    assert _ask(till, {"tree": TWICE}).json()["code"] == "lake_empty"
    _lake(till)
    for body in ({}, {"tree": TWICE, "segment_id": "seg_" + "0" * 32}, {"segment_id": "seg_" + "0" * 32}):
        assert _ask(till, body).status_code == 422, body
    assert till.as_staff(Role.CASHIER, till.store).post("/v1/insight/crowds", json={"tree": TWICE}).status_code == 403

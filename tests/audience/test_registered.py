"""Segments by attributes that the merchant registered: what leaves for analysis, when, and what never does."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from shuke.audience.facts.datasets import MEMBERS
from shuke.entrypoints.lake import bring_up_to_date
from shuke.infra.lake.folder import LakeFolder
from shuke.kernel.ids import Prefix, show
from tests.support.till import Till, open_till
from tests.support.world import World

CITIES = ("昆明", "大理", None, "昆明")


@pytest.fixture
def till(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Till:
    monkeypatch.setattr(world.settings, "lake_dir", tmp_path)
    return open_till(world)


def _register(till: Till, name: str, kind: str, *choices: str, personal: bool = False) -> str:
    values = [{"value": each} for each in choices]
    body = {"name": name, "type": kind, "label": {"zh": f"“{name}”"}, "personal": personal, "choices": values}
    answer = till.post("attributes", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _asks(name: str, test: str, *values: str | int) -> dict[str, Any]:
    asked: dict[str, Any] = {"test": test}
    if test in ("is", "is_not"):
        asked["values"] = list(values)
    elif values:
        asked["value"] = values[0]
    return {"rule": "registered", "name": name, "test": asked}


def _up_to_date(till: Till) -> LakeFolder:
    bring_up_to_date(till.world.database, till.world.settings.lake, till.shop.merchant_id)
    return LakeFolder.of(till.world.settings.lake, till.shop.merchant_id)


def _count(till: Till, tree: dict[str, Any]) -> int | str:
    answer = till.post("segments/preview", {"tree": tree}).json()
    return int(answer["count"]) if "count" in answer else str(answer["code"])


def _offered(till: Till, name: str, containing: str = "") -> list[tuple[str | int, int]]:
    answer = till.client.get("/v1/segments/values/registered", params={"name": name, "containing": containing})
    return [(each["value"], each["members"]) for each in answer.json()["items"]]


def test_the_first_by_what_was_registered(till: Till) -> None:
    for number, day in ((3, "2026-01-31"), (9, "2024-02-29"), (None, "2025-06-01"), (5, None)):
        told = {"children": number, "moved_on": day}
        till.shop.member(
            name=f"{number} {day}", attributes={name: value for name, value in told.items() if value is not None}
        )
    _up_to_date(till)
    _register(till, "children", "number")
    _register(till, "moved_on", "date")
    city = _register(till, "city", "text")

    def first(count: int, name: str, **more: Any) -> dict[str, Any]:
        cap = {"cap": "top", "count": count, "by": {"by": "registered", "name": name}, **more}
        return dict(till.post("segments/preview", {"tree": {"rule": "all", "of": []}, "cap": cap}).json())

    assert first(2, "children")["code"] == "lake_behind"
    _up_to_date(till)

    def shown(answer: dict[str, Any]) -> set[str]:
        return {each["name"] for each in answer["members"]}

    assert shown(first(2, "children")) == {"9 2024-02-29", "5 None"}
    assert shown(first(1, "moved_on")) == {"3 2026-01-31"}
    assert shown(first(1, "moved_on", lowest=True)) == {"9 2024-02-29"}
    assert "“children”最高的 2 人" in first(2, "children")["words"]["zh"]
    assert first(1, "city")["fields"][0]["path"] == "cap.by.name"
    assert first(1, "town")["fields"][0]["path"] == "cap.by.name"
    cap = {"cap": "top", "count": 1, "by": {"by": "registered", "name": "moved_on"}}
    body = {"code": "c", "name": "最近搬来", "tree": {"rule": "all", "of": []}, "cap": cap, "refresh": "daily"}
    assert till.post("segments", body).status_code == 201
    moved = next(each for each in till.client.get("/v1/attributes").json()["items"] if each["name"] == "moved_on")
    refused = till.client.patch(f"/v1/attributes/{moved['id']}", json={"archived": True}).json()
    assert refused["code"] == "attribute_in_use"
    assert till.client.patch(f"/v1/attributes/{city}", json={"archived": True}).status_code == 200


def test_members_are_found_by_what_was_registered_since(till: Till) -> None:
    members = [till.shop.member(attributes={"city": city} if city else {}) for city in CITIES]
    _up_to_date(till)
    assert _count(till, _asks("city", "present")) == "tree_refused"
    _register(till, "city", "text")
    assert _count(till, _asks("city", "present")) == "lake_behind", "better no answer than a wrong one"
    _up_to_date(till)
    assert _count(till, _asks("city", "is", "昆明")) == 2
    assert _count(till, _asks("city", "is_not", "昆明")) == 1, "who is missing passes neither"
    assert _count(till, {"rule": "not", "of": _asks("city", "is", "昆明")}) == 2
    assert _count(till, _asks("city", "missing")) == 1
    path = f"members/{show(Prefix.MEMBER, members[2].member_id)}"
    assert till.client.patch(f"/v1/{path}", json={"attributes": {"city": "昆明"}}).status_code == 200
    _up_to_date(till)
    tree = _asks("city", "is", "昆明")
    assert _count(till, tree) == 3
    assert _offered(till, "city") == [("昆明", 3), ("大理", 1)]
    assert _offered(till, "city", "理") == [("大理", 1)]
    assert _offered(till, "town") == []
    why = till.post("segments/preview/why", {"tree": tree, "member_id": path.partition("/")[2]}).json()
    assert (why["holds"], why["why"]["value"]) == (True, "昆明")
    assert why["why"]["words"] == {"zh": "“city”为昆明", "en": "“city” is 昆明"}


def test_each_type_is_asked_in_its_way(till: Till) -> None:
    for name, kind, choices in (
        ("children", "number", ()),
        ("vegan", "yes_no", ()),
        ("wedding", "date", ()),
        ("size", "choice", ("S", "M", "9折 (10%)")),
    ):
        _register(till, name, kind, *choices)
    till.shop.member(attributes={"children": 2, "vegan": True, "wedding": "2020-05-01", "size": "S"})
    till.shop.member(attributes={"children": 0, "vegan": False, "wedding": "2021-10-03", "size": "M"})
    till.shop.member(attributes={"size": "9折 (10%)"})
    till.shop.member()
    _up_to_date(till)
    for tree, count in (
        (_asks("children", "at_least", 1), 1),
        (_asks("children", "at_most", 2), 2),
        (_asks("vegan", "is", "no"), 1),
        (_asks("wedding", "at_least", 20_210_101), 1),
        (_asks("size", "is", "S", "M"), 2),
        (_asks("size", "is", "9折 (10%)"), 1),
        (_asks("size", "missing"), 1),
    ):
        assert _count(till, tree) == count, tree
    for tree in (
        _asks("children", "is", "two"),
        _asks("vegan", "is", "true"),
        _asks("vegan", "at_least", 1),
        _asks("size", "is", "XXL"),
        _asks("sise", "is", "S"),
    ):
        assert _count(till, tree) == "tree_refused", tree


def test_values_from_before_that_do_not_fit_are_missing(till: Till) -> None:
    for day in ("last year", "2020-13-01", "2020-06-31", "2020-02-30"):
        till.shop.member(attributes={"children": "two", "wedding": day})
    till.shop.member(attributes={"children": 3, "wedding": "2020-05-01"})
    _register(till, "children", "number")
    _register(till, "wedding", "date")
    _up_to_date(till)
    assert _count(till, _asks("children", "present")) == _count(till, _asks("wedding", "present")) == 1


def test_what_is_personal_never_leaves_and_what_becomes_so_is_taken_back(till: Till) -> None:
    till.shop.member(attributes={"city": "昆明", "shoes": "四十二码"})
    _register(till, "shoes", "text", personal=True)
    city = _register(till, "city", "text")
    folder = _up_to_date(till)
    assert _said(folder) == {"昆明"}
    assert _count(till, _asks("shoes", "present")) == "tree_refused"
    segment = till.post("segments", {"code": "km", "name": "昆明人", "tree": _asks("city", "is", "昆明")}).json()
    refused = till.client.patch(f"/v1/attributes/{city}", json={"personal": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "attribute_in_use")
    assert "昆明人" in refused.json()["detail"]
    assert till.post(f"segments/{segment['id']}/archive", {"version": segment["version"]}).status_code == 200
    assert till.client.patch(f"/v1/attributes/{city}", json={"personal": True}).status_code == 200
    folder = _up_to_date(till)
    assert _said(folder) == set(), "in no file"
    assert [*(folder.path / "members").iterdir()] == folder.partitions("members")
    assert len(folder.partitions("members")) == 1, "however many there were"
    assert _count(till, {"rule": "all", "of": []}) == 1
    assert till.client.patch(f"/v1/attributes/{city}", json={"personal": False}).status_code == 200
    assert _said(_up_to_date(till)) == {"昆明"}


def _said(folder: LakeFolder) -> set[str]:
    """All texts of registered attributes in the partitions."""
    names = [name for name in MEMBERS.names if name.startswith("text_")]
    tables = [pq.read_table(file, columns=names) for file in folder.partitions("members")]
    return {text for table in tables for name in names for text in table[name].to_pylist() if text is not None}

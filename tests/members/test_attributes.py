"""Registered attributes: what may be decided, and which values are taken from then on."""

from typing import Any

import pytest

from shuke.kernel.errors import Invalid
from shuke.kernel.text import Text
from shuke.members.attributes import registry
from shuke.members.attributes.errors import AttributeNameTaken, TooManyAttributes
from shuke.members.model import NUMBER_COLUMNS, AttributeType, Choice, Definition
from shuke.members.service import change, get
from tests.support.world import Shop, World

CITY = Text("城市", "City")


def _register(shop: Shop, name: str, kind: AttributeType, *choices: str, personal: bool = False) -> Definition:
    with shop.unit() as unit:
        values = [Choice(each, Text("", "")) for each in choices]
        return registry.register(unit, name, kind, CITY, personal=personal, choices=values)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (AttributeType.TEXT, ["昆明", ""], [1, True, "\0", "\ud83d"]),
        (AttributeType.NUMBER, [0, -3], ["1", True]),
        (AttributeType.YES_NO, [True, False], ["yes", 1]),
        (AttributeType.DATE, ["2024-02-29"], ["2023-02-29", "20240229", 20240229]),
        (AttributeType.CHOICE, ["S"], ["XL", 1]),
    ],
)
def test_values_fit_their_type(world: World, kind: AttributeType, good: list[Any], bad: list[Any]) -> None:
    shop = world.merchant()
    _register(shop, "known", kind, *(["S", "M"] if kind is AttributeType.CHOICE else []))
    member = shop.member(attributes={"known": None, "unknown": "whatever"})
    for value in good:
        with shop.unit() as unit:
            assert change(unit, member.member_id, {"attributes": {"known": value}}).attributes == {"known": value}
    for value in bad:
        with shop.unit() as unit, pytest.raises(Invalid) as refused:
            change(unit, member.member_id, {"attributes": {"known": value}})
        assert [field.path for field in refused.value.fields] == ["attributes.known"]
        with pytest.raises(Invalid):
            shop.member(attributes={"known": value})


def test_what_she_had_before_stays_and_does_not_stand_in_the_way(world: World) -> None:
    shop = world.merchant()
    member = shop.member(attributes={"city": 7, "pet": "cat"})
    _register(shop, "city", AttributeType.TEXT)
    with shop.unit() as unit:
        change(unit, member.member_id, {"attributes": {"city": 7, "pet": "dog"}})
        assert get(unit, member.member_id).attributes == {"city": 7, "pet": "dog"}


def test_archived_it_counts_for_nothing_until_it_is_restored(world: World) -> None:
    shop = world.merchant()
    city = _register(shop, "city", AttributeType.TEXT)
    with shop.unit() as unit:
        registry.change(unit, city.attribute_id, {"archived": True}, lambda *_: ())
    shop.member(attributes={"city": 7})
    with pytest.raises(AttributeNameTaken):
        _register(shop, "city", AttributeType.NUMBER)
    with shop.unit() as unit:
        again = registry.change(unit, city.attribute_id, {"archived": False}, lambda *_: ())
    assert again.column == city.column
    with pytest.raises(Invalid):
        shop.member(attributes={"city": 7})


def test_what_cannot_be_decided(world: World) -> None:
    shop = world.merchant()
    for name, kind, choices in (
        ("Stadt", AttributeType.TEXT, ()),
        ("city", AttributeType.TEXT, ("昆明",)),
        ("size", AttributeType.CHOICE, ()),
        ("size", AttributeType.CHOICE, ("S", "S")),
        ("size", AttributeType.CHOICE, (" ",)),
    ):
        with pytest.raises(Invalid):
            _register(shop, name, kind, *choices)
    for number in range(NUMBER_COLUMNS):
        _register(shop, f"n{number}", AttributeType.NUMBER)
    with pytest.raises(TooManyAttributes):
        _register(shop, "one_more", AttributeType.DATE)
    _register(shop, "one_more", AttributeType.DATE, personal=True)


def test_over_http(world: World) -> None:
    shop = world.merchant()
    client = world.client(shop.login)
    body = {
        "name": "city",
        "type": "choice",
        "label": {"zh": "城市"},
        "personal": False,
        "choices": [{"value": "昆明"}],
    }
    made = client.post("/v1/attributes", json=body).json()
    assert made["label"] == {"zh": "城市", "en": "城市"}
    assert made["choices"] == [{"value": "昆明", "label": {"zh": "昆明", "en": "昆明"}}]
    assert client.post("/v1/attributes", json=body).json()["code"] == "attribute_name_taken"
    renamed = client.patch(f"/v1/attributes/{made['id']}", json={"label": {"zh": "常住城市", "en": "Home town"}})
    assert renamed.json()["label"]["en"] == "Home town"
    assert client.get("/v1/attributes").json() == {"items": [renamed.json()]}
    answer = client.post(
        "/v1/members",
        json={"phone": "13900009999", "channel": "pos", "consent": {"terms": True}, "attributes": {"city": "大理"}},
    )
    assert (answer.status_code, answer.json()["fields"][0]["path"]) == (422, "attributes.city"), answer.text

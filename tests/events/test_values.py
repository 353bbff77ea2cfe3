"""What of an event's properties may leave for analysis, and as what."""

from shuke.events.rules.personal import parted
from shuke.events.rules.values import values


def test_texts_and_thousandths_and_nothing_that_may_mean_a_person() -> None:
    said = {
        "colour": "red",
        "empty": "",
        "on": True,
        "off": False,
        "price": 129.99,
        "third": 1 / 3,
        "minus": -2,
        "name": "Trousers",
    }
    texts = {"colour": "red", "empty": "", "name": "Trousers", "off": "no", "on": "yes"}
    assert values(said) == (texts, {"minus": -2_000, "price": 129_990, "third": 333})
    assert list(values(said)[0]) == sorted(texts), "in one order, however they came"
    left_out = {
        "nothing": None,
        "list": [1],
        "object": {"a": 1},
        "long": "x" * 201,
        "x" * 201: 1,
        "huge": 1e300,
        "street": "中山路",
        "Nick-Name": "猫",
        "age": 33,
    }
    assert values(left_out) == ({}, {})


def test_a_mobile_number_is_one_also_where_it_came_as_a_number() -> None:
    message = {"q": 13800001234, "seconds": 1_764_000_000, "milliseconds": 1_764_000_000_000, "seen": [1, 13800001234]}
    left, taken = parted({"properties": message})
    assert taken == {"/properties/q": 13800001234, "/properties/seen/1": 13800001234}
    assert left == {"properties": {"seconds": 1_764_000_000, "milliseconds": 1_764_000_000_000, "seen": [1, None]}}

"""A rule tree in words: a sentence for every tree, and the ones that operators will read."""

from hypothesis import given

from shuke.audience.model import (
    ATTRIBUTES,
    FACTS,
    TRAITS,
    Aggregate,
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Attribute,
    Behaviour,
    Did,
    Fact,
    Filter,
    Is,
    Last,
    Measure,
    Node,
    Not,
    Trait,
)
from shuke.audience.reading.trait_words import TRAIT_WORDS
from shuke.audience.reading.words import PROPERTIES, described
from shuke.kernel.text import Text
from tests.support.crowds import trees


def _as_it_is(_property: str, value: str | int) -> Text:
    return Text(str(value), str(value))


@given(trees())
def test_every_tree_has_words(tree: Node) -> None:
    words = described(tree, _as_it_is)
    assert words.zh
    assert words.en
    assert "{" not in words.zh + words.en


def test_every_property_has_words() -> None:
    assert set(PROPERTIES) == set(ATTRIBUTES) | {name for names in FACTS.values() for name in names}


def test_every_trait_has_words() -> None:
    assert set(TRAIT_WORDS) == set(TRAITS)
    champions = All((Trait("lifecycle", Is(("at_risk",))), Trait("monetary", AtLeast(4))))
    assert described(champions, _as_it_is) == Text(
        "生命周期为流失预警，且消费得分（M）不少于 4", "lifecycle is at risk and monetary score (M) is at least 4"
    )


def test_who_bought_milk_and_nothing_else_for_a_while() -> None:
    milk = Behaviour(Fact.LINE, (Filter("brand", Is(("Meadow",))),), Last(30))
    spent = Measure(Behaviour(Fact.ORDER, (), Last(12)), Aggregate.SUM, AtLeast(1_000), "net_minor")
    tree = All((Did(milk, AtLeast(2)), AnyOf((Not(Attribute("gender", Is(("male",)))), spent)), Did(milk, AtMost(5))))
    assert described(tree, _as_it_is) == Text(
        "近 30 天购买商品（品牌为Meadow）的次数不少于 2，"
        "且（不满足（性别为male），或近 12 天下单的净额合计不少于 1000），"
        "且近 30 天购买商品（品牌为Meadow）的次数不多于 5",
        "the number of items bought in the last 30 days with brand is Meadow is at least 2 and "
        "(not (gender is male) or the sum of net amount of orders in the last 12 days is at least 1000) and "
        "the number of items bought in the last 30 days with brand is Meadow is at most 5",
    )

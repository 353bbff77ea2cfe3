"""What the sample knows of its households, registered so that segments can ask for it."""

from shuke.infra.database import Unit
from shuke.kernel.text import Text
from shuke.members.attributes import registry
from shuke.members.model import AttributeType

_LABELS = {
    "age": Text("年龄段", "Age"),
    "income": Text("收入", "Income"),
    "household_size": Text("家庭人数", "Household size"),
    "household_comp": Text("家庭构成", "Household"),
    "kids_count": Text("子女数", "Children"),
    "home_ownership": Text("住房", "Home"),
    "marital_status": Text("婚姻", "Marital status"),
}


def register(unit: Unit) -> None:
    for name, label in _LABELS.items():
        registry.register(unit, name, AttributeType.TEXT, label, personal=False)

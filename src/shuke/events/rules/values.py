"""What of an event's properties may leave for analysis, and as what: texts, and whole numbers of thousandths.

Nothing is asked of objects and lists, nor of texts that are too long to be chosen. `yes` and `no` are texts.
"""

from collections.abc import Mapping
from decimal import Decimal

from shuke.events.model import PropertyType
from shuke.events.rules.personal import about_people

LENGTH_MAX = 200
"""Characters of a name, and of a text."""
_MOST = 2**53
SCALARS = frozenset({PropertyType.TEXT, PropertyType.NUMBER, PropertyType.BOOLEAN})


def may_leave(name: str) -> bool:
    return 0 < len(name) <= LENGTH_MAX and not about_people(name)


def values(properties: Mapping[str, object]) -> tuple[dict[str, str], dict[str, int]]:
    """Texts and numbers by name, in the order of their names."""
    texts: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for name in sorted(properties):
        if not may_leave(name):
            continue
        match properties[name]:
            case bool() as said:
                texts[name] = "yes" if said else "no"
            case str() as text if len(text) <= LENGTH_MAX:
                texts[name] = text
            case int() | float() as number:
                thousandths = round(Decimal(str(number)) * 1000)
                if abs(thousandths) <= _MOST:
                    numbers[name] = thousandths
    return texts, numbers

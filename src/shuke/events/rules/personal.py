"""What in a message says who she is: taken out of it, to be kept sealed."""

import re
from collections.abc import Mapping
from functools import lru_cache
from operator import is_not

_ANYWHERE = frozenset(
    {
        *("email", "phone", "mobile", "tel", "telephone", "phonenumber", "mobilephone", "emailaddress"),
        *("firstname", "lastname", "fullname", "realname", "birthday", "birthdate", "dateofbirth"),
        *("idnumber", "idcard", "passport", "openid", "unionid", "advertisingid", "手机", "手机号", "邮箱", "姓名"),
    }
)
"""Names of fields, whatever their case and however their words are joined."""
_OF_PEOPLE = _ANYWHERE | {"name", "username", "nickname", "address", "street", "avatar", "age"}
"""Names that mean a person where traits are told; a product has a name too."""
_VALUE = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|^\+\d{7,15}$")
"""An address of mail, a mobile number of China, a number in international form."""
_MOBILE = 13 * 10**9
_LONGEST = 24
_JOINTS = re.compile(r"[-_. ]")
_TRAITS = "traits"
_NESTED = (dict, list)

Parts = dict[str, object]
Path = tuple["Path", str] | None
"""Where in a message: the object above, and the name there. Spelled only where something is taken."""


def parted(message: Mapping[str, object]) -> tuple[Mapping[str, object], Parts]:
    """`message` without what is personal, and that: by its path (JSON pointer)."""
    taken: Parts = {}
    return _of_object(message, None, False, taken), taken


def _of_object(value: Mapping[str, object], path: Path, people: bool, taken: Parts) -> Mapping[str, object]:
    """The very same where nothing is taken, as of most."""
    instead: Parts = {}
    for name, item in value.items():
        if item is None:
            continue
        if len(name) <= _LONGEST and _means_somebody(name, people):
            left: object = _TAKEN
        elif isinstance(item, str):
            left = shortened(item) if name == "ip" else _TAKEN if _looks_personal(item) else item
        elif isinstance(item, _NESTED):
            left = _within(item, (path, name), people or name == _TRAITS, taken)
        elif _looks_dialled(item):
            left = _TAKEN
        else:
            continue
        if left is not item:
            instead[name] = left
            if left is _TAKEN:
                taken[_pointer((path, name))] = item
    if not instead:
        return value
    return {name: item for name, item in {**value, **instead}.items() if item is not _TAKEN}


_TAKEN = object()


def _within(value: dict[str, object] | list[object], path: Path, people: bool, taken: Parts) -> object:
    if isinstance(value, dict):
        return _of_object(value, path, people, taken)
    items: list[object] = []
    for place, item in enumerate(value):
        if _looks_personal(item) if isinstance(item, str) else _looks_dialled(item):
            taken[_pointer((path, str(place)))] = item
            items.append(None)
        elif isinstance(item, _NESTED):
            items.append(_within(item, (path, str(place)), people, taken))
        else:
            items.append(item)
    return items if any(map(is_not, items, value)) else value


def _looks_personal(text: str) -> bool:
    """Most texts are too short for a number and hold no character that every such value has."""
    told = "@" in text or text[:1] == "+" or (len(text) >= 11 and "1" in text)
    return told and _VALUE.search(text) is not None


def _looks_dialled(item: object) -> bool:
    """A mobile number of China that was sent as a number. Times in seconds are shorter, in milliseconds longer."""
    return isinstance(item, int) and _MOBILE <= item < 2 * 10**10


@lru_cache(maxsize=10_000)
def _means_somebody(name: str, people: bool) -> bool:
    return _JOINTS.sub("", name).lower() in (_OF_PEOPLE if people else _ANYWHERE)


def about_people(name: str) -> bool:
    """Whether the name of a property may well mean a person's; products and places have names too."""
    return name.lower() != "name" and len(name) <= _LONGEST and _means_somebody(name, True)


def _pointer(path: Path) -> str:
    parts: list[str] = []
    while path is not None:
        path, name = path
        parts.append(name.replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{part}" for part in reversed(parts))


def shortened(address: str) -> str:
    """An IP address without the part that tells one household from another."""
    if ":" in address:
        return ":".join(address.split(":")[:3]) + "::"
    return ".".join([*address.split(".")[:3], "0"])

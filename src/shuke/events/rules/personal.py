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
_LONGEST = 24
_JOINTS = re.compile(r"[-_. ]")
_TRAITS = "traits"

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
        if _is_personal(name, people):
            taken[_pointer((path, name))] = item
            instead[name] = _TAKEN
        elif name == "ip" and isinstance(item, str):
            instead[name] = shortened(item)
        else:
            left = _of(item, path, name, people or name == _TRAITS, taken)
            if left is not item:
                instead[name] = left
    if not instead:
        return value
    return {name: item for name, item in {**value, **instead}.items() if item is not _TAKEN}


_TAKEN = object()


def _of(value: object, path: Path, name: str, people: bool, taken: Parts) -> object:
    if isinstance(value, str):
        if _looks_personal(value):
            taken[_pointer((path, name))] = value
            return _TAKEN
    elif isinstance(value, dict):
        return _of_object(value, (path, name), people, taken)
    elif isinstance(value, list):
        here = (path, name)
        items = [_of(item, here, str(place), people, taken) for place, item in enumerate(value)]
        if any(map(is_not, items, value)):
            return [None if item is _TAKEN else item for item in items]
    return value


def _looks_personal(text: str) -> bool:
    """Most texts hold no character that every such value has."""
    return ("@" in text or "1" in text or "+" in text) and _VALUE.search(text) is not None


def _is_personal(name: str, people: bool) -> bool:
    return len(name) <= _LONGEST and _means_somebody(name, people)


@lru_cache(maxsize=10_000)
def _means_somebody(name: str, people: bool) -> bool:
    return _JOINTS.sub("", name).lower() in (_OF_PEOPLE if people else _ANYWHERE)


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

"""What in a message says who she is: taken out of it, to be kept sealed."""

import re
from collections.abc import Mapping

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
_JOINTS = re.compile(r"[-_. ]")
_TRAITS = "traits"

Parts = dict[str, object]


def parted(message: Mapping[str, object]) -> tuple[Parts, Parts]:
    """`message` without what is personal, and that: by its path (JSON pointer)."""
    taken: Parts = {}
    return _of_object(message, "", False, taken), taken


def _of_object(value: Mapping[str, object], path: str, people: bool, taken: Parts) -> Parts:
    left: Parts = {}
    names = _OF_PEOPLE if people else _ANYWHERE
    for name, item in value.items():
        here = f"{path}/{_pointed(name)}"
        if item is not None and _JOINTS.sub("", name).lower() in names:
            taken[here] = item
        elif name == "ip" and isinstance(item, str):
            left[name] = shortened(item)
        else:
            kept = _of(item, here, people or name == _TRAITS, taken)
            if kept is not _TAKEN:
                left[name] = kept
    return left


_TAKEN = object()


def _of(value: object, path: str, people: bool, taken: Parts) -> object:
    match value:
        case str() if _VALUE.search(value):
            taken[path] = value
            return _TAKEN
        case dict():
            return _of_object(value, path, people, taken)
        case list():
            items = [_of(item, f"{path}/{place}", people, taken) for place, item in enumerate(value)]
            return [None if item is _TAKEN else item for item in items]
    return value


def _pointed(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def shortened(address: str) -> str:
    """An IP address without the part that tells one household from another."""
    if ":" in address:
        return ":".join(address.split(":")[:3]) + "::"
    return ".".join([*address.split(".")[:3], "0"])

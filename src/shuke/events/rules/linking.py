"""What of an event says who she is, and may be believed.

What runs in a browser or an app can be imitated by anybody: a visitor could tell somebody else's phone number, and take
her wallet. From there only the id of the browser counts, and a member's code that somebody showed; what else is told is
kept sealed and links nobody. Servers and tills are believed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shuke.events.model import Namespace, SourceKind

BELIEVED = frozenset({SourceKind.SERVER, SourceKind.POS})

_TRAITS = {
    "phone": ("phone", "mobile", "tel", "telephone", "phonenumber", "mobilephone", "手机", "手机号"),
    "email": ("email", "emailaddress", "邮箱"),
    "unionid": ("unionid",),
    "openid": ("openid",),
    "card": ("card", "cardno", "cardnumber", "卡号"),
}
"""Names of traits, however their words are joined, by what they are."""
_SPACES = {name: space for space, names in _TRAITS.items() for name in names}
_PLACES = (("traits",), ("context", "traits"))

Keys = Sequence[Sequence[str]]
Parts = Mapping[str, object]


@dataclass(slots=True)
class Links:
    """`indexed`: (namespace, blind index in hex) as they came; `values` in clear by namespace; `shown`: what may be a
    member's code, or, from whom it is `believed`, the id of a member."""

    believed: bool = False
    indexed: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    shown: str | None = None


def links(kind: SourceKind, keys: Keys, body: Parts, personal: Parts) -> Links:
    """By what the person of an event can be recognised: `keys` and `body` as they are stored, `personal` opened."""
    user_id = personal.get("/userId")
    found = Links(kind in BELIEVED, shown=user_id if isinstance(user_id, str) else None)
    found.indexed = [(space, index) for space, index in keys if space == Namespace.ANONYMOUS_ID]
    if not found.believed:
        return found
    if user_id is not None:
        found.values["user_id"] = str(user_id)
    previous = personal.get("/previousId")
    if previous is not None:
        found.values["anonymous_id"] = str(previous)
    _traits(found, body, personal)
    device = _within(_within(body, "context"), "device").get("id")
    if isinstance(device, str):
        found.values["device"] = device
    return found


def _traits(found: Links, body: Parts, personal: Parts) -> None:
    """Told of her now, before what her program remembers of her."""
    told: list[tuple[str, object]] = []
    for place in _PLACES:
        within = body
        for name in place:
            within = _within(within, name)
        told += within.items()
        start = "".join(f"/{name}" for name in place) + "/"
        told += [(path[len(start) :], value) for path, value in personal.items() if path.startswith(start)]
    for name, value in told:
        space = _SPACES.get(name.replace("_", "").replace("-", "").lower())
        if space is not None and isinstance(value, str | int) and not isinstance(value, bool):
            found.values.setdefault(space, str(value))


def _within(parts: Parts, name: str) -> Parts:
    inner = parts.get(name)
    return inner if isinstance(inner, dict) else {}

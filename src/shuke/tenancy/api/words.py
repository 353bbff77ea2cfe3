"""Words and numbers as requests may hold them: bounded, so that hostile input is refused at the door."""

from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from shuke.infra.passwords import MAX_LENGTH, MIN_LENGTH

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=50, pattern=r"^[^\s]+$")]
Login = Annotated[
    str, StringConstraints(min_length=3, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._@+-]*$", to_lower=True)
]
Password = Annotated[str, Field(min_length=MIN_LENGTH, max_length=MAX_LENGTH)]
Search = Annotated[str, Field(max_length=100)]
Currency = Literal["CNY", "USD", "EUR", "GBP", "HKD", "TWD", "SGD", "JPY", "KRW"]
Locale = Literal["zh-CN", "en"]

_ZONES = frozenset(zone for zone in available_timezones() if "/" in zone) | {"UTC"}


def _known_zone(value: str) -> str:
    if value not in _ZONES:
        raise PydanticCustomError("timezone", "Use an IANA time zone such as Asia/Shanghai.")
    return value


Timezone = Annotated[str, StringConstraints(max_length=60), AfterValidator(_known_zone)]

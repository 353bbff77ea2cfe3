"""How identifiers are written one way, what of a name is searchable, and what of a phone number is shown. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files

import phonenumbers
from phonenumbers import PhoneNumberFormat, ValidationResult

from shuke.kernel.errors import invalid_field
from shuke.kernel.text import storable
from shuke.members.model import Attribute

NAME_MAX = 100
EMAIL_MAX = 254
PREFIX_MAX = 10
"""Name prefixes are findable up to this many characters; a longer query matches by its first ten."""

TAIL = 4
PHONE_DIGITS_MIN = 5
"""Shorter queries are never whole phone numbers."""

SMALLEST_BODY = 10**9
BODIES = 9 * 10**9
"""A member number is one of this many bodies of ten digits, and a check digit."""

ATTRIBUTES_MAX = 50
EARLIEST_BIRTHDAY = date(1900, 1, 1)

_CHINESE_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_OF_CHINESE_MOBILE = re.compile(r"\+861\d{10}")
_PHONE_NOISE = re.compile(r"[\s\-().·]+")
_EMAIL = re.compile(r"[!-?A-~]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_CARD = re.compile(r"[0-9A-Z]{3,32}")
_CARD_NOISE = re.compile(r"[\s\-]+")
_NAME_NOISE = re.compile(r"[\s·•.]+")
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_CHANNEL = re.compile(r"[a-z][a-z0-9_]{0,31}")
_CURRENCY_COUNTRY = {
    "CNY": "CN",
    "USD": "US",
    "GBP": "GB",
    "HKD": "HK",
    "TWD": "TW",
    "SGD": "SG",
    "JPY": "JP",
    "KRW": "KR",
}


@lru_cache(maxsize=256)
def phone_regions(locale: str, timezone: str, currency: str) -> tuple[str, ...]:
    """Countries whose national phone numbers a merchant's people type, likeliest first.

    Each of time zone, locale and currency names a country; the one named most often comes first, and the time
    zone, which says where the shops stand, decides a tie.
    """
    territory = locale.replace("_", "-").split("-")[-1].upper()
    named = (
        _countries_of_zones().get(timezone),
        territory if territory in phonenumbers.SUPPORTED_REGIONS else None,
        _CURRENCY_COUNTRY.get(currency),
    )
    votes = Counter(country for country in named if country)
    return tuple(country for country, _ in votes.most_common()) or ("CN",)


@lru_cache(maxsize=1)
def _countries_of_zones() -> dict[str, str]:
    """IANA zone → country, from the time zone database itself."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text()
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def normal_phone(text: str, regions: Sequence[str], path: str = "phone") -> str:
    """`138 0000 1234` → `+8613800001234` (E.164), read as a number of the likeliest region it fits.

    Raises Invalid about the field `path`. Numbers not yet in the tables of issued numbers are taken if their length
    is right: operators open new ranges faster than such tables follow.
    """
    readings = possible_phones(text, regions)
    if not readings:
        raise invalid_field(
            path,
            "不是有效的电话号码；国外号码请以 + 和国家代码开头。",
            "This is not a phone number. Start numbers from abroad with + and the country code.",
        )
    return readings[0]


def possible_phones(text: str, regions: Sequence[str]) -> list[str]:
    """Every E.164 number that `text` can mean to people of these regions, likeliest first; empty when none."""
    typed = unicodedata.normalize("NFKC", text)
    compact = _PHONE_NOISE.sub("", typed)
    if (chinese := _CHINESE_MOBILE.fullmatch(compact)) and (regions[0] == "CN" or compact.startswith("+86")):
        return [f"+86{chinese[1]}"]
    issued: list[str] = []
    possible: list[str] = []
    for region in regions:
        try:
            number = phonenumbers.parse(typed, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE or number.extension:
            continue
        written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        (issued if phonenumbers.is_valid_number(number) else possible).append(written)
    return list(dict.fromkeys(issued + possible))


def normal_email(text: str, path: str = "email") -> str:
    email = compact_email(text)
    if len(email) > EMAIL_MAX or not _EMAIL.fullmatch(email):
        raise invalid_field(path, "不是有效的邮箱地址。", "This is not an email address.")
    return email


def compact_email(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def normal_card(text: str, path: str = "card") -> str:
    """Cards are read by people and by scanners: spaces, hyphens and case do not matter."""
    card = compact_card(text)
    if not _CARD.fullmatch(card):
        raise invalid_field(path, "卡号应为 3 到 32 位字母或数字。", "A card number is 3 to 32 letters or digits.")
    return card


def compact_card(text: str) -> str:
    return _CARD_NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()


def normal_name(text: str, path: str = "name") -> str:
    """One space between words, no control characters."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > NAME_MAX or not name.isprintable():
        raise invalid_field(
            path, f"姓名应为 1 到 {NAME_MAX} 个可见字符。", f"A name is 1 to {NAME_MAX} printable characters."
        )
    return name


def name_key(name: str) -> str:
    """What of a name is compared in a search: no case, width, spaces or dots; never longer than a stored prefix."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return _NAME_NOISE.sub("", folded)[:PREFIX_MAX]


def name_prefixes(name: str) -> set[str]:
    """Every key under which `name` is found: the beginnings of the whole and of each further word."""
    words = name.split()
    keys = {name_key(" ".join(words[start:])) for start in range(len(words))}
    return {key[:length] for key in keys for length in range(1, len(key) + 1)}


def search_terms(name: str | None, phone: str | None) -> Iterator[tuple[str, str]]:
    """The (kind, value) pairs a member is found under besides whole identifiers."""
    if phone is not None:
        yield "tail", phone[-TAIL:]
    for prefix in name_prefixes(name) if name is not None else ():
        yield "name", prefix


def mask_phone(phone: str) -> str:
    """`+8613812341234` → `138****1234`; elsewhere the country code and the last four digits."""
    if _OF_CHINESE_MOBILE.fullmatch(phone):
        return f"{phone[3:6]}****{phone[-4:]}"
    return f"+{phonenumbers.parse(phone).country_code}****{phone[-4:]}"


def display_phone(phone: str) -> str:
    """In clear: Chinese mobile numbers as everybody writes them, others with + and the country code."""
    return phone[3:] if _OF_CHINESE_MOBILE.fullmatch(phone) else phone


def mask_email(email: str) -> str:
    """`wang@example.com` → `w****@example.com`."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}****@{domain}"


def mask_name(name: str) -> str:
    """`王小明` → `王**`, `Mary Smith` → `M**`."""
    return f"{name[:1]}**"


def check_birthday(birthday: date | None, today: date) -> None:
    if birthday is not None and not EARLIEST_BIRTHDAY <= birthday <= today:
        raise invalid_field(
            "birthday", "生日应在 1900 年之后且不晚于今天。", "A birthday lies after 1900 and not after today."
        )


def check_attributes(attributes: Mapping[str, Attribute]) -> None:
    """Raises Invalid for too many attributes, or one with a name or value of unreasonable size."""
    if len(attributes) > ATTRIBUTES_MAX:
        raise invalid_field("attributes", f"最多 {ATTRIBUTES_MAX} 项。", f"At most {ATTRIBUTES_MAX} attributes.")
    for name, value in attributes.items():
        if not _ATTRIBUTE.fullmatch(name):
            raise invalid_field(
                "attributes",
                f"属性名“{name[:64]}”应为小写字母、数字和下划线，最多 64 个字符。",
                f"The attribute name {name[:64]!r} must be lower-case letters, digits and _, at most 64.",
            )
        if (isinstance(value, str) and (len(value) > 200 or not storable(value))) or (
            isinstance(value, int) and abs(value) >= 10**13
        ):
            raise invalid_field(f"attributes.{name}", "值过长或过大。", "The value is too long or too large.")


def check_channel(channel: str) -> None:
    if not _CHANNEL.fullmatch(channel):
        raise invalid_field(
            "channel",
            "渠道应为小写字母、数字和下划线，例如 pos。",
            "A channel is lower-case letters, digits and _, such as pos.",
        )


def member_number(body: int) -> str:
    """A number of ten digits that do not start with 0, and the check digit (Luhn) that catches a mistyped one."""
    return f"{body}{check_digit(str(body))}"


def check_digit(digits: str) -> str:
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(reversed(digits)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)

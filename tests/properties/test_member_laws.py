"""Laws of identifiers, seals, searches and codes."""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shuke.infra.crypto import Cipher, new_master_key
from shuke.kernel.errors import Invalid
from shuke.members import codes, rules

REGIONS = st.sampled_from([("CN",), ("US", "CN"), ("GB",), ("HK", "CN"), ("JP", "US")])
DIGITS = st.text("0123456789 +-()", min_size=1, max_size=20)
NAMES = st.text(min_size=1, max_size=40)
LETTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("aZéßÑøЖя·-' 　ＡＢ")
PEOPLE = st.text(LETTERS, min_size=1, max_size=40)
BODIES = st.integers(rules.SMALLEST_BODY, rules.SMALLEST_BODY + rules.BODIES - 1)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
CIPHER = Cipher(new_master_key())
A, B = UUID(int=1), UUID(int=2)


def keyed(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def normal_or_none(kind: str, text: str, regions: tuple[str, ...] = ("CN",)) -> str | None:
    try:
        match kind:
            case "phone":
                return rules.normal_phone(text, regions)
            case "email":
                return rules.normal_email(text)
            case "card":
                return rules.normal_card(text)
            case _:
                return rules.normal_name(text)
    except Invalid:
        return None


@given(DIGITS, REGIONS)
def test_normal_phone_is_normal_already(text: str, regions: tuple[str, ...]) -> None:
    once = normal_or_none("phone", text, regions)
    if once is not None:
        assert normal_or_none("phone", once, regions) == once


@given(st.integers(13000000000, 19999999999), st.sampled_from(["{}", "+86{}", "0086{}", "86{}", " {} ", "+86 {}"]))
def test_chinese_mobile_means_the_same_however_it_is_written(number: int, form: str) -> None:
    assert rules.normal_phone(form.format(number), ("CN",)) == f"+86{number}"


@given(st.sampled_from(["email", "card", "name"]), st.text(max_size=60))
def test_normal_form_is_normal_already(kind: str, text: str) -> None:
    once = normal_or_none(kind, text)
    if once is not None:
        assert normal_or_none(kind, once) == once


@given(PEOPLE, st.data())
def test_every_beginning_of_a_name_finds_it(text: str, data: st.DataObject) -> None:
    name = normal_or_none("name", text)
    if name is None:
        return
    length = data.draw(st.integers(1, len(name)))
    key = rules.name_key(name[:length])
    assert not key or key in rules.name_prefixes(name)


@given(st.integers(10**10, 10**11 - 1))
def test_mask_hides_the_middle_of_a_phone(number: int) -> None:
    phone = f"+861{number % 10**10:010d}"
    masked = rules.mask_phone(phone)
    assert masked == f"{phone[3:6]}****{phone[-4:]}"


@given(st.text(max_size=50))
def test_equal_values_have_unlike_ciphertexts_that_open_alike(value: str) -> None:
    first, second = CIPHER.seal(A, "phone", value), CIPHER.seal(A, "phone", value)
    assert first != second
    assert CIPHER.open(A, "phone", first) == CIPHER.open(A, "phone", second) == value


@given(st.text(max_size=50), st.text(max_size=50))
def test_blind_indexes_are_equal_for_equal_values_of_one_merchant_and_kind_only(one: str, two: str) -> None:
    assert (CIPHER.index(A, "phone", one) == CIPHER.index(A, "phone", two)) == (one == two)
    assert CIPHER.index(A, "phone", one) != CIPHER.index(B, "phone", one)
    assert CIPHER.index(A, "phone", one) != CIPHER.index(A, "card", one)


@given(BODIES, MOMENTS, st.integers(0, 120_000))
def test_code_names_its_member_exactly_until_it_expires(body: int, now: datetime, later_ms: int) -> None:
    number = rules.member_number(body)
    issued = codes.issue(number, now, keyed)
    assert timedelta(seconds=30) <= issued.expires_at - now.replace(microsecond=0) <= timedelta(seconds=60)
    then = now + timedelta(milliseconds=later_ms)
    assert codes.verify(issued.code, then, keyed) == (number if then < issued.expires_at else None)


@given(BODIES, MOMENTS, st.integers(0, 17), st.integers(1, 9))
def test_code_with_one_wrong_digit_names_nobody(body: int, now: datetime, place: int, by: int) -> None:
    number = rules.member_number(body)
    code = codes.issue(number, now, keyed).code
    changed = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assert codes.verify(changed, now, keyed) is None


@given(BODIES, st.integers(0, 9), st.integers(1, 9))
def test_check_digit_catches_every_single_wrong_digit(body: int, place: int, by: int) -> None:
    digits = str(body)
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assert rules.check_digit(wrong) != rules.check_digit(digits)

"""What is sealed opens only where it was sealed; what is indexed is found only where it was indexed."""

import base64
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from shuke.infra.crypto import Cipher, new_master_key, new_secret, secret_hash
from shuke.infra.passwords import generate_password, hash_password, verify_password

CIPHER = Cipher(new_master_key())
MERCHANT = UUID(int=7)
texts = st.text(st.characters(codec="utf-8"), max_size=100)


@given(texts, st.uuids(), st.sampled_from(["name", "phone"]))
def test_what_is_sealed_opens_again(value: str, merchant_id: UUID, field: str) -> None:
    assert CIPHER.open(merchant_id, field, CIPHER.seal(merchant_id, field, value)) == value


@given(texts)
def test_equal_values_look_unequal(value: str) -> None:
    assert CIPHER.seal(MERCHANT, "name", value) != CIPHER.seal(MERCHANT, "name", value)


@given(texts, st.integers(min_value=0))
def test_one_changed_bit_is_noticed(value: str, where: int) -> None:
    sealed = bytearray(CIPHER.seal(MERCHANT, "name", value))
    bit = where % ((len(sealed) - 1) * 8)
    sealed[1 + bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidTag):
        CIPHER.open(MERCHANT, "name", bytes(sealed))


@given(texts, st.uuids(), st.uuids())
def test_a_value_does_not_open_elsewhere(value: str, here: UUID, there: UUID) -> None:
    sealed = CIPHER.seal(here, "name", value)
    for merchant_id, field, cipher in (
        (there, "name", CIPHER),
        (here, "phone", CIPHER),
        (here, "name", Cipher(new_master_key())),
    ):
        if (merchant_id, field, cipher) != (here, "name", CIPHER):
            with pytest.raises(InvalidTag):
                cipher.open(merchant_id, field, sealed)


@given(texts, texts)
def test_indexes_are_equal_for_equal_values_of_a_kind_and_merchant(one: str, other: str) -> None:
    found = CIPHER.index(MERCHANT, "phone", one)
    assert len(found) == 16
    assert (CIPHER.index(MERCHANT, "phone", other) == found) == (one == other)
    assert CIPHER.index(MERCHANT, "card", one) != found
    assert CIPHER.index(uuid4(), "phone", one) != found


def test_what_was_indexed_once_is_found_for_ever() -> None:
    known = Cipher(base64.urlsafe_b64encode(bytes(range(32))).decode())
    assert known.index(MERCHANT, "phone", "+8613800138000").hex() == "19bd19d9346ddfa09de64c2b819bbe4c"


def test_kind_and_value_cannot_be_shifted_into_each_other() -> None:
    assert CIPHER.index(MERCHANT, "a", "bc") != CIPHER.index(MERCHANT, "ab", "c")


@pytest.mark.parametrize("key", ["", base64.urlsafe_b64encode(b"short").decode(), "!!!"])
def test_a_wrong_master_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Cipher(key)


def test_secrets_and_passwords() -> None:
    assert len({new_secret() for _ in range(50)}) == 50
    assert len(new_secret()) == 43
    assert secret_hash("a") != secret_hash("b")
    password = generate_password()
    stored = hash_password(password)
    assert verify_password(stored, password)
    assert not verify_password(stored, password + "x")
    assert not verify_password(None, password)
    assert stored.startswith("$argon2id$")

"""Personal data at rest: encrypted with AES-256-GCM, found again through keyed blind indexes.

From one master key, HKDF derives one key for each purpose and merchant, so that the same phone number has
unrelated ciphertexts and unrelated indexes at two merchants. The associated data binds a ciphertext to its
merchant and field: copied elsewhere, it does not open.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\x01"
_NONCE_BYTES = 12
SEAL_BYTES = len(_VERSION) + _NONCE_BYTES + 16
"""What sealing adds: version, nonce and tag."""

PLATFORM = UUID(int=0)
"""Stands for the platform where a merchant is expected."""


def new_master_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


class Cipher:
    """Seals and opens values, and derives the indexes under which they are found."""

    def __init__(self, master_key: str) -> None:
        self._master = base64.urlsafe_b64decode(master_key)
        if len(self._master) != 32:
            raise ValueError("the master key must be 32 bytes, base64url")
        self._key = lru_cache(maxsize=4096)(self._derive)
        self._aead = lru_cache(maxsize=4096)(lambda merchant_id: AESGCM(self._key("seal", merchant_id)))
        # Copied for each value: to set the key up anew takes twice as long as all the rest.
        self._keyed = lru_cache(maxsize=4096)(
            lambda merchant_id: hmac.new(self._key("index", merchant_id), None, "sha256")
        )

    def _derive(self, purpose: str, merchant_id: UUID) -> bytes:
        info = purpose.encode() + b"\0" + merchant_id.bytes
        return HKDF(algorithm=hashes.SHA256(), length=32, salt=b"shuke", info=info).derive(self._master)

    def seal(self, merchant_id: UUID, field: str, value: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        bound = merchant_id.bytes + field.encode()
        return _VERSION + nonce + self._aead(merchant_id).encrypt(nonce, value.encode(), bound)

    def open(self, merchant_id: UUID, field: str, sealed: bytes) -> str:
        """The value; raises cryptography.exceptions.InvalidTag when it was tampered with or moved."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        bound = merchant_id.bytes + field.encode()
        return self._aead(merchant_id).decrypt(nonce, body, bound).decode()

    def open_all(self, merchant_id: UUID, field: str, sealed: Iterable[bytes | None]) -> list[str | None]:
        """As `open`, for many, in half the time."""
        decrypt, bound = self._aead(merchant_id).decrypt, merchant_id.bytes + field.encode()
        body = 1 + _NONCE_BYTES
        return [None if each is None else decrypt(each[1:body], each[body:], bound).decode() for each in sealed]

    def seal_block(self, merchant_id: UUID, field: str, block: bytes) -> bytes:
        """As `seal`, for a piece of a file: `SEAL_BYTES` longer than the piece."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._aead(merchant_id).encrypt(nonce, block, merchant_id.bytes + field.encode())

    def open_block(self, merchant_id: UUID, field: str, sealed: bytes) -> bytes:
        """The piece; raises cryptography.exceptions.InvalidTag when it was tampered with or moved."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        return self._aead(merchant_id).decrypt(nonce, body, merchant_id.bytes + field.encode())

    def index(self, merchant_id: UUID, kind: str, value: str) -> bytes:
        """16 bytes that equal values of one kind share within one merchant, and that tell nothing without the key."""
        hashing = self._keyed(merchant_id).copy()
        hashing.update(kind.encode() + b"\0" + value.encode())
        return hashing.digest()[:16]


def secret_hash(secret: str) -> bytes:
    """How long random secrets (sessions, API keys) are stored; they need no salt."""
    return hashlib.sha256(secret.encode()).digest()


def new_secret() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")

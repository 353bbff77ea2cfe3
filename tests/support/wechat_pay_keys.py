"""Keys and certificates as WeChat Pay and Alipay deal with them, made once for a test run."""

import base64
from datetime import UTC, datetime
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID


@lru_cache
def rsa_key(whose: str) -> RSAPrivateKey:
    """A key of 2048 bits for each name."""
    return generate_private_key(65537, 2048)


def private_text(key: RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_text(key: RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@lru_cache
def certificate(whose: str, serial: int) -> str:
    """A self-signed certificate of the key of that name, as PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, whose)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(rsa_key(whose).public_key())
        .serial_number(serial)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
    )
    return builder.sign(rsa_key(whose), SHA256()).public_bytes(Encoding.PEM).decode()


def signature(key: RSAPrivateKey, text: str) -> str:
    return base64.b64encode(key.sign(text.encode(), PKCS1v15(), SHA256())).decode()


def is_signed(key: RSAPublicKey, text: str, signed: str) -> bool:
    try:
        key.verify(base64.b64decode(signed), text.encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True

"""RSA keys as merchants paste them: PEM with or without its first and last line, PKCS#1 or PKCS#8."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

_LEAST_BITS = 2048


def private_key(text: str) -> RSAPrivateKey:
    """Raises ValueError when it is none, or too short to be safe."""
    try:
        key = load_der_private_key(_der(text), None)
    except (TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("not an RSA private key") from error
    if not isinstance(key, RSAPrivateKey) or key.key_size < _LEAST_BITS:
        raise ValueError("not an RSA private key of 2048 bits or more")
    return key


def public_key(text: str) -> RSAPublicKey:
    """Raises ValueError when it is none, or too short to be safe."""
    try:
        key = load_der_public_key(_der(text))
    except UnsupportedAlgorithm as error:
        raise ValueError("not an RSA public key") from error
    if not isinstance(key, RSAPublicKey) or key.key_size < _LEAST_BITS:
        raise ValueError("not an RSA public key of 2048 bits or more")
    return key


def _der(text: str) -> bytes:
    lines = [line.strip() for line in text.strip().splitlines()]
    inner = "".join(line for line in lines if not line.startswith("-----"))
    try:
        return base64.b64decode(inner, validate=True)
    except binascii.Error as error:
        raise ValueError("not a key") from error


def private_pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_pem(key: RSAPublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def belong_together(private: RSAPrivateKey, public: RSAPublicKey) -> bool:
    return private.public_key().public_numbers() == public.public_numbers()


def sign(key: RSAPrivateKey, text: str) -> str:
    """SHA256 with RSA, base64: what Alipay calls RSA2."""
    return base64.b64encode(key.sign(text.encode(), PKCS1v15(), SHA256())).decode()


def verifies(key: RSAPublicKey, text: str, signature: str) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), text.encode(), PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True

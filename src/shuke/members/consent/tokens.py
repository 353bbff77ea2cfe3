"""What a member sends back to confirm a yes: what it is about, and a seal over that. Pure.

    merchant . member . purpose . channel . version . until . seal

Nothing is stored for it: it counts while what it is about still waits until that very moment.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from hmac import compare_digest
from uuid import UUID

from shuke.members.consent.model import Claim
from shuke.members.model import Channel, Purpose

Keyed = Callable[[str], bytes]
"""A pseudo-random function under a key of the merchant's: 16 bytes for a text."""

TOKEN_MAX = 200
_TOKEN = re.compile(
    r"([0-9a-f]{32})\.([0-9a-f]{32})\.([a-z]+)\.([a-z_]+)\.(\d{0,9})\.(\d{1,11})\.([0-9a-f]{32})", re.ASCII
)
_ALL = "all"


def issue(claim: Claim, keyed: Keyed) -> str:
    said = _said(claim)
    return f"{said}.{keyed(said).hex()}"


def read(token: str, keyed: Callable[[UUID], Keyed]) -> Claim | None:
    """What a token stands for; None when it is none of ours. `keyed`: the function of a merchant."""
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        return None
    merchant, member, purpose, channel, version, until, seal = parts.groups()
    try:
        claim = Claim(
            merchant_id=UUID(hex=merchant),
            member_id=UUID(hex=member),
            purpose=Purpose(purpose),
            channel=Channel.ALL if channel == _ALL else Channel(channel),
            text_version=int(version) if version else None,
            until=datetime.fromtimestamp(int(until), UTC),
        )
    except (ValueError, OverflowError, OSError):
        return None
    genuine = keyed(claim.merchant_id)(_said(claim)).hex()
    return claim if compare_digest(genuine, seal) else None


def _said(claim: Claim) -> str:
    channel = _ALL if claim.channel is Channel.ALL else str(claim.channel)
    version = "" if claim.text_version is None else claim.text_version
    ids = f"{claim.merchant_id.hex}.{claim.member_id.hex}"
    return f"{ids}.{claim.purpose}.{channel}.{version}.{int(claim.until.timestamp())}"

"""Identifiers: UUIDv7 inside, a type prefix in front for people (`mem_018f…`).

UUIDv7 (RFC 9562) starts with the millisecond, so keys made together lie together in an index.
"""

import os
from datetime import datetime
from enum import StrEnum
from time import time_ns
from uuid import UUID


class Prefix(StrEnum):
    ACCESS = "acl"
    ACCOUNT = "acc"
    API_KEY = "key"
    ATTRIBUTE = "att"
    AUDIT = "aud"
    BENEFIT_GRANT = "bgr"
    CAMPAIGN = "cmp"
    CARD = "crd"
    CARD_BATCH = "crb"
    CARD_SALE = "crs"
    CATEGORY = "cat"
    CONSUMER = "con"
    COUPON = "cpn"
    COUPON_BATCH = "cpb"
    COUPON_GIFT = "cpg"
    COUPON_TEMPLATE = "cpt"
    ERASURE = "era"
    EVENT = "evt"
    EVENT_SCHEMA = "sch"
    EVENT_SOURCE = "src"
    FAMILY = "fam"
    FAMILY_INVITATION = "fin"
    IMPORT = "imp"
    LOT = "lot"
    MEMBER = "mem"
    MERCHANT = "mer"
    MERGE = "mrg"
    ORDER = "ord"
    PAYMENT = "pay"
    PAYMENT_REFUND = "prf"
    PLAN = "pln"
    POINTS_REQUEST = "prq"
    POSTING = "pst"
    PRODUCT = "pro"
    PROMOTION = "prm"
    PROPOSAL = "prl"
    PROPOSAL_ACCEPTANCE = "pra"
    PROPOSAL_RUN = "prr"
    QUARANTINED = "qua"
    RED_PACKET_CAMPAIGN = "rpc"
    REFUND = "rfd"
    REGION = "reg"
    RULE = "rul"
    SEGMENT = "seg"
    SHARED_PACKET = "shp"
    STAFF = "stf"
    STORE = "sto"
    SUBSCRIPTION = "sub"
    TAG = "tag"
    TAG_ENTRY = "tge"
    TAG_GROUP = "tgr"
    TIER = "tie"
    TOP_UP = "top"
    TOP_UP_LADDER = "tul"
    TOP_UP_REFUND = "tur"
    TOP_UP_STEP = "tus"
    UPLOAD = "upl"


def new_id(at: datetime | None = None) -> UUID:
    """A fresh UUIDv7 for the moment `at`, or for now. Order of ids made within one millisecond is not promised."""
    milliseconds = time_ns() // 1_000_000 if at is None else int(at.timestamp() * 1000)
    return uuid7(milliseconds, os.urandom(10))


def uuid7(milliseconds: int, noise: bytes) -> UUID:
    """The UUIDv7 of a Unix time in milliseconds and ten random bytes."""
    value = (milliseconds & ((1 << 48) - 1)) << 80 | int.from_bytes(noise, "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return UUID(int=value)


def show(prefix: Prefix, value: UUID) -> str:
    return f"{prefix}_{value.hex}"


def parse(prefix: Prefix, text: str) -> UUID:
    """The UUID in `text`; raises ValueError when it is not one of this type."""
    head, _, tail = text.partition("_")
    if head != prefix or len(tail) != 32:
        raise ValueError(f"expected an id that looks like {prefix}_ and 32 hexadecimal digits")
    return UUID(hex=tail)

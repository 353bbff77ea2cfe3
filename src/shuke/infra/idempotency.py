"""The same key gives the same answer; the same key with another body is a conflict.

A key is held by a lock while its request is at work, so a second request with it waits for the first and then sees
its answer. Answers may hold personal data or a secret shown once: they are stored sealed.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from shuke.infra.crypto import PLATFORM
from shuke.infra.database import Ask, Unit, at_once, directly
from shuke.infra.schema import platform_table, tenant_table, timestamp
from shuke.kernel.errors import Conflict, invalid_field
from shuke.kernel.text import Text

idempotency_keys = tenant_table(
    "idempotency_keys",
    sa.Column("principal_id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request_hash", sa.LargeBinary, nullable=False),
    sa.Column("answer_cipher", sa.LargeBinary, nullable=False),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Index(None, "merchant_id", "created_at"),
)

platform_idempotency_keys = platform_table(
    "platform_idempotency_keys",
    sa.Column("principal_id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request_hash", sa.LargeBinary, nullable=False),
    sa.Column("answer_cipher", sa.LargeBinary, nullable=False),
    sa.Column("created_at", timestamp(), nullable=False, index=True),
)

MAX_KEY_LENGTH = 200


class IdempotencyKeyReused(Conflict):
    text = Text(
        "该 Idempotency-Key 已用于另一个请求；新请求请换一个新的键。",
        "This Idempotency-Key was used for another request. Use a fresh key for a new request.",
    )


class AnswerErased(Conflict):
    """It was done and is not done again; what it answered was about somebody whose data was erased since."""

    text = Text(
        "该请求已执行过，其结果因会员个人信息已删除而不再提供。",
        "This request was done already. Its answer went with the personal data of the member it was about.",
    )


def once(unit: Unit, key: str, request: object, act: Callable[[], str]) -> str:
    """The answer of `act` (JSON text), done at most once for `key` by this principal.

    `request` is anything JSON can hold that tells one request from another. Raises IdempotencyKeyReused.
    """
    if not 0 < len(key) <= MAX_KEY_LENGTH or not key.isprintable():
        raise invalid_field(
            "Idempotency-Key",
            f"请使用 1 到 {MAX_KEY_LENGTH} 个可见字符。",
            f"Use 1 to {MAX_KEY_LENGTH} printable characters.",
        )
    kept = _Kept.of(unit, key)
    # Keyed, because a request may hold a password that a bare hash would give away to whoever tries enough.
    digest = unit.cipher.index(kept.scope, "idempotency", json.dumps(request, sort_keys=True, default=str))
    stored = kept.hold(unit)
    if stored is not None:
        if bytes(stored.request_hash) != digest:
            raise IdempotencyKeyReused
        if not stored.answer_cipher:
            raise AnswerErased
        return unit.cipher.open(kept.scope, "idempotency", stored.answer_cipher)
    answer = act()
    sealed = unit.cipher.seal(kept.scope, "idempotency", answer)
    kept.keep(unit, {"request_hash": digest, "answer_cipher": sealed, "created_at": unit.now()})
    return answer


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where the answer for a key is kept: with the merchant, or with the platform for its own people."""

    table: sa.Table
    scope: UUID
    identity: Mapping[str, object]

    @classmethod
    def of(cls, unit: Unit, key: str) -> "_Kept":
        mine = {"principal_id": unit.principal.id, "key": key}
        if unit.principal.merchant_id is None:
            return cls(platform_idempotency_keys, PLATFORM, mine)
        return cls(idempotency_keys, unit.merchant_id, {"merchant_id": unit.merchant_id, **mine})

    def hold(self, unit: Unit) -> Any:
        """The row for the key, if there is one; until the transaction ends nobody else gets past this point with it."""
        lock = f"{self.table.name}/{'/'.join(map(str, self.identity.values()))}"
        where = " AND ".join(f"{name} = %({name})s" for name in self.identity)
        rows = at_once(
            unit.connection,
            Ask("SELECT pg_advisory_xact_lock(hashtextextended(%(lock)s, 0))", {"lock": lock}),
            Ask(f"SELECT request_hash, answer_cipher FROM {self.table.name} WHERE {where}", self.identity),  # noqa: S608
        )[1]
        return rows[0] if rows else None

    def keep(self, unit: Unit, answer: Mapping[str, object]) -> None:
        values = {**self.identity, **answer}
        places = ", ".join(["%s"] * len(values))
        sql = f"INSERT INTO {self.table.name} ({', '.join(values)}) VALUES ({places})"  # noqa: S608 - our own names
        directly(unit.connection, sql, list(values.values()))

"""The same key gives the same answer; the same key with another body is a conflict.

The key is claimed by inserting its row, so a second request with it waits for the first and then sees its
answer. Answers may hold personal data or a secret shown once: they are stored sealed.
"""

import hashlib
import json
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shuke.infra.database import Unit
from shuke.infra.schema import tenant_table, timestamp
from shuke.kernel.errors import Conflict, invalid_field
from shuke.kernel.text import Text

idempotency_keys = tenant_table(
    "idempotency_keys",
    sa.Column("principal_id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request_hash", sa.LargeBinary, nullable=False),
    sa.Column("answer_cipher", sa.LargeBinary, nullable=True),
    sa.Column("created_at", timestamp(), nullable=False),
    sa.Index(None, "merchant_id", "created_at"),
)

MAX_KEY_LENGTH = 200


class IdempotencyKeyReused(Conflict):
    text = Text(
        "该 Idempotency-Key 已用于另一个请求；新请求请换一个新的键。",
        "This Idempotency-Key was used for another request. Use a fresh key for a new request.",
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
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).digest()
    mine = {"merchant_id": unit.merchant_id, "principal_id": unit.principal.id, "key": key}
    claimed = unit.connection.execute(
        insert(idempotency_keys)
        .values(**mine, request_hash=digest, created_at=unit.now())
        .on_conflict_do_nothing()
        .returning(idempotency_keys.c.key)
    ).first()
    row = sa.and_(*(idempotency_keys.c[name] == value for name, value in mine.items()))
    if claimed is None:
        stored = unit.connection.execute(sa.select(idempotency_keys).where(row)).one()
        if bytes(stored.request_hash) != digest:
            raise IdempotencyKeyReused
        return unit.open("idempotency", stored.answer_cipher)
    answer = act()
    unit.connection.execute(idempotency_keys.update().where(row).values(answer_cipher=unit.seal("idempotency", answer)))
    return answer

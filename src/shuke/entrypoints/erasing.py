"""What an erasure does to all that a merchant keeps, put together from what each domain says of its own; and to what
lies below the domains: answers kept for retries, rows that imports refused."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from shuke.audience import service as audience
from shuke.checkout import service as checkout
from shuke.events import service as events
from shuke.infra.database import Unit
from shuke.infra.idempotency import idempotency_keys
from shuke.infra.imports.tables import import_rejects
from shuke.insight import service as insight
from shuke.kernel.text import Text
from shuke.ledger import service as ledger
from shuke.loyalty import service as loyalty
from shuke.members import service as members
from shuke.members.service import ErasingPlan, Goes, Her, Part, Stays
from shuke.offers import service as offers
from shuke.stored_value import service as stored_value

_AT_ONCE = 500
_K, _R = idempotency_keys.c, import_rejects.c


def _naming(unit: Unit, her: Her, table: sa.Table, column: str, field: str) -> Iterator[Any]:
    """Rows whose sealed text names her: each is opened, nothing else says whom they are about."""
    here = (table.c.merchant_id == unit.merchant_id, sa.func.length(table.c[column]) > 0)
    query = sa.select(*table.primary_key.columns, table.c[column].label("sealed")).where(*here)
    with unit.connection.execute(query.execution_options(yield_per=_AT_ONCE)) as rows:
        for row in rows:
            if her.marks.in_(unit.open(field, row.sealed)):
                yield row


def _answers(unit: Unit, her: Her) -> list[Any]:
    return list(_naming(unit, her, idempotency_keys, "answer_cipher", "idempotency"))


def _count_answers(unit: Unit, her: Her) -> int:
    return len(_answers(unit, her))


def _forget_answers(unit: Unit, her: Her) -> int:
    """The key stays used: what was done once is not done again."""
    found = _answers(unit, her)
    for row in found:
        mine = (_K.merchant_id == unit.merchant_id, _K.principal_id == row.principal_id, _K.key == row.key)
        unit.connection.execute(idempotency_keys.update().where(*mine).values(answer_cipher=b""))
    return len(found)


def _rejects(unit: Unit, her: Her) -> list[Any]:
    return list(_naming(unit, her, import_rejects, "row_cipher", "import_row"))


def _count_rejects(unit: Unit, her: Her) -> int:
    return len(_rejects(unit, her))


def _forget_rejects(unit: Unit, her: Her) -> int:
    found = _rejects(unit, her)
    for row in found:
        mine = (_R.merchant_id == unit.merchant_id, _R.import_id == row.import_id, _R.row_no == row.row_no)
        unit.connection.execute(import_rejects.delete().where(*mine))
    return len(found)


_BELOW = Part(
    goes=(
        Goes(
            "idempotency_keys",
            Text("为重试保留的应答", "Answers kept for retries"),
            ("idempotency_keys",),
            _count_answers,
            _forget_answers,
        ),
        Goes(
            "import_rejects",
            Text("导入时被拒绝的行", "Rows that imports refused"),
            ("import_rejects",),
            _count_rejects,
            _forget_rejects,
        ),
    ),
    stays=(
        Stays(
            Text("操作日志与业务事件", "The audit log, and what happened"),
            Text(
                "证明谁做了什么；其中没有个人信息，人工填写的事由已清除。",
                "Proof of who did what; nothing personal is in it, and what people typed is taken out.",
            ),
            ("audit_log", "domain_events"),
        ),
        Stays(
            Text("上传的导入文件", "Files that were uploaded"),
            Text("加密保存，7 天后自动删除。", "They are sealed, and go by themselves after seven days."),
            ("uploads", "imports"),
        ),
    ),
    nobodys=(
        "api_keys",
        "categories",
        "import_chunks",
        "lake_exports",
        "merchant_versions",
        "merchants",
        "products",
        "regions",
        "staff",
        "staff_stores",
        "stores",
    ),
)

ERASING = ErasingPlan(
    (
        checkout.ERASES,
        offers.ERASES,
        loyalty.ERASES,
        stored_value.ERASES,
        ledger.ERASES,
        audience.ERASES,
        insight.ERASES,
        events.ERASES,
        _BELOW,
        members.ERASES,
    )
)
"""Orders are held before balances, as whoever refunds holds them; members come last, by whom the others find hers."""
